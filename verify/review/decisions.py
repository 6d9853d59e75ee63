"""Decisions: what a person said of a claim, pair, event or speaker, and never overwritten.

Every decision is a row with the hash of the row before it. The newest one of a target and field
stands; whoever decides names the version that stood on the screen, and a stale one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from verify.errors import InputError, NotAllowed, StaleDecision, VerifyError
from verify.records import DECISIONS, Row, shaped
from verify.review.ahead import Ahead
from verify.review.log import Decision, Ledger
from verify.review.regrouping import follow_events
from verify.review.siding import follow_speakers
from verify.store.connect import fetch
from verify.store.standing import Target, settle
from verify.store.store import Store
from verify.store.tables import decisions


@dataclass(frozen=True)
class Wish:
    """One decision that somebody wants to make, as they saw what they decide on; see `decide`."""

    target_kind: str
    target_id: str
    field: str
    value: str | None
    seen_version: int
    note: str = ""
    seen_as: str | None = None

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
    wish = Wish(target_kind, target_id, field, value, seen_version, note, seen_as)
    with store.writing() as connection:
        if first is not None:
            first(connection)
        known, ledger = Ahead(connection, [wish.target]), Ledger(connection, at)
        made = _one(known, ledger, wish, reviewer)
        ledger.write()
        follow(connection, [made.target])
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
    batch: int | None = None,
) -> list[Decision | VerifyError]:
    """Record many decisions in one transaction, each with its own field and note.

    The answer to each wish stands at its place: what was decided, or why it was refused; the
    others are taken, all at one moment, and belong together: see `made_together`. ``together`` and
    ``provided`` as in `decide_many`; ``batch`` as in `verify.review.log.Ledger`: a further part of
    what was too much for one transaction.
    """
    answers: list[Decision | VerifyError] = []
    with store.writing() as connection:
        known = Ahead(connection, [wish.target for wish in wishes])
        ledger = Ledger(connection, many=len(wishes) > 1, batch=batch)
        for wish in wishes:
            try:
                answers.append(_one(known, ledger, wish, reviewer))
            except (InputError, NotAllowed, StaleDecision) as error:
                if together:
                    raise
                answers.append(error)
        ledger.write()
        if provided is not None:
            provided(connection)
        follow(connection, [one.target for one in answers if isinstance(one, Decision)])
    return answers


def _one(known: Ahead, ledger: Ledger, wish: Wish, reviewer: str) -> Decision:
    target, value = wish.target, wish.value
    known.check(target, value)
    current = known.stands(target)
    if current["version"] != wish.seen_version:
        raise StaleDecision(f"{wish.target_kind} {wish.target_id}", current)
    about = known.about(target, value, wish.seen_as)
    known.permit(reviewer, target, value)
    made = ledger.append(target, value, wish.seen_version, reviewer, wish.note, about=about)
    known.follow(made, ledger)
    return made


def history(store: Store, target_kind: str, target_id: str) -> list[Row]:
    """Return every decision on one target (DECISIONS), all fields, oldest first."""
    statement = (
        select(decisions)
        .where(decisions.c.target_kind == target_kind, decisions.c.target_id == target_id)
        .order_by(decisions.c.seq)
    )
    with store.reading() as connection:
        return shaped(fetch(connection, statement), DECISIONS)


def follow(connection: Connection, targets: Sequence[Target]) -> None:
    """Bring everything that is shown in line with what was just decided on ``targets``."""
    settle(connection, targets)
    follow_speakers(connection, targets)
    follow_events(connection, targets)
