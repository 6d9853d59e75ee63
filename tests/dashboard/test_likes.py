"""What a claim like the one on screen says of itself."""

import pytest

from verify.dashboard import likes

ONE = {
    "claim_id": "c2", "text": "Forty soldiers fell", "cue": None, "side": "North",
    "source": "North Post", "credited": "General Ode", "published_at": "2021-03-02",
    "event_id": "e1", "event_title": "Deaths at the bridge", "likeness": 0.874,
}  # fmt: skip


@pytest.mark.parametrize(
    ("like", "of", "where"),
    [({}, {"event_id": "e1"}, "in the same event"),
     ({}, {"event_id": "e2"}, "in Deaths at the bridge"),
     ({"event_id": None, "event_title": None}, {"event_id": None}, "in no event")],
)  # fmt: skip
def test_a_row_says_whose_it_is_and_in_which_event(like, of, where):
    row = likes._like(ONE | like, of)
    assert row["about"] == f"North  ·  General Ode, in North Post, 2 Mar 2021  ·  {where}"
    assert (row["id"], row["number"]) == ("c2", "very much alike, 0.87")
