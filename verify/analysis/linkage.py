"""Clusters on a sparse graph by average linkage: only pairs that were compared cost anything."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

Edges = dict[int, list[float]]
"""Neighbouring cluster -> [sum of the weights between both, number of them]."""


def average_linkage(
    size: int,
    pairs: Sequence[tuple[int, int, float]],
    *,
    threshold: float,
    missing: float,
    degree: int,
) -> list[int]:
    """Merge the two clusters whose mean weight is highest until none reaches ``threshold``.

    ``pairs`` holds (a, b, weight), each pair once. Pairs that are not in it weigh ``missing``, but
    only as many as could have been there: each row was compared with some ``degree`` others, so
    between two clusters at most ``degree`` times the smaller one's size is expected. Without that
    bound, an event told by hundreds would fall apart. Returns a cluster number for each row,
    numbered by first appearance; ties go to the lower row numbers.
    """
    graph: list[Edges] = [{} for _ in range(size)]
    for a, b, weight in pairs:
        graph[a][b] = [weight, 1.0]
        graph[b][a] = [weight, 1.0]
    members = [[row] for row in range(size)]
    version = [0] * size

    def mean(a: int, b: int) -> float:
        total, known = graph[a][b]
        small, large = sorted((len(members[a]), len(members[b])))
        expected = max(known, small * min(large, degree))
        return (total + missing * (expected - known)) / expected

    heap = [(-weight, a, b, 0, 0) for a, b, weight in pairs if weight >= threshold]
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if version[a] != version_a or version[b] != version_b:
            continue
        members[a] += members[b]
        members[b] = []
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
