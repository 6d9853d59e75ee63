"""What a row of the review table carries of the moment it was written: its cell ``versions``.

``status=2 source_grade=0:3f2 information_grade=0 side=0:91b read=5b0...``: the version of each
field that a person decides on, with a mark of what was shown where no decision on this claim said
so; and a mark for each column that is only read. By them an edited cell is told from one that the
store has another value for by now.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from verify.records import Row
from verify.review.decidable import VALUES
from verify.store.connect import fetch
from verify.store.tables import standing

VERSIONS: Final = "versions"
DECIDED: Final = ("status", "source_grade", "information_grade", "side")
"""Fields of a claim that are decided on in a spreadsheet; each has a version of its own."""
EDITABLE: Final = (*DECIDED, "note")
"""Columns that may be edited; the note goes with the status."""
OF_DECISION: Final = ("reviewer", "decided_at")
"""Columns that say who decided on the status; they change with it."""
_DIGITS: Final = 3
_CELL: Final = re.compile(
    r"(?:[a-z_]+=\d{1,9}(?::[0-9a-f]{3})? )+read=(?P<read>(?:[0-9a-f]{3})+)", re.ASCII
)
_FIELD: Final = re.compile(r"([a-z_]+)=(\d{1,9})(?::([0-9a-f]{3}))?")
assert all(("claim", field) in VALUES for field in DECIDED)


@dataclass(frozen=True)
class Carried:
    """A cell ``versions``, read: field -> version, field -> mark, and the marks of what is read."""

    versions: Mapping[str, int]
    marks: Mapping[str, str]
    read: Sequence[str]


def mark(claim_id: str, column: str, text: str) -> str:
    """Make three hex digits of a cell's trimmed text, its column and its claim."""
    told = "\0".join((claim_id, column, text.replace("\r\n", "\n").replace("\r", "\n").strip()))
    return f"{zlib.crc32(told.encode('utf-8', 'replace')) & 0xFFF:03x}"


def read_only(columns: Collection[str]) -> list[str]:
    """Name those of the table's columns whose cells are only read, in their order."""
    not_marked = {*EDITABLE, *OF_DECISION, VERSIONS}
    return [name for name in columns if name not in not_marked]


def standing_of(connection: Connection, claim_ids: Sequence[str]) -> dict[tuple[str, str], Row]:
    """Return what stands of the fields DECIDED of these claims: (claim, field) -> decision."""
    statement = select(standing).where(
        standing.c.target_kind == "claim",
        standing.c.target_id.in_(claim_ids),
        standing.c.field.in_(DECIDED),
    )
    return {(row["target_id"], row["field"]): row for row in fetch(connection, statement)}


def versions(row: Row, stands: Mapping[tuple[str, str], Row]) -> str:
    """Write the cell of a row of the review table, of which all other cells are filled."""
    claim_id = row["claim_id"]
    parts = []
    for field in DECIDED:
        decision = stands.get((claim_id, field))
        told = f"{field}={decision['version'] if decision else 0}"
        inherited = field != "status" and (decision is None or decision["value"] is None)
        if inherited and row[field] is not None:
            told += f":{mark(claim_id, field, row[field])}"
        parts.append(told)
    marks = [mark(claim_id, name, _text(row[name])) for name in read_only(row)]
    return f"{' '.join(parts)} read={''.join(marks)}"


def cell(value: Any) -> Any:
    """Return a value as one cell holds it: the entries of a list parted by "; "."""
    return "; ".join(map(str, value)) or None if isinstance(value, list) else value


def _text(value: Any) -> str:
    held = cell(value)
    return "" if held is None else str(held)


def parse(text: str) -> Carried | None:
    """Read a cell ``versions``; None where it is none or was changed."""
    whole = _CELL.fullmatch(text)
    if whole is None:
        return None
    fields = _FIELD.findall(text.partition("read=")[0])
    if {field for field, _, _ in fields} != set(DECIDED):
        return None
    read = whole["read"]
    return Carried(
        {field: int(version) for field, version, _ in fields},
        {field: found for field, _, found in fields if found},
        [read[start : start + _DIGITS] for start in range(0, len(read), _DIGITS)],
    )
