"""The second pair of eyes: what waits for it, and that it is another person's.

The first verdict is the ``status``, the second one the field ``second`` of the same claim or pair.
Whoever gives it is not shown the first one. Where they differ, a lead settles it by deciding on the
status anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, exists, func, select

from verify.errors import InputError, NotAllowed
from verify.records import frame
from verify.review.policy import standing_policy, wanted
from verify.store.shared_work import KEYS, SECOND, VERDICTS
from verify.store.standing import Target
from verify.store.store import Store
from verify.store.tables import claims, decisions, pairs, standing
from verify.store.view_rows import claims_by_id, pairs_by_id

HIDDEN: Final = ("status", "version", "reviewer", "decided_at", "note", "about")
"""Columns of a claim or pair that say what the first person decided."""
_LOGGED: Final = (
    "seq", "target_kind", "target_id", "field", "value", "reviewer", "decided_at", "undoes",
)  # fmt: skip
_TWO: Final = (
    "target_kind", "target_id", "first", "second", "first_by", "second_by", "decided_at",
)  # fmt: skip


def next_seconds(
    store: Store, kind: str, reviewer: str, skipped: Sequence[str] = (), limit: int = 1
) -> pd.DataFrame:
    """Return claims or pairs (``kind``) that wait for a second verdict by ``reviewer``.

    Columns as CLAIM_VIEW or PAIR_VIEW without HIDDEN. Those with most conflicts come first.
    """
    _, key = _table(kind)
    order = (
        (claims.c.conflicts.desc(), claims.c.voices.desc(), claims.c.n)
        if kind == "claim"
        else (pairs.c.p_conflicts.desc(), pairs.c.pair_id)
    )
    with store.reading() as connection:
        conditions = [*_waiting(connection, kind, reviewer), key.not_in(skipped)]
        ids = list(connection.scalars(select(key).where(*conditions).order_by(*order).limit(limit)))
        shown = (claims_by_id if kind == "claim" else pairs_by_id)(connection, ids)
    return shown.drop(columns=[name for name in HIDDEN if name in shown])


def waiting(store: Store, kind: str, reviewer: str) -> int:
    """Count what waits for a second verdict by ``reviewer``."""
    table, _ = _table(kind)
    with store.reading() as connection:
        conditions = _waiting(connection, kind, reviewer)
        statement = select(func.count()).select_from(table).where(*conditions)
        return connection.scalar(statement) or 0


def waits_for(store: Store, kind: str, target_id: str, reviewer: str) -> bool:
    """Whether this waits for a second verdict by ``reviewer``, who is not to see the first one."""
    _, key = _table(kind)
    with store.reading() as connection:
        conditions = [*_waiting(connection, kind, reviewer), key == target_id]
        return bool(connection.scalar(select(exists().where(*conditions))))


def check_second(connection: Connection, name: str, target: Target, value: str | None) -> None:
    """Raise where a second verdict has no first one, or both would be of one person."""
    kind, target_id, field = target
    if field != SECOND or value is None:
        return
    found = connection.execute(
        select(standing.c.value, standing.c.reviewer).where(
            standing.c.target_kind == kind,
            standing.c.target_id == target_id,
            standing.c.field == "status",
        )
    ).one_or_none()
    if found is None or found.value not in VERDICTS[kind]:
        raise InputError("There is no first verdict yet", target_id, "Give the first one.")
    if _is(found.reviewer, name):
        remedy = "Leave the second verdict to somebody else."
        raise NotAllowed(f"The first verdict is {name}'s as well", target_id, remedy)


def _is(one: str, other: str) -> bool:
    """Whether two names are one person's; a database folds only the letters of ASCII."""
    return one.strip().casefold() == other.strip().casefold()


def _table(kind: str) -> tuple[Any, ColumnElement[str]]:
    return KEYS[kind].table, KEYS[kind]


def _waiting(connection: Connection, kind: str, reviewer: str) -> list[ColumnElement[bool]]:
    table, key = _table(kind)
    firsts = select(standing.c.reviewer).filter_by(target_kind=kind, field="status").distinct()
    own = [one for one in connection.scalars(firsts) if _is(one, reviewer)]
    mine = exists().where(
        standing.c.target_kind == kind,
        standing.c.target_id == key,
        standing.c.field == "status",
        standing.c.reviewer.in_(own),
    )
    return [
        table.c.status.in_(VERDICTS[kind]),
        table.c.second.is_(None),
        ~mine,
        wanted(standing_policy(connection), kind),
    ]


def verdicts_of_two(store: Store) -> pd.DataFrame:
    """Return what two people said of the same thing, oldest second verdict first.

    Columns target_kind, target_id, first, second (the values), first_by, second_by, decided_at (of
    the second). The first verdict is the one that stood when the second was given, also where a
    lead settled it since; second verdicts that were taken back are out.
    """
    columns = [decisions.c[name] for name in _LOGGED]
    statement = select(*columns).where(decisions.c.field.in_(("status", SECOND)))
    with store.reading() as connection:
        log = [row._asdict() for row in connection.execute(statement.order_by(decisions.c.seq))]
    undone = {row["undoes"] for row in log}
    first: dict[tuple[str, str], dict[str, Any]] = {}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in log:
        key = (row["target_kind"], row["target_id"])
        if row["field"] == "status":
            first[key] = row
        elif row["value"] is None or row["seq"] in undone:
            found.pop(key, None)
        elif key in first:
            found[key] = _told(first[key], row)
    ordered = sorted(found.values(), key=lambda row: row["decided_at"])
    return frame(ordered, dict.fromkeys(_TWO, "text"))


def _told(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {
        "target_kind": first["target_kind"],
        "target_id": first["target_id"],
        "first": first["value"],
        "second": second["value"],
        "first_by": first["reviewer"],
        "second_by": second["reviewer"],
        "decided_at": second["decided_at"],
    }
