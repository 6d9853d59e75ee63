"""Tables: CSV, TSV, Excel and Parquet, one row after the other."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TextIO, TypeVar

import openpyxl
import pyarrow.parquet as parquet

from verify.errors import LeftOut
from verify.ingest.columns import COLUMNS, Recognised, holds, recognise, repeated, values
from verify.ingest.encodings import BLOCK, encoding_of
from verify.ingest.intake import MAX_TEXT, SPLIT, Intake, Item, filled
from verify.ingest.rowed import NO_TEXT, row_document

DELIMITERS: Final = ",;\t|"
MAX_WORKBOOK: Final = 1 << 30
"""Bytes that an Excel file may unpack to (1 GiB); a larger one is refused, it may be a ZIP bomb."""
BATCH: Final = 1000

CLOSE_QUOTES: Final = "Close each quotation mark, and double those inside a cell."

csv.field_size_limit(MAX_TEXT + 1)

_Part = TypeVar("_Part")

Rows = Iterable[tuple[int, Sequence[Any] | LeftOut]]
"""Row number as a spreadsheet shows it, and its cells, or why it has none."""


def read_csv(intake: Intake) -> Iterator[Item]:
    """Read CSV or TSV: quotes as in RFC 4180, delimiter , ; tab or | as the header shows it."""
    encoding = encoding_of(intake.path)
    if encoding.binary:
        yield intake.fault(f"This is {encoding.binary}, not a table", "Save it as CSV in UTF-8.")
        return
    if encoding.guessed:
        yield guessed(intake, encoding.name)
    with intake.path.open(encoding=encoding.name, errors="replace", newline="") as file:
        yield from _table(intake, _csv_rows(intake, file))


def guessed(intake: Intake, name: str) -> Item:
    """Note that a file's encoding was worked out, not stated."""
    remedy = "Save it as UTF-8 if letters look wrong."
    return intake.note(f"The file is not UTF-8; it was read as {name}", remedy)


def _csv_rows(intake: Intake, file: TextIO) -> Iterator[tuple[int, list[str] | LeftOut]]:
    """Split lines into cells. A row that breaks the quoting rules is left out, the rest goes on."""
    row, delimiter = 0, _delimiter(intake, file)
    reader = csv.reader(_counted_lines(intake, file), delimiter=delimiter, strict=True)
    while True:
        row += 1
        began = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what, remedy = f"The row cannot be split into cells: {error}", CLOSE_QUOTES
            if "field limit" in str(error):
                remedy = SPLIT
            if (lines := reader.line_num - began) > 1:
                what += f"; its open quotation mark took in {lines} lines"
            yield row, intake.fault(what, remedy, row)
            continue
        if any(filled(cell) for cell in cells) and not (row == 1 and cells[0].startswith("sep=")):
            yield row, cells


def _counted_lines(intake: Intake, file: TextIO) -> Iterator[str]:
    binary = file.buffer  # of a decoding reader, which forbids tell() on itself while it iterates
    for line in file:
        intake.done = binary.tell()
        yield line


