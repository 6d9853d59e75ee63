"""What was edited in one row of a returned review table, and what of it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from verify.errors import LeftOut
from verify.records import CLAIM_STATUSES, INFORMATION_GRADES, SOURCE_GRADES, Row
from verify.review.carried import VERSIONS, Carried, mark, parse, read_only
from verify.review.cells import ERRORS, plain, same, unguarded
from verify.review.decidable import LONGEST_VALUE
from verify.review.returned import EXPORT_AGAIN, Line, Table
from verify.review.sheets import Unshown

UNREVIEWED: Final = "unreviewed"
NEW_SIDE: Final = "a side that no claim has yet"
LONGEST_SHOWN: Final = 60
"""Characters of a cell that a fault quotes."""
_NO_DECISION: Final[Row] = {"value": None, "version": 0, "reviewer": None, "decided_at": None}


@dataclass(frozen=True)
class Change:
    """One edited cell that becomes a decision.

    ``column`` was edited; ``field`` is decided on: the status, where a note was changed alone.
    ``was`` and ``will`` are what the cell would show before and after; ``remark`` is what a person
    should look at before it is recorded.
    """

    row: int
    claim_id: str
    claim_text: str
    column: str
    field: str
    was: str
    will: str
    value: str | None
    note: str
    seen_version: int
    remark: str = ""


@dataclass(frozen=True)
class Known:
    """What the store says of one claim: its row of the review table, and its decisions.

    ``stands`` is field -> decision; ``log`` is (field, version) -> decision.
    """

    now: Row
    stands: Mapping[str, Row]
    log: Mapping[tuple[str, int], Row]
    sides: Collection[str]


Found = Iterator[Change | LeftOut]


def edits(table: Table, line: Line, known: Known) -> Found:
    """Give the changes of a row and what is wrong with its cells, each with a remedy.

    A row that is mixed up with another gives its fault alone; else each cell stands for itself.
    """
    carried = parse(plain(line.cells.get(VERSIONS)))
    claim_id = known.now["claim_id"]
    if carried is None:
        what = "The row does not say what it was exported with: its cell was changed or is empty"
        yield table.fault(what, EXPORT_AGAIN, line.number, VERSIONS)
        return
    if carried.read[0] != mark(claim_id, "claim_id", claim_id):
        what = "The row is mixed up: this cell belongs to another claim than claim_id names"
        yield table.fault(what, "Sort whole rows, never single columns.", line.number, VERSIONS)
        return
    if any(version and (field, version) not in known.log
           for field, version in carried.versions.items()):  # fmt: skip
        what = "The row was exported from another store: its decisions are not in this one"
        yield table.fault(what, EXPORT_AGAIN, line.number, VERSIONS)
        return
    touched = list(_touched(table, line, known, carried))
    if "claim_text" in touched:
        what = "The text is not that of the claim, so that nothing of the row was taken"
        remedy = "Put the row's own text back; correct a reading on the Claim page."
        yield table.fault(what, remedy, line.number, "claim_text")
        return
    for column in touched:
        what = (
            f"The cell holds {_quoted(line.cells[column])}, the store {_quoted(known.now[column])}"
        )
        remedy = "This column is only read; correct a reading on the Claim page."
        yield table.fault(what, remedy, line.number, column)
    one = _Row(table, line, known, carried)
    yield from one.of_status()
    for field, meant in _MEANT.items():
        if field in line.cells:
            yield from one.of_field(field, meant)


def _touched(table: Table, line: Line, known: Known, carried: Carried) -> Iterator[str]:
    """Name the columns that are only read whose cell is neither what stands nor was exported."""
    marks = dict(zip(read_only(known.now), carried.read, strict=False))
    seen = known.log.get(("status", carried.versions["status"]), _NO_DECISION)
    for column, cell in line.cells.items():
        if column in seen and column in ("reviewer", "decided_at"):
            if not same(cell, seen[column], table.encoding):
                yield column
        elif column in marks and column != "claim_id":
            if same(cell, known.now[column], table.encoding):
                continue
            texts = {plain(cell), unguarded(plain(cell))}
            if marks[column] not in {mark(known.now["claim_id"], column, one) for one in texts}:
                yield column


def _quoted(value: Any) -> str:
    text = plain(value)
    return (
        f"“{text[:LONGEST_SHOWN]}{'…' if len(text) > LONGEST_SHOWN else ''}”" if text else "nothing"
    )


class _Row:
    """One row under comparison; each method gives changes and faults of some of its cells."""

    def __init__(self, table: Table, line: Line, known: Known, carried: Carried) -> None:
        self.table, self.line, self.known, self.carried = table, line, known, carried
        self.claim_id = known.now["claim_id"]

    def of_status(self) -> Found:
        """Compare status and note, which are one decision."""
        stands = self._stands("status")
        seen = self.known.log.get(("status", self.carried.versions["status"]), _NO_DECISION)
        status, note = self._text("status"), self._text("note")
        is_now = self.known.now["status"]
        decided = bool(status) and not self._same("status", is_now, seen["value"] or UNREVIEWED)
        now_noted, then_noted = stands.get("note") or "", seen.get("note") or ""
        noted = "note" in self.line.cells and not self._same("note", now_noted, then_noted)
        if not decided and not noted:
            return
        fault = self._unusable("status") or self._unusable("note")
        value = status.casefold() if decided else is_now
        if fault is None and value not in CLAIM_STATUSES:
            what = f"{_quoted(status)} is no status" + ("; its note was not taken" * noted)
            fault = self._fault("status", what, f"Write one of {', '.join(CLAIM_STATUSES)}.")
        if fault is None:
            fault = self._stale("status" if decided else "note", "status", seen["version"])
        if fault is None and not decided and is_now == UNREVIEWED:
            what = "A note goes with a status, and this claim has none"
            fault = self._fault("note", what, "Set the status in the same row.")
        if fault is not None:
            yield fault
            return
        kept = note if noted else then_noted if "note" in self.line.cells else ""
        was, will = (is_now, value) if decided else (now_noted, kept)
        yield self._change("status" if decided else "note", "status", was, will, value, kept)

    def of_field(self, field: str, meant: Callable[[str], str | None]) -> Found:
        """Compare a grade or the side; ``meant`` says which value a text means, None: none."""
        is_now = self.known.now[field]
        seen = self.known.log.get((field, self.carried.versions[field]), _NO_DECISION)
        text = self._text(field)
        if self._same(field, is_now) or self._inherited(field, seen["value"]):
            return
        value = None if not text else meant(text)
        fault = self._unusable(field)
        if fault is None and not text and seen["value"] is None:
            what = f"The {field} was not set for this claim itself, so that it cannot be taken back"
            remedy = "Change it for its source or speaker on the Sources & sides page."
            fault = self._fault(field, what, remedy)
        if fault is None and text and value is None:
            fault = self._fault(field, f"{_quoted(text)} is no {field}", _REMEDIES[field])
        if fault is None and value == is_now and value is not None:
            return
        fault = fault or self._stale(field, field, seen["version"])
        if fault is not None:
            yield fault
            return
        remark = NEW_SIDE if field == "side" and value and value not in self.known.sides else ""
        yield self._change(field, field, is_now or "", value or "", value, "", remark)

    def _inherited(self, field: str, own: str | None) -> bool:
        """Tell whether the cell still shows what it did when it was exported."""
        if own is not None:
            return same(self.line.cells[field], own, self.table.encoding)
        shown = self.carried.marks.get(field)
        texts = {self._text(field), plain(self.line.cells[field])}
        if shown is None:
            return texts == {""}
        return shown in {mark(self.claim_id, field, text) for text in texts if text}

    def _text(self, column: str) -> str:
        return unguarded(plain(self.line.cells.get(column)))

    def _same(self, column: str, *values: str | None) -> bool:
        cell = self.line.cells.get(column)
        return any(same(cell, value, self.table.encoding) for value in values)

    def _stands(self, field: str) -> Row:
        return self.known.stands.get(field, _NO_DECISION)

    def _unusable(self, column: str) -> LeftOut | None:
        cell = self.line.cells.get(column)
        if isinstance(cell, Unshown):
            return self._fault(column, Unshown.what, Unshown.remedy)
        if plain(cell).upper() in ERRORS:
            return self._fault(column, f"The cell shows an error: {plain(cell)}", "Write a value.")
        return None

    def _stale(self, column: str, field: str, seen_version: int) -> LeftOut | None:
        stands = self._stands(field)
        if stands["version"] == seen_version:
            return None
        return stale(self.table, self.line.number, column, stands)

    def _fault(self, column: str, what: str, remedy: str) -> LeftOut:
        return self.table.fault(what, remedy, self.line.number, column)

    def _change(
        self,
        column: str,
        field: str,
        was: str,
        will: str,
        value: str | None,
        note: str,
        remark: str = "",
    ) -> Change:
        return Change(
            self.line.number, self.claim_id, self.known.now["claim_text"], column, field, was,
            will, value, note, self._stands(field)["version"], remark,
        )  # fmt: skip


def stale(table: Table, row: int, column: str, stands: Mapping[str, Any]) -> LeftOut:
    """Say what stands now, by whom and since when, where somebody decided after the export."""
    noted = f", with the note “{stands['note']}”" if stands.get("note") else ""
    by = f"{stands['reviewer']} set {stands['field']} to {stands['value'] or 'nothing of its own'}"
    what = f"{by} at {stands['decided_at']}{noted}, after this row was exported"
    return table.fault(what, "Look at the claim, and decide on it anew.", row, column)


def _source_grade(text: str) -> str | None:
    return text.upper() if text.upper() in SOURCE_GRADES else None


def _information_grade(text: str) -> str | None:
    number = re.sub(r"[.,]0+$", "", text)
    return number if number in INFORMATION_GRADES else None


def _side(text: str) -> str | None:
    return text if len(text) <= LONGEST_VALUE else None


_MEANT: Final[Mapping[str, Callable[[str], str | None]]] = {
    "source_grade": _source_grade,
    "information_grade": _information_grade,
    "side": _side,
}
_REMEDIES: Final = {
    "source_grade": f"Write one of {', '.join(SOURCE_GRADES)}, or nothing.",
    "information_grade": f"Write one of {', '.join(INFORMATION_GRADES)}, or nothing.",
    "side": f"Write 1 to {LONGEST_VALUE} characters.",
}
