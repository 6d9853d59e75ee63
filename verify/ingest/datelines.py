"""Dates, places and agencies at the head of a text, which belong to no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.ingest.lexicon import words_of

Span = tuple[int, int]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{{1,3}})?"
    rf"(?:\d{{1,2}}[-./\s](?:\d{{1,2}}|{_MONTH})[-./,\s]{{1,2}}\d{{4}}"
    rf"|{_MONTH}\s{{1,3}}\d{{1,2}},?\s{{0,3}}\d{{4}}"
    rf"|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})"
    r"(?:[\s,|]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|EST|EDT|BST))?)?"
)
_LABEL = r"(?:(?:date of publication|published|(?:last )?updated|posted)(?: on| at)?:?\s{1,3})?"
_HEAD = re.compile(rf"{_LABEL}{_DATE}[\s,|:–—-]*", re.IGNORECASE)
_IN_HEAD = re.compile(rf"(?<!\w){_LABEL}{_DATE}(?=\s)", re.IGNORECASE)
_AGENCY = r"(?:AFP|AP|Reuters|Xinhua|SANA|TASS|Agencies|Sputnik|Anadolu|dpa|DPA|Staff)"
_TAIL = re.compile(
    rf"(?:[\s,|:–—-]{{1,3}}(?:{_AGENCY}|{_LABEL}{_DATE})){{1,3}}[\s.]*\Z", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:[A-Z][\w'’.-]{0,30}(?:[\s,/]{1,2}[A-Z][\w'’.-]{0,30}){0,5}\s{0,2})?"
    r"(?:\([A-Z][\w.' ]{1,30}\)\s{0,2}(?:[-–—:]{1,2}\s{0,2})?|\s[-–—]{1,2}\s)(?=[A-Z\"“\d])"
    r"|(?:[A-Z]{2,30}[\s,/]{1,2}){1,4}(?:\([\w. ]{2,20}\)\s{0,2})?[-–—]{1,2}\s{0,2}"
)
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_SHORT_DATE = (
    rf"(?i:(?:(?:{_DAY_NAME},?\s{{1,3}})?"
    rf"(?:{_NTH}\s(?:of\s)?{_MONTH_NAME}|{_MONTH_NAME}\s{_NTH}(?!\w))(?:,?\s\d{{4}}(?!\d))?"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|{_DAY_NAME})"
    r"(?:[\s,]{1,3}\d{1,2}:\d{2}(?:\s?(?:[ap]\.?m\.?|GMT|UTC))?)?)"
)
_NAME = r"(?:[ae]l-)?[A-Z][\w'’-]{0,30}"
_SITE = rf"(?:{_NAME}\.?(?:,\s|\s?/\s?|\s(?:of\s|and\s)?)){{0,6}}{_NAME}"
_BY_AGENCY = r"(?:\s?\([A-Z][\w.'/ ]{1,30}\))"
_DASH = r"\s?(?:[-–—]{1,3}|:)\s{0,3}(?=[A-Z\"“‘'«\d])"
_OF_PLACE_AND_DAY = re.compile(
    rf"[\[(]?(?:(?P<site>{_SITE})(?:,\s{{0,2}}|\s\(?){_SHORT_DATE}\)?"
    rf"|(?i:{_LABEL}{_DATE}),\s{{1,2}}(?P<after>{_SITE}))"
    rf"(?:\]\s{{0,3}}|{_BY_AGENCY}{_DASH}|{_DASH}|{_BY_AGENCY}\s{{1,3}}(?=[A-Z\"“\d])|[\])]?\.?\s*\Z)"
)
"""Where and when a report was written: "Karsova, 14 March (Reuters) - ..."."""
_NO_SITE, _TIMES = words_of("starters"), words_of("times")
_GOVERNED = re.compile(
    r"\b(?:on|of|in|since|until|till|from|by|after|before|to|through|dated?|and|between"
    r"|the|late|early|last|for|at)\s+\Z",
    re.IGNORECASE,
)
_MASTHEAD = 400
"""Characters at the beginning of a text in which a date may part the heading from the story."""


def heading_breaks(text: str) -> Iterator[int]:
    """Yield where a date ends that parts a heading from the story ("... 3 May 2014 Rebels")."""
    for match in _IN_HEAD.finditer(text, 0, _MASTHEAD):
        following = text[match.end() : match.end() + 3].strip()[:1]
        lead = text[max(0, match.start() - 12) : match.start()]
        parts = following.isupper() or following.isdigit() or following in ("“", '"')
        if match.start() > 0 and parts and not _GOVERNED.search(lead):
            yield match.end()


def without_dateline(text: str, start: int, end: int) -> Span:
    """Take dates and "KABUL (Agency) -" off both ends of a sentence, which may leave nothing."""
    start = _placed(text, start, end) or start
    for pattern in (_HEAD, _PLACE):
        match = pattern.match(text, start, end)
        if match:
            start = _placed(text, match.end(), end) or match.end()
    tail = _TAIL.search(text, max(start, end - 90), end)
    if tail:
        end = tail.start()
    while start < end and text[start].isspace():
        start += 1
    return start, max(start, end)


def written_until(text: str, start: int, end: int, claim: int) -> int:
    """Return where the dateline of a sentence ends: its date says when the report was written.

    A date alone is a dateline only at the head of a text, before the claim that begins at
    ``claim``: further down, and in a claim, it may be what a chronicle dates an event by.
    """
    if placed := _placed(text, start, end):
        return placed
    after = without_dateline(text, start, end)[0] if start < _MASTHEAD else start
    return after if after <= claim else start


def _placed(text: str, start: int, end: int) -> int | None:
    """Return the end of a dateline of place and day, or None where there is none."""
    match = _OF_PLACE_AND_DAY.match(text, start, end)
    if match is None:
        return None
    words = (match["site"] or match["after"]).replace("/", " ").split()
    site = {word.strip(",.").casefold() for word in words}
    return match.end() if site - _TIMES and not site & _NO_SITE else None
