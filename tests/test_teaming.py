"""The commands of a team, as they are typed."""

import pytest

from tests.store.bridge import fill
from verify.cli import main
from verify.review.decisions import decide
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


@pytest.fixture
def desk(desk_store: Store, monkeypatch: pytest.MonkeyPatch, capsys) -> Store:
    """A desk that Lea leads, with the dispute about the bridge."""
    fill(desk_store)
    monkeypatch.setenv("VERIFY_REVIEWER", "Lea")
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Ben", "reviewer")):
        address = f"{name.lower()}@desk.test"
        assert main(["people", "add", name, "--role", role, "--address", address]) == 0
    capsys.readouterr()
    return desk_store


def test_people_are_listed_changed_and_removed(desk: Store, capsys):
    assert main(["people", "role", "Ben", "--role", "reader", "--address", "b@desk.test"]) == 0
    assert main(["people", "remove", "Ada"]) == 0
    capsys.readouterr()
    assert main(["people", "list"]) == 0
    told = capsys.readouterr().out
    assert "Ben  reader  b@desk.test" in told
    assert "Lea  lead  lea@desk.test" in told
    assert "Ada" not in told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["people", "add", "ada", "--role", "lead"], "Ada has a role already"),
        (["people", "add", "Cem", "--role", "lead", "--address", "cem"], "no e-mail address"),
        (["people", "add", "Cem", "--role", "reader", "--address", "ADA@desk.test"], "of Ada"),
        (["people", "remove", "Lea"], "No lead would be left"),
        (["people", "remove", "Zoe"], "Zoe has no role"),
        (["people", "role", "Ada"], "Nothing is to be changed"),
        (["policy", "--second", "sometimes"], "no rule for second reviews"),
        (["assign"], "Nobody is named"),
        (["assign", "--to", "Zoe"], "may not decide"),
        (["assign", "--undo"], "gave nobody work"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(desk: Store, capsys, typed, told):
    assert main(typed) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert main(["people", "list"]) == 0
    assert "Cem" not in capsys.readouterr().out


def test_only_a_lead_types_these(desk: Store, monkeypatch, capsys):
    monkeypatch.setenv("VERIFY_REVIEWER", "Ada")
    for typed in (
        ["people", "add", "Cem", "--role", "lead"],
        ["people", "remove", "Ben"],
        ["policy", "--second", "everything"],
        ["assign", "--to", "Ben"],
    ):
        assert main(typed) == 2, typed
        assert "Ada is a reviewer" in capsys.readouterr().err


def test_rules_are_set_and_said(desk: Store, capsys):
    assert main(["policy", "--second", "sample 20", "--hide-scores", "yes"]) == 0
    assert main(["policy"]) == 0
    told = capsys.readouterr().out
    assert told.count("second verdicts: sample 20") == 2
    assert "given: yes" in told


def test_work_is_divided_previewed_first_and_taken_back(desk: Store, capsys):
    typed = ["assign", "--to", "Ada", "--to", "Ben", "--event", "e1", "--each", "1"]
    assert main([*typed, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "Ada  1 claims, 2 conflicts" in told
    assert "1 stay nobody's" in told
    assert "Nothing was recorded" in told
    assert views.claims(desk, Filters(assigned_to="Ada"), limit=0)[1] == 0
    assert main(typed) == 0
    assert views.claims(desk, Filters(assigned_to="Ada"), limit=0)[1] == 1
    assert main(["assign", "--undo"]) == 0
    assert "2 taken back" in capsys.readouterr().out
    assert views.claims(desk, Filters(assigned_to="Ada"), limit=0)[1] == 0


def test_agreement_of_few_is_told_by_counts_alone(desk: Store, capsys):
    assert main(["agreement"]) == 0
    assert "Nothing has two verdicts yet" in capsys.readouterr().out
    decide(desk, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(desk, "claim", "c1", "verified", field="second", reviewer="Ben", seen_version=0)
    assert main(["agreement"]) == 0
    told = capsys.readouterr().out
    assert "Ada and Ben  1 of 1 claims alike: too few to tell" in told
    assert "%" not in told
    assert "no better than chance" in told
