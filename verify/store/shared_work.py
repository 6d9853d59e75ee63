"""Whose work a claim or pair is, and what two people said of it: columns that follow decisions.

``assigned_to`` is what stands as the field of that name. ``second`` compares the status with the
field ``second``, which another person decided after it: ``agrees``; ``disagrees``; ``settled``
where the status was decided on anew after a second verdict that is not its own; else None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, select, update

from verify.records import PAIR_VERDICTS
from verify.store.counts import chunks
from verify.store.tables import claims, pairs, standing

ASSIGNED: Final = "assigned_to"
SECOND: Final = "second"
AGREES, DISAGREES, SETTLED = "agrees", "disagrees", "settled"
KEYS: Final = {"claim": claims.c.claim_id, "pair": pairs.c.pair_id}
"""Kind of what is reviewed -> the column of its id, whose ``table`` holds it."""
VERDICTS: Final = {"claim": ("verified", "disputed", "unverifiable"), "pair": PAIR_VERDICTS}


def follow(connection: Connection, kind: str, field: str, ids: Sequence[str]) -> None:
    """Bring the columns of these claims or pairs in line, after ``field`` was decided on."""
    if kind not in KEYS or field not in (ASSIGNED, SECOND, "status"):
        return
    name = ASSIGNED if field == ASSIGNED else SECOND
    for some in chunks(ids):
        _set(connection, kind, (name,), KEYS[kind].in_(some))


def follow_pairs(connection: Connection, where: ColumnElement[bool]) -> None:
    """Bring the columns of these pairs in line, which a run has written anew."""
    _set(connection, "pair", (ASSIGNED, SECOND), where & _odd("pair"))


def odd(connection: Connection) -> list[str]:
    """Name the claims and pairs whose columns do not follow from what was decided."""
    return [
        f"{kind} {found}"
        for kind, key in KEYS.items()
        for found in connection.scalars(select(key).where(_odd(kind)))
    ]


def _set(
    connection: Connection, kind: str, names: Sequence[str], where: ColumnElement[bool]
) -> None:
    table = KEYS[kind].table
    values = {name: _shown(kind)[name] for name in names}
    connection.execute(update(table).where(where).values(values))


def _odd(kind: str) -> ColumnElement[bool]:
    shown, table = _shown(kind), KEYS[kind].table
    return table.c[ASSIGNED].is_distinct_from(shown[ASSIGNED]) | table.c[SECOND].is_distinct_from(
        shown[SECOND]
    )


def _shown(kind: str) -> dict[str, ColumnElement[Any]]:
    return {
        ASSIGNED: select(standing.c.value).where(*_of(standing, kind, ASSIGNED)).scalar_subquery(),
        SECOND: _second(kind),
    }


def _second(kind: str) -> ColumnElement[str | None]:
    first, other = standing.alias("first_verdict"), standing.alias("second_verdict")
    both = first.c.value.in_(VERDICTS[kind]) & other.c.value.in_(VERDICTS[kind])
    if kind == "pair":  # a verdict on another relation than the one shown says nothing of it
        for one in (first, other):
            both &= one.c.about.is_(None) | (one.c.about == pairs.c.relation)
    said = case(
        (both & (first.c.value == other.c.value) & (first.c.seq < other.c.seq), AGREES),
        (both & (first.c.seq > other.c.seq), SETTLED),
        (both, DISAGREES),
    )
    return (
        select(said).where(*_of(first, kind, "status"), *_of(other, kind, SECOND)).scalar_subquery()
    )


def _of(joined: Any, kind: str, field: str) -> list[ColumnElement[bool]]:
    return [
        joined.c.target_kind == kind,
        joined.c.target_id == KEYS[kind],
        joined.c.field == field,
    ]
