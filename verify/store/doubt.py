"""How sure the program is of what a pair is shown as, in three steps that the queue orders by.

The chance is that of the relation shown; of a pair that is shown as neither, the greater of the
two. Steps and not the number itself: between 48 and 52 of 100 there is nothing to choose, and what
has waited longest comes first.
"""

from __future__ import annotations

from typing import Final

UNDECIDED: Final = 2
LEANING: Final = 1
SURE: Final = 0
NEAR: Final = 0.15
"""From one half: 35 to 65 of 100 is undecided. Chosen by us, as is the next."""
FAR: Final = 0.35
"""From one half: 15 to 35 and 65 to 85 of 100 leans."""


def chance(relation: str, p_supports: float, p_conflicts: float) -> float:
    """Return the chance that a pair is what it is shown as."""
    told = {"supports": p_supports, "conflicts": p_conflicts}
    return told.get(relation, max(p_supports, p_conflicts))


def unsure(relation: str, p_supports: float, p_conflicts: float) -> int:
    """Return UNDECIDED, LEANING or SURE."""
    away = abs(chance(relation, p_supports, p_conflicts) - 0.5)
    return UNDECIDED if away < NEAR else LEANING if away < FAR else SURE
