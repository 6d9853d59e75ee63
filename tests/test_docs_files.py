"""docs/files.md says what the code does."""

import re
from pathlib import Path

from verify.ingest.columns import COLUMNS
from verify.ingest.dates import LANGUAGES
from verify.ingest.intake import MAX_TEXT
from verify.ingest.read import KINDS
from verify.records import QUANTITY_KINDS
from verify.review import export

PAGE = (Path(__file__).parent.parent / "docs" / "files.md").read_text()


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(title: str) -> list[str]:
    return re.findall(r"^\| (`.+?`) \|", section(title), re.M)


def test_every_ending_that_is_read_is_in_the_table() -> None:
    endings = [name for cell in first_cells("What is read") for name in re.findall("`(.+?)`", cell)]
    assert sorted(endings) == sorted(KINDS)


def test_the_recognised_columns_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", section("Columns"), re.M)
    assert {ours: tuple(names.split(", ")) for ours, names in rows} == dict(COLUMNS)


def test_the_review_table_has_the_columns_of_the_code_in_their_order() -> None:
    assert [cell.strip("`") for cell in first_cells("The review table")] == list(export.COLUMNS)


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"{MAX_TEXT:,} characters" in PAGE
    assert f"in {len(LANGUAGES)} languages" in PAGE
    assert f"{export.MAX_SHEET_ROWS:,} claims and {export.MAX_CELL:,} characters" in " ".join(
        PAGE.split()
    )
    assert ", ".join(QUANTITY_KINDS) in " ".join(PAGE.split())
