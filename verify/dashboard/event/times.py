"""How much later than the first a repeat came out, in words."""

from __future__ import annotations

from typing import Final

from verify.dashboard import wording
from verify.records import Row

DAY_H: Final = 24
HOURS_IN_WORDS: Final = 72
"""Hours up to which a distance is told in hours; beyond, in days."""


def since(row: Row) -> str:
    """Say how long after the first a row of `spread.spread` came: 3 h later; "" where unknown.

    Where only the days are known, less than one is "the same day".
    """
    hours, days = row["hours"], row["days"]
    if row["first"]:
        return ""
    if hours is not None:
        return _hours(hours)
    if days is None:
        return ""
    if not days:
        return "the same day"
    return f"{wording.counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _hours(hours: float) -> str:
    way = "later" if hours >= 0 else "earlier"
    length = abs(hours)
    if length * 60 < 1:
        return "at the same time"
    if length < HOURS_IN_WORDS:
        return f"{wording.duration(length * 3600)} {way}"
    return f"{wording.counted(round(length / DAY_H), 'day')} {way}"
