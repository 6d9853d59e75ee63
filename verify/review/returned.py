"""The review table read back: rows of CSV, Excel and JSON Lines, as a spreadsheet saved them."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from verify.errors import InputError, LeftOut
from verify.ingest.encodings import BLOCK, encoding_of
from verify.ingest.intake import MAX_TEXT
from verify.review.carried import EDITABLE, VERSIONS, cell
from verify.review.cells import plain
from verify.review.export import COLUMNS
from verify.review.sheets import sheet_rows

MAX_FILE: Final = 1 << 30
"""Bytes that a returned file may have (1 GiB); a million claims with their texts are about that."""
MAX_UNPACKED: Final = 1 << 30
"""Bytes that an Excel file may unpack to (1 GiB); a larger one may be a ZIP bomb."""
HEADER_WITHIN: Final = 20
"""Rows in which the header is looked for: people put a title above a table."""
DELIMITERS: Final = ",;\t|"
KEY: Final = "claim_id"
EXPORT_AGAIN: Final = "Export the claims again and make your changes in that file."
_NO_UNICODE: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")

Cells = tuple[int, Sequence[Any] | LeftOut]
"""Row number as a spreadsheet shows it, and its cells, or why it has none."""


@dataclass(frozen=True)
class Line:
    """One row that came back: its number in the spreadsheet and its cells by column."""

    number: int
    cells: Mapping[str, Any]


@dataclass
class Table:
    """A returned table: what its faults name, and what was found out about it on the way."""

    file: str
    path: Path
    columns: list[str] = field(default_factory=list)
    encoding: str = ""
    """Codec of a CSV file that cannot hold every letter; "" where nothing can be lost."""
    notes: list[LeftOut] = field(default_factory=list)
    """What its reader should know, and by which no decision was lost."""
    faults: list[LeftOut] = field(default_factory=list)
    """What was left out of the table as a whole."""

    def fault(
        self, what: str, remedy: str, row: int | None = None, column: str | None = None
    ) -> LeftOut:
        """Name this file in a `LeftOut`."""
        return LeftOut(self.file, what, remedy, row, column)

    def refuse(self, what: str, remedy: str) -> InputError:
        """Make the error that refuses the whole file."""
        return InputError(what, self.file, remedy)


def lines(table: Table) -> Iterator[Line | LeftOut]:
    """Give the rows of a returned table; ones without anything in them are passed over.

    Fills ``table.columns`` before the first row. Raises ``InputError`` for a file that is too
    large, is no table, or has no header with ``claim_id`` and ``versions``.
    """
    try:
        size = table.path.stat().st_size
        with table.path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise table.refuse(
            f"The file cannot be read: {error.strerror}", "Check the path."
        ) from error
    if size > MAX_FILE:
        remedy = "Export in parts, by filters."
        raise table.refuse(f"The file has {size:,} bytes, more than {MAX_FILE:,}", remedy)
    if head == b"PK\x03\x04":
        yield from _tabled(table, _excel(table), beside=True)
    elif table.path.suffix.lower() == ".jsonl":
        yield from _json_lines(table)
    else:
        yield from _tabled(table, _csv(table))


def _tabled(
    table: Table, rows: Iterator[Cells], *, beside: bool = False
) -> Iterator[Line | LeftOut]:
    """Take the header, then give each row; ``beside``: a cell beside the table shifts no other."""
    header: list[str] | None = None
    for number, cells in rows:
        if header is None:
            if isinstance(cells, LeftOut) or KEY not in (names := [_name(one) for one in cells]):
                if number >= HEADER_WITHIN:
                    break
                continue
            header = names
            _take_header(table, header)
        elif isinstance(cells, LeftOut):
            yield cells
        else:
            surplus = any(plain(one) for one in cells[len(header) :])
            if surplus and not beside:
                what = f"The row has {len(cells)} cells, the header {len(header)}"
                remedy = "Put cells that hold the separator in quotation marks."
                yield table.fault(what, remedy, number)
            elif any(plain(cell) for cell in cells):
                held = dict(zip(header, [*cells, *[None] * len(header)], strict=False))
                yield Line(number, {name: held[name] for name in table.columns})
    if header is None:
        raise _no_key(table)


def _name(cell: Any) -> str:
    return "_".join(plain(cell).casefold().split())


def _no_key(table: Table) -> InputError:
    return table.refuse(f"No column is called {KEY}, so this is no review table", EXPORT_AGAIN)


def _take_header(table: Table, header: Sequence[str]) -> None:
    """Keep which columns there are; refuse a table that cannot be compared."""
    table.columns = [name for name in header if name in COLUMNS]
    if VERSIONS not in header:
        what = f"The column {VERSIONS} is missing, which says what each row was exported with"
        raise table.refuse(what, EXPORT_AGAIN)
    for name in (KEY, VERSIONS, *EDITABLE):
        if header.count(name) > 1:
            what = f"The column {name} stands twice in the header"
            raise table.refuse(what, "Delete one of the two.")
    added = [name for name in header if name and name not in COLUMNS]
    missing = [name for name in EDITABLE if name not in header]
    if added and missing:
        what = f"There is no column {', '.join(missing)}; these were not taken: {', '.join(added)}"
        remedy = "Give the columns the names that they had in the export."
        table.faults.append(table.fault(what[:400], remedy, column=added[0]))
    elif added:
        what = f"Columns that the export does not have were not taken: {', '.join(added)}"
        remedy = f"What may be edited: {', '.join(EDITABLE)}."
        table.notes.append(table.fault(what[:400], remedy, column=added[0]))


def _excel(table: Table) -> Iterator[Cells]:
    """Give the rows of the one sheet that holds a review table."""
    try:
        with zipfile.ZipFile(table.path) as archive:
            names = archive.namelist()
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise table.refuse(f"The file is damaged: {error}", "Save it again.") from error
    if unpacked > MAX_UNPACKED:
        what = f"The workbook unpacks to {unpacked:,} bytes, more than {MAX_UNPACKED:,}"
        raise table.refuse(what, "Save the sheet as CSV.")
    if "xl/workbook.xml" not in names:
        raise table.refuse("This is no Excel workbook", "Save it as .xlsx or as CSV.")
    return sheet_rows(table.path, table.file, _is_header, HEADER_WITHIN)


def _is_header(cells: Sequence[Any]) -> bool:
    return KEY in [_name(cell) for cell in cells]


def _csv(table: Table) -> Iterator[Cells]:
    """Split a text into cells: quotes as in RFC 4180, separator as the header shows it."""
    encoding = encoding_of(table.path)
    if encoding.binary:
        raise table.refuse(f"This is {encoding.binary}, not a table", "Save it as CSV or .xlsx.")
    if encoding.guessed and encoding.name not in _NO_UNICODE:
        table.encoding = encoding.name
        what = f"The file is not UTF-8; it was read as {encoding.name}"
        remedy = "Save it as CSV UTF-8 if letters of your notes look wrong."
        table.notes.append(table.fault(what, remedy))
    csv.field_size_limit(MAX_TEXT + 1)
    with table.path.open(encoding=encoding.name, errors="replace", newline="") as file:
        head = file.read(BLOCK)
        file.seek(0)
        delimiter, stated = _delimiter(head)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        row = 0
        while True:
            row += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                what = f"The row cannot be split into cells: {error}"
                remedy = "Close each quotation mark, and double those inside a cell."
                yield row, table.fault(what, remedy, row)
                continue
            if stated:  # no spreadsheet shows the line that names the separator
                stated, row = False, 0
                continue
            yield row, cells


def _delimiter(head: str) -> tuple[str, bool]:
    """Choose what parts the cells of the header; True where a first line ``sep=;`` says so."""
    rows = head.lstrip("\ufeff").splitlines()[:HEADER_WITHIN]
    if rows and rows[0].startswith("sep=") and rows[0][4:5] in DELIMITERS:
        return rows[0][4:5] or ",", True

    def known(delimiter: str) -> int:
        return max(
            (
                len({_name(cell.strip('"')) for cell in row.split(delimiter)} & set(COLUMNS))
                for row in rows
            ),
            default=0,
        )

    return max(DELIMITERS, key=known), False


def _json_lines(table: Table) -> Iterator[Line | LeftOut]:
    """Give one object a line; the first one's keys are the columns."""
    remedy = "Write one object a line, as the export does."
    with table.path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                held = json.loads(text)
            except (ValueError, RecursionError) as error:
                yield table.fault(f"The line is no JSON: {error}", remedy, number)
                continue
            if not isinstance(held, dict):
                yield table.fault("The line is no JSON object", remedy, number)
                continue
            cells = {_name(name): _listed(value) for name, value in held.items()}
            yield from _object(table, number, cells)
    if not table.columns:
        raise _no_key(table)


def _listed(value: Any) -> Any:
    """Give a list of texts as the cell that holds it in the other formats."""
    texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return cell(value) if texts else value


def _object(table: Table, number: int, held: Mapping[str, Any]) -> Iterator[Line | LeftOut]:
    if not table.columns:
        if KEY not in held:
            raise _no_key(table)
        _take_header(table, list(held))
    odd = [name for name in table.columns if isinstance(held.get(name), (list, dict))]
    for name in odd:
        yield table.fault("The value is a list or an object", "Write a text.", number, name)
    kept = {name: held[name] for name in table.columns if name in held and name not in odd}
    yield Line(number, kept)
