"""Counts that screens sort by, kept beside the rows: of claims, and of events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    union,
    update,
)

from verify.store.connect import fetch
from verify.store.doubt import UNDECIDED
from verify.store.tables import claims, events, pairs

T = TypeVar("T")
CHUNK: Final = 5000
"""Values in one IN list; SQLite takes up to 32766 parameters in a statement."""


_COUNTED: Final = ("claims", "sources", "conflicts", "supports", "reviewed", "sides")


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def recount_reviewed(connection: Connection, event_ids: Select[tuple[str]]) -> None:
    """Count anew how many claims of the events that ``event_ids`` selects are reviewed."""
    reviewed = (
        select(func.count())
        .where(claims.c.event_id == events.c.event_id, claims.c.status != "unreviewed")
        .scalar_subquery()
    )
    touched = events.c.event_id.in_(event_ids)
    connection.execute(update(events).where(touched).values(reviewed=reviewed))


def recount(connection: Connection, event_ids: Sequence[str] | None = None) -> None:
    """Count anew everything about these events and their claims (None: all), from unrejected pairs.

    A claim's ``voices`` are the independent sources of the claim and of those that support it: a
    repeat counts as the source of its origin, so that ten reprints are one.
    """
    if event_ids is None:
        _write_events(connection, *_recount_claims(connection, None))
        return
    for some in chunks(event_ids):
        inside = claims.c.event_id.in_(some)
        _write_events(connection, *_recount_claims(connection, inside))


def recount_pairs(connection: Connection, pair_ids: Sequence[str]) -> None:
    """Count anew what hangs on these pairs alone: quick, however large their events are."""
    for some in chunks(pair_ids):
        chosen = pairs.c.pair_id.in_(some)
        ends = union(*[select(end).where(chosen) for end in (pairs.c.a, pairs.c.b)])
        _recount_claims(connection, claims.c.claim_id.in_(ends))
        touched = select(pairs.c.event_id).where(chosen)
        counted = {relation: _linked(relation) for relation in ("supports", "conflicts")}
        connection.execute(update(events).where(events.c.event_id.in_(touched)).values(counted))


def _linked(relation: str) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            pairs.c.event_id == events.c.event_id,
            pairs.c.status.in_(("suggested", "confirmed")),
            pairs.c.relation == relation,
        )
        .scalar_subquery()
    )


def _recount_claims(
    connection: Connection, inside: ColumnElement[bool] | None
) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
    """Count the pairs of these claims (None: all); return the claims and those pairs."""
    members = _members(connection, inside)
    links = _links(connection, inside)
    voice = {row.claim_id: row.voice for row in members}
    beyond = [link.b if link.a in voice else link.a for link in links]
    voice |= _voices_of(connection, [claim for claim in beyond if claim not in voice])
    supports, conflicts, unsure = Counter[str](), Counter[str](), Counter[str]()
    voices: dict[str, set[str]] = defaultdict(set)
    for link in links:
        unsure.update({link.a: link.unsure, link.b: link.unsure})
        if link.relation == "conflicts":
            conflicts.update((link.a, link.b))
        else:
            supports.update((link.a, link.b))
            voices[link.a].add(voice.get(link.b) or "")
            voices[link.b].add(voice.get(link.a) or "")
    changed = []
    for row in members:
        heard = len({row.voice or "", *voices[row.claim_id]})
        key = row.claim_id
        counted = (supports[key], conflicts[key], heard, unsure[key])
        if counted != (row.supports, row.conflicts, row.voices, row.unsure):
            changed.append((row.claim_id, *counted))
    if changed:
        names = ("key", "supports", "conflicts", "voices", "unsure")
        connection.execute(
            update(claims).where(claims.c.claim_id == bindparam("key")),
            [dict(zip(names, values, strict=True)) for values in changed],
        )
    return members, links


def _members(connection: Connection, inside: ColumnElement[bool] | None) -> Sequence[Row[Any]]:
    columns = (
        "claim_id",
        "event_id",
        "side",
        "status",
        "supports",
        "conflicts",
        "voices",
        "unsure",
    )
    statement = _with_voice([claims.c[name] for name in columns])
    if inside is not None:
        statement = statement.where(inside)
    return connection.execute(statement).all()


def _with_voice(columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Select from claims, adding ``voice``: the source of the origin, else of the claim itself."""
    origin = claims.alias("origin")
    voice = func.coalesce(origin.c.source, claims.c.source).label("voice")
    joined = claims.outerjoin(origin, origin.c.claim_id == claims.c.origin_id)
    return select(*columns, voice).select_from(joined)


def _links(connection: Connection, inside: ColumnElement[bool] | None) -> Sequence[Row[Any]]:
    undecided = and_(pairs.c.status == "suggested", pairs.c.unsure == UNDECIDED)
    columns = [pairs.c[name] for name in ("pair_id", "event_id", "a", "b", "relation")]
    statement = select(*columns, case((undecided, 1), else_=0).label("unsure")).where(
        pairs.c.status.in_(("suggested", "confirmed")),
        pairs.c.relation.in_(("supports", "conflicts")),
    )
    if inside is None:
        return list(connection.execute(statement))
    ids = select(claims.c.claim_id).where(inside)
    by_end = [statement.where(end.in_(ids)) for end in (pairs.c.a, pairs.c.b)]
    return list(connection.execute(union(*by_end)))


def _voices_of(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for some in chunks(claim_ids):
        statement = _with_voice([claims.c.claim_id]).where(claims.c.claim_id.in_(some))
        found |= {row.claim_id: row.voice for row in connection.execute(statement)}
    return found


def _write_events(
    connection: Connection, members: Sequence[Row[Any]], links: Sequence[Row[Any]]
) -> None:
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[str]] = defaultdict(set)
    reviewed = Counter[str]()
    for row in members:
        if row.event_id is None:
            continue
        sides[row.event_id][row.side] += 1
        sources[row.event_id].add(row.voice or "")
        reviewed[row.event_id] += row.status != "unreviewed"
    linked = Counter((link.event_id, link.relation) for link in links)
    counted = {
        event_id: {
            "claims": of_sides.total(),
            "sources": len(sources[event_id]),
            "conflicts": linked[event_id, "conflicts"],
            "supports": linked[event_id, "supports"],
            "reviewed": reviewed[event_id],
            "sides": dict(sorted(of_sides.items(), key=lambda one: (-one[1], one[0]))),
        }
        for event_id, of_sides in sides.items()
    }
    for some in chunks(list(counted)):
        columns = [events.c[name] for name in ("event_id", *_COUNTED)]
        for now in fetch(connection, select(*columns).where(events.c.event_id.in_(some))):
            event_id = now.pop("event_id")
            if now == counted[event_id]:
                del counted[event_id]
    if counted:
        connection.execute(
            update(events).where(events.c.event_id == bindparam("key")),
            [{"key": event_id, **values} for event_id, values in counted.items()],
        )
