"""Decisions: what a person said of a claim, pair, event or speaker, and never overwritten.

Every decision is a row with the hash of the row before it. The newest one of a target and field
stands; whoever decides names the version that stood on the screen, and a stale one is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from verify.errors import InputError, NotAllowed, StaleDecision, VerifyError
from verify.records import DECISIONS, frame
from verify.review.decidable import about_of, check
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

FIRST_HASH: Final = "0" * 64
"""What the first decision names as the hash before it."""
UNDECIDED: Final = {"claim": "unreviewed", "pair": "suggested"}


@dataclass(frozen=True)
class Decision:
    """One row of the log; the fields are those of `verify.records.DECISIONS`."""

    seq: int
    target_kind: str
    target_id: str
    field: str
    value: str | None
    note: str
    reviewer: str
    decided_at: str
    version: int
    undoes: int | None
    about: str | None
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Wish:
    """One decision of many, with a field and note of its own; see `decide_each`."""

    target_kind: str
    target_id: str
    field: str
    value: str | None
    seen_version: int
    note: str = ""


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


def decision_hash(row: Mapping[str, Any], previous_hash: str) -> str:
    """Hash a decision: SHA-256 of its content and the hash before it, as canonical JSON.

    The content is every column of DECISIONS but ``previous_hash`` and ``hash``, and ``about`` only
    where it says something: older decisions had no such column. Canonical: keys sorted, no spaces,
    UTF-8, no escapes but those that JSON needs.
    """
    content = {name: row[name] for name in DECISIONS if name != "hash"}
    if content["about"] is None:
        del content["about"]
    content["previous_hash"] = previous_hash
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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

    What is stale or unknown is refused and listed; the others are taken, all at one moment.
    ``together``: none is taken where one would be refused, and its error is raised. ``provided``
    looks at claims, events and pairs as they were before, in the same transaction: none is taken
    where it raises.
    """
    done: list[Decision] = []
    refused: list[Refusal] = []
    with store.writing() as connection:
        at = datetime.now(UTC)
        for kind, target_id, value, seen_version in wishes:
            target = (kind, target_id, field)
            try:
                check(connection, target, value)
                current = _current(connection, target)
                if current["version"] != seen_version:
                    raise StaleDecision(f"{kind} {target_id}", current)
                version, about = current["version"], about_of(connection, target, value)
                made = _append(
                    connection, target, value, version, reviewer, note, about=about, at=at
                )
            except (InputError, NotAllowed, StaleDecision) as error:
                if together:
                    raise
                refused.append(Refusal(kind, target_id, value, error))
            else:
                done.append(made)
        if provided is not None:
            provided(connection)
        _follow(connection, [(made.target_kind, made.target_id, made.field) for made in done])
    return Outcome(done, refused)


def decide_each(
    store: Store, wishes: Sequence[Wish], reviewer: str
) -> list[Decision | VerifyError]:
    """Record many decisions in one transaction, each with its own field and note.

    The answer to each wish stands at its place: what was decided, or why it was refused; the
    others are taken, all at one moment.
    """
    answers: list[Decision | VerifyError] = []
    with store.writing() as connection:
        at = datetime.now(UTC)
        for wish in wishes:
            target = (wish.target_kind, wish.target_id, wish.field)
            try:
                check(connection, target, wish.value)
                current = _current(connection, target)
                version = current["version"]
                if version != wish.seen_version:
                    raise StaleDecision(f"{wish.target_kind} {wish.target_id}", current)
                about, note = about_of(connection, target, wish.value), wish.note
                made = _append(
                    connection, target, wish.value, version, reviewer, note, about=about, at=at
                )
                answers.append(made)
            except VerifyError as error:
                answers.append(error)
        done = [one for one in answers if isinstance(one, Decision)]
        _follow(connection, [(one.target_kind, one.target_id, one.field) for one in done])
    return answers


def undo(store: Store, seq: int, reviewer: str, note: str = "") -> Decision:
    """Take a decision back by a new one that restores the value before it.

    Raises ``InputError`` when there is no such decision, it is an undo, or it is undone already;
    ``StaleDecision`` when someone decided on the same thing after it.
    """
    return undo_many(store, [seq], reviewer, note)[0]


