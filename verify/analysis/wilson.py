"""How far a share of few things may be from the share of all: Wilson's score interval."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_95: Final = 1.96
"""Standard normal deviate of a two-sided interval of 95 %."""


def interval(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """Return the lowest and highest share, 0 to 1, that ``successes`` of ``trials`` agree with.

    Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference", without
    correction for continuity: with p = successes / trials and n = trials,
    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n). It assumes trials that do not depend on
    each other. Of no trials everything is possible: (0, 1). Raises ``ValueError`` where there are
    more successes than trials, or fewer than none.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes of {trials} trials")
    if not trials:
        return 0.0, 1.0
    share, spread = successes / trials, z * z / trials
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / trials + spread / (4 * trials))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    # exactly 0 and 1 at the ends, where rounding leaves a little beside them
    return (low if successes else 0.0), (high if successes < trials else 1.0)
