import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.pairing import claim, frame, killed
from verify import records
from verify.analysis.relate import RelateSettings, relate
from verify.analysis.tuned import Tuned, load, remove, save
from verify.errors import InputError

A = claim("c1", "Rockets on the market killed 85 traders", quantities=killed(85, "traders"))
B = claim("c2", "Rockets on the market killed 12 traders", quantities=killed(12, "traders"))


def related(**knobs: object) -> dict[str, object]:
    pairs = pd.DataFrame(
        {"a": ["c1"], "b": ["c2"], "event_id": ["e1"], "similarity": [0.8], "same_event": [0.9]}
    )
    settings = replace(RelateSettings(), **knobs)  # type: ignore[arg-type]
    return records.rows(relate(pairs, frame(A, B), settings))[0]


def test_a_pair_beneath_the_line_is_not_said_to_conflict():
    assert related()["relation"] == "conflicts"
    assert related(conflicts=40.0)["relation"] == "related"


def test_a_conflict_beneath_its_line_is_no_support_instead():
    assert related(conflicts=40.0, supports=-40.0)["relation"] == "related"


def test_reasons_still_add_up_under_tuned_values_and_the_base_says_where_they_come_from():
    pair = related(scale=(0.8, 0.5), shift=(0.2, -0.7), decisions=64)
    supports, conflicts = (
        sum(reason[name] for reason in pair["reasons"])  # type: ignore[attr-defined]
        for name in ("supports", "conflicts")
    )
    whole = math.exp(supports) + math.exp(conflicts) + 1
    assert pair["p_conflicts"] == pytest.approx(math.exp(conflicts) / whole)
    assert "64 decisions on this desk" in pair["reasons"][0]["words"]  # type: ignore[index]


numbers = st.floats(-50, 50)
factors = st.floats(0.01, 50)


@given(numbers, numbers, st.tuples(factors, factors), st.tuples(numbers, numbers), st.text())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    supports: float,
    conflicts: float,
    scale: tuple[float, float],
    shift: tuple[float, float],
    by: str,
):
    path = tmp_path_factory.mktemp("desk") / "relation.toml"
    knobs = {"supports": supports, "conflicts": conflicts, "scale": scale, "shift": shift}
    of = replace(RelateSettings(), **knobs, decisions=9)  # type: ignore[arg-type]
    save(Tuned(of, "2026-11-25T10:00:00Z", by), path)
    found = load(path)
    assert found is not None
    assert found.settings == of
    assert found.tuned_by == by.encode("utf-8", "replace").decode()


def test_what_a_file_leaves_out_keeps_the_shipped_value(tmp_path: Path):
    (tmp_path / "relation.toml").write_text("conflicts = 1\n")
    found = load(tmp_path / "relation.toml")
    assert found is not None
    assert found.settings == replace(RelateSettings(), conflicts=1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("conflicts = = 1", "not TOML"),
        ("conflict = 1", "'conflict' is none of the values"),
        ('conflicts = "much"', "conflicts = 'much' is not a number"),
        ("conflicts = nan", "is not a number"),
        ("conflicts = true", "is not a number"),
        ("scale = [1.0]", "is not two numbers"),
        ("scale = [1.0, 0]", "has a factor that is not above 0"),
        ("decisions = -1", "is not a whole number"),
        ("tuned_by = 3", "is not text"),
    ],
)
def test_a_broken_file_is_one_error_that_says_where_and_what_to_do(
    tmp_path: Path, text: str, said: str
):
    (tmp_path / "relation.toml").write_text(text)
    with pytest.raises(InputError) as error:
        load(tmp_path / "relation.toml")
    assert said in str(error.value)
    assert str(tmp_path / "relation.toml") in str(error.value)
    assert "verify tune --reset" in str(error.value)


def test_no_file_is_no_tuning_and_removing_it_says_so(tmp_path: Path):
    assert load(tmp_path / "relation.toml") is None
    assert remove(tmp_path / "relation.toml") is False
