"""Events that a person corrected, written into ``claims.event_id``.

Two kinds of decision: ("claim", id, "event") moves a claim to the event that is its value, and
("event", id, "same_as") merges an event into the one that is its value. Moves are applied before
merges, and no merge follows another. What grouping itself said stays in ``claims.grouped_event_id``
and the table ``grouped``, so that taking a correction back restores it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from verify.records import CLAIMS, frame
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.folded import SAME
from verify.store.runs import now
from verify.store.tables import claims, documents, events, grouped, standing

EVENT: Final = "event"
"""Field of a claim's decision: the event that it belongs to, whatever grouping says."""
APART: Final = "apart"
"""Status of a pair that nobody confirmed or rejected and whose claims are in two events."""

NAMELESS: Final = "an event without a title"


class Placed(NamedTuple):
    """Claims that are in another event than before, and the events that they left or entered."""

    claims: list[str]
    events: set[str]


def placed() -> ColumnElement[Any]:
    """Give the event that a claim is in as the decisions stand; NULL: no run grouped it yet."""
    move = standing.alias("move")
    moved = (
        select(move.c.value)
        .where(
            move.c.target_kind == "claim",
            move.c.target_id == claims.c.claim_id,
            move.c.field == EVENT,
        )
        .correlate(claims)
        .scalar_subquery()
    )
    own = func.coalesce(moved, claims.c.grouped_event_id)
    merge = standing.alias("merge")
    merged = (
        select(merge.c.value)
        .where(merge.c.target_kind == "event", merge.c.target_id == own, merge.c.field == SAME)
        .correlate(claims)
        .scalar_subquery()
    )
    return case((claims.c.grouped_event_id.is_not(None), func.coalesce(merged, own)))


def apart(pair: Any) -> ScalarSelect[bool]:
    """Say of a pair whether its claims are in two events, whoever parted them.

    Runs relate claims inside events only, so that people or a later run parted those of a pair. A
    claim that no run grouped is in no event, and apart from none.
    """
    a, b = claims.alias("one"), claims.alias("other")
    return (
        select(a.c.event_id != b.c.event_id)
        .where(a.c.claim_id == pair.c.a, b.c.claim_id == pair.c.b)
        .correlate(pair)
        .scalar_subquery()
    )


def concerned(claim_ids: Sequence[str], event_ids: Sequence[str]) -> ColumnElement[bool]:
    """Choose these claims, and those that grouping or a person put into these events."""
    put = select(standing.c.target_id).where(
        standing.c.target_kind == "claim",
        standing.c.field == EVENT,
        standing.c.value.in_(event_ids),
    )
    return or_(
        claims.c.claim_id.in_(claim_ids),
        claims.c.grouped_event_id.in_(event_ids),
        claims.c.claim_id.in_(put),
    )


def place(connection: Connection, where: ColumnElement[bool] | None = None) -> Placed:
    """Put these claims (None: all) into the events that stand for them; return what changed."""
    differs = claims.c.event_id.is_distinct_from(placed())
    statement = select(claims.c.claim_id, claims.c.event_id, placed().label("now"))
    chosen = differs if where is None else where & differs
    found = connection.execute(statement.where(chosen)).all()
    if found:
        this = claims.c.claim_id == bindparam("key")
        at = now()
        moved = [
            {"key": row.claim_id, "event_id": row.now, "moved_at": at if row.event_id else None}
            for row in found
        ]
        connection.execute(update(claims).where(this), moved)
    touched = {event for row in found for event in (row.event_id, row.now) if event}
    return Placed([row.claim_id for row in found], touched)


def misplaced(connection: Connection) -> list[str]:
    """Name the claims that are in another event than the decisions say."""
    odd = claims.c.event_id.is_distinct_from(placed())
    return list(connection.scalars(select(claims.c.claim_id).where(odd).order_by(claims.c.n)))


def merged_into(connection: Connection, event_ids: Iterable[str]) -> dict[str, str]:
    """Return event -> the event that it is merged into, for those of ``event_ids`` that are."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(event_ids))):
        statement = _merges().where(standing.c.target_id.in_(some))
        found |= {row["target_id"]: row["value"] for row in fetch(connection, statement)}
    return found


def merged_with(connection: Connection, event_id: str) -> list[str]:
    """Return the events that are merged into this one, sorted."""
    statement = _merges().where(standing.c.value == event_id)
    return sorted(row["target_id"] for row in fetch(connection, statement))


def _merges() -> Any:
    return select(standing.c.target_id, standing.c.value).where(
        standing.c.target_kind == "event", standing.c.field == SAME, standing.c.value.is_not(None)
    )


def title(connection: Connection, event_id: str) -> str:
    """Return what an event is called, or was by grouping where it holds no claims now.

    What people split off is called anything only while it holds claims.
    """
    for table in (events, grouped):
        found = connection.scalar(select(table.c.title).where(table.c.event_id == event_id))
        if found:
            return str(found)
    return NAMELESS


def told_in(connection: Connection, event_ids: Sequence[str]) -> pd.DataFrame:
    """Return the claims of these events: CLAIMS, event_id, published_at, and title of the document.

    ``topic`` is that of the event that grouping put the claim into.
    """
    extra = dict.fromkeys(("event_id", "published_at", "title", "topic"), "text")
    statement = (
        select(
            *[claims.c[name] for name in CLAIMS],
            claims.c.event_id,
            claims.c.published_at,
            documents.c.title,
            grouped.c.topic,
        )
        .select_from(claims)
        .join(documents)
        .outerjoin(grouped, grouped.c.event_id == claims.c.grouped_event_id)
        .order_by(claims.c.n)
    )
    found: list[dict[str, Any]] = []
    for some in chunks(event_ids):
        found += fetch(connection, statement.where(claims.c.event_id.in_(some)))
    return frame(found, {**CLAIMS, **extra})


def restored(connection: Connection, event_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return, as grouping told them, those of these events that hold just what it put into them."""
    held = set(event_ids)
    for some in chunks(sorted(held)):
        strayed = claims.c.event_id.is_distinct_from(claims.c.grouped_event_id)
        either = claims.c.event_id.in_(some) | claims.c.grouped_event_id.in_(some)
        ends = select(claims.c.event_id, claims.c.grouped_event_id).where(strayed, either)
        for row in connection.execute(ends):
            held -= {row.event_id, row.grouped_event_id}
    found: list[dict[str, Any]] = []
    for some in chunks(sorted(held)):
        found += fetch(connection, select(grouped).where(grouped.c.event_id.in_(some)))
    return found
