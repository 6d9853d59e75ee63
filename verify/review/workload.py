"""Who has done how much and has how much before them, and where two people disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import pandas as pd
from sqlalchemy import Connection, func, or_, select

from verify.records import Schema, frame
from verify.review.decidable import UNDECIDED
from verify.review.people import roles
from verify.review.policy import standing_policy, wanted
from verify.store.connect import fetch
from verify.store.shared_work import DISAGREES, KEYS, SECOND, VERDICTS
from verify.store.store import Store
from verify.store.tables import claims, pairs, standing

WORK: Final[Schema] = {
    "name": "text",
    "open_claims": "int",  # theirs, and nobody decided
    "open_pairs": "int",
    "claims": "int",  # whose status stands as they set it
    "pairs": "int",
    "seconds": "int",  # second verdicts of theirs that stand
}
DISAGREEMENTS: Final[Schema] = {
    "target_kind": "text",  # claim or pair
    "target_id": "text",
    "event_id": "text",
    "words": "text",  # of the claim, or of both claims of the pair
    "first": "text",
    "first_by": "text",
    "first_note": "text",
    "second": "text",
    "second_by": "text",
    "second_note": "text",
    "decided_at": "text",  # the second verdict
}
_TABLES: Final = {"claim": claims, "pair": pairs}


def work(store: Store) -> pd.DataFrame:
    """Return the work (WORK) of everybody who has a role, has work, or has done any."""
    found: dict[str, dict[str, Any]] = {}
    with store.reading() as connection:
        for name in roles(connection):
            found[name] = {}
        for kind, table in _TABLES.items():
            for name, number in _open(connection, kind, table).items():
                found.setdefault(name, {})[f"open_{kind}s"] = number
            for name, number in _done(connection, kind).items():
                found.setdefault(name, {})[f"{kind}s"] = number
        for name, number in _seconds(connection).items():
            found.setdefault(name, {})["seconds"] = number
    rows = [dict.fromkeys(WORK, 0) | {"name": name} | found[name] for name in sorted(found)]
    return frame(rows, WORK)


def disagreements(store: Store) -> pd.DataFrame:
    """Return what two people see differently and no lead has settled (DISAGREEMENTS).

    Those that wait longest come first.
    """
    with store.reading() as connection:
        found = [*_claims_apart(connection), *_pairs_apart(connection)]
    return frame(sorted(found, key=lambda row: str(row["decided_at"])), DISAGREEMENTS)


class Both(NamedTuple):
    """Two verdicts on one claim or pair, and whose they are."""

    first: str
    first_by: str
    first_note: str
    second: str
    second_by: str


def both(store: Store, kind: str, target_id: str) -> Both | None:
    """Return the two verdicts that stand on one claim or pair; None where not both do."""
    found: dict[str, Any] = {}
    with store.reading() as connection:
        statement = select(standing).filter_by(target_kind=kind, target_id=target_id)
        for row in fetch(connection, statement):
            found[row["field"]] = row
    first, second = found.get("status"), found.get(SECOND)
    if first is None or second is None or None in (first["value"], second["value"]):
        return None
    return Both(
        first["value"], first["reviewer"], first["note"], second["value"], second["reviewer"]
    )


def _open(connection: Connection, kind: str, table: Any) -> Mapping[str, int]:
    """Count what is somebody's and waits: for a first verdict, or for the second one of theirs."""
    waits = or_(table.c.status == UNDECIDED[kind], _second_is_theirs(connection, kind, table))
    statement = (
        select(table.c.assigned_to, func.count())
        .where(table.c.assigned_to.is_not(None), waits)
        .group_by(table.c.assigned_to)
    )
    return {name: number for name, number in connection.execute(statement)}


def _second_is_theirs(connection: Connection, kind: str, table: Any) -> Any:
    """Build: the desk asks for a second verdict, and the first one is somebody else's."""
    key = KEYS[kind]
    by_them = select(standing.c.seq).where(
        standing.c.target_kind == kind,
        standing.c.target_id == key,
        standing.c.field == "status",
        standing.c.reviewer == table.c.assigned_to,
    )
    asked = wanted(standing_policy(connection), kind)
    waits = table.c.status.in_(VERDICTS[kind]) & table.c.second.is_(None)
    return waits & asked & ~by_them.exists()


def _done(connection: Connection, kind: str) -> Mapping[str, int]:
    statement = (
        select(standing.c.reviewer, func.count())
        .where(
            standing.c.target_kind == kind,
            standing.c.field == "status",
            standing.c.value.in_(VERDICTS[kind]),
        )
        .group_by(standing.c.reviewer)
    )
    return {name: number for name, number in connection.execute(statement)}


def _seconds(connection: Connection) -> Mapping[str, int]:
    statement = (
        select(standing.c.reviewer, func.count())
        .where(standing.c.field == SECOND, standing.c.value.is_not(None))
        .group_by(standing.c.reviewer)
    )
    return {name: number for name, number in connection.execute(statement)}


def _verdicts(kind: str, key: Any) -> tuple[Any, Any, list[Any]]:
    """Return both verdicts' tables joined to ``key``, and the columns that tell them."""
    one, other = standing.alias("one"), standing.alias("other")
    told = [
        one.c.value.label("first"), one.c.reviewer.label("first_by"),
        one.c.note.label("first_note"), other.c.value.label("second"),
        other.c.reviewer.label("second_by"), other.c.note.label("second_note"),
        other.c.decided_at,
    ]  # fmt: skip
    on = [
        (joined.c.target_kind == kind) & (joined.c.target_id == key) & (joined.c.field == name)
        for joined, name in ((one, "status"), (other, SECOND))
    ]
    return (one, on[0]), (other, on[1]), told


def _claims_apart(connection: Connection) -> list[dict[str, Any]]:
    one, other, told = _verdicts("claim", claims.c.claim_id)
    statement = (
        select(claims.c.claim_id.label("target_id"), claims.c.event_id, claims.c.text, *told)
        .join(*one)
        .join(*other)
        .where(claims.c.second == DISAGREES)
    )
    return [_told(row, "claim", row["text"]) for row in fetch(connection, statement)]


def _pairs_apart(connection: Connection) -> list[dict[str, Any]]:
    one, other, told = _verdicts("pair", pairs.c.pair_id)
    a, b = claims.alias("a"), claims.alias("b")
    statement = (
        select(
            pairs.c.pair_id.label("target_id"), pairs.c.event_id,
            a.c.text.label("a_text"), b.c.text.label("b_text"), *told,
        )
        .join(a, a.c.claim_id == pairs.c.a)
        .join(b, b.c.claim_id == pairs.c.b)
        .join(*one)
        .join(*other)
        .where(pairs.c.second == DISAGREES)
    )  # fmt: skip
    return [
        _told(row, "pair", f"{row['a_text']} | {row['b_text']}")
        for row in fetch(connection, statement)
    ]


def _told(row: Mapping[str, Any], kind: str, words: str) -> dict[str, Any]:
    both = {name: row[name] for name in DISAGREEMENTS if name in row}
    return {**both, "target_kind": kind, "words": words}
