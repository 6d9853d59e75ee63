"""Undo: a decision is taken back by a new one that restores the value before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import exists, select

from verify.errors import InputError, NotAllowed, StaleDecision
from verify.review import ahead
from verify.review.ahead import Ahead, not_taken_back, undecided
from verify.review.decidable import check
from verify.review.decisions import Outcome, Refusal, follow
from verify.review.log import Decision, Ledger
from verify.review.people import IDENTITY, ROLE
from verify.review.signed import EXPORT
from verify.store.connect import fetch
from verify.store.evidence_table import ATTACHED
from verify.store.folded import SAME
from verify.store.regrouped import EVENT
from verify.store.standing import Target
from verify.store.store import Store
from verify.store.tables import decisions

CHECKED: Final = (SAME, EVENT, ROLE, IDENTITY, ATTACHED)
"""Fields of which the value before may not hold any more: others may have merged, left, taken the
address, or attached the same meanwhile."""


def undo(store: Store, seq: int, reviewer: str, note: str = "") -> Decision:
    """Take a decision back by a new one that restores the value before it.

    Raises ``InputError`` when there is no such decision, it is an undo, or it is undone already;
    ``StaleDecision`` when someone decided on the same thing after it.
    """
    return undo_many(store, [seq], reviewer, note)[0]


def undo_many(store: Store, seqs: Sequence[int], reviewer: str, note: str = "") -> list[Decision]:
    """Take several decisions back, all or none; see `undo`."""
    return undo_some(store, seqs, reviewer, note, together=True).done


def undo_some(
    store: Store, seqs: Sequence[int], reviewer: str, note: str = "", *, together: bool = False
) -> Outcome:
    """Take several decisions back in one transaction; what cannot be is refused and listed.

    ``together``: none is taken back where one cannot be, and its error is raised.
    """
    made: list[Decision] = []
    refused: list[Refusal] = []
    with store.writing() as connection:
        found = ahead.by_seq(connection, seqs)
        targets = [(row["target_kind"], row["target_id"], row["field"]) for row in found.values()]
        known, told = Ahead(connection, targets), ahead.logs(connection, targets)
        ledger = Ledger(connection, many=len(seqs) > 1)
        for seq in seqs:
            try:
                target, before, about = _to_take_back(known, found.get(seq), seq, told)
                if target[2] in CHECKED:
                    check(connection, target, before)
                known.permit(reviewer, target, before)
            except (InputError, NotAllowed, StaleDecision) as error:
                if together:
                    raise
                row = found.get(seq) or {"target_kind": "decision", "target_id": str(seq)}
                refused.append(
                    Refusal(row["target_kind"], row["target_id"], row.get("value"), error)
                )
                continue
            version = known.current[target]["version"]
            one = ledger.append(target, before, version, reviewer, note, seq, about)
            known.follow(one, ledger)
            told[target].append(asdict(one))
            made.append(one)
        ledger.write()
        follow(connection, [one.target for one in made])
    return Outcome(made, refused)


def _to_take_back(
    known: Ahead,
    found: dict[str, Any] | None,
    seq: int,
    told: Mapping[Target, list[dict[str, Any]]],
) -> tuple[Target, str | None, str | None]:
    """Return what a decision is on, and value and ``about`` before it, or raise; see `undo`."""
    if found is None:
        raise InputError(f"There is no decision {seq}", "decisions", "Look at the history.")
    target = (found["target_kind"], found["target_id"], found["field"])
    where = f"{target[0]} {target[1]}"
    if found["undoes"] is not None:
        raise InputError(f"Decision {seq} is itself an undo", where, "Decide anew instead.")
    stood = not_taken_back(told[target])
    if seq not in [row["seq"] for row in stood]:
        raise InputError(f"Decision {seq} is undone already", where, "Nothing is left to do.")
    if stood[-1]["seq"] != seq:
        raise StaleDecision(where, known.current[target])
    earlier = stood[-2] if len(stood) > 1 else {"value": undecided(target), "about": None}
    return target, earlier["value"], earlier["about"]


def last_by(store: Store, reviewer: str) -> Decision | None:
    """Return this reviewer's newest decision that can be taken back by a key.

    It is neither undone nor an undo nor a sign-off, and nobody decided on the same thing after it.
    """
    undone = select(decisions.c.undoes).where(decisions.c.undoes.is_not(None))
    later = decisions.alias("later")
    same = [later.c[name] == decisions.c[name] for name in ("target_kind", "target_id", "field")]
    overtaken = exists().where(
        *same,
        later.c.version > decisions.c.version,
        later.c.undoes.is_(None),
        later.c.seq.not_in(undone),
    )
    statement = (
        select(decisions)
        .where(
            decisions.c.reviewer == reviewer,
            decisions.c.target_kind != EXPORT,
            decisions.c.undoes.is_(None),
            decisions.c.seq.not_in(undone),
            ~overtaken,
        )
        .order_by(decisions.c.seq.desc())
        .limit(1)
    )
    with store.reading() as connection:
        found = fetch(connection, statement)
    return Decision(**found[0]) if found else None
