"""What a spreadsheet makes of one cell is told from what a person wrote into it."""

import pytest

from verify.review.cells import plain, same, unguarded
from verify.review.export import guarded


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'quoted'", "plain", "-", "'", "''", "\t+x"])
def test_the_apostrophe_comes_off_as_it_was_put_on(text: str):
    assert unguarded(plain(guarded(text))) == plain(text)


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ("5/3/2020", "2020-05-03"), ("03.05.20", "2020-05-03"), ("May-20", "2020-05"),
        ("3 May 2020", "2020-05-03"), ("05/04/2020 10:00:00", "2020-05-04T10:00:00Z"),
        ("1.23457E+19", "12345678901234567890"), ("WAHR", "True"), ("FAUX", "False"),
        ("1.200", 1200), ("1 200", 1200), ("3,5", "3.5"), ("03-Apr", "3-4"), ("7", "007"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_rewrote_is_the_same(held: str, value: object):
    assert same(held, value)


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ("2020-03-05", "2020-05-03"), ("5/4/2020", "2020-05-03"), ("41", 40), ("4", 40),
        ("FALSE", "True"), ("", "True"), ("2021", "2020"), ("May-21", "2020-05"), ("4-3", "3-4"),
        ("verified", "disputed"), ("1,3", "1.2"),
    ],
)  # fmt: skip
def test_what_a_person_wrote_is_not(held: str, value: object):
    assert not same(held, value)
