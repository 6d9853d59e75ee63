"""Time words made absolute: what a match of ``times`` says, counted from the day of publication.

Each of ``RESOLVE`` takes the match, the day of publication and the words before it ("since").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

MONTHS: Final = [
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
DAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "several": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "hour": 0}


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
    back = (published.weekday() - DAYS.index(match["w"].lower())) % 7
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
    number = _number(amount)
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
    if match["unit3"] == "weekend" and not ahead:
        return _weekend(match, published, lead)
    return _shift(published, 7 * ahead - published.weekday() + 5 * (match["unit3"] == "weekend"))


def _weekend(match: re.Match[str], published: date | None, lead: str) -> str | None:
    """Take the most recent Saturday that is not after publication."""
    return _shift(published, -((published.weekday() - 5) % 7)) if published else None


def _near(match: re.Match[str], published: date | None, lead: str) -> str | None:
    if published is None:
        return None
    words = match["near"].lower()
    if "before" in words:  # "yesterday or the day before" gives the first of the two days
        return _shift(published, -2)
    return _shift(published, -1 if words.startswith(("yesterday", "last")) else 0)


def precision_of(iso: str | None) -> str | None:
    """Say how exact an ISO time is written: hour, day, month or year."""
    if iso is None:
        return None
    return {4: "year", 7: "month", 10: "day"}.get(len(iso), "hour")


def precision_in(match: re.Match[str], kind: str, iso: str | None) -> str | None:
    """Say how exact the ISO time is that a match gave: that of its words, not of its digits."""
    written = precision_of(iso)
    if written != "day":
        return written
    if kind == "near" and " or " in match["near"]:
        return "week"
    if kind == "weekend" or match["unit3"] in ("week", "weekend"):
        return "week"
    if kind == "ago":
        return "week" if match["unit1"] in ("week", "weekend") else "day"
    return _width(match["n2"], match["unit2"]) if kind == "within" else "day"


def _width(amount: str | None, unit: str) -> str:
    """Name the finest of day, week and month that holds the whole of a period."""
    number = _number(amount or ("24" if unit == "hour" else "1"))
    days = number / 24 if unit == "hour" else number * _UNIT_DAYS[unit]
    return "day" if days <= 1 else "week" if days <= 7 else "month"


def _number(amount: str) -> int:
    return _WORDS.get(amount.lower()) or (int(amount) if amount.isdigit() else 0)


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month[:3] == name[:3].lower())


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


RESOLVE: Final[dict[str, Callable[[re.Match[str], date | None, str], str | None]]] = {
    "iso": _iso, "numeric": _numeric, "dmy": _dmy, "mdy": _mdy, "month_year": _month_year,
    "weekday": _weekday, "ago": _ago, "within": _within, "this": _this, "weekend": _weekend,
    "near": _near,
    "month": _month, "year": _year,
}  # fmt: skip
