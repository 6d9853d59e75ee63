"""A long time cut into stretches that are grouped one by one, and the stretches joined again.

Claims further apart than the window of grouping are never compared, so a corpus of years need not
be held at once. A stretch is a run of ``2 ** k`` days that begins on a multiple of its length: the
same wherever the corpus begins or ends, so that new claims touch the stretches they fall into and
no others. Its claims (the core) are grouped together with those within a window of it (the halo).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]

WHOLE: Final = 20_000
"""Claims up to which a stretch is not cut: a build by such stretches peaks at two gigabytes."""
SHORTEST: Final = 32
"""Days below which a stretch is not cut, however many claims it holds: of 16 days and a window of
7 on both sides, half of the work would be done twice."""
EVERYTHING: Final = "all"
"""Name of the one stretch of a corpus that needs no cutting."""
UNDATED: Final = "undated"
_LONGEST: Final = 2**15
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Stretch:
    """Claims that are grouped together, by row number, each in rising order."""

    name: str
    core: Rows
    """Whose events this stretch decides on; every claim is in the core of one stretch."""
    halo: Rows
    """Claims of other stretches that lie within the window of this one."""

    @property
    def rows(self) -> Rows:
        """Core and halo, in rising order."""
        return np.sort(np.concatenate([self.core, self.halo]))


def stretches(
    days: NDArray[np.float64],
    arrived: Rows,
    *,
    window_days: float,
    whole: int = WHOLE,
    shortest: int = SHORTEST,
) -> list[Stretch]:
    """Cut claims into stretches, the earliest first.

    ``days`` is (n, 2), the first and last day of each claim's time (`verify.analysis.evidence`),
    nan where unknown. Up to ``whole`` claims are one stretch. Beyond, a stretch is halved while it
    holds more than that and its halves have ``shortest`` days; claims without a time come last, in
    parts of ``whole`` in the order in which they ``arrived`` (int64 (n,)), and are compared with
    their part alone.
    """
    every = np.arange(len(days), dtype=np.int64)
    if len(days) <= whole:
        return [Stretch(EVERYTHING, every, every[:0])] if len(days) else []
    dated = every[~np.isnan(days[:, 0])]
    found: list[Stretch] = []
    first = np.floor(days[dated, 0] / _LONGEST).astype(np.int64) * _LONGEST
    for start in np.unique(first).tolist():
        _halve(found, days, dated, dated[first == start], start, _LONGEST,
               (window_days, whole, shortest))  # fmt: skip
    undated = every[np.isnan(days[:, 0])]
    undated = undated[np.argsort(arrived[undated], kind="stable")]
    for number, at in enumerate(range(0, len(undated), whole)):
        part = np.sort(undated[at : at + whole])
        found.append(Stretch(f"{UNDATED} {number}", part, every[:0]))
    return found


def _halve(
    found: list[Stretch],
    days: NDArray[np.float64],
    dated: Rows,
    core: Rows,
    start: int,
    length: int,
    limits: tuple[float, int, int],
) -> None:
    window_days, whole, shortest = limits
    half = length // 2
    if not len(core):
        return
    if len(core) > whole and half >= shortest:
        early = days[core, 0] < start + half
        _halve(found, days, dated, core[early], start, half, limits)
        _halve(found, days, dated, core[~early], start + half, half, limits)
        return
    first, last = days[dated, 0], days[dated, 1]
    near = (last >= start - window_days) & (first < start + length + window_days)
    own = (first >= start) & (first < start + length)
    name = f"{_EPOCH + timedelta(days=start)} {length}"
    found.append(Stretch(name, core, dated[near & ~own]))


def joined(
    parts: Sequence[Stretch], labels: Sequence[NDArray[np.int_]], size: int
) -> NDArray[np.int_]:
    """Join what each stretch grouped to one number for each of ``size`` claims.

    ``labels[i]`` numbers the events of ``parts[i].rows``. A claim goes with the event that its own
    stretch put it into. Two events of two stretches are one where most of the claims that both
    stretches saw in either of them are in both: each event has at most one such in another stretch.
    Numbered from 0 by first appearance.
    """
    offsets = np.cumsum([0, *(int(own.max(initial=-1)) + 1 for own in labels)])
    numbered = [own + offset for own, offset in zip(labels, offsets, strict=False)]
    home = np.empty(size, dtype=np.int64)
    for part, own in zip(parts, numbered, strict=True):
        home[part.core] = own[np.searchsorted(part.rows, part.core)]
    parent = list(range(int(offsets[-1])))
    for one, other in _same(parts, numbered):
        first, second = sorted((_root(parent, one), _root(parent, other)))
        parent[second] = first
    roots = np.array([_root(parent, event) for event in parent], dtype=np.int64)
    _, at, merged = np.unique(roots[home], return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(at))[merged])


def _same(parts: Sequence[Stretch], numbered: Sequence[NDArray[np.int_]]) -> list[tuple[int, int]]:
    """Pair the events of two stretches that hold mostly the same of the claims that both saw."""
    found: list[tuple[int, int]] = []
    rows = [part.rows for part in parts]
    for one, other in _that_meet(parts):
        _, at, beside = np.intersect1d(
            rows[one], rows[other], assume_unique=True, return_indices=True
        )
        found += _matches(numbered[one][at], numbered[other][beside])
    return found


def _that_meet(parts: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Pair the stretches of which one has claims of the other in its halo, or both of a third."""
    seen: dict[int, list[int]] = {}
    for number, part in enumerate(parts):
        for row in part.halo.tolist():
            seen.setdefault(row, []).append(number)
    home = {row: number for number, part in enumerate(parts)
            for row in part.core.tolist() if row in seen}  # fmt: skip
    together = {tuple(sorted({*near, home[row]})) for row, near in seen.items()}
    return sorted({pair for some in together for pair in combinations(some, 2)})


def _matches(one: NDArray[np.int_], other: NDArray[np.int_]) -> list[tuple[int, int]]:
    """Events of both numberings of the same claims with a Jaccard index above one half."""
    met, common = np.unique(np.stack([one, other], axis=1), axis=0, return_counts=True)
    events, held = np.unique(one, return_counts=True)
    others, held_there = np.unique(other, return_counts=True)
    in_one = held[np.searchsorted(events, met[:, 0])]
    in_other = held_there[np.searchsorted(others, met[:, 1])]
    same = 2 * common > in_one + in_other - common
    return [(int(a), int(b)) for a, b in met[same]]


def _root(parent: list[int], event: int) -> int:
    while parent[event] != event:
        parent[event] = parent[parent[event]]
        event = parent[event]
    return event
