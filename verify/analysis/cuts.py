"""Whether one text is another as an editor cut it: long runs of its words, the same counts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cached_property
from typing import Final

from verify import records
from verify.analysis.compare import denies

RUN: Final = 3
"""Words in a row that count as taken over."""

TAKEN_OVER: Final = 0.75
"""Share of the shorter text's words that must stand in such runs. Of judged pairs about one
incident, those written apart stay below 0.65 and those cut by an editor above 0.7; see
``benchmarks/reprints.json``."""

FEWEST_WORDS: Final = 12
"""Shorter texts are made of set phrases: "the toll may rise as many were badly hurt"."""

WITHIN_DAYS: Final = 31
"""Days between two publications beyond which a like sentence is a set phrase about another
incident rather than an editor's cut. Undated texts are compared all the same."""

FIGURE: Final = re.compile(
    r"\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|scores|millions?)\b",
    re.IGNORECASE,
)
DENIAL: Final = re.compile(
    r"\b(?:no|none|not|never|\w+n['’]t|den(?:y|ies|ied|ying|ial)|refut(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)


class Wording:
    """What of a claim is compared: its words, figures, counts, denials and day."""

    def __init__(self, text: str, claim: records.Row) -> None:
        """Take the text as it is compared (words in lower case, one blank between)."""
        self.text = text
        self.words = text.split()
        self.figures = sorted(FIGURE.findall(text))
        self.denials = sorted(DENIAL.findall(text))
        self._claim = claim

    @cached_property
    def denied(self) -> bool:
        """Whether its words are denied from outside them: by its speaker, or by what leads to them.

        A claim that was read as negated by none of its own words ("It is false that ...") is.
        """
        claim = self._claim
        outside = bool(claim["negated"]) and not self.denials
        return bool(claim["denied"]) or denies(claim["cue"]) or outside

    @cached_property
    def counts(self) -> list[str]:
        """What the claim counts, as read: kind and bounds."""
        read = self._claim["quantities"]
        return sorted(f"{one['kind']} {one['low']} {one['high']}" for one in read)

    @cached_property
    def day(self) -> date | None:
        """When it was published, where that is known."""
        published = self._claim["published_at"] or ""
        try:
            return date.fromisoformat(published[:10])
        except ValueError:
            return None

    @cached_property
    def in_runs(self) -> list[tuple[str, ...]]:
        """Every ``RUN`` words in a row, by the place of the first."""
        last = len(self.words) - RUN + 1
        return [tuple(self.words[at : at + RUN]) for at in range(last)]

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """The same, each once."""
        return frozenset(self.in_runs)


def same_figures(a: Wording, b: Wording) -> bool:
    """Whether two texts have the same numbers and deny as often."""
    return a.figures == b.figures and a.denials == b.denials


def is_cut(a: Wording, b: Wording) -> bool:
    """Whether one text is the other as an editor cut it, or both are cuts of one.

    They count the same and deny as often. Of other figures, an hour or a date say, one may have
    some that the other lacks; where each has its own they say different things.
    """
    return (
        min(len(a.words), len(b.words)) >= FEWEST_WORDS
        and a.denials == b.denials
        and a.counts == b.counts
        and _one_lacks(a.figures, b.figures)
        and _near(a.day, b.day)
        and taken_over(a, b) >= TAKEN_OVER
    )


def taken_over(a: Wording, b: Wording) -> float:
    """Share of the shorter text's words that stand in runs which the other has too."""
    shorter, longer = sorted((a, b), key=lambda one: len(one.words))
    covered, end = 0, 0
    for at, run in enumerate(shorter.in_runs):
        if run in longer.runs:
            covered += at + RUN - max(at, end)
            end = at + RUN
    return covered / max(1, len(shorter.words))


def _one_lacks(a: list[str], b: list[str]) -> bool:
    if a == b:
        return True
    first, second = Counter(a), Counter(b)
    return not (first - second and second - first)


def _near(a: date | None, b: date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= WITHIN_DAYS
