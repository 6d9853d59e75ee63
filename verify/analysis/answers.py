"""Events that two sides tell in other words: one side's count, the other side's victory pictures.

No likeness of texts finds them: they share an outcome that each side claims for itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify.analysis.evidence import place_words
from verify.records import INDEPENDENT, UNKNOWN, rows

DAYS_APART: Final = 1.0
"""Days between the times of two claims up to which both can tell of one clash."""

Gain = tuple[int, str, str, frozenset[str]]
"""Row of the claim, the side that it says succeeded, its document, the words of its place."""


def join_answers(
    claims: pd.DataFrame, days: NDArray[np.float64], labels: NDArray[np.int_]
) -> NDArray[np.int_]:
    """Merge each event in which a side succeeds with the one that answers it best.

    An answer is a claim by which an opposed side succeeds, at most ``DAYS_APART`` away, in the
    same document or at the same place. Of several events the one with most such pairs is taken,
    so that a war of many clashes does not become one event. ``days`` is (n, 2), see
    ``claim_days``; ``labels`` numbers the event of each claim. Returns new labels, by first
    appearance.
    """
    meetings: dict[int, Counter[int]] = defaultdict(Counter)
    for one, other in _opposed(_gains(claims), days):
        a, b = int(labels[one]), int(labels[other])
        if a != b:
            meetings[a][b] += 1
            meetings[b][a] += 1
    parent = list(range(int(labels.max()) + 1))
    for event, met in sorted(meetings.items()):
        best = min(met, key=lambda other: (-met[other], other))
        parent[_root(parent, event)] = _root(parent, best)
    roots = np.array([_root(parent, label) for label in range(len(parent))])
    _, first, merged = np.unique(roots[labels], return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[merged])


def _gains(claims: pd.DataFrame) -> list[Gain]:
    """Give the claims that say which side succeeded."""
    told = claims[["doc_id", "side", "actor_side", "outcome", "place"]]
    found = []
    for number, row in enumerate(rows(told)):
        side = row["actor_side"] or row["side"]
        if row["outcome"] == "advance" and side not in (None, INDEPENDENT, UNKNOWN):
            where = frozenset(place_words(row["place"])) if row["place"] else frozenset()
            found.append((number, side, row["doc_id"], where))
    return found


def _opposed(gains: list[Gain], days: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pair claims of opposed sides that can be about one clash."""
    dated = sorted(
        (gain for gain in gains if not np.isnan(days[gain[0], 0])),
        key=lambda gain: (float(days[gain[0], 0]), gain[0]),
    )
    found = []
    for at, (one, side, document, place) in enumerate(dated):
        for other, other_side, other_document, other_place in dated[at + 1 :]:
            if days[other, 0] - days[one, 1] > DAYS_APART:
                break
            if side != other_side and (document == other_document or place & other_place):
                found.append((one, other))
    return found


def _root(parent: list[int], label: int) -> int:
    while parent[label] != label:
        parent[label] = parent[parent[label]]
        label = parent[label]
    return label
