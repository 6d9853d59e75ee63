from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.analysis.relate import RelateSettings, softmax
from verify.review.figures import calibration_error
from verify.review.scaling import drawn, fit
from verify.review.tune import ENOUGH, decided_on, told, tune


def relating(rows: pd.DataFrame, under: RelateSettings) -> pd.DataFrame:
    """Relate rows that carry their log-odds, as the program does with those of its rules."""
    made = []
    for supports, conflicts in zip(rows["supports"], rows["conflicts"], strict=True):
        supports = supports * under.scale[0] + under.shift[0]
        conflicts = conflicts * under.scale[1] + under.shift[1]
        relation = "supports" if supports > under.supports else "related"
        if conflicts > max(supports, under.conflicts):
            relation = "conflicts"
        chances = softmax(supports, conflicts)
        reasons = [{"name": "base", "words": "", "supports": supports, "conflicts": conflicts}]
        made.append((relation, *chances, reasons))
    return pd.DataFrame(made, columns=["relation", "p_supports", "p_conflicts", "reasons"])


def desk(number: int, moved: float, seed: int = 7) -> pd.DataFrame:
    """Conflicts of three to an event, of which people confirm as their log-odds + ``moved`` say."""
    random = np.random.default_rng(seed)
    conflicts = random.exponential(2.0, number) + 0.01
    chance = 1 / (1 + np.exp(-(conflicts + moved)))
    decision = np.where(random.random(number) < chance, "confirmed", "rejected")
    return pd.DataFrame(
        {
            "pair_id": [f"p{n:03}" for n in range(number)],
            "a_event": [f"e{n // 3}" for n in range(number)],
            "relation": "conflicts",
            "about": "conflicts",
            "decision": decision,
            "decided_at": "2026-11-25T10:00:00Z",
            "related_at": None,
            "supports": -6.0,
            "conflicts": conflicts,
        }
    )


def test_conflicts_that_people_mostly_reject_are_shown_from_a_higher_score_on():
    found = tune(desk(120, moved=-2.0), relating)
    assert found.settings is not None
    assert found.settings.shift[1] < -0.5
    line = (found.settings.conflicts - found.settings.shift[1]) / found.settings.scale[1]
    assert line > 0.5
    _, conflicts = found.learned
    assert conflicts.tuned is not None
    assert conflicts.tuned.precision > conflicts.shipped.precision
    assert conflicts.tuned.calibration_error < conflicts.shipped.calibration_error


def test_the_relation_that_nobody_decided_on_stays_as_shipped():
    found = tune(desk(120, moved=-2.0), relating)
    assert found.settings is not None
    assert (found.settings.supports, found.settings.scale[0], found.settings.shift[0]) == (
        RelateSettings().supports, 1.0, 0.0,
    )  # fmt: skip


def test_nothing_is_suggested_where_people_decide_as_the_shipped_chances_say():
    assert tune(desk(120, moved=0.0), relating).settings is None


def test_nothing_is_suggested_from_too_few_decisions():
    found = tune(desk(ENOUGH - 1, moved=-2.0), relating)
    assert found.settings is None
    assert "too few decisions" in told(found)


def test_nothing_is_suggested_where_all_decisions_are_on_one_event():
    assert tune(desk(120, moved=-2.0).assign(a_event="e1"), relating).settings is None


def test_the_report_says_what_the_selection_means_and_gives_both_figures():
    lines = told(tune(desk(120, moved=-2.0), relating))
    assert "not what was missed" in lines
    assert "only among those that were shown" in lines
    assert "as shipped" in lines
    assert "supports   0 decisions" in lines


def test_tuned_figures_never_come_from_pairs_that_were_fitted_on():
    seen: list[tuple[set[str], float]] = []

    def watched(rows: pd.DataFrame, under: RelateSettings) -> pd.DataFrame:
        seen.append((set(rows["a_event"]), under.shift[1]))
        return relating(rows, under)

    decided = desk(120, moved=-2.0)
    tune(decided, watched)
    _, *folds = seen
    assert len(folds) == 5
    for events, shift in folds:
        others = decided[~decided["a_event"].isin(events)]
        scores = others[["supports", "conflicts"]].to_numpy()
        right = (others["decision"] == "confirmed").to_numpy()
        again = fit(scores, np.ones(len(others), dtype=np.int64), right, [1])
        assert shift == pytest.approx(again.shift[1])


def test_a_decision_older_than_the_relation_shown_counts_as_what_was_shown_before():
    pairs = pd.DataFrame(
        {
            "about": None,
            "relation": ["related", "related", "supports", "conflicts"],
            "decided_at": ["2026-01-01", "2026-03-01", "2026-01-01", "2026-01-01"],
            "related_at": "2026-02-01",
        }
    )
    shipped = pd.Series(["conflicts", "conflicts", "conflicts", "conflicts"])
    assert list(decided_on(pairs, shipped)) == ["conflicts", None, None, "conflicts"]


def test_a_decision_that_says_what_it_was_about_needs_no_guess():
    pairs = pd.DataFrame(
        {
            "about": ["supports", "related"],
            "relation": "conflicts",
            "decided_at": "2026-01-01",
            "related_at": "2026-02-01",
        }
    )
    assert list(decided_on(pairs, pd.Series(["conflicts", "conflicts"]))) == ["supports", None]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-8, 8), st.floats(-8, 8), st.integers(0, 1), st.booleans()
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_line_comes_to_lie_lower_than_it_was_shipped(
    decided: list[tuple[float, float, int, bool]],
):
    scores = np.array([[s, c] for s, c, _, _ in decided], dtype=np.float64).reshape(-1, 2)
    which = np.array([k for _, _, k, _ in decided], dtype=np.int64)
    right = np.array([yes for _, _, _, yes in decided], dtype=bool)
    found = fit(scores, which, right, [0, 1])
    assert min(found.scale) > 0
    for k, name in enumerate(("supports", "conflicts")):
        line = (getattr(found, name) - found.shift[k]) / found.scale[k]
        assert line >= getattr(RelateSettings(), name) - 1e-6


def test_without_decisions_nothing_moves():
    none = np.zeros((0, 2))
    found = fit(none, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool), [0, 1])
    assert found == RelateSettings()


def test_where_people_confirm_more_than_expected_the_same_pairs_are_shown_with_higher_chances():
    found = drawn((1.0, 1.0), (0.0, 0.8), 40)
    line = round(RelateSettings().conflicts + 0.8, 3)
    assert found == replace(RelateSettings(), conflicts=line, shift=(0.0, 0.8), decisions=40)


def test_chances_that_come_true_have_no_calibration_error():
    chance = np.repeat([0.2, 0.8], 10)
    truth = np.array(([True] * 2 + [False] * 8) + ([True] * 8 + [False] * 2))
    assert calibration_error(chance, truth) == pytest.approx(0.0)
    assert calibration_error(chance, ~truth) == pytest.approx(0.6)
