"""Lines of any language that hold a date, perhaps with its place, and say nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from verify.ingest import gazetteer
from verify.ingest.dates import LONGEST, iso_time
from verify.ingest.lexicon import entries_of, words_of

_WORD: Final = re.compile(r"[^\W\d_]+")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:مه|م|ام|هـ|ه|го|е|й|ий|ша|те|st|nd|rd|th)(?!\w)")
_NUMERIC: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_SAME: Final = str.maketrans("أإآٱيىكةۀ", "ااااییکهه", "\u200c\u200d\u200e\u200fـ'’ʼ")
"""Letters that one word is written with in more ways than one, and what stands inside words."""
_PARTED: Final = re.compile(r"\s*[,،:;|/()–—]\s*|\s+-+\s*|-+\s+|\s*\n\s*")
_PLACES: Final = 2
"""Names at most that stand beside a date: a town and its province."""
_REGION: Final = re.compile(
    r"\w+(?:[сц]ька|зька|[сц]кая|ова|ева)\s(?:область|громада)"
    r"|\w+(?:[сц]ький|зький|[сц]кий)\s(?:район|край)|(?:область|район)\s\w+(?:ська|ский)"
)
"""A region that is named by an adjective: "Kharkivska oblast"."""
_ARTICLE: Final = "ال"


def is_bare_date(line: str) -> bool:
    """Say whether a line is a date in words or digits, or a date and its place, and no more.

    A place is one that the gazetteer or ``cues/places.txt`` knows: any other words may tell of an
    event ("Shelling, 3 May"), and the line is kept. Months and days of the week are known in
    Ukrainian, Russian, Arabic, Persian, Dari and Pashto (``cues/dates.txt``), whole dates in the
    languages of ``dates.LANGUAGES`` too.
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
    """Say whether what is no date is a known place: parts of its own beside a mark, no digits."""
    parts = [part for part in _PARTED.split(_NUMERIC.sub("0", plain)) if part.strip(" .")]
    names = [part for part in parts if not any(map(str.isdigit, part))]
    dates = (_WORD.findall(_ORDINAL.sub("", part)) for part in parts if part not in names)
    if any(word not in known for words in dates for word in words):
        return False
    sites = [words for name in names if not known.issuperset(words := _WORD.findall(name))]
    return len(sites) <= _PLACES and all(map(_is_known_place, sites))


def _is_known_place(words: list[str]) -> bool:
    """Say whether words are the name of a place that a list knows, perhaps with its kind."""
    name = " ".join(words)
    if name in _places() or gazetteer.known(name) or _REGION.fullmatch(name):
        return True
    if len(words) < 2 or words[0] not in _kinds():
        return False
    rest = words[1:]
    return " ".join(rest) in _places() or (len(rest) == 1 and rest[0].startswith(_ARTICLE))


@cache
def _places() -> frozenset[str]:
    names = (*gazetteer.in_other_letters(), *entries_of("places"))
    return frozenset(" ".join(_WORD.findall(_folded(name))) for name in names)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(_folded(word) for word in words_of("place_kinds"))


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
