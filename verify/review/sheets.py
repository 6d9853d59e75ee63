"""The rows of a workbook's sheet: cells as values, formulas by what they last showed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import openpyxl

from verify.errors import InputError, LeftOut

MAX_ROW: Final = 1_048_576
"""The last row of a sheet; a file that names a later one is damaged."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED: Final = "Save it again with the program that it came from."
Rows = Iterator[tuple[int, Sequence[Any] | LeftOut]]


class Unshown:
    """Stands in a cell whose formula no program has worked out: nobody knows what it shows."""

    what = "The cell holds a formula that was never worked out"
    remedy = "Write the value itself, or save the file once with a spreadsheet program."

    def __str__(self) -> str:
        """Give what stands for the cell's value in a fault."""
        return "(a formula)"


def sheet_rows(
    path: Path, name: str, is_header: Callable[[Sequence[Any]], bool], within: int
) -> Rows:
    """Give the rows (number, cells) of the one sheet that has a header in its first rows.

    ``name`` is the file's in faults. Hidden and filtered rows are rows. Raises ``InputError`` for
    a damaged workbook, and where no sheet or more than one has such a header.
    """
    found, others = _chosen(path, name, is_header, within)
    if len(found) != 1:
        what = f"{len(found)} sheets have a column claim_id: {', '.join(found)}"
        if not found:
            what = f"No sheet has a column claim_id; there are: {', '.join(others)}"
        raise InputError(what, name, "Leave the sheet that was exported, and no copy of it.")
    shown = _rows(path, name, found[0], data_only=True)
    if not _has_formulas(path):
        yield from shown
        return
    written = _rows(path, name, found[0], data_only=False)
    for (number, values), (_, texts) in zip(shown, written, strict=False):
        if isinstance(values, LeftOut) or isinstance(texts, LeftOut):
            yield number, values
        else:
            yield number, list(map(_worked_out, values, texts))


def _worked_out(value: Any, written: Any) -> Any:
    return Unshown() if value is None and written is not None else value


def _chosen(
    path: Path, name: str, is_header: Callable[[Sequence[Any]], bool], within: int
) -> tuple[list[str], list[str]]:
    """Name the sheets that have a header, and all of them."""
    book = _open(path, name, data_only=True)
    try:
        titles = [sheet.title for sheet in book.worksheets]
    finally:
        book.close()
    found = []
    for title in titles:
        rows = islice(_rows(path, name, title, data_only=True), within)
        if any(not isinstance(cells, LeftOut) and is_header(cells) for _, cells in rows):
            found.append(title)
    return found, titles


def _open(path: Path, name: str, *, data_only: bool) -> Any:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=data_only)
    except Exception as error:  # openpyxl raises whatever a damaged part led it into
        raise InputError(f"The workbook is damaged: {_words(error)}", name, _DAMAGED) from error


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _rows(path: Path, name: str, title: str, *, data_only: bool) -> Rows:
    """Give a sheet's rows until the library fails, then why. Its stated size is not trusted."""
    book = _open(path, name, data_only=data_only)
    try:
        sheet = next(one for one in book.worksheets if one.title == title)
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True)
        for number in range(1, MAX_ROW + 1):
            try:
                cells = next(rows)
            except StopIteration:
                return
            except Exception as error:  # as above
                yield (
                    number,
                    LeftOut(name, f"The sheet is damaged: {_words(error)}", _DAMAGED, number),
                )
                return
            yield number, [_unescaped(cell) for cell in cells]
    finally:
        book.close()


def _unescaped(cell: Any) -> Any:
    """Put characters back that a workbook holds as ``_x000D_``."""
    if not isinstance(cell, str) or "_x" not in cell:
        return cell
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/"):
                with archive.open(part) as stream:
                    last = b""
                    while block := stream.read(1 << 20):
                        if re.search(rb"<(?:\w+:)?f[ >/]", last + block):
                            return True
                        last = block[-20:]
    return False
