"""Names of people without their titles: of "Lt. Col. Brandt" the title and "Brandt"."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

COURTESIES: Final = frozenset({"mr", "mrs", "ms", "miss"})
"""None of these is ever another one of them."""


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
    """Say whether two titles may be one: "col" and "colonel", or one of them is missing.

    Forms of one title stand on a line of ``cues/title_forms.txt``. Whoever is "Mr." is never whom
    a text calls "Mrs.", "Ms." or "Miss", whatever else both are called.
    """
    if not a or not b:
        return True
    ours, theirs = {_form(title) for title in a}, {_form(title) for title in b}
    if (ours & COURTESIES) and (theirs & COURTESIES) and (ours & COURTESIES) != theirs & COURTESIES:
        return False
    return not ours.isdisjoint(theirs)


def courtesy(titles: tuple[str, ...]) -> str | None:
    """Return the title that tells a man from a woman: "mr" for "mister", or None."""
    return next((form for form in map(_form, titles) if form in COURTESIES), None)


def is_title(word: str) -> bool:
    """Say whether a word is a title itself."""
    return word.casefold().strip(".") in _titles()


@cache
def _titles() -> frozenset[str]:
    """Read the abbreviated titles and those written out from the lists that reading uses."""
    lists = ("titles.txt", "ranks.txt", "title_forms.txt")
    return frozenset(word for name in lists for line in _lines(name) for word in line.split())


@cache
def _forms() -> dict[str, str]:
    lines = (line.split() for line in _lines("title_forms.txt"))
    return {form: forms[0] for forms in lines for form in forms}


def _form(title: str) -> str:
    """Write a title in the first of its forms: "colonel" as "col"."""
    plain = title.casefold().strip(".")
    return _forms().get(plain, plain)


def _lines(name: str) -> list[str]:
    path = files("verify").joinpath("ingest", "cues", name)
    return [line.split("#", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()]
