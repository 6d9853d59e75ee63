"""Dates, places and agencies at the head of a text, which belong to no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    for pattern in (_HEAD, _PLACE):
        match = pattern.match(text, start, end)
        if match:
            start = match.end()
    tail = _TAIL.search(text, max(start, end - 90), end)
    if tail:
        end = tail.start()
    while start < end and text[start].isspace():
        start += 1
    return start, max(start, end)
