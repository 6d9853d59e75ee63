"""The words for what an event's sides agree on, contest and leave unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verify.dashboard import wording
from verify.records import Row

KINDS: Final = {
    "number": "of numbers",
    "actor": "of who did it",
    "outcome": "of the outcome",
    "victim": "of who was hit",
    "cause": "of the cause",
    "time": "of the time",
    "place": "of the place",
}
"""Kinds of conflict as they follow a count; the others have words of their own."""
HEADS: Final = {
    "number": "Numbers",
    "actor": "Who did it",
    "denial": "Denials",
    "outcome": "Outcome",
    "victim": "Who was hit",
    "cause": "Cause",
    "time": "Time",
    "place": "Place",
}
OTHER: Final = "Other"


def of_kind(kind: str | None, count: int) -> str:
    """Say how many conflicts are of a kind: 3 of numbers, 1 denial."""
    if kind == "denial":
        return wording.counted(count, "denial")
    return f"{count:,} {KINDS.get(kind or '', 'of another kind')}"


def decided(confirmed: int, suggested: int, noun: str) -> str:
    """Say by whom links are: confirmed by a reviewer, or suggested by the program."""
    icons = wording.PAIR_ICONS
    told = []
    if confirmed:
        told.append(f"{icons['confirmed']} {wording.counted(confirmed, noun)} confirmed")
    if suggested:
        told.append(f"{icons['suggested']} {wording.counted(suggested, noun)} suggested")
    return ", ".join(told)


def conflicts(confirmed: int, all_: int, opposed: int, *, hidden: bool) -> str:
    """Say how many conflicts there are, how many a reviewer confirmed, how many oppose parties.

    ``hidden``: suggestions are, so that none told does not mean none found.
    """
    between = f", {opposed:,} of them between opposed sides" if 0 < opposed < all_ else ""
    return _conflicts(confirmed, all_, hidden=hidden) + between


def _conflicts(confirmed: int, all_: int, *, hidden: bool) -> str:
    if not all_:
        return "no confirmed conflict yet" if hidden else "no conflict found"
    if confirmed in (0, all_):
        return wording.counted(all_, "confirmed conflict" if confirmed else "suggested conflict")
    return f"{wording.counted(all_, 'conflict')}, {confirmed:,} of them confirmed"


def agreement(confirmed: int, suggested: int, *, hidden: bool) -> str:
    """Say how many points opposed sides agree on: confirmed ones, and those to be looked at.

    ``hidden``: suggestions are, so that none told does not mean none found.
    """
    if confirmed:
        more = f", {suggested:,} more suggested" if suggested else ""
        return f"{wording.counted(confirmed, 'point')} agreed across opposed sides{more}"
    if suggested:
        return f"{wording.counted(suggested, 'suggested point')} of agreement across opposed sides"
    if hidden:
        return "no confirmed agreement across opposed sides yet"
    return "no agreement across opposed sides found"


def joined(words: Sequence[str]) -> str:
    """Join words by commas and a last "and"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def against(sides: Sequence[str]) -> str:
    """Say which two sides are against each other; one side twice contradicts itself."""
    one, other = sides
    return f"within {one}" if one == other else f"{one} against {other}"


def between(contested: Row) -> str:
    """Say which sides are against each other in conflicts of one kind (of `points.contested`)."""
    return ", ".join(f"{against(one['sides'])} {one['conflicts']:,}" for one in contested["sides"])
