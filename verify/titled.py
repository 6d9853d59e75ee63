"""Names of people without their titles: of "Lt. Col. Brandt" the title and "Brandt"."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def parted(name: str) -> tuple[tuple[str, ...], str]:
    """Part a name into its leading titles, lower case and without periods, and what they stand for.

    A name that is all titles ("the General") keeps its last word.
    """
    words = name.split()
    at = 0
    while at < len(words) - 1 and is_title(words[at]):
        at += 1
    return tuple(word.casefold().strip(".") for word in words[:at]), " ".join(words[at:])


def can_be_one(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether two titles may be one: "col" and "colonel", or one of them is missing."""
    if not a or not b:
        return True
    return any(one.startswith(other) or other.startswith(one) for one in a for other in b)


def is_title(word: str) -> bool:
    """Say whether a word is a title itself."""
    return word.casefold().strip(".") in _titles()


@cache
def _titles() -> frozenset[str]:
    """Read the abbreviated titles and those written out from the lists that reading uses."""
    lists = files("verify").joinpath("ingest", "cues")
    lines = (
        line.split("#", 1)[0]
        for name in ("titles.txt", "ranks.txt")
        for line in lists.joinpath(name).read_text(encoding="utf-8").splitlines()
    )
    return frozenset(word for line in lines for word in line.split())
