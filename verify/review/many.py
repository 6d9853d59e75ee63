"""One change to many claims: what it would do, then doing it, and what was left alone and why.

What somebody else has on screen, and what was decided since it was seen, is not changed. The rest
is decided in one transaction and is taken back as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, select

from verify.errors import StaleDecision
from verify.records import Schema, frame
from verify.review import holds
from verify.review.ahead import together
from verify.review.decidable import UNDECIDED
from verify.review.decisions import Refusal, decide_many
from verify.review.holds import Hold
from verify.review.log import Decision
from verify.store import where
from verify.store.connect import fetch
from verify.store.filters import Filters
from verify.store.shared_work import ASSIGNED
from verify.store.store import Store
from verify.store.tables import claims, standing

FIELDS: Final = ("status", "information_grade", "source_grade", ASSIGNED)
"""What can be changed of many claims at once."""
SKIPPED: Final[Schema] = {
    "claim_id": "text",
    "text": "text",
    "why": "text",  # held, changed, or the reason in words
    "who": "text",
    "when": "text",
    "now": "text",  # the value that stands
}
HELD, CHANGED = "held", "changed"


@dataclass(frozen=True)
class Plan:
    """What a change would do, as it was shown before it is made."""

    field: str
    value: str | None
    wishes: tuple[tuple[str, int], ...]
    """Claim and the version of the field that was seen, of those that would change."""
    changes: Mapping[str | None, int]
    """Value that stands -> claims that would change from it."""
    same: int
    """Claims that have the value already."""
    held: Mapping[str, Hold]
    stale: Mapping[str, dict[str, Any]]
    """Claim -> what somebody decided since it was seen."""


@dataclass(frozen=True)
class Done:
    """What became of a change: the decisions made, and the claims left alone (SKIPPED)."""

    made: list[Decision]
    skipped: pd.DataFrame


def chosen(store: Store, filters: Filters) -> dict[str, int]:
    """Return the claims that the filters show, first arrived first -> version of their status."""
    with store.reading() as connection:
        conditions = where.of_claims(filters, connection.dialect.name)
        statement = select(claims.c.claim_id).where(*conditions).order_by(claims.c.n)
        ids = list(connection.scalars(statement))
        stands = _standing(connection, "status", ids)
    return {claim_id: stands[claim_id]["version"] if claim_id in stands else 0 for claim_id in ids}


def plan(
    store: Store, seen: Mapping[str, int], field: str, value: str | None, reviewer: str
) -> Plan:
    """Work out what setting ``field`` to ``value`` would do to the claims seen.

    ``seen``: claim -> version of its status on screen. Of other fields the version is that of now.
    """
    with store.reading() as connection:
        stands = _standing(connection, field, list(seen))
        held = holds.held(connection, "claim", list(seen), by_others_than=reviewer)
    nobody = UNDECIDED["claim"] if field == "status" else None
    changes: Counter[str | None] = Counter()
    wishes, stale, same = [], {}, 0
    for claim_id, version in seen.items():
        now = stands.get(claim_id, {"value": nobody, "version": 0})
        if claim_id in held:
            continue
        if field == "status" and now["version"] != version:
            stale[claim_id] = now
        elif now["value"] == value:
            same += 1
        else:
            changes[now["value"]] += 1
            wishes.append((claim_id, int(now["version"])))
    return Plan(field, value, tuple(wishes), changes, same, held, stale)


def make(store: Store, planned: Plan, reviewer: str, note: str = "") -> Done:
    """Make the change as it was shown; what is held or was changed by now is left alone."""
    with store.reading() as connection:
        ids = [claim_id for claim_id, _ in planned.wishes]
        held = {**planned.held, **holds.held(connection, "claim", ids, by_others_than=reviewer)}
    wishes = [
        ("claim", claim_id, planned.value, version)
        for claim_id, version in planned.wishes
        if claim_id not in held
    ]
    outcome = decide_many(store, wishes, reviewer, note, planned.field)
    rows = [_held_row(claim_id, hold) for claim_id, hold in held.items()]
    rows += [_stale_row(claim_id, now) for claim_id, now in planned.stale.items()]
    rows += [_refused_row(one) for one in outcome.refused]
    return Done(outcome.done, _with_text(store, rows))


def _held_row(claim_id: str, hold: Hold) -> dict[str, Any]:
    return {"claim_id": claim_id, "why": HELD, "who": hold.holder, "when": hold.since, "now": None}


def _stale_row(claim_id: str, now: Mapping[str, Any]) -> dict[str, Any]:
    said = {"who": now.get("reviewer"), "when": now.get("decided_at"), "now": now.get("value")}
    return {"claim_id": claim_id, "why": CHANGED, **said}


def _refused_row(one: Refusal) -> dict[str, Any]:
    if isinstance(one.error, StaleDecision):
        return _stale_row(one.target_id, one.error.current)
    nobody = {"who": None, "when": None, "now": None}
    return {"claim_id": one.target_id, "why": str(one.error), **nobody}


def _with_text(store: Store, rows: list[dict[str, Any]]) -> pd.DataFrame:
    texts: dict[str, str] = {}
    with store.reading() as connection:
        for _, _, ids in together([("claim", row["claim_id"], "") for row in rows]):
            found = select(claims.c.claim_id, claims.c.text).where(claims.c.claim_id.in_(ids))
            texts |= {row.claim_id: row.text for row in connection.execute(found)}
    return frame([{**row, "text": texts.get(row["claim_id"])} for row in rows], SKIPPED)


def _standing(connection: Connection, field: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    names = ("target_id", "value", "version", "reviewer", "decided_at")
    statement = select(*[standing.c[name] for name in names]).where(
        standing.c.target_kind == "claim", standing.c.field == field
    )
    found: dict[str, dict[str, Any]] = {}
    for _, _, some in together([("claim", claim_id, field) for claim_id in ids]):
        for row in fetch(connection, statement.where(standing.c.target_id.in_(some))):
            found[row["target_id"]] = row
    return found
