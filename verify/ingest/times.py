"""When: the words that date an event, made absolute from the day of publication.

A weekday is the most recent such day not after publication. A period ("last week", "over the past
two days", "since Tuesday") gives its first day, or its month or year where it is no finer.
Spans are found here: dateparser's own search takes counts for dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_FULL = "|".join(name for month in _MONTHS for name in (month.title(), month.upper()))
_MONTH = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = "(?:" + "|".join(name.title() for name in _DAYS) + ")"
_DAY_BEFORE = rf"(?:{_DAY},? |(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,? )?"
_YEAR = r"(?:19|20)\d\d"
_N = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|couple of"
_SPAN = "day|week|month|year|hour|weekend"
_WHEN = re.compile(
    r"(?<![\w/-])(?:"
    rf"(?P<iso>(?P<y0>{_YEAR})-(?P<m0>\d\d)-(?P<d0>\d\d)(?![\d-]))"
    rf"|(?P<numeric>(?P<d1>\d\d?)(?P<sep>[-./])(?P<m1>\d\d?)(?P=sep)(?P<y1>{_YEAR})(?!\d))"
    rf"|(?P<dmy>{_DAY_BEFORE}(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<m2>{_MONTH})"
    rf"(?:,? ?(?P<y2>{_YEAR}))?(?!\w))"
    rf"|(?P<mdy>{_DAY_BEFORE}(?P<m3>{_MONTH}) (?P<d3>[0-3]?\d)(?:st|nd|rd|th)?"
    rf"(?:,? ?(?P<y3>{_YEAR}))?(?!\w))"
    rf"|(?P<month_year>(?P<m4>{_MONTH}),? (?P<y4>{_YEAR})\b)"
    rf"|(?P<weekday>(?P<w>{_DAY})\b(?: (?:morning|afternoon|evening|night|noon|dawn|dusk))?)"
    rf"|(?P<ago>(?:about )?(?:a )?(?P<n1>{_N}) (?P<unit1>{_SPAN})s? (?:ago|earlier|before)\b)"
    rf"|(?P<within>(?:past|last|previous) (?:(?P<n2>{_N}) )?(?P<unit2>{_SPAN})s?\b)"
    rf"|(?P<this>(?P<which>this|next) (?P<unit3>week|month|year|weekend)\b)"
    r"|(?P<near>(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Ll]ast night|[Oo]vernight"
    r"|[Tt]his (?:morning|afternoon|evening))\b(?: (?:morning|afternoon|evening))?)"
    rf"|(?P<month>(?P<m5>{_FULL})\b)"
    rf"|(?P<year>(?P<y6>{_YEAR})\b(?![-,.]?\d))"
    r")"
)
_LEAD = re.compile(
    r"(?<!\w)(?:(?:early|late|later|earlier|on|since|during|in|by|from|until|over|for|within|after"
    r"|before|mid|the|last|this|next|past|night of|morning of|evening of)[ -])+$",
    re.IGNORECASE,
)
_PUBLICATION = re.compile(
    r"\b(?:publication|published|posted|last updated?|updated)(?: at| on)?:? (?:on )?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|statement|declared|wrote)(?: \w+)?"
    r"(?: on| late| early| in a statement| in a statement on)? $",
    re.IGNORECASE,
)
"""When it was said is no better than a year for telling when it happened."""
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "several": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
_UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7, "hour": 0}

EVENT_DAY: Final = 0
PERIOD: Final = 1
BACKGROUND: Final = 2
PUBLICATION: Final = 3


@dataclass(frozen=True)
class When:
    """One dated span.

    ``iso`` is a day, month or year, or None where it cannot be told. ``rank`` orders what dates an
    event: a day (0), a period (1), a year or the day it was said (2), the day of publication (3).
    """

    start: int
    end: int
    iso: str | None
    rank: int


def find_times(text: str, start: int, end: int, published_at: str | None = None) -> list[When]:
    """Find the time words in ``text[start:end]``, in order.

    ``published_at`` is an ISO date or time; without it only full dates become absolute.
    """
    published = _published(published_at)
    found = []
    for match in _WHEN.finditer(text, start, end):
        window = text[max(start, match.start() - 30) : match.start()]
        lead = _LEAD.search(window)
        words = lead[0].lower() if lead else ""
        kind = next(name for name in _RESOLVE if match[name])
        if not _is_time(text, match, kind, words):
            continue
        iso = _RESOLVE[kind](match, published, words)
        begin = match.start() - len(words)
        rank = _rank(kind, words, window)
        found.append(When(begin, match.end(), iso, rank))
    return found


def _published(published_at: str | None) -> date | None:
    try:
        return date.fromisoformat(published_at[:10]) if published_at else None
    except ValueError:
        return None


def _is_time(text: str, match: re.Match[str], kind: str, lead: str) -> bool:
    if kind == "month":  # "March" and "May" are words, and "August" a name, without a preposition
        return bool(
            re.search(r"\b(?:in|since|during|by|last|this|from|until|mid|early|late)\b", lead)
        )
    if kind == "year":
        return bool(lead) and not re.match(
            r" (?:[a-z]+s|people|civilian)\b", text[match.end() :][:16]
        )
    if kind == "mdy":
        return int(match["d3"]) > 0
    return True


def _rank(kind: str, lead: str, before: str) -> int:
    if _PUBLICATION.search(before):
        return PUBLICATION
    if kind in ("year", "month_year", "month") or _CREDIT.search(before):
        return BACKGROUND
    if "since" in lead or "before" in lead or "until" in lead or kind in ("within", "this"):
        return PERIOD
    return EVENT_DAY


def _iso(match: re.Match[str], published: date | None, lead: str) -> str | None:
    return _date(int(match["y0"]), int(match["m0"]), int(match["d0"]))


def _numeric(match: re.Match[str], published: date | None, lead: str) -> str | None:
    day, month, year = int(match["d1"]), int(match["m1"]), int(match["y1"])
    return _date(year, month, day) or _date(year, day, month)


def _dmy(match: re.Match[str], published: date | None, lead: str) -> str | None:
    return _month_day(match["m2"], match["d2"], match["y2"], published)


def _mdy(match: re.Match[str], published: date | None, lead: str) -> str | None:
    return _month_day(match["m3"], match["d3"], match["y3"], published)


def _month_day(month: str, day: str, year: str | None, published: date | None) -> str | None:
    number = _month_number(month)
    if year:
        return _date(int(year), number, int(day))
    if published is None:
        return None
    this_year = _date(published.year, number, int(day))
    if this_year and this_year > (published + timedelta(days=1)).isoformat():
        return _date(published.year - 1, number, int(day))
    return this_year


def _month_year(match: re.Match[str], published: date | None, lead: str) -> str | None:
    return f"{match['y4']}-{_month_number(match['m4']):02d}"


def _month(match: re.Match[str], published: date | None, lead: str) -> str | None:
    if published is None:
        return None
    number = _month_number(match["m5"])
    return f"{published.year - (number > published.month)}-{number:02d}"


def _year(match: re.Match[str], published: date | None, lead: str) -> str | None:
    return match["y6"]


def _weekday(match: re.Match[str], published: date | None, lead: str) -> str | None:
    if published is None:
        return None
    back = (published.weekday() - _DAYS.index(match["w"].lower())) % 7
    if "next" in lead:
        back -= 7
    elif "last" in lead and back == 0:
        back = 7
    return _shift(published, -back)


def _ago(match: re.Match[str], published: date | None, lead: str) -> str | None:
    return _back(published, match["n1"], match["unit1"])


def _within(match: re.Match[str], published: date | None, lead: str) -> str | None:
    if match["n2"] is None and match["unit2"] in ("week", "weekend") and published:
        saturday = 5 if match["unit2"] == "weekend" else 0
        return _shift(published, -published.weekday() - 7 + saturday)
    amount = "24" if match["n2"] is None and match["unit2"] == "hour" else match["n2"] or "1"
    return _back(published, amount, match["unit2"])


def _back(published: date | None, amount: str, unit: str) -> str | None:
    """Go back by an amount: to the day for days and weeks, to the month or year for longer."""
    number = _WORDS.get(amount) or (int(amount) if amount.isdigit() else 0)
    if published is None or number > 10_000:
        return None
    if unit in ("month", "year"):
        months = published.year * 12 + published.month - 1 - number * (12 if unit == "year" else 1)
        if months < 12:
            return None
        return f"{months // 12:04d}" + ("" if unit == "year" else f"-{months % 12 + 1:02d}")
    days = (number + 12) // 24 if unit == "hour" else number * _UNIT_DAYS[unit]
    return _shift(published, -days)


def _this(match: re.Match[str], published: date | None, lead: str) -> str | None:
    if published is None:
        return None
    ahead = match["which"] == "next"
    if match["unit3"] == "year":
        return str(published.year + ahead)
    if match["unit3"] == "month":
        months = published.year * 12 + published.month - 1 + ahead
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return _shift(published, 7 * ahead - published.weekday())


def _near(match: re.Match[str], published: date | None, lead: str) -> str | None:
    if published is None:
        return None
    words = match["near"].lower()
    return _shift(published, -1 if words.startswith(("yesterday", "last")) else 0)


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month[:3] == name[:3].lower())


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _shift(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


_RESOLVE: dict[str, Callable[[re.Match[str], date | None, str], str | None]] = {
    "iso": _iso, "numeric": _numeric, "dmy": _dmy, "mdy": _mdy, "month_year": _month_year,
    "weekday": _weekday, "ago": _ago, "within": _within, "this": _this, "near": _near,
    "month": _month, "year": _year,
}  # fmt: skip
