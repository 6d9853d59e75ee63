"""docs/sources.md says what the code counts."""

import re
from pathlib import Path

from verify.analysis.wilson import Z_95
from verify.review.source_record import FEW, TABLE

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "sources.md").read_text(encoding="utf-8")


def test_the_columns_are_those_of_the_code_in_their_order() -> None:
    cells = re.findall(r"^\| (`.+?`) \|", PAGE, re.M)
    assert [name for cell in cells for name in re.findall("`(.+?)`", cell)] == list(TABLE)


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"z = {Z_95}" in PAGE
    assert FEW == 5
    assert "Of fewer than five" in PAGE


def test_the_questions_are_ten_and_what_they_link_to_is_there() -> None:
    page = (DOCS / "questions.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", page, re.M) == [str(n) for n in range(1, 11)]
    links = re.findall(r"\]\(([^)#]+)", page)
    assert links
    assert [link for link in links if not (DOCS / link).exists()] == []