def _delimiter(intake: Intake, file: TextIO) -> str:
    """Choose the delimiter that makes most of the header's cells columns that we know."""
    head = file.read(BLOCK).lstrip("\ufeff\r\n")
    file.seek(0)
    lines = head.splitlines() or [""]
    if lines[0].startswith("sep=") and lines[0][4:5] in DELIMITERS:
        return lines[0][4:5] or ","
    header = lines[0]

    def known(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return len(recognise(cells, intake.mapping)), len(cells)

    return max(DELIMITERS, key=known) if len(header) <= MAX_TEXT else ","


def read_excel(intake: Intake) -> Iterator[Item]:
    """Read every sheet of an .xlsx file; formulas count as their last shown value."""
    try:
        with zipfile.ZipFile(intake.path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_WORKBOOK:
            yield intake.fault(
                f"The workbook unpacks to {unpacked:,} bytes, more than {MAX_WORKBOOK:,}",
                "Save its sheets as CSV.",
            )
            return
        book = openpyxl.load_workbook(intake.path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever a damaged part led it into
        yield _broken(intake, "Excel", error)
        return
    try:
        for sheet in book.worksheets:
            yield from _sheet(intake, sheet)
    finally:
        book.close()


def _sheet(intake: Intake, sheet: Any) -> Iterator[Item]:
    """Read one sheet. Its stated size is not trusted: some programs write a wrong one."""

    def cells() -> Iterator[Sequence[Any]]:
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)

    rows = enumerate(_sound(intake, f"sheet {sheet.title!r}", cells()), start=1)
    yield from _table(
        intake,
        ((n, row) for n, row in rows if isinstance(row, LeftOut) or any(map(filled, row))),
        sheet.title,
    )


def _sound(intake: Intake, what: str, items: Iterator[_Part]) -> Iterator[_Part | LeftOut]:
    """Give what a library yields until it fails, then why it did.

    Only the library's own steps are guarded here; a fault in our code that takes its rows is ours.
    """
    while True:
        try:
            item = next(items)
        except StopIteration:
            return
        except Exception as error:  # openpyxl, pyarrow raise whatever a damaged part led them into
            yield _broken(intake, what, error)
            return
        yield item


def read_parquet(intake: Intake) -> Iterator[Item]:
    """Read a Parquet file, batch by batch, only the columns that are used."""
    try:
        file = parquet.ParquetFile(intake.path)
        names = [str(name) for name in file.schema_arrow.names]
    except Exception as error:  # pyarrow raises ArrowException, OSError, ValueError and others
        yield _broken(intake, "Parquet", error)
        return
    with file:
        yield from _table(intake, _parquet_rows(intake, file, names))


def _parquet_rows(intake: Intake, file: Any, names: list[str]) -> Rows:
    yield 1, names
    used = {name for found in recognise(names, intake.mapping).values() for name in found}
    wanted = [name for name in names if name in used]

    def batches() -> Iterator[dict[str, list[Any]]]:
        for batch in file.iter_batches(batch_size=BATCH, columns=wanted):
            yield {name: _cells(batch.column(name)) for name in wanted}

    row, total = 1, file.metadata.num_rows
    for columns in _sound(intake, "Parquet", batches()):
        if isinstance(columns, LeftOut):
            yield row, columns
            return
        for cells in zip(*columns.values(), strict=True):
            row += 1
            found = dict(zip(columns, cells, strict=True))
            odd = next((name for name in wanted if isinstance(found[name], Exception)), None)
            if odd is not None:
                what = f"The cell cannot be read: {str(found[odd])[:120]}"
                yield row, intake.fault(what, "Save the column as text.", row, odd)
            else:
                yield row, [found.get(name) for name in names]
        intake.done = intake.size * (row - 1) // max(1, total)


def _cells(column: Any) -> list[Any]:
    """Give a column's values; one that Python cannot hold (a year 20000) is what it raises."""
    try:
        return list(column.to_pylist())
    except Exception:  # pyarrow raises ValueError, OverflowError, ArrowException
        return [_cell(value) for value in column]


def _cell(value: Any) -> Any:
    try:
        return value.as_py()
    except Exception as error:  # as above
        return error


def _broken(intake: Intake, what: str, error: Exception) -> LeftOut:
    words = " ".join(str(error).split())[:200] or type(error).__name__
    return intake.fault(
        f"The {what} file is damaged: {words}", "Save it again with the program it came from."
    )


def _table(intake: Intake, rows: Rows, sheet: str = "") -> Iterator[Item]:
    """Take the first row as the header and each other one as a document."""
    where = f" of sheet {sheet!r}" if sheet else ""
    header: list[str] | None = None
    for number, cells in rows:
        if isinstance(cells, LeftOut):
            yield cells
        elif header is None:
            header = ["" if cell is None else str(cell).strip() for cell in cells]
            columns = recognise(header, intake.mapping)
            if fault := _unusable(intake, header, columns, where):
                yield fault
                return
            yield from _unknown(intake, header, columns, where)
        else:
            yield from _row(intake, header, columns, number, cells)
    if header is None and not sheet:
        yield intake.fault("The table is empty", "Delete the file or fill it in.")


def _unusable(intake: Intake, header: list[str], columns: Recognised, where: str) -> LeftOut | None:
    if twice := repeated(header, columns):
        what = f"The column {twice!r} stands twice in the header{where}"
        return intake.fault(what, "Rename or delete one of the two.", column=twice)
    if holds(columns) is None:
        named = ", ".join(name for name in header if name)[:300]
        what = f"No column{where} holds texts or claims; there are: {named}"
        return intake.fault(what, NO_TEXT, column="text")
    return None


def _unknown(intake: Intake, header: list[str], columns: Recognised, where: str) -> Iterator[Item]:
    used = {name for found in columns.values() for name in found}
    if other := [name for name in header if name and name not in used]:
        what = f"Columns{where} that were not taken: {', '.join(other)[:300]}"
        yield intake.note(what, f"Map one with --map, to one of {', '.join(COLUMNS)}.")
    present = {name.casefold() for name in header}
    for ours, theirs in intake.mapping.items():
        if theirs.casefold() not in present:
            what = f"There is no column {theirs!r}{where} to take as {ours}"
            yield intake.note(what, "Check --map; columns were recognised by name.", column=ours)


def _row(
    intake: Intake, header: list[str], columns: Recognised, number: int, cells: Sequence[Any]
) -> Iterator[Item]:
    surplus = cells[len(header) :]
    if any(map(filled, surplus)):
        what = f"The row has {len(cells)} cells, the header {len(header)}"
        yield intake.fault(what, "Put cells that hold the delimiter in quotation marks.", number)
        return
    item = row_document(intake, values(dict(zip(header, cells, strict=False)), columns), number)
    yield item
