"""Two claims side by side, and what one rule finds in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verify.analysis.statements import Statement

SAME_DAYS = 3
"""Days apart up to which boasts of two sides are taken to be of one fight."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, ``a`` with the smaller id, so that a rule sees them one way round only."""

    a: Statement
    b: Statement
    similarity: float
    """Cosine of their vectors, -1..1."""
    incident: float
    """Probability that both are about one incident (`verify.analysis.edges.same_event`)."""
    inside: bool = False
    """Whether grouping has put both into one event."""

    @property
    def shared(self) -> float:
        """Share of the shorter claim's content words that the longer one has too."""
        a, b = self.a.stems, self.b.stems
        return len(a & b) / (min(len(a), len(b)) or 1)

    @property
    def days_apart(self) -> int | None:
        """Days between the days that the claims are about; None where one is not known."""
        if self.a.day is None or self.b.day is None:
            return None
        return abs((self.a.day - self.b.day).days)

    @property
    def published_apart(self) -> int:
        """Days between the publications; 0 where one is not known."""
        if self.a.published is None or self.b.published is None:
            return 0
        return abs((self.a.published - self.b.published).days)

    @property
    def other_places(self) -> bool:
        """Whether both give a place, and neither names the other's anywhere in its text."""
        a, b = self.a.place_words, self.b.place_words
        return bool(a and b) and not (a & b or a & self.b.words or b & self.a.words)

    @property
    def stated_elsewhere(self) -> bool:
        """Whether the places are other ones, and each stands in the words of its own claim."""
        a, b = self.a, self.b
        return self.other_places and bool(a.place_words & a.words and b.place_words & b.words)

    @property
    def gap(self) -> float:
        """Days between what the claims are about; half the days of publication where undated."""
        days = self.days_apart
        return float(days) if days is not None else self.published_apart / 2

    @property
    def own_places(self) -> bool:
        """Whether each text locates something where the other one has nothing."""
        a, b = self.a, self.b
        return bool(a.located - b.words and b.located - a.words)

    @property
    def of_one_event(self) -> bool:
        """Whether grouping has put both into one event, and days and places do not lie apart."""
        return self.inside and (self.days_apart or 0) <= SAME_DAYS and not self.other_places

    @property
    def undated(self) -> bool:
        """Whether it is not known when one of them was published."""
        return self.a.published is None or self.b.published is None

    @property
    def opposed(self) -> bool:
        """Whether the claims come from two known sides that are party to the dispute."""
        neutral = ("independent", "unknown")
        a, b = self.a.side, self.b.side
        return a != b and a not in neutral and b not in neutral


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: its strength (0..1) and the fields of the rule's words."""

    strength: float
    fields: Mapping[str, str]
