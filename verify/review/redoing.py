"""Redo: what was taken back is decided anew.

Nothing in the log says "redo". A decision that repeats what its reviewer took back before is one,
so that several undos can be followed by as many redos; any other decision ends what can be redone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, exists, select

from verify.errors import InputError
from verify.review import ahead
from verify.review.decisions import Outcome, Wish, decide_each
from verify.review.log import Decision
from verify.store.connect import fetch
from verify.store.store import Store
from verify.store.tables import decisions

_SAME = ("target_kind", "target_id", "field", "value", "note", "about")


def redoable(store: Store, reviewer: str) -> list[Decision]:
    """Return what `redo` would decide anew, as it was decided, in order; [] where nothing is."""
    with store.reading() as connection:
        return [Decision(**row) for row in _taken_back(connection, reviewer)[0]]


def redo(store: Store, reviewer: str) -> Outcome:
    """Decide anew what this reviewer took back last: one decision, or all made at once with it.

    Raises ``InputError`` when there is nothing, and for a pair that is related otherwise by now;
    ``StaleDecision`` when somebody decided on one of them since. All or none.
    """
    with store.reading() as connection:
        taken, versions = _taken_back(connection, reviewer)
    if not taken:
        remedy = "Only what you took back last can be; any other decision of yours ends that."
        raise InputError("You have taken nothing back that could be done anew", remedy=remedy)
    wishes = [
        Wish(row["target_kind"], row["target_id"], row["field"], row["value"],
             versions[row["seq"]], row["note"], row["about"])
        for row in taken
    ]  # fmt: skip
    answers = decide_each(store, wishes, reviewer, together=True)
    return Outcome([one for one in answers if isinstance(one, Decision)], [])


def _taken_back(
    connection: Connection, reviewer: str
) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """Return the decisions to make anew, and for each seq the version that its undo left."""
    before, done_anew = None, 0
    while (newest := _newest(connection, reviewer, before)) is not None:
        at_once = _made_at_once(connection, newest)
        if newest["undoes"] is None:
            if not _repeats(connection, newest):
                return [], {}
            done_anew += 1
        elif done_anew:
            done_anew -= 1
        else:
            versions = {row["undoes"]: row["version"] for row in at_once}
            taken = ahead.by_seq(connection, versions)
            return [taken[seq] for seq in sorted(taken)], versions
        before = at_once[0]["seq"]
    return [], {}


def _newest(connection: Connection, reviewer: str, before: int | None) -> dict[str, Any] | None:
    statement = select(decisions).where(decisions.c.reviewer == reviewer)
    if before is not None:
        statement = statement.where(decisions.c.seq < before)
    found = fetch(connection, statement.order_by(decisions.c.seq.desc()).limit(1))
    return found[0] if found else None


def _made_at_once(connection: Connection, one: dict[str, Any]) -> list[dict[str, Any]]:
    if one["batch"] is None:
        return [one]
    statement = select(decisions).where(decisions.c.batch == one["batch"])
    return fetch(connection, statement.order_by(decisions.c.seq))


def _repeats(connection: Connection, one: dict[str, Any]) -> bool:
    """Whether this decision says what its reviewer had said of the same and taken back."""
    earlier, undo = decisions.alias("earlier"), decisions.alias("undo")
    same = [earlier.c[name].is_not_distinct_from(one[name]) for name in _SAME]
    statement = select(
        exists().where(
            *same,
            undo.c.undoes == earlier.c.seq,
            undo.c.reviewer == one["reviewer"],
            undo.c.seq < one["seq"],
        )
    )
    return bool(connection.scalar(statement))
