"""Filters as SQL conditions on claims, events and pairs."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, Select, exists, or_, select

from verify.store.filters import NOBODY, Filters
from verify.store.regrouped import APART
from verify.store.search import matches
from verify.store.shared_work import KEYS
from verify.store.tables import claim_kinds, claims, events, pairs, standing

Conditions = list[ColumnElement[bool]]


def of_claims(filters: Filters, dialect: str) -> Conditions:
    """Build the conditions under which a claim is shown."""
    found = _claim_itself(filters, dialect)
    if filters.conflicts_only:
        found.append(claims.c.conflicts > 0)
    if _only_counted(filters):
        found.append(claims.c[str(filters.relation)] > 0)
        return found
    linked = _through_pairs(filters)
    if linked:
        ends = [exists().where(end == claims.c.claim_id, *linked) for end in (pairs.c.a, pairs.c.b)]
        found.append(or_(*ends))
    return found


def of_events(filters: Filters, dialect: str) -> Conditions:
    """Build the conditions under which an event is shown: one of its claims matches."""
    found: Conditions = []
    if filters.event_id:
        found.append(events.c.event_id == filters.event_id)
    if filters.topic:
        found.append(events.c.topic == filters.topic)
    if filters.conflicts_only:
        found.append(events.c.conflicts > 0)
    inside = _claim_itself(filters, dialect, located=False)
    if inside:
        found.append(events.c.event_id.in_(select(claims.c.event_id).where(*inside)))
    if _only_counted(filters):
        found.append(events.c[str(filters.relation)] > 0)
        return found
    linked = _through_pairs(filters)
    if linked:
        found.append(exists().where(pairs.c.event_id == events.c.event_id, *linked))
    return found


def of_pairs(filters: Filters, dialect: str, claim_id: str | None = None) -> Conditions:
    """Build the conditions under which a pair is shown; ``claim_id``: only pairs of that claim."""
    found = _pair_itself(filters)
    if not filters.pair_status:
        found.append(pairs.c.status != APART)
    if filters.conflicts_only:
        found += [pairs.c.relation == "conflicts", pairs.c.status != "rejected"]
    if filters.event_id:
        found.append(pairs.c.event_id == filters.event_id)
    if filters.topic:
        found.append(pairs.c.event_id.in_(_events_of(filters.topic)))
    if claim_id:
        found.append(or_(pairs.c.a == claim_id, pairs.c.b == claim_id))
    found += _decided(filters, "pair")
    inside = _claim_itself(filters, dialect, located=False, about_pairs=True)
    if inside:
        matching = select(claims.c.claim_id).where(*inside)
        found.append(or_(pairs.c.a.in_(matching), pairs.c.b.in_(matching)))
    return found


def _claim_itself(
    filters: Filters, dialect: str, *, located: bool = True, about_pairs: bool = False
) -> Conditions:
    """``located``: also by event and topic, which pairs and events know themselves.

    ``about_pairs``: what people said and whose work it is, is asked of the pair.
    """
    equal = {
        claims.c.side: filters.side,
        claims.c.source: filters.source,
        claims.c.credited: filters.speaker,
        claims.c.status: filters.status,
        claims.c.checkable: filters.checkable,
        claims.c.place: filters.place,
    }
    found: Conditions = [column == value for column, value in equal.items() if value]
    if located and filters.event_id:
        found.append(claims.c.event_id == filters.event_id)
    if located and filters.topic:
        found.append(claims.c.event_id.in_(_events_of(filters.topic)))
    if filters.kind:
        holding = select(claim_kinds.c.claim_id).where(claim_kinds.c.kind == filters.kind)
        found.append(claims.c.claim_id.in_(holding))
    if filters.since:
        found.append(claims.c.day >= filters.since[:10])
    if filters.until:
        found.append(claims.c.day <= filters.until[:10])
    if not about_pairs:
        found += _decided(filters, "claim")
    if filters.claim_ids:
        found.append(claims.c.claim_id.in_(filters.claim_ids))
    searched = matches(dialect, filters.search or "")
    if searched is not None:
        found.append(searched)
    return found


def _decided(filters: Filters, kind: str) -> Conditions:
    """Build the conditions on what people decided on a claim or pair, and whose work it is."""
    key = KEYS[kind]
    table = key.table
    found: Conditions = [table.c.second == filters.second] if filters.second else []
    if filters.assigned_to:
        name = None if filters.assigned_to == NOBODY else filters.assigned_to
        found.append(table.c.assigned_to.is_(None) if name is None else table.c.assigned_to == name)
    stands = select(standing.c.target_id).where(standing.c.target_kind == kind)
    if filters.reviewer:
        by = stands.where(standing.c.field == "status", standing.c.reviewer == filters.reviewer)
        found.append(key.in_(by))
    if filters.noted:
        found.append(key.in_(stands.where(standing.c.note != "")))
    return found


def _pair_itself(filters: Filters) -> Conditions:
    equal = {
        pairs.c.status: filters.pair_status,
        pairs.c.relation: filters.relation,
        pairs.c.conflict_kind: filters.conflict_kind,
    }
    return [column == value for column, value in equal.items() if value]


def _only_counted(filters: Filters) -> bool:
    """Whether counts on claims and events answer what is asked of pairs, without reading any."""
    other = filters.pair_status or filters.conflict_kind
    return filters.relation in ("supports", "conflicts") and not other


def _through_pairs(filters: Filters) -> Conditions:
    """Build the conditions on the pairs of one claim or event, found by its own index.

    The kind is compared as an expression: as a bare column SQLite would rather walk all pairs of
    that kind for each claim.
    """
    found = _pair_itself(replace(filters, conflict_kind=None))
    if filters.conflict_kind:
        found.append(pairs.c.conflict_kind.concat("") == filters.conflict_kind)
    if found and not filters.pair_status:
        found.append(pairs.c.status.in_(("suggested", "confirmed")))
    return found


def _events_of(topic: str) -> Select[tuple[str]]:
    return select(events.c.event_id).where(events.c.topic == topic)