def undo_many(store: Store, seqs: Sequence[int], reviewer: str, note: str = "") -> list[Decision]:
    """Take several decisions back, all or none; see `undo`."""
    with store.writing() as connection:
        at = datetime.now(UTC)
        made = [_take_back(connection, seq, reviewer, note, at) for seq in seqs]
        _follow(connection, [(one.target_kind, one.target_id, one.field) for one in made])
    return made


def _take_back(
    connection: Connection, seq: int, reviewer: str, note: str, at: datetime
) -> Decision:
    found = fetch(connection, select(decisions).where(decisions.c.seq == seq))
    if not found:
        raise InputError(f"There is no decision {seq}", "decisions", "Look at the history.")
    target = (found[0]["target_kind"], found[0]["target_id"], found[0]["field"])
    where = f"{target[0]} {target[1]}"
    if found[0]["undoes"] is not None:
        raise InputError(f"Decision {seq} is itself an undo", where, "Decide anew instead.")
    stood = effective(connection, target)
    if seq not in [row["seq"] for row in stood]:
        raise InputError(f"Decision {seq} is undone already", where, "Nothing is left to do.")
    current = _current(connection, target)
    if stood[-1]["seq"] != seq:
        raise StaleDecision(where, current)
    earlier = stood[-2] if len(stood) > 1 else {"value": _undecided(target), "about": None}
    before, about = earlier["value"], earlier["about"]
    if target[2] in (SAME, EVENT, ROLE):
        check(connection, target, before)  # others may have merged these, or left, meanwhile
    version = current["version"]
    return _append(
        connection, target, before, version, reviewer, note, undoes=seq, about=about, at=at
    )


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


def effective(connection: Connection, target: Target) -> list[dict[str, Any]]:
    """Return the decisions on one field that were not taken back, oldest first: the last stands."""
    kind, target_id, field = target
    statement = (
        select(decisions)
        .filter_by(target_kind=kind, target_id=target_id, field=field)
        .order_by(decisions.c.seq)
    )
    every = fetch(connection, statement)
    undone = {row["undoes"] for row in every}
    return [row for row in every if row["undoes"] is None and row["seq"] not in undone]


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
    nobody = {"value": _undecided(target), "version": 0, "reviewer": None, "decided_at": None}
    return found[0] if found else {**named, **nobody, "note": "", "seq": None}


def _append(
    connection: Connection,
    target: Target,
    value: str | None,
    version: int,
    reviewer: str,
    note: str,
    *,
    undoes: int | None = None,
    about: str | None = None,
    at: datetime | None = None,
) -> Decision:
    if not reviewer.strip():
        raise InputError("A decision needs a reviewer", target[1], "Give your name.")
    permit(connection, reviewer, target, value)
    check_second(connection, reviewer, target, value)
    newest = select(decisions.c.seq, decisions.c.hash).order_by(decisions.c.seq.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    previous = last.hash if last else FIRST_HASH
    row: dict[str, Any] = {
        "seq": last.seq + 1 if last else 1,
        **dict(zip(("target_kind", "target_id", "field"), target, strict=True)),
        "value": storable(value.strip()) if value is not None else None,
        "note": storable(note.strip()),
        "reviewer": storable(reviewer.strip()),
        "decided_at": (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": version + 1,
        "undoes": undoes,
        "about": about,
        "previous_hash": previous,
    }
    made = Decision(**row, hash=decision_hash(row, previous))
    connection.execute(insert(decisions).values(asdict(made)))
    stands = {name: value for name, value in asdict(made).items() if name in standing.c}
    key = dict(zip(("target_kind", "target_id", "field"), target, strict=True))
    if version:
        connection.execute(update(standing).filter_by(**key).values(stands))
    else:
        connection.execute(insert(standing).values(stands))
    return made


def storable(text: str) -> str:
    """Replace what no database takes: NUL and halves of surrogate pairs."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
