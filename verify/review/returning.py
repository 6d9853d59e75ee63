"""Decisions made in a spreadsheet: what would change, first, and then the changes recorded.

`plan` compares a returned review table with the store and writes nothing; `record` decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from verify.errors import LeftOut, StaleDecision
from verify.records import Row
from verify.review import carried
from verify.review.cells import plain, unguarded
from verify.review.decisions import Wish, decide_each
from verify.review.edits import Change, Known, edits, stale
from verify.review.export import review_table
from verify.review.log import Decision
from verify.review.returned import EXPORT_AGAIN, KEY, Line, Table, lines
from verify.store.connect import fetch
from verify.store.store import Store
from verify.store.tables import claims, decisions

CHUNK: Final = 500
"""Rows compared at a time, and decisions in one transaction: half a second of one writer."""
_NUMBER_MADE: Final = set("0123456789.,+-eE")


@dataclass
class Plan:
    """What a returned table would change: nothing of it is written."""

    file: str
    changes: list[Change] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    """What cannot be taken, by row and column, each with its remedy."""
    notes: list[LeftOut] = field(default_factory=list)
    """What should be known of the file, though no decision was lost by it."""
    rows: int = 0
    unchanged: int = 0

    def told(self) -> str:
        """Account for every row in one line."""
        changed = {change.row for change in self.changes}
        faulty = {fault.row for fault in self.left_out if fault.row is not None}
        noun = "row" if self.rows == 1 else "rows"
        parts = [f"{self.unchanged:,} as exported", f"{len(changed - faulty):,} with changes"]
        if faulty:
            parts.append(f"{len(faulty):,} with something that cannot be taken")
        if changed & faulty:
            parts[-1] += f" ({len(changed & faulty):,} of them with other changes)"
        return f"{self.rows:,} {noun} read: {', '.join(parts)}"


@dataclass(frozen=True)
class Recorded:
    """What became of a plan: decisions made, and those refused since it was drawn up."""

    done: list[Decision]
    refused: list[LeftOut]


def plan(store: Store, path: Path, name: str = "") -> Plan:
    """Compare a returned review table (CSV, .xlsx or .jsonl) with the store; nothing is written.

    ``name`` is what faults call the file, by default its path. A claim that stands in two rows is
    taken once where both say the same, else not at all. Raises ``InputError`` for a file that is
    no review table, or too large.
    """
    table = Table(name or str(path), path)
    made = Plan(table.file)
    seen: dict[str, tuple[int, int]] = {}
    twice: dict[str, list[int]] = {}
    with store.reading() as connection:
        sides = set(connection.scalars(select(claims.c.side).distinct()))
        for some in _chunks(lines(table)):
            _compare(connection, table, made, list(_once(table, made, some, seen, twice)), sides)
    made.changes = [change for change in made.changes if change.claim_id not in twice]
    for claim_id, numbers in twice.items():
        others = ", ".join(f"{number:,}" for number in numbers)
        for number in numbers:
            what = f"The claim {claim_id} stands in rows {others}, which say different things"
            made.left_out.append(table.fault(what, "Leave one of them.", number, KEY))
    made.left_out = [*table.faults, *sorted(made.left_out, key=lambda fault: fault.row or 0)]
    made.notes = table.notes
    touched = {change.row for change in made.changes} | {fault.row for fault in made.left_out}
    made.unchanged = made.rows - len(touched - {None})
    return made


def record(store: Store, made: Plan, reviewer: str) -> Recorded:
    """Make decisions of the changes, a chunk in a transaction; what is refused is listed.

    All of them belong together, so that one undo takes them back. A change that somebody was
    faster with since the plan was drawn up is refused, as is what the reviewer may not decide.
    Raises ``StoreError`` where the store cannot be written: chunks before that stand, and the same
    file can be brought back again.
    """
    table = Table(made.file, Path(made.file))
    done: list[Decision] = []
    refused: list[LeftOut] = []
    for start in range(0, len(made.changes), CHUNK):
        some = made.changes[start : start + CHUNK]
        wishes = [
            Wish("claim", one.claim_id, one.field, one.value, one.seen_version, one.note)
            for one in some
        ]
        batch = done[0].batch if done else None
        answers = decide_each(store, wishes, reviewer, batch=batch)
        for change, answer in zip(some, answers, strict=True):
            if isinstance(answer, Decision):
                done.append(answer)
            elif isinstance(answer, StaleDecision):
                refused.append(stale(table, change.row, change.column, answer.current))
            else:
                remedy = answer.remedy or "Look at the claim."
                refused.append(table.fault(answer.what, remedy, change.row, change.column))
    return Recorded(done, refused)


def in_words(change: Change) -> str:
    """Say a change in one line, as a dry run lists it."""
    was, will = (f"“{text}”" if text else "nothing" for text in (change.was, change.will))
    noted = f", note “{change.note}”" if change.note and change.column != "note" else ""
    remark = f" ({change.remark})" if change.remark else ""
    where = f"row {change.row:,}, {change.claim_id}, {change.column}"
    return f"{where}: {was} to {will}{noted}{remark}".replace("\n", " ")


def _chunks(found: Iterator[Line | LeftOut]) -> Iterator[list[Line | LeftOut]]:
    some: list[Line | LeftOut] = []
    for one in found:
        some.append(one)
        if len(some) == CHUNK:
            yield some
            some = []
    yield some


def _once(
    table: Table,
    made: Plan,
    some: Sequence[Line | LeftOut],
    seen: dict[str, tuple[int, int]],
    twice: dict[str, list[int]],
) -> Iterator[Line]:
    """Give each claim's row once; count the rows, and keep what is wrong with them as a whole."""
    for line in some:
        if isinstance(line, LeftOut):
            made.left_out.append(line)
            made.rows += line.column is None  # of a row that is given beside it
            continue
        made.rows += 1
        claim_id = _id(line)
        if not claim_id:
            what = "The row has no claim_id"
            made.left_out.append(
                table.fault(what, "Delete the row, or fill it in.", line.number, KEY)
            )
            continue
        first = seen.setdefault(claim_id, (line.number, _says(line)))
        if first[0] == line.number:
            yield line
        elif first[1] != _says(line):
            twice.setdefault(claim_id, [first[0]]).append(line.number)


