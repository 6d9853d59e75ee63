"""Decisions: what a person said of a claim, pair, event or speaker, and never overwritten.

Every decision is a row with the hash of the row before it. The newest one of a target and field
stands; whoever decides names the version that stood on the screen, and a stale one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, select

from verify.errors import InputError, NotAllowed, StaleDecision, VerifyError
from verify.records import DECISIONS, frame
from verify.review import ahead
from verify.review.ahead import Ahead, effective, not_taken_back
from verify.review.decidable import about_of, check
from verify.review.log import (
    FIRST_HASH,
    Decision,
    Ledger,
    decision_hash,
    made_together,
    storable,
)
from verify.review.people import ROLE, permit
from verify.review.regrouping import follow_events
from verify.review.seconds import check_second
from verify.review.siding import follow_speakers
from verify.review.signed import EXPORT
from verify.store.connect import fetch
from verify.store.folded import SAME
from verify.store.regrouped import EVENT
from verify.store.standing import Target, settle
from verify.store.store import Store
from verify.store.tables import decisions, standing

__all__ = [
    "FIRST_HASH", "UNDECIDED", "Decision", "Outcome", "Refusal", "Wish", "decide", "decide_each",
    "decide_many", "decision_hash", "effective", "history", "last_by", "made_together", "storable",
    "undo", "undo_many", "undo_some",
]  # fmt: skip
UNDECIDED: Final = {"claim": "unreviewed", "pair": "suggested"}


@dataclass(frozen=True)
class Wish:
    """One decision of many, with a field and note of its own; see `decide_each`."""

    target_kind: str
    target_id: str
    field: str
    value: str | None
    seen_version: int
    note: str = ""

    @property
    def target(self) -> Target:
        """What is to be decided on."""
        return self.target_kind, self.target_id, self.field


@dataclass(frozen=True)
class Refusal:
    """One decision of many that was not taken, and why."""

    target_kind: str
    target_id: str
    value: str | None
    error: VerifyError


@dataclass(frozen=True)
class Outcome:
    """What became of many decisions, each list in the order given."""

    done: list[Decision]
    refused: list[Refusal]


def decide(
    store: Store,
    target_kind: str,
    target_id: str,
    value: str | None,
    *,
    reviewer: str,
    field: str = "status",
    note: str = "",
    seen_version: int,
    seen_as: str | None = None,
    at: datetime | None = None,
    first: Callable[[Connection], None] | None = None,
) -> Decision:
    """Record a decision; when this returns, it is on disk.

    ``seen_version`` is the version the reviewer saw, 0 where nobody had decided; ``seen_as`` the
    relation that a pair was shown as, None: as it is now. ``first`` writes, in the same
    transaction, the row that is decided on. Raises ``StaleDecision`` when another
    decision stands by now, ``InputError`` for an unknown id, field or value, and for a pair that
    is related otherwise by now.
    """
    target = (target_kind, target_id, field)
    with store.writing() as connection:
        if first is not None:
            first(connection)
        check(connection, target, value)
        current = _current(connection, target)
        if current["version"] != seen_version:
            raise StaleDecision(f"{target_kind} {target_id}", current)
        about = about_of(connection, target, value, seen_as)
        version = current["version"]
        made = _append(connection, target, value, version, reviewer, note, about=about, at=at)
        _follow(connection, [target])
    return made


def decide_many(
    store: Store,
    wishes: Sequence[tuple[str, str, str | None, int]],
    reviewer: str,
    note: str = "",
    field: str = "status",
    *,
    together: bool = False,
    provided: Callable[[Connection], None] | None = None,
) -> Outcome:
    """Record many decisions (target_kind, target_id, value, seen_version) in one transaction.

    What is stale or unknown is refused and listed; the others are taken, all at one moment, and
    belong together: see `made_together`. ``together``: none is taken where one would be refused,
    and its error is raised. ``provided`` looks at claims, events and pairs as they were before, in
    the same transaction: none is taken where it raises.
    """
    asked = [Wish(kind, id_, field, value, seen, note) for kind, id_, value, seen in wishes]
    answers = decide_each(store, asked, reviewer, together=together, provided=provided)
    done = [one for one in answers if isinstance(one, Decision)]
    refused = [
        Refusal(wish.target_kind, wish.target_id, wish.value, answer)
        for wish, answer in zip(asked, answers, strict=True)
        if isinstance(answer, VerifyError)
    ]
    return Outcome(done, refused)


def decide_each(
    store: Store,
    wishes: Sequence[Wish],
    reviewer: str,
    *,
    together: bool = False,
    provided: Callable[[Connection], None] | None = None,
) -> list[Decision | VerifyError]:
    """Record many decisions in one transaction, each with its own field and note.

    The answer to each wish stands at its place: what was decided, or why it was refused; the
    others are taken, all at one moment, and belong together: see `made_together`. ``together`` and
    ``provided`` as in `decide_many`.
    """
    answers: list[Decision | VerifyError] = []
    with store.writing() as connection:
        known = Ahead(connection, [wish.target for wish in wishes])
        ledger = Ledger(connection, many=len(wishes) > 1)
        for wish in wishes:
            try:
                answers.append(_one_of_many(known, ledger, wish, reviewer))
            except (InputError, NotAllowed, StaleDecision) as error:
                if together:
                    raise
                answers.append(error)
        ledger.write()
        if provided is not None:
            provided(connection)
        _follow(connection, [one.target for one in answers if isinstance(one, Decision)])
    return answers


def _one_of_many(known: Ahead, ledger: Ledger, wish: Wish, reviewer: str) -> Decision:
    target, value = wish.target, wish.value
    known.check(target, value)
    current = known.current.get(target) or _nobody(target)
    if current["version"] != wish.seen_version:
        raise StaleDecision(f"{wish.target_kind} {wish.target_id}", current)
    about = known.about(target, value)
    _permit(known, reviewer, target, value)
    made = ledger.append(target, value, wish.seen_version, reviewer, wish.note, about=about)
    _stand(known, ledger, made)
    return made


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
                if target[2] in (SAME, EVENT, ROLE):
                    check(connection, target, before)  # others may have merged, or left, meanwhile
                _permit(known, reviewer, target, before)
            except (InputError, NotAllowed, StaleDecision) as error:
                if together:
                    raise
                kind, target_id = (found[seq][f"target_{name}"] for name in ("kind", "id"))
                refused.append(Refusal(kind, target_id, found[seq]["value"], error))
                continue
            version = known.current[target]["version"]
            one = ledger.append(target, before, version, reviewer, note, seq, about)
            _stand(known, ledger, one)
            told[target].append(asdict(one))
            made.append(one)
        ledger.write()
        _follow(connection, [one.target for one in made])
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
    earlier = stood[-2] if len(stood) > 1 else {"value": _undecided(target), "about": None}
    return target, earlier["value"], earlier["about"]


def last_by(store: Store, reviewer: str) -> Decision | None:
    """Return this reviewer's newest decision that is neither undone nor an undo.

    A sign-off is none that a key takes back.
    """
    undone = select(decisions.c.undoes).where(decisions.c.undoes.is_not(None))
    statement = (
        select(decisions)
        .where(
            decisions.c.reviewer == reviewer,
            decisions.c.target_kind != EXPORT,
            decisions.c.undoes.is_(None),
            decisions.c.seq.not_in(undone),
        )
        .order_by(decisions.c.seq.desc())
        .limit(1)
    )
    with store.reading() as connection:
        found = fetch(connection, statement)
    return Decision(**found[0]) if found else None


def history(store: Store, target_kind: str, target_id: str) -> pd.DataFrame:
    """Return every decision on one target, all fields, oldest first (columns DECISIONS)."""
    statement = (
        select(decisions)
        .where(decisions.c.target_kind == target_kind, decisions.c.target_id == target_id)
        .order_by(decisions.c.seq)
    )
    with store.reading() as connection:
        return frame(fetch(connection, statement), DECISIONS)


def _follow(connection: Connection, targets: Sequence[Target]) -> None:
    """Bring everything that is shown in line with what was just decided on ``targets``."""
    settle(connection, targets)
    follow_speakers(connection, targets)
    follow_events(connection, targets)


def _undecided(target: Target) -> str | None:
    return UNDECIDED.get(target[0]) if target[2] == "status" else None


def _current(connection: Connection, target: Target) -> dict[str, Any]:
    names = ("target_kind", "target_id", "field")
    named = dict(zip(names, target, strict=True))
    found = fetch(connection, select(standing).filter_by(**named))
    return found[0] if found else _nobody(target)


def _nobody(target: Target) -> dict[str, Any]:
    """Give what stands where nobody has decided."""
    named = dict(zip(("target_kind", "target_id", "field"), target, strict=True))
    nobody = {"value": _undecided(target), "version": 0, "reviewer": None, "decided_at": None}
    return {**named, **nobody, "note": "", "seq": None}


def _permit(known: Ahead, reviewer: str, target: Target, value: str | None) -> None:
    if not reviewer.strip():
        raise InputError("A decision needs a reviewer", target[1], "Give your name.")
    known.permit(reviewer, target, value)


def _stand(known: Ahead, ledger: Ledger, made: Decision) -> None:
    """Let the next of many see this one; in the store too where it is checked against that."""
    known.current[made.target] = asdict(made)
    if not known.plain:
        ledger.write()


def _append(
    connection: Connection,
    target: Target,
    value: str | None,
    version: int,
    reviewer: str,
    note: str,
    *,
    about: str | None = None,
    at: datetime | None = None,
) -> Decision:
    if not reviewer.strip():
        raise InputError("A decision needs a reviewer", target[1], "Give your name.")
    permit(connection, reviewer, target, value)
    check_second(connection, reviewer, target, value)
    ledger = Ledger(connection, at)
    made = ledger.append(target, value, version, reviewer, note, about=about)
    ledger.write()
    return made
