"""Reading at once, for many decisions, what each of them is checked against.

The checks are those of a single decision, and the same functions make them. What they ask of a
value alone is asked once for all that are alike; that a target is there, which version stands and
whether it is somebody's is read for thousands in a few statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, select

from verify.errors import InputError
from verify.records import PAIR_VERDICTS
from verify.review import decidable, people, seconds
from verify.review.log import Decision, Ledger
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.shared_work import ASSIGNED, KEYS
from verify.store.standing import Target
from verify.store.tables import decisions, pairs, standing

PLAIN: Final = frozenset(
    {
        ("claim", "status"),
        ("claim", "information_grade"),
        ("claim", "source_grade"),
        ("claim", ASSIGNED),
        ("pair", "status"),
        ("pair", ASSIGNED),
    }
)
"""Kinds and fields of which a target matters to the checks only by being there, whose work it is,
and whether two people disagree about it. Decisions on others are checked and written one by one."""


class Ahead:
    """What stands on these targets, in the write transaction that decides on them."""

    def __init__(self, connection: Connection, targets: Iterable[Target]) -> None:
        self._connection = connection
        self._there: set[Target] = set()
        self._somebodys: set[Target] = set()
        self._relations: dict[str, str] = {}
        self._asked: set[tuple[Any, ...]] = set()
        self.current: dict[Target, dict[str, Any]] = {}
        """Target -> the row of ``standing``; absent where nobody decided."""
        known = list(dict.fromkeys(targets))
        self.plain = all((kind, field) in PLAIN for kind, _, field in known)
        """Whether all may be written together."""
        for kind, field, ids in together(known):
            self._read_standing(kind, field, ids)
            if kind in KEYS:
                self._read_rows(kind, field, ids)

    def _read_standing(self, kind: str, field: str, ids: list[str]) -> None:
        statement = select(standing).where(
            standing.c.target_kind == kind, standing.c.field == field, standing.c.target_id.in_(ids)
        )
        for row in fetch(self._connection, statement):
            self.current[kind, row["target_id"], field] = row

    def _read_rows(self, kind: str, field: str, ids: list[str]) -> None:
        key = KEYS[kind]
        table = key.table
        columns = [key.label("id"), table.c.second, table.c.assigned_to]
        columns += [pairs.c.relation] if kind == "pair" else []
        for row in self._connection.execute(select(*columns).where(key.in_(ids))):
            target = (kind, row.id, field)
            self._there.add(target)
            if row.second is not None or row.assigned_to is not None:
                self._somebodys.add(target)
            if kind == "pair":
                self._relations[row.id] = row.relation

    def check(self, target: Target, value: str | None) -> None:
        """Check as `verify.review.decidable.check` does."""
        kind, _, field = target
        alike = ("check", kind, field, value)
        if (kind, field) in PLAIN and target in self._there and alike in self._asked:
            return
        decidable.check(self._connection, target, value)
        self._asked.add(alike)

    def permit(self, reviewer: str, target: Target, value: str | None) -> None:
        """Raise where ``reviewer`` is nobody, or may not decide this."""
        if not reviewer.strip():
            raise InputError("A decision needs a reviewer", target[1], "Give your name.")
        kind, _, field = target
        alike = ("permit", reviewer, kind, field, value)
        plain = (kind, field) in PLAIN and target in self._there and target not in self._somebodys
        if plain and alike in self._asked:
            return
        people.permit(self._connection, reviewer, target, value)
        seconds.check_second(self._connection, reviewer, target, value)
        if plain:
            self._asked.add(alike)

    def about(self, target: Target, value: str | None, seen_as: str | None = None) -> str | None:
        """Return what `verify.review.decidable.about_of` does."""
        kind, target_id, field = target
        if (kind, field) == ("pair", "status"):
            now = self._relations.get(target_id) if value in PAIR_VERDICTS else None
            if seen_as in (None, now):
                return now
        return decidable.about_of(self._connection, target, value, seen_as)

    def stands(self, target: Target) -> dict[str, Any]:
        """Return the row of ``standing``, or what stands where nobody has decided."""
        found = self.current.get(target)
        if found is not None:
            return found
        named = dict(zip(("target_kind", "target_id", "field"), target, strict=True))
        nobody = {"version": 0, "reviewer": None, "decided_at": None, "note": "", "seq": None}
        return {**named, "value": undecided(target), **nobody}

    def follow(self, made: Decision, ledger: Ledger) -> None:
        """Let the next of many see this one; in the store too where it is checked against that."""
        self.current[made.target] = asdict(made)
        if not self.plain:
            ledger.write()


def undecided(target: Target) -> str | None:
    """Return the value of a field that nobody has decided on."""
    return decidable.UNDECIDED.get(target[0]) if target[2] == "status" else None


def logs(connection: Connection, targets: Iterable[Target]) -> dict[Target, list[dict[str, Any]]]:
    """Return every decision on these targets, oldest first."""
    found: dict[Target, list[dict[str, Any]]] = defaultdict(list)
    for kind, field, ids in together(list(dict.fromkeys(targets))):
        statement = select(decisions).where(
            decisions.c.target_kind == kind,
            decisions.c.field == field,
            decisions.c.target_id.in_(ids),
        )
        for row in fetch(connection, statement.order_by(decisions.c.seq)):
            found[kind, row["target_id"], field].append(row)
    return found


def by_seq(connection: Connection, seqs: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return these decisions by their number."""
    found: dict[int, dict[str, Any]] = {}
    for some in chunks(list(dict.fromkeys(seqs))):
        rows = fetch(connection, select(decisions).where(decisions.c.seq.in_(some)))
        found |= {row["seq"]: row for row in rows}
    return found


def together(targets: list[Target]) -> Iterable[tuple[str, str, list[str]]]:
    """Group targets by kind and field, cut so that their ids fit into a statement."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, target_id, field in targets:
        grouped[kind, field].append(target_id)
    for (kind, field), ids in grouped.items():
        for some in chunks(ids):
            yield kind, field, list(some)


def effective(connection: Connection, target: Target) -> list[dict[str, Any]]:
    """Return the decisions on one field that were not taken back, oldest first: the last stands."""
    kind, target_id, field = target
    statement = (
        select(decisions)
        .filter_by(target_kind=kind, target_id=target_id, field=field)
        .order_by(decisions.c.seq)
    )
    return not_taken_back(fetch(connection, statement))


def not_taken_back(every: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out undos and what they took back."""
    undone = {row["undoes"] for row in every}
    return [row for row in every if row["undoes"] is None and row["seq"] not in undone]
