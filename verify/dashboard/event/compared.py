"""What an event's views count of its claims and pairs, reckoned once a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from verify.analysis import points, silence, spread
from verify.analysis.links import CONFIRMED
from verify.analysis.origins import is_party
from verify.records import UNKNOWN, Row, rows

HIDDEN: Final = (
    "What the program suggests is hidden at this desk until somebody decides: told here is only "
    "what reviewers confirmed."
)


@dataclass(frozen=True)
class Compared:
    """Claims (CLAIM_VIEW) and pairs (PAIR_VIEW) of one event; ``hidden``: suggestions are."""

    claims: pd.DataFrame
    pairs: pd.DataFrame
    hidden: bool

    @cached_property
    def told(self) -> pd.DataFrame:
        """The pairs that may be counted on screen."""
        return self.pairs[self.pairs["status"] == CONFIRMED] if self.hidden else self.pairs

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Every claim by its id."""
        return {claim["claim_id"]: claim for claim in rows(self.claims)}

    @cached_property
    def parties(self) -> list[str]:
        """Sides of its claims that are parties to the dispute, by name."""
        return sorted(side for side in set(self.claims["side"].fillna(UNKNOWN)) if is_party(side))

    @cached_property
    def agreed(self) -> list[Row]:
        """Rows of `points.agreed`."""
        return rows(points.agreed(self.claims, self.told))

    @cached_property
    def disputes(self) -> list[Row]:
        """Rows of `points.disputes`."""
        return rows(points.disputes(self.claims, self.told))

    @cached_property
    def contested(self) -> list[Row]:
        """Rows of `points.contested`."""
        return rows(points.contested(self.claims, self.told))

    @cached_property
    def unanswered(self) -> dict[str, list[Row]]:
        """Rows of `silence.unanswered` by party, most first; none where suggestions are hidden.

        What has no answer among confirmed pairs alone may well have one that nobody looked at.
        """
        if self.hidden:
            return {}
        found = rows(silence.unanswered(self.claims, self.pairs))
        by_party = {side: [row for row in found if row["side"] == side] for side in self.parties}
        ranked = sorted(by_party.items(), key=lambda one: (-len(one[1]), one[0]))
        return {side: listed for side, listed in ranked if listed}

    @cached_property
    def repeated(self) -> spread.Repeated:
        """How much is one report repeated; texts tell it, no suggestion."""
        return spread.repeated(self.claims)
