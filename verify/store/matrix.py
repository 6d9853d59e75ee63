"""Events by sides: of each cell how much is claimed, contested and reviewed, added up by SQL.

Only the events of one page are added up, by the indexes of claims and pairs on their event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, case, func, select, union

from verify.records import Schema, frame
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.store import Store
from verify.store.tables import claims, pairs

CELLS: Final[Schema] = {
    "event_id": "text",
    "side": "text",  # None: of the whole event
    "claims": "int",
    "reviewed": "int",  # with a status other than unreviewed
    "pairs": "int",  # linked by a run: with a claim of this side, and rejected by nobody
    "conflicts": "int",  # of these pairs
}


def cells(store: Store, event_ids: Sequence[str], *, decided_only: bool = False) -> pd.DataFrame:
    """Add up these events by side (columns CELLS), each event's whole included.

    A pair of two sides counts in both of their cells and once in the whole. ``decided_only``: of
    pairs only those that a person confirmed count.
    """
    statuses = ("confirmed",) if decided_only else ("suggested", "confirmed")
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    with store.reading() as connection:
        for some in chunks(event_ids):
            for row in _claims(connection, some):
                for side in (row["side"], None):
                    cell = found.setdefault((row["event_id"], side), _cell(row["event_id"], side))
                    cell["claims"] += row["claims"]
                    cell["reviewed"] += row["reviewed"]
            for row in _pairs(connection, some, statuses):
                key = (row["event_id"], row["side"])
                if key in found:
                    found[key] |= {"pairs": row["pairs"], "conflicts": row["conflicts"]}
    return frame(found.values(), CELLS)


def _cell(event_id: str, side: str | None) -> dict[str, Any]:
    zeros = dict.fromkeys(("claims", "reviewed", "pairs", "conflicts"), 0)
    return {"event_id": event_id, "side": side, **zeros}


def _claims(connection: Connection, event_ids: Sequence[str]) -> list[dict[str, Any]]:
    reviewed = func.sum(case((claims.c.status != "unreviewed", 1), else_=0))
    statement = (
        select(
            claims.c.event_id,
            claims.c.side,
            func.count().label("claims"),
            reviewed.label("reviewed"),
        )
        .where(claims.c.event_id.in_(event_ids))
        .group_by(claims.c.event_id, claims.c.side)
        .order_by(claims.c.event_id, claims.c.side)
    )
    return fetch(connection, statement)


def _pairs(
    connection: Connection, event_ids: Sequence[str], statuses: Sequence[str]
) -> list[dict[str, Any]]:
    """Count by event and side, and by event alone (side None)."""
    counted = pairs.c.event_id.in_(event_ids) & pairs.c.status.in_(statuses)
    ends = union(  # of a pair within one side the two rows are one
        *[
            select(pairs.c.pair_id, pairs.c.event_id, pairs.c.relation, claims.c.side)
            .join(claims, claims.c.claim_id == end)
            .where(counted)
            for end in (pairs.c.a, pairs.c.b)
        ]
    ).subquery()
    by_side = _summed(ends.c, ends.c.side)
    whole = _summed(pairs.c).where(counted)
    rows = fetch(connection, by_side)
    return rows + [row | {"side": None} for row in fetch(connection, whole)]


def _summed(columns: Any, *by: Any) -> Any:
    conflicts = func.sum(case((columns.relation == "conflicts", 1), else_=0))
    keys = (columns.event_id, *by)
    numbers = (func.count().label("pairs"), conflicts.label("conflicts"))
    return select(*keys, *numbers).group_by(*keys)
