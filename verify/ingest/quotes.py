"""Which parts of a text stand inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_MARK = re.compile(r"[“”„«»\"]|''|``|‘(?=\w)|(?<![\w'])'(?=[A-Z])|\n[ \t]*\n|\n")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "``": "''", "‘": "’", "'": "'"}
_SINGLE_CLOSE = re.compile(r"(?<=[,.!?…])[’'](?!\w)")
_SINGLE_REACH = 400
"""Characters within which a single mark must close: farther off it was an apostrophe."""


def quoted(text: str) -> list[Span]:
    """Return the quoted regions of ``text``, marks included, in order and not overlapping.

    A region ends with its paragraph: where the next paragraph opens with a mark too, the quotation
    goes on there; where it does not, the opening mark was a stray one and is passed over. Straight
    marks open before a word and close after one.
    """
    regions: list[Span] = []
    opened: tuple[int, str] | None = None
    resume = 0
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if at < resume:
            continue
        if mark.startswith("\n"):
            if opened and _goes_on(text, match.end()):
                regions.append((opened[0], at))
            opened = None
        elif mark in ("‘", "'"):
            if opened is None and (close := _SINGLE_CLOSE.search(text, at, at + _SINGLE_REACH)):
                regions.append((at, close.end()))
                resume = close.end()
        elif opened and _closes(text, match, opened[1]):
            regions.append((opened[0], match.end()))
            opened = None
        elif _opens(text, match):
            opened = (at, mark)
    return regions


def inside(regions: list[Span], at: int) -> Span | None:
    """Return the region that holds the offset ``at``, or None."""
    place = bisect_right(regions, (at, len(regions) and regions[-1][1] + 1)) - 1
    if place >= 0 and regions[place][0] <= at < regions[place][1]:
        return regions[place]
    return None


def _goes_on(text: str, at: int) -> bool:
    return text[at : at + 3].lstrip()[:1] in ("“", '"', "«", "„")


def _closes(text: str, match: re.Match[str], opener: str) -> bool:
    if opener in _CLOSERS:
        return match[0] in _CLOSERS[opener] or (match[0] == '"' and opener == "“")
    return match[0] in (opener, "”") and not _opens(text, match)


def _opens(text: str, match: re.Match[str]) -> bool:
    mark, before = match[0], text[max(0, match.start() - 1) : match.start()]
    after = text[match.end() : match.end() + 1]
    if mark in ("”", "»"):
        return False
    if mark in _CLOSERS:
        return True
    return not (before and (before.isalnum() or before in ",.!?…;:)'’%")) and bool(after.strip())
