"""Lines of any language that hold a date, perhaps with its place, and say nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from verify.ingest.dates import LONGEST, iso_time
from verify.ingest.lexicon import words_of

_WORD: Final = re.compile(r"[^\W\d_]+")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:مه|م|ام|هـ|ه|го|е|й|ий|ша|те|st|nd|rd|th)(?!\w)")
_NUMERIC: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_SAME: Final = str.maketrans("أإآٱيىكةۀ", "ااااییکهه", "\u200c\u200d\u200e\u200fـ'’ʼ")
"""Letters that one word is written with in more ways than one, and what stands inside words."""
_PARTED: Final = re.compile(r"\s*[,،:;|/()–—-]\s*|\s*\n\s*")
_PLACE: Final = 2
"""Words of each of two names of a place at most that stands beside a date."""


def is_bare_date(line: str) -> bool:
    """Say whether a line is a date in words or digits, or a date and its place, and no more.

    Months and days of the week are known in Ukrainian, Russian, Arabic, Persian, Dari and Pashto
    (``cues/dates.txt``), whole dates in the languages of ``dates.LANGUAGES`` too.
    """
    plain = _folded(line)
    if not any(map(str.isdigit, plain)):
        return False
    known = _known()
    words = _WORD.findall(_ORDINAL.sub("", plain))
    others = [word for word in words if word not in known]
    dated = bool(_NUMERIC.search(plain)) or len(others) < len(words)
    if dated and not others:
        return True
    if not dated:
        return len(line) <= LONGEST and iso_time(line)[0] is not None
    return _is_place(plain, known)


def _is_place(plain: str, known: frozenset[str]) -> bool:
    """Say whether what is no date is a part of its own, beside a mark, and without digits."""
    parts = [part for part in _PARTED.split(_NUMERIC.sub("0", plain)) if part.strip(" .")]
    names = [part for part in parts if not any(map(str.isdigit, part))]
    dates = (_WORD.findall(_ORDINAL.sub("", part)) for part in parts if part not in names)
    if any(word not in known for words in dates for word in words):
        return False
    sites = [found for name in names if (found := set(_WORD.findall(name)) - known)]
    return len(sites) <= _PLACE and all(len(site) <= _PLACE for site in sites)


@cache
def _known() -> frozenset[str]:
    return frozenset(word for entry in words_of("dates") for word in _WORD.findall(_folded(entry)))


def _folded(words: str) -> str:
    """Fold case, presentation forms, vowel marks and letters that only spellings tell apart."""
    decomposed = unicodedata.normalize("NFKC", words).casefold().translate(_SAME)
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in decomposed
        if unicodedata.category(char) != "Mn"
    )
