"""The nearest of many vectors, in one step and in two."""

from __future__ import annotations

import numpy as np
import pytest

from verify.review import vector_search
from verify.review.vector_search import VectorSearch, product


@pytest.fixture
def many() -> np.ndarray:
    """Vectors about 400 middles, as texts lie about their topics: of length 1, float16."""
    chance = np.random.default_rng(5)
    middles = chance.standard_normal((400, 384)) * np.linspace(2, 0.2, 384)
    near = middles[chance.integers(0, 400, 6000)] + 0.5 * chance.standard_normal((6000, 384))
    return (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float16)


def exactly(matrix: np.ndarray, row: int, most: int, unwanted: np.ndarray) -> set[int]:
    near = matrix.astype(np.float32) @ matrix[row].astype(np.float32)
    near[unwanted] = -np.inf
    return set(np.argsort(-near)[:most].tolist())


def own(matrix: np.ndarray, row: int) -> np.ndarray:
    return np.arange(len(matrix)) == row


def test_few_are_all_compared(many):
    search = VectorSearch().grown(many[:2000]).grown(many[2000:])
    for row in (0, 7, 5999):
        found, near = search.nearest(row, 6, own(many, row))
        assert set(found.tolist()) == exactly(many, row, 6, own(many, row))
        assert near.max() <= 1.001


def test_of_many_nearly_all_of_the_nearest_are_found(many, monkeypatch):
    monkeypatch.setattr(vector_search, "EXACT", 1000)
    search = VectorSearch().grown(many)
    kept = [
        len(exactly(many, row, 6, own(many, row)) & set(search.nearest(row, 6, own(many, row))[0]))
        for row in range(0, 6000, 30)
    ]
    assert sum(kept) / (6 * len(kept)) > 0.97


def test_rows_that_come_later_are_found_as_well(many, monkeypatch):
    monkeypatch.setattr(vector_search, "EXACT", 1000)
    grown = VectorSearch().grown(many[:5000]).grown(many[5000:])
    twin = np.concatenate([many, many[:1]])
    grown = grown.grown(many[:1])  # the first one once more
    found, near = grown.nearest(0, 1, own(twin, 0))
    assert found.tolist() == [6000]
    assert near[0] == pytest.approx(1, abs=0.01)


def test_what_is_unwanted_is_not_told_though_nothing_else_is_there(many):
    search = VectorSearch().grown(many[:4])
    found, near = search.nearest(0, 6, np.array([True, True, False, True]))
    assert found.tolist() == [2]
    assert len(near) == 1


def test_the_product_is_that_of_floats():
    chance = np.random.default_rng(3)
    matrix = chance.uniform(-1, 1, (1300, 24)).astype(np.float16)
    matrix[0], matrix[1, :3] = 0, [6e-8, -6e-8, 3e-5]  # zeros and the smallest numbers there are
    vector = chance.uniform(-1, 1, 24).astype(np.float32)
    assert np.allclose(product(matrix, vector), matrix.astype(np.float32) @ vector, 1e-6)
