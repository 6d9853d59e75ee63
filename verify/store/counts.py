"""Counts that screens sort by, kept beside the rows: of claims, and of events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update

from verify.store.connect import fetch
from verify.store.tables import claims, events, pairs

T = TypeVar("T")
CHUNK: Final = 5000
"""Values in one IN list; SQLite takes up to 32766 parameters in a statement."""


_COUNTED: Final = ("claims", "sources", "conflicts", "supports", "reviewed", "sides")


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def recount_reviewed(connection: Connection, event_ids: Sequence[str]) -> None:
    """Count anew how many claims of these events are reviewed."""
    reviewed = (
        select(func.count())
        .where(claims.c.event_id == events.c.event_id, claims.c.status != "unreviewed")
        .scalar_subquery()
    )
    for some in chunks(event_ids):
        connection.execute(
            update(events).where(events.c.event_id.in_(some)).values(reviewed=reviewed)
        )


def recount(connection: Connection, event_ids: Sequence[str] | None = None) -> None:
    """Count anew everything about these events and their claims (None: all), from unrejected pairs.

    A claim's ``voices`` are the sources of the claim and of those that support it.
    """
    if event_ids is None:
        _recount(connection, None)
        return
    for some in chunks(event_ids):
        _recount(connection, some)


def _recount(connection: Connection, event_ids: Sequence[str] | None) -> None:
    members = _members(connection, event_ids)
    links = _links(connection, event_ids)
    source = {row.claim_id: row.source for row in members}
    beyond = [link.b if link.a in source else link.a for link in links]
    source |= _sources_of(connection, [claim for claim in beyond if claim not in source])
    supports, conflicts = Counter[str](), Counter[str]()
    voices: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.relation == "conflicts":
            conflicts.update((link.a, link.b))
        else:
            supports.update((link.a, link.b))
            voices[link.a].add(source.get(link.b) or "")
            voices[link.b].add(source.get(link.a) or "")
    changed = []
    for row in members:
        heard = len({row.source or "", *voices[row.claim_id]})
        counted = (supports[row.claim_id], conflicts[row.claim_id], heard)
        if counted != (row.supports, row.conflicts, row.voices):
            changed.append((row.claim_id, *counted))
    if changed:
        names = ("key", "supports", "conflicts", "voices")
        connection.execute(
            update(claims).where(claims.c.claim_id == bindparam("key")),
            [dict(zip(names, values, strict=True)) for values in changed],
        )
    _write_events(connection, members, links)


def _members(connection: Connection, event_ids: Sequence[str] | None) -> Sequence[Row[Any]]:
    columns = (
        "claim_id",
        "event_id",
        "source",
        "side",
        "status",
        "supports",
        "conflicts",
        "voices",
    )
    statement = select(*[claims.c[name] for name in columns])
    if event_ids is not None:
        statement = statement.where(claims.c.event_id.in_(event_ids))
    return connection.execute(statement).all()


def _links(connection: Connection, event_ids: Sequence[str] | None) -> Sequence[Row[Any]]:
    columns = ("event_id", "a", "b", "relation")
    statement = select(*[pairs.c[name] for name in columns]).where(
        pairs.c.status != "rejected", pairs.c.relation.in_(("supports", "conflicts"))
    )
    if event_ids is not None:
        inside = select(claims.c.claim_id).where(claims.c.event_id.in_(event_ids))
        statement = statement.where(or_(pairs.c.a.in_(inside), pairs.c.b.in_(inside)))
    return connection.execute(statement).all()


def _sources_of(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for some in chunks(claim_ids):
        statement = select(claims.c.claim_id, claims.c.source).where(claims.c.claim_id.in_(some))
        found |= {row.claim_id: row.source for row in connection.execute(statement)}
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
        sources[row.event_id].add(row.source or "")
        reviewed[row.event_id] += row.status != "unreviewed"
    linked = Counter((link.event_id, link.relation) for link in links)
    counted = {
        event_id: {
            "claims": of_sides.total(),
            "sources": len(sources[event_id]),
            "conflicts": linked[event_id, "conflicts"],
            "supports": linked[event_id, "supports"],
            "reviewed": reviewed[event_id],
            "sides": dict(of_sides.most_common()),
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
