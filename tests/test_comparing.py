"""`verify compare` writes the report of an event; docs/report.md says what it does."""

import json
import re
from pathlib import Path

import pytest

from tests.review.reported import told
from tests.store.bridge import DENIAL
from verify.cli import main
from verify.review import signed
from verify.review.by_hand import merge
from verify.review.event_report import section_record, sections
from verify.review.event_report.forms import FORMS
from verify.review.event_report.gathered import gathered
from verify.settings import BEST_RULES
from verify.store.store import Store

PAGE = (Path(__file__).parents[1] / "docs" / "report.md").read_text(encoding="utf-8")


@pytest.fixture
def desk(desk_store: Store) -> Store:
    told(desk_store)
    return desk_store


@pytest.mark.parametrize("ending", FORMS)
def test_the_ending_of_the_file_says_its_form(desk: Store, tmp_path: Path, capsys, ending: str):
    out, again = tmp_path / f"report.{ending}", tmp_path / f"again.{ending}"
    assert main(["compare", "e1", "--out", str(out)]) == 0
    assert main(["compare", "e1", "--out", str(again)]) == 0
    assert out.read_bytes() == again.read_bytes() == FORMS[ending].write(gathered(desk, "e1"))
    first, second, third = capsys.readouterr().out.splitlines()[:3]
    assert first == "Event e1, Deaths at the bridge"
    assert second == f"6 claims, 3 pairs and 5 decisions written to {out}"
    assert re.fullmatch(r"Newest decision 5, 2020-07-01T09:30:00Z, SHA-256 [0-9a-f]{64}", third)


def test_the_rule_for_best_can_be_named(desk: Store, tmp_path: Path, monkeypatch):
    out = tmp_path / "report.json"
    for rule in BEST_RULES:
        assert main(["compare", "e1", "--out", str(out), "--best", rule]) == 0
        assert json.loads(out.read_text())["numbers"]["rule"] == rule
    monkeypatch.setenv("VERIFY_BEST", "latest")
    assert main(["compare", "e1", "--out", str(out)]) == 0
    assert json.loads(out.read_text())["numbers"]["rule"] == "latest"


def test_what_stood_then_can_be_told(desk: Store, tmp_path: Path):
    out = tmp_path / "report.json"
    assert main(["compare", "e1", "--out", str(out), "--as-of", "1"]) == 0
    found = json.loads(out.read_text())
    assert {one["status"] for one in found["pairs"]} == {"suggested"}
    assert found["record"]["newest_decision"]["seq"] == 1
    assert "As the record stood" not in found["limits"]


def test_a_merged_event_is_followed(desk: Store, tmp_path: Path, capsys):
    merge(desk, "e2", "e1", 0, "Ada")
    assert main(["compare", "e2", "--out", str(tmp_path / "report.md")]) == 0
    assert capsys.readouterr().out.startswith("Event e1, ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["e9", "--out", "r.html"], "There is no event 'e9' (compare). Copy its id from"),
        (["e1", "--out", "r.pdf"], "No report is written like that (r.pdf). Name a file .html"),
        (["e1", "--out", "gone/r.md"], "The file cannot be written"),
        (["e1", "--out", "r.md", "--as-of", "99"], "There is no decision 99 (--as-of)."),
        (["e1", "--out", "r.md", "--as-of", "x0123456789abcdef"], "is a sign-off of a table"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(
    desk: Store, tmp_path: Path, capsys, monkeypatch, arguments: list[str], said: str
):
    monkeypatch.chdir(tmp_path)
    assert signed.is_sign_off("x0123456789abcdef")
    assert main(["compare", *arguments]) == 2
    told_ = capsys.readouterr().err
    assert said in told_
    assert len(told_.splitlines()) == 1
    assert not list(tmp_path.glob("r.*"))


def test_the_page_lists_the_sections_in_their_order(desk: Store):
    titles = [section.title for section in sections.sections(gathered(desk, "e1"))]
    table = PAGE.partition("## What it holds")[2].partition("## ")[0]
    assert re.findall(r"^\| ([^|]+?) \| ", table, re.M)[1:] == titles


def test_the_page_says_what_the_code_does(desk: Store):
    assert set(re.findall(r"`--best (\w+)`", PAGE)) == set(BEST_RULES)
    assert f"log-odds under {section_record.LIGHT}" in PAGE
    assert DENIAL not in PAGE
