"""Rules about claims that say nearly the same and differ in one point: the point decides then."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable

from verify.analysis import clashes, likeness
from verify.analysis.finding import Finding, Pair

FROM, FULL = 0.5, 0.8
"""Share of the shorter claim's words in the other, from which the rest counts as all but alike."""
UNNAMED = 0.2
"""How far another place or day counts where the texts share no name but those of places."""

_ACCOUNTS = (
    ("number", clashes.figures_differ), ("number", clashes.figures_far),
    ("actor", clashes.other_doer), ("outcome", clashes.opposite_words),
    ("cause", clashes.other_cause), ("victim", clashes.other_victims),
)  # fmt: skip
WEEKDAYS = frozenset(day.lower() for day in calendar.day_name)


def other_account(pair: Pair) -> Finding | None:
    """Nearly the same words, and another number, doer, outcome, cause or victim."""
    return _alone(pair, _ACCOUNTS)


def elsewhere(pair: Pair) -> Finding | None:
    """Nearly the same words, and another place or day: one event told differently, or two.

    What happens to one whom both name happens once; of the others it counts little.
    """
    a, b = pair.a, pair.b
    points = [("place", likeness.other_place)] if pair.stated_elsewhere else []
    if not a.words & b.words & WEEKDAYS:  # one weekday, from two files' dates, is one day
        points.append(("time", likeness.other_day))
    found = _alone(pair, points)
    named = a.names & b.names - a.place_words - b.place_words
    return found if found is None or named else Finding(found.strength * UNNAMED, found.fields)


def _alone(
    pair: Pair, points: Iterable[tuple[str, Callable[[Pair], Finding | None]]]
) -> Finding | None:
    alike = min(1.0, (pair.shared - FROM) / (FULL - FROM))
    if alike <= 0:
        return None
    for kind, find in points:
        found = find(pair)
        if found is not None:
            words = f"{found.fields['a']} / {found.fields['b']}"
            return Finding(alike, {"kind": kind, "point": words})
    return None
