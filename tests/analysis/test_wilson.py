"""Wilson's interval, held against values worked out by hand from his formula."""

import pytest

from verify.analysis.wilson import interval


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # z² = 3.8416; 7/9: (0.77778 + 0.21342 ± 1.96 √(0.019204 + 0.011857)) / 1.426844
        (7, 9, 0.45259, 0.93677),
        # 1/2: the middle is 0.5; half = 1.96 √(0.025 + 0.009604) / 1.38416
        (5, 10, 0.23659, 0.76341),
        # none of 10: from 0 to z²/n / (1 + z²/n) = 0.38416 / 1.38416
        (0, 10, 0.0, 0.27754),
        (10, 10, 0.72246, 1.0),
        # 1 of 1: from 1 / (1 + 3.8416)
        (1, 1, 0.20654, 1.0),
        (90, 100, 0.82563, 0.94477),
    ],
)
def test_the_ends_are_those_of_the_formula(successes, trials, low, high):
    assert interval(successes, trials) == pytest.approx((low, high), abs=2e-5)


def test_another_level_has_another_width():
    # z = 1: (0.5 + 0.125 ± √(0.0625 + 0.015625)) / 1.25
    assert interval(2, 4, z=1) == pytest.approx((0.27639, 0.72361), abs=2e-5)


def test_the_two_outcomes_of_one_row_of_trials_mirror_each_other():
    low, high = interval(3, 11)
    assert interval(8, 11) == pytest.approx((1 - high, 1 - low))


def test_of_no_trials_everything_is_possible():
    assert interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("trials", [1, 3, 9, 33, 333, 4321])
def test_none_and_all_are_exact_ends_and_every_interval_lies_between(trials):
    assert interval(0, trials)[0] == 0.0
    assert interval(trials, trials)[1] == 1.0
    for successes in range(0, trials + 1, max(1, trials // 7)):
        low, high = interval(successes, trials)
        assert 0 <= low <= successes / trials <= high <= 1


@pytest.mark.parametrize(("successes", "trials"), [(4, 3), (-1, 3), (1, 0)])
def test_what_no_trials_can_give_is_refused(successes, trials):
    with pytest.raises(ValueError, match="successes of"):
        interval(successes, trials)
