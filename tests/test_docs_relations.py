"""docs/relations.md lists every rule of the code, with its words, kind and example."""

import re
from pathlib import Path

import pytest

from verify.analysis.rules import CLASHES, RULES, Rule

PAGE = (Path(__file__).parent.parent / "docs" / "relations.md").read_text(encoding="utf-8")
ROWS = {
    cells[0].strip("`"): cells[1:]
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_told_as_it_is(rule: Rule) -> None:
    words, *kind, example = ROWS[rule.name]
    assert (words, example) == (rule.words, rule.example)
    assert kind == ([rule.conflict_kind or ""] if rule in CLASHES else [])


def test_no_rule_is_told_that_is_none() -> None:
    assert set(ROWS) == {rule.name for rule in RULES}


def test_pictures_of_the_page_are_there() -> None:
    folder = Path(__file__).parent.parent / "docs"
    assert all((folder / name).is_file() for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", PAGE))
