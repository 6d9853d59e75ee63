"""Words as PostgreSQL's index holds them, cut and folded here as SQLite's own index does.

The server's parser would take "A-10" as a number below zero and an e-mail address as one word, and
folds by the language that the database was made with; so it gets words that are cut already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

LONGEST: Final = 2046
"""Bytes of one word in the index (PostgreSQL's manual, 12.11); a longer one is not found."""
LAST: Final = 16_383
"""Highest place of a word that it tells from others, for phrases (ibid.)."""
MOST: Final = 1_000_000
"""Bytes of one claim that it holds, a little below its limit; what comes behind is not found."""
_BESIDE: Final = 8
"""Bytes that a word's place takes beside it, at most."""
_WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> Iterator[str]:
    """Give the words of a text in order: letters and digits, in lower case, without accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    yield from _WORD.findall(unicodedata.normalize("NFC", bare))


def vector(parts: Sequence[str | None]) -> str:
    """Write texts as a ``tsvector``; no phrase goes over from one into the next."""
    lexemes: list[str] = []
    place = size = 0
    for part in parts:
        place += 1
        for word in words(part or ""):
            place += 1
            long = len(word.encode())
            size += long + _BESIDE
            if size > MOST:
                return " ".join(lexemes)
            if long <= LONGEST:
                lexemes.append(f"'{word}':{min(place, LAST)}")
    return " ".join(lexemes)


def query(phrases: Sequence[Sequence[str]], *, goes_on: bool) -> str | None:
    """Write phrases as a ``tsquery``; ``goes_on``: the last word may be a beginning.

    None where nothing can be found: a word is longer than any in the index.
    """
    cut = [[word for typed in phrase for word in words(typed)] for phrase in phrases]
    if not any(cut) or any(len(word.encode()) > LONGEST for phrase in cut for word in phrase):
        return None
    joined = [" <-> ".join(f"'{word}'" for word in phrase) for phrase in cut if phrase]
    return " & ".join(joined) + (":*" if goes_on else "")
