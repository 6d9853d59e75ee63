"""When: the words that date an event, made absolute from the day of publication.

A weekday is the most recent such day not after publication. A period ("last week", "over the past
two days", "since Tuesday") gives its first day, or its month or year where it is no finer.
``When.precision`` says how exact that is.
Spans are found here: dateparser's own search takes counts for dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from verify.ingest.absolute import DAYS, MONTHS, RESOLVE, precision_in

_FULL = "|".join(name for month in MONTHS for name in (month.title(), month.upper()))
_MONTH = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = "(?:" + "|".join(name.title() for name in DAYS) + ")"
_DAY_BEFORE = rf"(?:{_DAY},? |(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,? )?"
_YEAR = r"(?:19|20)\d\d"
_N = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|couple of"
_SPAN = "day|night|week|month|year|hour|weekend"
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
    rf"|(?P<ago>(?:[Aa]bout )?(?:[Aa] )?(?P<n1>(?i:{_N})) (?P<unit1>{_SPAN})s? "
    r"(?:ago|earlier|before)\b)"
    rf"|(?P<within>(?:past|last|previous) (?:(?P<n2>{_N}) )?(?P<unit2>{_SPAN})s?\b)"
    rf"|(?P<this>(?P<which>this|next) (?P<unit3>week|month|year|weekend)\b)"
    r"|(?P<weekend>[Ww]eekend\b)"
    r"|(?P<near>(?:(?:[Tt]he )?day before yesterday"
    r"|[Yy]esterday(?: or the day before)?"
    r"|[Tt]oday|[Tt]onight|[Ll]ast night|[Oo]vernight"
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
"""When it was said hardly tells when it happened."""

EVENT_DAY: Final = 0
PERIOD: Final = 1
BACKGROUND: Final = 2
SAID: Final = 3
PUBLICATION: Final = 4


@dataclass(frozen=True)
class When:
    """One dated span.

    ``iso`` is a day, month or year, or None where it cannot be told. ``rank`` orders what dates an
    event: a day (0), a period (1), a year (2), the day it was said (3), that of publication (4).
    ``precision`` is how exact ``iso`` is: day, week, month or year. "Last week" gives the
    Monday, to the week; "over the past two days" gives the first day, to the week.
    """

    start: int
    end: int
    iso: str | None
    rank: int
    precision: str | None = None


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
        kind = next(name for name in RESOLVE if match[name])
        if not _is_time(text, match, kind, words):
            continue
        iso = RESOLVE[kind](match, published, words)
        begin = match.start() - len(words)
        rank = _rank(kind, words, window)
        found.append(When(begin, match.end(), iso, rank, precision_in(match, kind, iso)))
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
    if kind == "weekend":
        return bool(re.search(r"\bthe[ -]$", lead))
    if kind == "mdy":
        return int(match["d3"]) > 0
    return True


def _rank(kind: str, lead: str, before: str) -> int:
    if _PUBLICATION.search(before):
        return PUBLICATION
    if _CREDIT.search(before):
        return SAID
    if kind in ("year", "month_year", "month"):
        return BACKGROUND
    if (
        "since" in lead
        or "before" in lead
        or "until" in lead
        or kind in ("within", "this", "weekend")
    ):
        return PERIOD
    return EVENT_DAY
