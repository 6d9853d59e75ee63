"""News agencies: whose text a document prints, told by its source, byline or dateline."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

import pandas as pd

_HEAD, _FOOT = 400, 60
"""Characters at a text's beginning and end in which a byline stands."""
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


@cache
def _names() -> dict[str, str]:
    """Every name of every agency -> the name as bylines write it."""
    content = files("verify.analysis").joinpath("agencies.txt").read_text(encoding="utf-8")
    found = {}
    for line in content.splitlines():
        name, _, others = line.split("#", 1)[0].partition("=")
        for other in filter(None, (part.strip() for part in [name, *others.split(",")])):
            found[other] = name.strip()
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    name = "|".join(re.escape(one) for one in sorted(_names(), key=len, reverse=True))
    head = rf"\((?P<a>{name})\)\s*[-–—:]|\b(?P<b>{name})\s+{_WEEKDAY}\b|\A(?P<c>{name})\s*[-–—:]\s"
    return (
        re.compile(head),
        re.compile(rf"[(/–—-]\s*(?P<a>{name})\)?[\s.]*\Z"),
        re.compile(rf"(?<!\w)(?P<a>{name})(?!\w)"),
    )


def agency_named(words: str | None) -> str | None:
    """Return the agency that a credit names ("the SANA news agency" -> "SANA"), or None."""
    found = _patterns()[2].search(words or "")
    return _names()[found["a"]] if found else None


def agency_of_source(source: str | None) -> str | None:
    """Return the agency that a source is, whatever its capitals: "reuters" -> "Reuters"."""
    return _folded().get((source or "").casefold())


@cache
def _folded() -> dict[str, str]:
    return {other.casefold(): name for other, name in _names().items()}


def bylines(documents: pd.DataFrame) -> dict[str, str]:
    """Return doc_id -> agency for documents that an agency published or whose byline names one.

    Takes DOCUMENTS. A byline is "(AFP) -" or "AFP Thursday 30 Jul" near the beginning, "AFP - " as
    the first word, "(AFP)" or "- AFP" as the last. A photo's "(AFP Photo)" is none.
    """
    found = {}
    columns = (documents["doc_id"], documents["source"], documents["text"])
    for doc_id, source, text in zip(*columns, strict=True):
        agency = agency_of_source(source) or _byline(text or "")
        if agency:
            found[doc_id] = agency
    return found


def _byline(text: str) -> str | None:
    head, foot, _ = _patterns()
    match = head.search(text, 0, _HEAD) or foot.search(text[-_FOOT:])
    if match is None:
        return None
    return _names()[next(name for name in match.groupdict().values() if name)]
