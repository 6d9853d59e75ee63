"""A cell that came back from a spreadsheet, held against the value that was written into it.

Spreadsheets rewrite what they take for a number, a date or a truth value, cut long texts and drop
letters that an old encoding lacks. None of that is an edit.
"""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from verify.review import carried
from verify.review.export import GOES_ON, MAX_CELL, guarded

ERRORS: Final = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!")
"""What a spreadsheet shows where a formula failed."""
_TRUE: Final = {"true", "wahr", "vrai", "verdadero", "vero", "waar", "verdadeiro", "1"}
_FALSE: Final = {"false", "falsch", "faux", "falso", "onwaar", "0"}
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*")
_MONTHS: Final = {
    name.casefold(): str(number)
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_DATED: Final = re.compile(r"(?:\d+|[^\W\d_]+|[\s\-/.,:+])+")
_CLOCK: Final = {"t", "z", "am", "pm", "utc"}
_NOT_STORED: Final = re.compile("[\0\ud800-\udfff]")
"""What no database takes."""
_CUT: Final = MAX_CELL - 1
"""Characters from which on a cell may be a text that the spreadsheet cut off."""


def plain(cell: Any) -> str:
    """Say a cell as trimmed text, line ends as one line feed each; nothing is "".

    A whole number has no point, a date cell is ISO 8601, without its time where that is midnight.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, list):  # of a table in JSON Lines
        return plain(carried.cell(cell))
    text = _NOT_STORED.sub("\N{REPLACEMENT CHARACTER}", str(cell))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def unguarded(text: str) -> str:
    """Take off the apostrophe that `verify.review.export.guarded` put before a text."""
    return text[1:].strip() if text[:1] == "'" and guarded(text[1:]) == text else text


def same(cell: Any, value: Any, encoding: str = "") -> bool:
    """Tell whether a cell still holds ``value``, as the export wrote it or a spreadsheet kept it.

    ``encoding``: of the file, where it cannot hold every letter; a lost one is a question mark.
    """
    held, written = plain(cell), plain(value)
    if held == written or unguarded(held) == written:
        return True
    if not held or not written:
        return False
    if encoding and held in (_lossy(written, encoding), _lossy(guarded(written), encoding)):
        return True
    if len(held) >= _CUT - len(GOES_ON) and written.startswith(held.removesuffix(GOES_ON)):
        return True
    if _shape(held) == _shape(written):
        return False  # written the same way, so that no spreadsheet rewrote it
    return _same_number(held, written) or _same_flag(held, written) or _same_date(held, written)


def _lossy(text: str, encoding: str) -> str:
    return plain(text.encode(encoding, "replace").decode(encoding))


def _shape(text: str) -> str:
    return re.sub(r"\d", "9", text)


def _same_number(held: str, written: str) -> bool:
    if not _NUMBER.fullmatch(written):
        return False
    number = float(written.replace(",", "."))
    return any(
        math.isfinite(number) and math.isclose(one, number, rel_tol=close)
        for one, close in _numbers(held)
    )


def _numbers(text: str) -> Iterator[tuple[float, float]]:
    """Give what a text may be read as, and how exact that is: sheets keep 15 digits, or show 6."""
    if _NUMBER.fullmatch(text):
        mantissa, _, exponent = text.replace(",", ".").lower().partition("e")
        digits = len(re.sub(r"\D", "", mantissa)) if exponent else 15
        yield float(f"{mantissa}e{exponent or 0}"), 10.0 ** (1 - digits)
    if _THOUSANDS.fullmatch(text):
        yield float(re.sub(r"[^\d+-]", "", text)), 0.0


def _same_flag(held: str, written: str) -> bool:
    words = {"true": _TRUE, "false": _FALSE}.get(written.casefold())
    return words is not None and held.casefold() in words


def _same_date(held: str, written: str) -> bool:
    """Tell whether one is the other as a spreadsheet shows dates: 3/5/2020, 03.05.20, May-20.

    Day and month may change places, a clock time may be lost, a month may have got a first day.
    """
    one, other = _dated(held), _dated(written)
    if one is None or other is None or sum(other.values()) < 2:
        return False
    added, lost = one - other, other - one
    return not lost or (not added and sum(one.values()) >= 3)


def _dated(text: str) -> Counter[str] | None:
    """Count the numbers of what may be a date, months by number, years by two digits; else None."""
    if not _DATED.fullmatch(text) or len(text) > 40:
        return None
    found: Counter[str] = Counter()
    for part in re.findall(r"\d+|[^\W\d_]+", text.casefold()):
        number = _MONTHS.get(part, part)
        if number.isdecimal():
            found[str(int(number[-2:]))] += 1
        elif part not in _CLOCK:
            return None
    del found["0"]
    return found
