"""One row an event; the address, the fields and the table say the same."""

import pandas as pd
import pytest

from tests.dashboard.screen import Screen
from tests.store.bridge import claim, document, fill, members
from verify.dashboard import charts, event_list
from verify.records import CLAIMS, DOCUMENTS, EVENTS, PAIRS, frame, rows
from verify.review import decisions
from verify.store import views


@pytest.fixture
def drawn(monkeypatch):
    """What the component was given to draw, newest last."""
    calls = []
    monkeypatch.setattr(
        "verify.dashboard.event_list.event_list", lambda lines, *_, **__: calls.append(lines)
    )
    return calls


def titles(drawn):
    return [line["title"] for line in drawn[-1]]


def test_one_line_says_what_the_desk_holds(store):
    decisions.decide(store, "claim", "c4", "verified", reviewer="Ines", seen_version=0)
    words = Screen("events").words
    assert "2 events" in words
    assert "4 claims" in words
    assert "2 conflicts suggested or confirmed" in words
    assert "25 % of claims reviewed" in words


def test_events_with_most_conflicts_come_first(store, drawn):
    Screen("events")
    assert titles(drawn) == ["Deaths at the bridge", "Flood at the dam"]


def test_the_order_can_be_changed(store, drawn):
    Screen("events").choose("sort", "newest")
    assert titles(drawn) == ["Flood at the dam", "Deaths at the bridge"]


def test_a_field_narrows_the_list(store, drawn):
    Screen("events").choose("side", "South")
    assert titles(drawn) == ["Deaths at the bridge"]


def test_a_link_narrows_the_list_and_fills_the_fields(store, drawn):
    page = Screen("events", search="water")
    assert titles(drawn) == ["Flood at the dam"]
    assert page.test.text_input(key="search").value == "water"


def test_a_link_may_name_a_filter_that_has_no_field(store, drawn):
    page = Screen("events", topic="weather")
    assert titles(drawn) == ["Flood at the dam"]
    assert "Also narrowed to topic weather" in page.words


def test_only_events_with_conflicts(store, drawn):
    page = Screen("events", conflicts_only="true")
    assert page.test.toggle(key="conflicts_only").value is True
    assert titles(drawn) == ["Deaths at the bridge"]


def test_dates_narrow_the_list(store, drawn):
    Screen("events", since="2020-05-20")
    assert titles(drawn) == ["Flood at the dam"]


def test_nothing_matches_and_the_filters_can_be_cleared(store, drawn):
    page = Screen("events", search="volcano")
    assert "No event matches" in page.words
    page.press("clear_filters")
    assert len(titles(drawn)) == 2


def test_an_empty_desk_says_what_to_do(empty):
    page = Screen("events")
    assert "Nothing has been read in yet" in page.words
    assert page.test.code[0].value == "verify build PATH"


def test_a_line_counts_sides_in_a_lasting_order_and_shares(store):
    event = rows(views.events(store)[0])[0]
    line = event_list.line(event, {"South": "#111", "North": "#222"})
    assert [(part["side"], part["claims"]) for part in line["parts"]] == [
        ("South", 1),
        ("North", 2),
    ]
    assert (line["when"], line["where"]) == ("3 – 4 May 2020", "Ashford")
    assert (line["conflicts"], line["supports"], line["reviewed"]) == (2, 1, "0 of 3")


def test_many_places_are_cut_and_one_place_is_named_once():
    assert (
        event_list.places(["Aru", "aru", "Bel", "Cor", "Dun", "Esk"]) == "Aru, Bel, Cor and 2 more"
    )


def test_a_desk_without_sides_says_how_to_name_them(empty):
    told = claim("c1", "d1", "Water rose at the dam.")
    empty.add_documents(frame([document("d1", "Water rose at the dam.")], DOCUMENTS), "r1")
    empty.add_claims(frame([told], CLAIMS), "r1")
    one = [{"event_id": "e1", "title": "Flood", "claims": 1}]
    empty.replace_events(frame(one, EVENTS), members({"c1": "e1"}), frame([], PAIRS), "r1")
    assert "No sides are named yet" in Screen("events").words


def test_odd_titles_reach_the_component_as_they_are(store, drawn):
    odd = "<img src=x onerror=alert(1)> **bold** =SUM(A1)"
    told = [{"event_id": "e1", "title": odd, "claims": 3}]
    members = store.membership()[lambda table: table["event_id"] == "e1"]
    store.replace_events(frame(told, EVENTS), members, views.pairs(store)[0].head(0), "r2")
    page = Screen("events")
    assert titles(drawn) == [odd]
    assert "<img" not in page.html


def days(*told):
    return pd.DataFrame(told, columns=["day", "side", "claims"])


def test_days_far_apart_are_joined_to_months():
    joined, step = charts.bins(
        days(("2020-01-05", "North", 2), ("2020-01-25", "North", 1), ("2021-06-01", "South", 4))
    )
    assert step == "month"
    assert list(zip(joined["side"], joined["when"], joined["claims"], strict=True)) == [
        ("South", "Jun 2021", 4),
        ("North", "Jan 2020", 3),
    ]


def test_small_sides_share_one_lane():
    told = [("2020-01-05", f"Party {number}", 10 - number) for number in range(9)]
    joined, step = charts.bins(days(*told))
    assert step == "day"
    assert list(dict.fromkeys(joined["side"])) == [*[f"Party {n}" for n in range(5)], charts.REST]
    assert joined["claims"].sum() == sum(claims for _, _, claims in told)


def test_headings_do_not_skip_a_level(store):
    assert Screen("events").heading_levels == [1, 2]


@pytest.mark.parametrize("name", ["side", "source"])
def test_a_link_to_what_no_claim_has_shows_nothing_instead_of_everything(store, name):
    page = Screen("events", **{name: "Nowhere"})
    assert page.test.selectbox(key=name).value == "Nowhere"
    assert "No event matches" in page.words


def test_totals_are_counted_once_for_what_the_store_holds(empty, monkeypatch):
    page = Screen("events")
    fill(empty)
    page.run()
    assert "4 claims" in page.words
    counted = []
    count = views.count
    monkeypatch.setattr(views, "count", lambda *a, **k: counted.append(a) or count(*a, **k))
    page.switch("conflicts_only")
    assert counted == []
    decisions.decide(empty, "claim", "c1", "verified", reviewer="Ines", seen_version=0)
    page.run()
    assert len(counted) == 4
    assert "25 % of claims reviewed" in page.words


def test_events_are_narrowed_to_those_with_a_checkable_fact(store):
    page = Screen("events", checkable="fact")
    assert page.test.selectbox(key="checkable").value == "fact"
    assert "1 event" in page.words
