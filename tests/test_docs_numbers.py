"""docs/numbers.md tells the rules and the example as the code does them."""

import re
from pathlib import Path

import pytest

from tests.analysis.counting import told
from verify import records, settings
from verify.analysis.reconcile import RULES, reconcile, steps
from verify.analysis.ucdp import UCDP
from verify.errors import InputError
from verify.settings import Settings, from_environment

PAGE = (Path(__file__).parent.parent / "docs" / "numbers.md").read_text(encoding="utf-8")
EXAMPLE = (
    {"source": "Observatory", "published_at": "2019-05-02T09:00:00Z", "n": 31},
    {"source": "Hospital", "published_at": "2019-05-02T11:00:00Z", "n": (20, None, "people")},
    {"source": "Sheet", "published_at": "2019-05-02T18:00:00Z", "n": 31, "origin_id": "c0"},
    {"source": "Ministry", "published_at": "2019-05-03", "n": 12},
    {"source": "Observatory", "published_at": "2019-05-04", "n": [58, (8, 8, "children")]},
)


def test_the_example_comes_out_as_told():
    claims = told(*EXAMPLE)
    table = steps(claims)
    people = table[table["group"] == "person"]
    assert people["step"].tolist() == ["first", "first", "repeat", "contradicts", "update"]
    by_group = {row["group"]: row for row in records.rows(reconcile(claims))}
    row = by_group["person"]
    assert (row["low"], row["best"], row["high"], row["superseded"]) == (12, 20, 58, 1)
    assert (row["sources"], by_group["child"]["best"]) == (3, 8)
    latest = {row["group"]: row["best"] for row in records.rows(reconcile(claims, "latest"))}
    assert latest["person"] == 58


def test_every_rule_and_every_name_is_told():
    assert set(re.findall(r"^\| `(\w+)`(?: \(default\))? \|", PAGE, re.MULTILINE)) >= set(RULES)
    assert all(f"`{name}`" in PAGE for name in UCDP)


def test_the_rules_are_those_that_may_be_set():
    assert tuple(RULES) == settings.BEST_RULES
    assert Settings.best_rule in RULES


def test_the_rule_is_read_from_the_environment_and_an_unknown_one_is_refused(monkeypatch):
    monkeypatch.setenv("VERIFY_BEST", "latest")
    assert from_environment().best_rule == "latest"
    monkeypatch.setenv("VERIFY_BEST", "mean")
    with pytest.raises(InputError, match=r"'mean' is no rule .* \(VERIFY_BEST\)\. Name one: mid"):
        from_environment()
