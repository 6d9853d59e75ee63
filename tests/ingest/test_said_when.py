"""The day on which something was said is not the day on which it happened."""

import pytest

from tests.ingest.test_extract import claims

FRIDAY, THURSDAY, TUESDAY = "2024-03-15", "2024-03-14", "2024-03-12"


def event_time(text: str, **fields: str) -> str | None:
    return claims(text, published_at=FRIDAY, **fields)[0]["event_time"]


@pytest.mark.parametrize("kind", ["text", "row"])
@pytest.mark.parametrize(
    "text",
    [
        "The miller said on Friday that nine men were missing.",
        "The guild on Thursday rejected accusations that it had burnt the mill.",
        "The miller said Friday the mill had burnt down.",
        "Nine men were hurt, the miller said on Tuesday.",
        "The mill has burnt down, the miller told reporters late on Tuesday.",
        "The guild announced on 12 March that nine men were missing.",
        "Speaking on Thursday, the miller said that his men took the hill.",
        "In a statement on Tuesday, the guild said the mill had burnt down.",
    ],
)
def test_the_day_of_saying_is_not_the_day_of_the_event(text: str, kind: str):
    assert event_time(text, kind=kind) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Thursday, the miller said that nine men had been hurt.", THURSDAY),
        ("Late on Tuesday the guild denied that it had burnt the mill.", TUESDAY),
        ("14 March 2024 The miller said that nine men had been hurt.", THURSDAY),
    ],
)
def test_a_day_that_heads_a_sentence_dates_a_row_and_not_what_is_said(text: str, day: str):
    assert event_time(text, kind="row") == day
    assert event_time(text) is None


@pytest.mark.parametrize("kind", ["text", "row"])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nine men were killed on Thursday, the miller said.", THURSDAY),
        ("The miller said nine men were killed on Thursday.", THURSDAY),
        ("The miller said that on Thursday nine men were killed.", THURSDAY),
        ("The miller said on Friday that nine men were killed on Thursday.", THURSDAY),
        ("The miller told reporters on Friday that nine men died yesterday.", THURSDAY),
        ("Nine men died yesterday, the guild said in a statement on Friday.", THURSDAY),
        ("The talks, the miller said, failed on Tuesday.", TUESDAY),
        ("On Tuesday, a nurse said, two men were hurt.", TUESDAY),
        ("The miller announced a truce on Tuesday.", TUESDAY),
        ("Nine men were killed on Tuesday.", TUESDAY),
    ],
)
def test_a_day_in_what_is_said_dates_it(text: str, day: str, kind: str):
    assert event_time(text, kind=kind) == day
