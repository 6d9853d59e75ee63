"""Dates as files write them, made ISO 8601; what cannot be told for sure is not guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from dateparser.date import DateDataParser

Doubt = tuple[str, str]
"""What was not understood, and the remedy."""

REMEDY: Final = "Write it as 2021-08-30 or 2021-08-30T14:05:00Z."
SOCIAL_MEDIA: Final = "%a %b %d %H:%M:%S %z %Y"
"""How exports of social networks write a time: Mon Aug 30 21:40:00 +0000 2021."""
LONGEST: Final = 60
"""Characters of a date in words; longer cells are not dates."""

LANGUAGES: Final = (
    "en", "ar", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "ps", "pt",
    "ro", "ru", "sr", "sv", "sw", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""Languages of dates in words. Trying all 200 that dateparser knows takes ten times as long."""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](.*))?", re.S)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ,]+(.*))?", re.S)
_CLOCK = re.compile(r"\d:\d\d|\d\s*[ap]\.?m\b", re.I)
_EPOCH = re.compile(r"\d{10}|\d{13}")
_WORDS: Final = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
}


def iso_time(value: Any) -> tuple[str | None, Doubt | None]:
    """Make a date ISO: ``2021-08-30`` where no time is given, else ``2021-08-30T14:05:00Z``.

    A time with a zone is converted to UTC, one without is taken as UTC; midnight without a zone in
    a spreadsheet's date cell is a date. ISO, RFC 2822, dates in words of many languages and Unix
    seconds (10 digits) or milliseconds (13) are understood. ``03/04/2021`` may be March or April:
    it gives None and the doubt, as does all that is no full date.
    """
    if isinstance(value, datetime):
        whole = value.tzinfo is None and (value.hour, value.minute, value.second) == (0, 0, 0)
        return (f"{value:%Y-%m-%d}" if whole else _utc(value)), None
    if isinstance(value, date):
        return value.isoformat(), None
    if value is None or value != value:
        return None, None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", str(value)).strip()
    )
    text = re.sub(r"\s*:\s*(?=\d\d)", ":", text).rstrip(" .,")
    return _read(text) if text else (None, None)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str | None, Doubt | None]:
    found = _numbers(text)
    if found == "ambiguous":
        what = f"The date {text!r} may be day/month or month/day"
        return None, (what, REMEDY)
    found = found or _words(text)
    if found is None:
        return None, (f"The date {text[:LONGEST]!r} is not understood", REMEDY)
    return found, None


def _numbers(text: str) -> str | None:
    """Give the ISO form, "ambiguous", or None where it is not written in numbers alone."""
    if _EPOCH.fullmatch(text):
        return _utc(datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC))
    if match := _YEAR_FIRST.fullmatch(text):
        return _iso(*match.groups())
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year, clock = match.groups()
        if int(first) <= 12 and int(second) <= 12 and int(first) != int(second):
            return "ambiguous"
        day, month = (first, second) if int(second) <= 12 else (second, first)
        return _iso(year, month, day, clock)
    if re.fullmatch(r"\d{8}(T.*)?", text):
        return _iso(text[:4], text[4:6], text[6:8], text[9:] or None)
    try:
        return _utc(datetime.strptime(text, SOCIAL_MEDIA))
    except (ValueError, OverflowError):
        return None


def _iso(year: str, month: str, day: str, clock: str | None) -> str | None:
    try:
        on = date(int(year), int(month), int(day)).isoformat()
        if not clock:
            return on
        return _utc(datetime.fromisoformat(f"{on}T{_iso_clock(clock)}"))
    except (ValueError, OverflowError):
        return None


def _iso_clock(clock: str) -> str:
    """Bring ``14:05:00 UTC`` and ``9:05 +0200`` into the form that fromisoformat reads."""
    clock = re.sub(r"\s*(UTC|GMT)$", "Z", clock.strip())
    clock = re.sub(r"\s+(?=[+-]\d)", "", clock)
    return f"0{clock}" if re.match(r"\d:", clock) else clock


def _words(text: str) -> str | None:
    """Read RFC 2822 and dates in words; the year must be written out."""
    if len(text) > LONGEST or not re.search(r"\d{4}", text) or not re.search(r"[^\W\d_]", text):
        return None
    try:
        moments = {reader.get_date_data(text).date_obj for reader in _readers()}
    except Exception:  # dateparser raises what its many parsers raise; then it is not a date
        return None
    moment = moments.pop()
    if moments or moment is None or f"{moment.year:04}" not in text:
        return None
    try:
        return _utc(moment) if _CLOCK.search(text) else f"{moment:%Y-%m-%d}"
    except OverflowError:
        return None


@lru_cache(maxsize=1)
def _readers() -> list[DateDataParser]:
    """Make a reader that puts the day first and one that puts the month first; both must agree."""
    settings = [{**_WORDS, "DATE_ORDER": order} for order in ("DMY", "MDY")]
    return [DateDataParser(languages=list(LANGUAGES), settings=each) for each in settings]


def _utc(moment: datetime) -> str:
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
