"""Dates as files write them."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.reading import read_whole, written
from verify.ingest.dates import iso_time


@pytest.mark.parametrize(
    ("written_as", "iso"),
    [
        ("2019-03-02", "2019-03-02"),
        ("2019-03-02T08:30:00Z", "2019-03-02T08:30:00Z"),
        ("2019-03-02T08:30:00+04:30", "2019-03-02T04:00:00Z"),
        ("2019-03-02 08:30", "2019-03-02T08:30:00Z"),
        ("20190302", "2019-03-02"),
        ("2 March 2019", "2019-03-02"),
        ("March 2nd, 2019", "2019-03-02"),
        ("Mar 2, 2019 2:05 PM", "2019-03-02T14:05:00Z"),
        ("March 2nd, 2019, 8 : 30 am.", "2019-03-02T08:30:00Z"),
        ("Sat, 02 Mar 2019 08:30:00 +0100", "2019-03-02T07:30:00Z"),
        ("Sat Mar 02 08:30:00 +0000 2019", "2019-03-02T08:30:00Z"),
        ("2 марта 2019", "2019-03-02"),
        ("٢ مارس ٢٠١٩", "2019-03-02"),
        ("25/03/2019", "2019-03-25"),
        ("03/25/2019", "2019-03-25"),
        ("25.03.2019", "2019-03-25"),
        ("04/04/2019", "2019-04-04"),
        (1551515400, "2019-03-02T08:30:00Z"),
        (datetime(2019, 3, 2), "2019-03-02"),
        (datetime(2019, 3, 2, 8, 30), "2019-03-02T08:30:00Z"),
        (date(2019, 3, 2), "2019-03-02"),
    ],
)
def test_dates_become_iso(written_as: Any, iso: str) -> None:
    assert iso_time(written_as) == (iso, None)


@pytest.mark.parametrize(
    "written_as",
    ["yesterday", "on Monday", "2019", "March 2019", "2019-13-45", "30 February 2019", "soon", "7"],
)
def test_what_is_no_full_date_is_doubted(written_as: str) -> None:
    found, doubt = iso_time(written_as)
    assert found is None
    assert doubt is not None
    assert written_as in doubt[0]


@pytest.mark.parametrize("written_as", ["03/04/2021", "3-4-2021 10:00", "Mon 10/11/2021"])
def test_the_order_of_day_and_month_is_never_guessed(written_as: str) -> None:
    found, doubt = iso_time(written_as)
    assert found is None
    assert doubt is not None


def test_a_document_with_a_wrong_date_is_kept_and_the_date_noted(tmp_path: Path) -> None:
    table = "text,date\nThe bridge stands.,03/04/2021\n"
    whole = read_whole(written(tmp_path, "a.csv", table))
    assert whole.documents[0]["published_at"] is None
    assert not whole.left_out
    note = whole.notes[0]
    assert (note.row, note.column) == (2, "published_at")
    assert "2021-08-30" in note.remedy