def _id(line: Line) -> str:
    return unguarded(plain(line.cells.get(KEY))).lower()


def _says(line: Line) -> int:
    cells = (unguarded(plain(line.cells.get(name))) for name in carried.EDITABLE)
    return hash(tuple(cells))


def _compare(
    connection: Connection, table: Table, made: Plan, some: Sequence[Line], sides: set[str]
) -> None:
    ids = [_id(line) for line in some]
    now = {row[KEY].lower(): row for row in review_table(connection, ids)}
    stands = carried.standing_of(connection, ids)
    log = _log(connection, ids)
    for line, claim_id in zip(some, ids, strict=True):
        if claim_id not in now:
            made.left_out.append(_unknown(table, line, claim_id))
            continue
        own = {
            name: stands[claim_id, name] for name in carried.DECIDED if (claim_id, name) in stands
        }
        for found in edits(table, line, Known(now[claim_id], own, log[claim_id], sides)):
            if isinstance(found, Change):
                made.changes.append(found)
            else:
                made.left_out.append(found)


def _log(connection: Connection, ids: Sequence[str]) -> dict[str, dict[tuple[str, int], Row]]:
    """Give claim -> (field, version) -> the decision that it was."""
    statement = select(decisions).where(
        decisions.c.target_kind == "claim",
        decisions.c.target_id.in_(ids),
        decisions.c.field.in_(carried.DECIDED),
    )
    found: dict[str, dict[tuple[str, int], Row]] = defaultdict(dict)
    for row in fetch(connection, statement):
        found[row["target_id"]][row["field"], row["version"]] = row
    return found


def _unknown(table: Table, line: Line, claim_id: str) -> LeftOut:
    if set(claim_id) <= _NUMBER_MADE or not isinstance(line.cells.get(KEY), str):
        shown = plain(line.cells.get(KEY))[:60]
        what = f"“{shown}” is what a spreadsheet made of a claim id that it took for a number"
        remedy = "Export again, and open the file with claim_id as a text column, or as .xlsx."
        return table.fault(what, remedy, line.number, KEY)
    what = f"There is no claim {claim_id[:60]!r} in this store"
    return table.fault(what, f"It may have been read anew. {EXPORT_AGAIN}", line.number, KEY)
