"""Which claims are compared at all: the nearest by vector, among those near in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROWS_AT_ONCE: Final = 1024
"""Rows of the similarity matrix held at once; 20,000 claims then need 80 MB for it."""


@dataclass(frozen=True)
class Neighbours:
    """Pairs of row numbers, ``a < b``, each once, with the cosine of their vectors."""

    a: NDArray[np.intp]
    b: NDArray[np.intp]
    similarity: NDArray[np.float64]


def neighbours(
    vectors: NDArray[np.float32],
    days: NDArray[np.float64],
    *,
    count: int,
    window_days: float,
) -> Neighbours:
    """Pair each row with its ``count`` nearest rows whose days lie within the window.

    ``vectors`` is (n, dimension) of unit length; ``days`` is (n, 2), the first and last day of
    each row's time, nan where unknown: such a row is compared with all others. The search is
    exact, in blocks: n * n products, 2 s for 20,000 rows on two cores. Cosines are rounded to
    four digits, so that the order of a sum decides nothing.
    """
    size = len(vectors)
    wanted = min(count, size - 1)
    if wanted < 1:
        none = np.zeros(0, dtype=np.intp)
        return Neighbours(none, none, np.zeros(0))
    found_a, found_b, found_s = [], [], []
    for start in range(0, size, ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, size))
        cosine = vectors[rows] @ vectors.T
        cosine[rows - start, rows] = -np.inf
        cosine[_apart(days[rows], days) > window_days] = -np.inf
        nearest = np.argpartition(-cosine, wanted - 1, axis=1)[:, :wanted]
        values = np.take_along_axis(cosine, nearest, axis=1)
        kept = np.isfinite(values)
        found_a.append(np.repeat(rows, kept.sum(axis=1)))
        found_b.append(nearest[kept])
        found_s.append(values[kept])
    return _each_once(np.concatenate(found_a), np.concatenate(found_b), np.concatenate(found_s))


def _apart(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days between the times of two sets of rows; 0 where they overlap or one is unknown."""
    after = some[:, :1] - others[None, :, 1]
    before = others[None, :, 0] - some[:, 1:]
    return np.nan_to_num(np.maximum(np.maximum(after, before), 0.0), nan=0.0)


def _each_once(
    a: NDArray[np.intp], b: NDArray[np.intp], similarity: NDArray[np.float32]
) -> Neighbours:
    ends = np.sort(np.stack([a, b], axis=1), axis=1)
    ends, first = np.unique(ends, axis=0, return_index=True)
    exact: NDArray[np.float64] = np.round(similarity[first].astype(float), 4)
    return Neighbours(ends[:, 0], ends[:, 1], exact)


def farthest(near: Neighbours, weights: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Give each row the mean weight of the weakest quarter of its pairs; -inf where it has none.

    It stands for the pairs of the row that were not compared because others were nearer.
    """
    ends, weight = np.concatenate([near.a, near.b]), np.concatenate([weights, weights])
    order = np.lexsort((weight, ends))
    ends, weight = ends[order], weight[order]
    rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
    weak = rank < np.maximum(np.bincount(ends, minlength=size)[ends] // 4, 1)
    count = np.bincount(ends[weak], minlength=size)
    total = np.bincount(ends[weak], weight[weak], minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), -np.inf)
