"""docs/reading.md says what the code reads."""

import re
from pathlib import Path

import pytest

from verify.ingest.number_words import VAGUE
from verify.ingest.numbers import find_counts
from verify.ingest.times import find_times

PAGE = (Path(__file__).parent.parent / "docs" / "reading.md").read_text()


def table(title: str) -> list[list[str]]:
    part = re.split(rf"^#+ {title}\n", PAGE, flags=re.M)[1]
    part = re.split(r"^#", part, flags=re.M)[0]
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def readings(title: str) -> list[tuple[str, str, str]]:
    return [
        (words, low, high)
        for cell, low, high, *_ in table(title)
        for words in re.findall("`(.+?)`", cell)
    ]


@pytest.mark.parametrize(("words", "low", "high"), [*readings("Numbers"), *readings("Vague words")])
def test_a_number_is_read_as_the_page_says(words: str, low: str, high: str) -> None:
    text = f"{words} families left" if words[-1].isdigit() else f"{words} of families left"
    [count] = find_counts(text, 0, len(text))
    bounds = tuple("" if bound is None else str(bound) for bound in (count.low, count.high))
    assert bounds == (low, high)


def test_every_vague_word_of_the_code_is_in_the_table() -> None:
    assert set(VAGUE) <= {words for words, _, _ in readings("Vague words")}


@pytest.mark.parametrize(("words", "day", "precision"), table("Time"))
def test_a_time_is_read_as_the_page_says(words: str, day: str, precision: str) -> None:
    text = f"They came {words.strip('`')}."
    [when] = find_times(text, 0, len(text), "2021-09-01")
    assert (when.iso, when.precision) == (day, precision)
