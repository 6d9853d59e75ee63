"""Where and when a report was written is no part of what it says."""

import pytest

from tests.ingest.test_extract import claims

BODY = "At least nine men were killed in the mill."


@pytest.mark.parametrize(
    "lead",
    [
        "Oakford, 14 March 2024 - ",
        "Oakford, Thursday 14 March 2024 -- ",
        "OAKFORD, March 14 - ",
        "OAKFORD, Jan. 14 (AP) -- ",
        "OAKFORD, Thursday (Xinhua) — ",
        "OAKFORD (Reuters) - ",
        "OAKFORD, March 14, 2024 (AFP) – ",
        "Deir al-Oak, North Shire, 14 March: ",
        "Oakford/Elmham, 2024-03-14 – ",
        "[Oakford, 14.03.2024] ",
        "Oakford (14 March 2024) - ",
        "14 March 2024, Oakford - ",
        "Oakford, 14 March 2024\n",
        "Oakford, 14 March 2024 ",
        "14 March 2024\n\n",
    ],
)
def test_a_dateline_is_no_part_of_a_claim_and_dates_nothing(lead: str):
    (claim,) = claims(lead + BODY, published_at="2024-03-15")
    assert (claim["text"], claim["event_time"]) == (BODY, None)


def test_what_follows_a_dateline_is_dated_by_its_own_words():
    (claim,) = claims(f"OAKFORD, March 14 - {BODY[:-1]} on Tuesday.", published_at="2024-03-15")
    assert claim["event_time"] == "2024-03-12"


def test_a_row_that_begins_with_a_dateline_is_not_dated_by_it():
    (claim,) = claims(f"OAKFORD, March 14 - {BODY}", kind="row", published_at="2024-03-15")
    assert claim["event_time"] is None


def test_a_date_further_down_is_what_a_chronicle_dates_an_event_by():
    chronicle = "The year was hard for everybody in the valley. " * 10
    found = claims(f"{chronicle}\n\n14 March 2024: {BODY}", published_at="2024-03-15")
    assert (found[-1]["text"], found[-1]["event_time"]) == (BODY, "2024-03-14")


@pytest.mark.parametrize(
    "text",
    [
        "On Friday, 14 March - a feast day - nine men were killed.",
        "In Oakford, 14 March - a feast day - began with a raid.",
        "Raiders took Oakford on 12 March - the guard left.",
        "Raiders - among them women - left on Monday.",
    ],
)
def test_a_place_or_day_that_belongs_to_the_sentence_stays(text: str):
    (claim,) = claims(text, published_at="2024-03-15")
    assert claim["text"] == text
    assert claim["event_time"] is not None
