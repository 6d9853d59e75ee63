"""Clusters on a sparse graph by average linkage: only pairs that were compared cost anything."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

Edges = dict[int, list[float]]
"""Neighbouring cluster -> [sum of the weights between both, number of them]."""


def average_linkage(
    pairs: Sequence[tuple[int, int, float]], missing: Sequence[float], *, threshold: float
) -> list[int]:
    """Merge the two clusters whose mean weight is highest until none reaches ``threshold``.

    ``pairs`` holds (a, b, weight) of the rows that were compared, each pair once. ``missing`` has
    a value for each row: what a pair of it weighs that was not compared. Between two clusters the
    lower of their means stands for such pairs. With what the row's farthest neighbour weighs, an
    event told by hundreds holds, though each claim met only some of them, and strangers stay out.
    Returns a cluster number for each row, numbered by first appearance; of equal means the lower
    row numbers go first.
    """
    size = len(missing)
    graph: list[Edges] = [{} for _ in range(size)]
    for a, b, weight in pairs:
        graph[a][b] = [weight, 1.0]
        graph[b][a] = [weight, 1.0]
    members = [[row] for row in range(size)]
    unseen = [float(value) for value in missing]
    version = [0] * size

    def mean(a: int, b: int) -> float:
        total, known = graph[a][b]
        of_a, of_b = len(members[a]), len(members[b])
        stranger = min(unseen[a] / of_a, unseen[b] / of_b)
        return (total + stranger * (of_a * of_b - known)) / (of_a * of_b)

    heap = [(-weight, a, b, 0, 0) for a, b, weight in pairs if weight >= threshold]
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if version[a] != version_a or version[b] != version_b:
            continue
        members[a] += members[b]
        members[b] = []
        unseen[a] += unseen[b]
        version[a] += 1
        version[b] = -1
        _join(graph, a, b)
        for other in graph[a]:
            weight = mean(a, other)
            if weight >= threshold:
                low, high = min(a, other), max(a, other)
                heapq.heappush(heap, (-weight, low, high, version[low], version[high]))
    return _numbered(members, size)


def _join(graph: list[Edges], a: int, b: int) -> None:
    """Move the edges of cluster ``b`` to ``a``."""
    graph[a].pop(b)
    graph[b].pop(a)
    for other, (total, known) in graph[b].items():
        edge = graph[a].setdefault(other, [0.0, 0.0])
        edge[0] += total
        edge[1] += known
        graph[other].pop(b)
        graph[other][a] = edge
    graph[b] = {}


def _numbered(members: list[list[int]], size: int) -> list[int]:
    label = [0] * size
    for number, rows in enumerate(sorted(sorted(rows) for rows in members if rows)):
        for row in rows:
            label[row] = number
    return label
