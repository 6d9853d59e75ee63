"""Who said it first, in small tellings by hand."""

import pandas as pd

from tests.analysis.telling import claims_of
from tests.analysis.test_points import event, pairs
from verify import records
from verify.analysis.spread import firsts, repeated, spread


def at(*times: str | None) -> list[dict[str, str | None]]:
    return [{"published_at": time} for time in times]


def first_by(kind: str, table: pd.DataFrame) -> dict[str, tuple[int, int, int]]:
    own = table[table["kind"] == kind]
    return {row["name"]: (row["points"], row["first"], row["open"]) for row in records.rows(own)}


def test_an_origin_comes_first_and_its_repeats_follow_in_order_of_time() -> None:
    claims = event(
        *at("2020-01-01T08:00:00Z", "2020-01-02T08:00:00Z", "2020-01-01T09:30:00Z"),
        origins={1: 0, 2: 0},
    )
    found = spread(claims)
    assert found["claim_id"].tolist() == ["c0", "c2", "c1"]
    assert found["hours"].tolist() == [0.0, 1.5, 24.0]
    assert found["first"].tolist() == [True, False, False]
    assert found["place"].tolist() == [0, 1, 2]


def test_a_date_without_a_time_gives_days_and_no_hours() -> None:
    found = spread(event(*at("2020-01-01", "2020-01-03T08:00:00Z"), origins={1: 0}))
    assert found["hours"].isna().tolist() == [True, True]
    assert found["days"].tolist() == [0, 2]


def test_of_two_tellings_of_one_day_without_a_time_the_first_is_not_known() -> None:
    one_day = spread(event(*at("2020-01-01", "2020-01-01T08:00:00Z"), origins={1: 0}))
    assert one_day["first_known"].tolist() == [False, False]
    undated = spread(event(*at("2020-01-01", None), origins={1: 0}))
    assert undated["first_known"].tolist() == [False, False]
    hours = spread(event(*at("2020-01-01T07:00:00Z", "2020-01-01T08:00:00Z"), origins={1: 0}))
    assert hours["first_known"].tolist() == [True, True]


def test_origins_are_in_order_of_time_and_undated_ones_last() -> None:
    found = spread(event(*at(None, "2020-01-02", "2020-01-01")))
    assert found["claim_id"].tolist() == ["c2", "c1", "c0"]


def test_where_the_origin_is_in_another_event_the_earliest_here_is_first() -> None:
    claims = event(*at("2020-01-02", "2020-01-01"))
    claims["origin_id"] = "elsewhere"
    assert spread(claims)["claim_id"].tolist() == ["c1", "c0"]


def test_an_agency_that_is_the_origin_is_first_though_a_repeat_came_out_before() -> None:
    claims = event(*at("2020-01-01T09:00:00Z", "2020-01-01T08:00:00Z"), origins={1: 0})
    assert spread(claims)["hours"].tolist() == [0.0, -1.0]


def test_claims_without_known_origins_are_each_their_own() -> None:
    assert spread(claims_of(*at("2020-01-01", "2020-01-02")))["first"].tolist() == [True, True]


def test_repeats_are_counted_and_the_report_told_most_often_is_named() -> None:
    told = repeated(event({}, {}, {}, {}, {}, origins={1: 0, 3: 2, 4: 2}))
    assert (told.claims, told.repeats, told.origins) == (5, 3, 2)
    assert (told.largest_id, told.largest) == ("c2", 3)
    assert repeated(event({}, {})).largest_id is None
    assert repeated(event()).claims == 0


def test_the_first_of_several_origins_that_say_the_same_is_counted() -> None:
    claims = event(
        {"source": "Radio", "side": "North", "published_at": "2020-01-01"},
        {"source": "Post", "side": "South", "published_at": "2020-01-02"},
    )
    found = firsts(claims, pairs(("c0", "c1", "supports")))
    assert first_by("source", found) == {"Radio": (1, 1, 0), "Post": (1, 0, 0)}
    assert first_by("side", found) == {"North": (1, 1, 0), "South": (1, 0, 0)}


def test_who_was_first_of_one_day_or_without_a_date_is_not_known() -> None:
    told = pairs(("c0", "c1", "supports"))
    one_day = event(*at("2020-01-01", "2020-01-01T10:00:00Z"))
    assert first_by("source", firsts(one_day, told)) == {"s0": (1, 0, 1), "s1": (1, 0, 1)}
    undated = event(*at("2020-01-01", None))
    assert first_by("source", firsts(undated, told)) == {"s0": (1, 0, 1), "s1": (1, 0, 1)}


def test_a_month_may_hide_an_earlier_day() -> None:
    told = pairs(("c0", "c1", "supports"))
    assert firsts(event(*at("2020-01", "2020-01-20")), told)["first"].sum() == 0
    assert firsts(event(*at("2020-01", "2020-02-01")), told)["first"].sum() > 0


def test_one_source_that_says_it_twice_is_no_point() -> None:
    claims = event({"source": "Radio"}, {"source": "Radio"})
    assert firsts(claims, pairs(("c0", "c1", "supports"))).empty


def test_reprints_alone_are_no_point() -> None:
    claims = event({}, {}, origins={1: 0})
    assert firsts(claims, pairs(("c0", "c1", "supports"))).empty
