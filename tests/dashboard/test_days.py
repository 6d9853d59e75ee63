"""The Timeline view: claims onto bars, bars into lanes, and the claims of what is chosen."""

import pandas as pd
import pytest

from tests.dashboard.screen import Screen
from verify.dashboard.event import day_bins, day_chart, days
from verify.dashboard.event.day_bins import HAPPENED, SAID
from verify.review.decisions import decide
from verify.store import views
from verify.store.filters import Filters

DAY_MS = 86_400_000
MAY_4 = pd.Timestamp("2020-05-04", tz="UTC").timestamp() * 1000


@pytest.fixture
def chart(monkeypatch):
    """What the chart was given: bins and lanes, newest last; nothing is drawn."""
    calls = []
    monkeypatch.setattr(day_chart, "draw", lambda bins, lanes, *_: calls.append((bins, lanes)))
    return calls


def told(*said):
    columns = ["claim_id", "side", "status", "published_at", "event_time"]
    rows = [(f"c{n}", *row) for n, row in enumerate(said)]
    return pd.DataFrame(rows, columns=columns, dtype="object")


TWO_DAYS = told(
    ("North", "unreviewed", "2020-05-04T10:00:00Z", "2020-05-03"),
    ("North", "verified", "2020-05-04T23:30:00Z", "2020-05"),
    ("South", "unreviewed", "2020-05-06", None),
    ("South", "disputed", None, "2020-05-03T08:00:00Z"),
)


def test_claims_stand_on_the_day_they_were_said_and_the_others_are_counted():
    found = day_bins.bins(TWO_DAYS, SAID)
    assert found.step == "day"
    assert found.bars[["when", "side", "status", "claims"]].to_numpy().tolist() == [
        ["4 May 2020", "North", "unreviewed", 1],
        ["4 May 2020", "North", "verified", 1],
        ["6 May 2020", "South", "unreviewed", 1],
    ]
    assert (found.dateless, found.rough) == (1, 0)


def test_a_month_is_no_day_on_which_it_happened():
    found = day_bins.bins(TWO_DAYS, HAPPENED)
    assert sorted(found.claims["claim_id"]) == ["c0", "c3"]
    assert (found.dateless, found.rough) == (1, 1)


@pytest.mark.parametrize(
    ("last", "step", "name"),
    [
        ("2020-08-20", "week", "week of 4 May 2020"),
        ("2022-01-01", "month", "May 2020"),
        ("2040-01-01", "year", "2020"),
    ],
)
def test_days_far_apart_make_wider_bars(last, step, name):
    found = day_bins.bins(
        told(("North", "verified", "2020-05-07", None), ("North", "verified", last, None)), SAID
    )
    assert found.step == step
    assert found.bars["when"][0] == name
    assert found.bars["claims"].sum() == 2


def test_parts_lie_on_each_other_in_the_order_of_status_and_the_top_has_the_number():
    bars = day_bins.bins(TWO_DAYS, SAID).bars
    drawn = day_chart.stack(bars, ["North", "South"])
    low, high = (drawn[drawn["status"] == s].iloc[0] for s in ("unreviewed", "verified"))
    assert low["top"] < high["floor"] < high["top"] <= 0.9
    assert (low["total"], high["total"]) == ("", "2")
    assert (low["sign"], high["sign"]) == ("○", "✓")
    assert (low["full"], high["full"]) == (0.0, 1.0)
    assert drawn[drawn["side"] == "South"]["floor"].iloc[0] < -0.9


def test_the_alternative_text_says_sides_statuses_and_days():
    found = day_bins.bins(TWO_DAYS, SAID)
    assert day_chart.told(found, ["North", "South"]) == (
        "Claims a day by side and status. North: 1 unreviewed, 1 verified, 4 May 2020; "
        "South: 1 unreviewed, 6 May 2020."
    )


def test_a_stretch_takes_the_days_and_lanes_that_it_touches():
    found = day_bins.bins(TWO_DAYS, SAID)
    lanes = ["North", "South"]
    drawn = {"left": [MAY_4 + 0.5 * DAY_MS, MAY_4 + 1.5 * DAY_MS], "floor": [0.1, 0.5]}
    assert days.picked({"stretch": drawn}, found, lanes) == (["2020-05-04"], ["North"])
    wide = {"left": [MAY_4 - DAY_MS, MAY_4 + 3 * DAY_MS], "floor": [-1.0, 1.0]}
    assert days.picked({"stretch": wide}, found, lanes) == (["2020-05-04", "2020-05-06"], [])
    beside = {"left": [MAY_4 + 1.1 * DAY_MS, MAY_4 + 1.5 * DAY_MS], "floor": [0.1, 0.5]}
    assert days.picked({"stretch": beside}, found, lanes) is None


def test_a_clicked_bar_is_that_day_and_lane():
    found = day_bins.bins(TWO_DAYS, SAID)
    clicked = {"bar": [{"lane": 1, "day": "2020-05-06"}], "stretch": {}}
    assert days.picked(clicked, found, ["North", "South"]) == (["2020-05-06"], ["South"])


def test_one_end_alone_is_that_day_or_everything_before():
    found = day_bins.bins(TWO_DAYS, SAID)
    assert days.among(found, "2020-05-04", None, [])["claim_id"].tolist() == ["c0", "c1"]
    assert days.among(found, None, "2020-05-04", [])["claim_id"].tolist() == ["c0", "c1"]
    assert days.among(found, "2020-05-06", "2020-05-04", ["South"])["claim_id"].tolist() == ["c2"]


def test_a_day_is_chosen_from_a_list_and_its_claims_open(store, chart):
    decide(store, "claim", "c3", "disputed", reviewer="Ines", seen_version=0)
    page = Screen("compare", event="e1", view="days")
    assert chart[-1][1] == ["North", "South"]
    assert "○ unreviewed 2" in page.words
    assert "! disputed 1" in page.words
    page.choose("days_first", "2020-05-04")
    assert "3 claims" in page.words
    page.pick("days_sides", ["South"])
    assert "Nobody was hurt at the bridge." in page.words
    assert "Forty soldiers fell" not in page.words
    page.press("days_nothing")
    assert "to list its claims" in page.words


def test_the_switch_goes_from_said_to_happened_and_stands_in_the_address(store, chart):
    page = Screen("compare", event="e1", view="days", when="happened")
    assert "Not drawn: 2 claims name no day." in page.words
    assert chart[-1][0].bars["when"].tolist() == ["3 May 2020"]
    page.turn("when", "said")
    assert "Not drawn" not in page.words
    assert "when" not in page.test.query_params
    assert page.test.query_params["view"] == "days"


def test_an_address_with_an_unknown_view_shows_the_first_one(store, chart):
    page = Screen("compare", event="e1", view="nonsense")
    assert chart == []
    assert "Killed" in str(page.test.get("vega_lite_chart")) or "Numbers" in page.words


def test_every_claim_of_the_event_is_drawn_or_counted(store):
    claims, total = views.claims(store, Filters(event_id="e1"), limit=None)
    for by in (SAID, HAPPENED):
        found = day_bins.bins(claims, by)
        assert found.bars["claims"].sum() + found.dateless + found.rough == total
