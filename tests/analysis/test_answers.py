import numpy as np
import pandas as pd

from verify.analysis.answers import join_answers

COUNT = {"doc_id": "a", "side": "North", "actor_side": None, "outcome": "advance", "place": "Amber"}
PICTURES = {**COUNT, "doc_id": "b", "side": "South", "place": "outskirts of Amber"}
MONDAY, TUESDAY, FRIDAY = 100.0, 101.0, 104.0


def joined(*claims: dict[str, object], days: list[float] | None = None) -> list[int]:
    spans = np.array([[day, day] for day in days or [MONDAY] * len(claims)])
    return join_answers(pd.DataFrame(claims), spans, np.arange(len(claims))).tolist()


def test_what_each_side_claims_for_itself_at_one_place_is_one_event() -> None:
    assert joined(COUNT, PICTURES) == [0, 0]


def test_a_day_later_still_answers_and_four_days_later_does_not() -> None:
    assert joined(COUNT, PICTURES, days=[MONDAY, TUESDAY]) == [0, 0]
    assert joined(COUNT, PICTURES, days=[MONDAY, FRIDAY]) == [0, 1]


def test_one_document_needs_no_place() -> None:
    elsewhere = {**PICTURES, "doc_id": "a", "place": None}
    assert joined(COUNT, elsewhere) == [0, 0]


def test_another_place_one_side_alone_and_bystanders_join_nothing() -> None:
    assert joined(COUNT, {**PICTURES, "place": "Cedar"}) == [0, 1]
    assert joined(COUNT, {**PICTURES, "side": "North"}) == [0, 1]
    assert joined(COUNT, {**PICTURES, "side": "independent"}) == [0, 1]


def test_the_actor_counts_before_the_speaker() -> None:
    told_by_south = {**PICTURES, "actor_side": "North"}
    assert joined(COUNT, told_by_south) == [0, 1]


def test_of_two_events_the_better_answered_one_is_taken() -> None:
    claims = [COUNT, PICTURES, {**PICTURES, "doc_id": "c"}, {**PICTURES, "doc_id": "d"}]
    labels = join_answers(pd.DataFrame(claims), np.full((4, 2), MONDAY), np.array([0, 1, 2, 2]))
    assert labels[0] == labels[2]
