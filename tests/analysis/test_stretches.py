import numpy as np
import pytest

from verify.analysis.stretches import EVERYTHING, Stretch, joined, stretches

WINDOW = 7.0


def cut(first: list[float], last: list[float] | None = None, whole: int = 4) -> list[Stretch]:
    days = np.array([first, last or first], dtype=float).T.reshape(-1, 2)
    return stretches(days, np.arange(len(first)), window_days=WINDOW, whole=whole, shortest=16)


def test_a_small_corpus_is_one_stretch_whatever_its_times() -> None:
    (only,) = cut([0, 500, np.nan], whole=3)
    assert (only.name, only.core.tolist(), only.halo.tolist()) == (EVERYTHING, [0, 1, 2], [])


def test_no_claim_no_stretch() -> None:
    assert cut([]) == []


def test_every_claim_is_in_one_core_and_those_within_the_window_are_beside_it() -> None:
    first = [3, 5, 25, 31, 33, 38, 39, 60, 61.0]
    parts = cut(first, whole=5)
    cores = np.concatenate([part.core for part in parts])
    assert sorted(cores.tolist()) == list(range(len(first)))
    early, late = parts
    assert (early.name, early.core.tolist()) == ("1970-01-01 32", [0, 1, 2, 3])
    assert early.halo.tolist() == [4, 5]  # days 33 and 38; 39 is a window and a day away
    assert late.core.tolist() == [4, 5, 6, 7, 8]
    assert late.halo.tolist() == [2, 3]


def test_a_claim_that_names_a_month_is_beside_each_stretch_that_the_month_touches() -> None:
    parts = cut([0, 1, 2, 3, 40, 41, 42, 70], [0, 1, 2, 60, 40, 41, 42, 70])
    assert [part.name for part in parts] == ["1970-01-01 32", "1970-02-02 32", "1970-03-06 64"]
    assert [3 in part.halo for part in parts] == [False, True, True]


def test_stretches_lie_where_they_lay_when_later_claims_come() -> None:
    before = {part.name: part.core.tolist() for part in cut([3, 5, 25, 31, 33, 38])}
    after = {part.name: part.core.tolist() for part in cut([3, 5, 25, 31, 33, 38, 900, 901])}
    assert before.items() <= after.items()


def test_claims_without_a_time_come_last_in_parts_as_they_arrived() -> None:
    days = np.full((5, 2), np.nan)
    parts = stretches(days, np.array([4, 0, 3, 1, 2]), window_days=WINDOW, whole=3)
    assert [(part.name, part.core.tolist()) for part in parts] == [
        ("undated 0", [1, 3, 4]),
        ("undated 1", [0, 2]),
    ]


@pytest.mark.parametrize(
    ("late_labels", "expected"),
    [
        # rows 2..5 in both; the late stretch sees the same event in 3 and 4
        ([0, 1, 1, 2, 2], [0, 0, 1, 1, 1, 2, 2]),
        # it parts them: each claim goes with its own stretch
        ([0, 1, 2, 2, 2], [0, 0, 1, 1, 2, 2, 2]),
    ],
)
def test_two_events_are_one_where_both_stretches_saw_mostly_the_same(
    late_labels: list[int], expected: list[int]
) -> None:
    every = np.arange(7)
    early = Stretch("early", every[:4], every[4:5])
    late = Stretch("late", every[4:], every[2:4])
    labels = [np.array([0, 0, 1, 1, 1]), np.array(late_labels)]
    assert joined([early, late], labels, 7).tolist() == expected


def test_one_stretch_keeps_its_numbers() -> None:
    every = np.arange(4)
    found = joined([Stretch(EVERYTHING, every, every[:0])], [np.array([0, 1, 0, 2])], 4)
    assert found.tolist() == [0, 1, 0, 2]
