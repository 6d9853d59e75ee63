"""All events as a matrix, a stretch of time drawn over, and what changed since the last visit."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import insert, update

from tests.dashboard.screen import Screen
from tests.store.bridge import DENIAL
from verify.dashboard import matrix, stretch
from verify.records import rows
from verify.review.decisions import decide
from verify.store import views
from verify.store.matrix import cells
from verify.store.tables import claims, pairs
from verify.store.team_tables import visits

NOTHING = matrix.Chosen(None, [], [])
COLORS = {"North": "#111", "South": "#222", "unknown": "#333"}


@pytest.fixture
def drawn(monkeypatch):
    """What the matrix was given, newest last; ``chosen`` is what was chosen in it."""
    calls = []
    monkeypatch.setattr(matrix, "draw", lambda told, heads, *_, **__: calls.append((told, heads))
                        or calls_chosen[0])  # fmt: skip
    calls_chosen = [NOTHING]
    monkeypatch.setattr(matrix, "chosen_in_test", calls_chosen, raising=False)
    return calls


def choose(*chosen):
    matrix.chosen_in_test[0] = matrix.Chosen(None, [event for event, _ in chosen], list(chosen))


def test_the_matrix_has_a_row_an_event_and_a_column_a_side(store, drawn):
    page = Screen("events", show="matrix")
    told, heads = drawn[-1]
    assert heads == ["North", "South", "unknown"]
    assert [line["title"] for line in told] == ["Deaths at the bridge", "Flood at the dam"]
    north, south, unknown = told[0]["cells"]
    assert (north["claims"], north["conflicts"], north["share"]) == ("2", "≠ 2 of 3", 2 / 3)
    assert south["words"] == (
        "Deaths at the bridge, South: 1 claim, 2 conflicts among 2 linked pairs, 0 reviewed"
    )
    assert unknown is None
    assert "2 events" in page.words


def test_the_filters_narrow_the_matrix_too(store, drawn):
    page = Screen("events", show="matrix", search="water")
    assert [line["id"] for line in drawn[-1][0]] == ["e2"]
    page.turn("show", "list")
    assert "show" not in page.test.query_params


def test_chosen_cells_list_their_events(store, drawn, monkeypatch):
    listed = []
    monkeypatch.setattr(
        "verify.dashboard.events_matrix.event_list", lambda lines, *_, **__: listed.append(lines)
    )
    choose(("e2", "unknown"))
    page = Screen("events", show="matrix")
    assert "1 cell chosen" in page.words
    assert [line["title"] for line in listed[-1]] == ["Flood at the dam"]


def test_where_suggestions_are_hidden_the_matrix_tells_only_what_was_confirmed(store, drawn):
    decide(store, "desk", "desk", "yes", field="hide_scores", reviewer="Tester", seen_version=0)
    decide(store, "pair", DENIAL, "confirmed", reviewer="Tester", seen_version=0)
    page = Screen("events", show="matrix")
    assert "Only confirmed pairs count" in page.words
    assert drawn[-1][0][0]["whole"]["conflicts"] == "≠ 1 of 1"


def test_small_sides_share_a_column(store):
    events = rows(views.events(store)[0])
    many = {f"Party {n}": 20 - n for n in range(9)} | {"unknown": 3}
    heads = matrix.columns([{**events[0], "sides": many}], dict.fromkeys(many, "#111"))
    assert heads == [*[f"Party {n}" for n in range(5)], matrix.REST]
    told = [
        {"event_id": "e1", "side": side, "claims": n, "reviewed": 1, "pairs": 2, "conflicts": 1}
        for side, n in many.items()
    ]
    [line] = matrix.lines([events[0]], pd.DataFrame(told), heads)
    rest = line["cells"][-1]
    assert (rest["claims"], rest["conflicts"]) == ("57", "≠ 5 of 10")


def test_a_side_without_pairs_says_so(store):
    [line] = matrix.lines(
        rows(views.events(store)[0])[1:], cells(store, ["e2"]), ["North", "unknown"]
    )
    assert [one and one["conflicts"] for one in line["cells"]] == [None, "no pairs"]


def test_a_stretch_of_time_is_its_days_in_any_time_zone():
    at = pd.Timestamp("2020-05-04", tz="UTC").timestamp() * 1000
    day = 86_400_000
    told = stretch.days({"starts": [at + 2.4 * day, at]})
    assert told == (date(2020, 5, 4), date(2020, 5, 6))
    assert stretch.days({"starts": [at, at + day]}) == (date(2020, 5, 4), date(2020, 5, 4))
    assert stretch.days({}) is None


def visited(store, before="2020-01-01T00:00:00Z"):
    with store.writing() as connection:
        row = {"person": "Tester", "began_at": before, "seen_at": before}
        connection.execute(insert(visits).values(row))


def label(page):
    told = (one.proto.label for one in page.test.expander)
    return next((one for one in told if "ince" in one), "")


def test_a_first_visit_may_ask_for_a_day(store):
    decide(store, "claim", "c1", "verified", reviewer="Tester", seen_version=0)
    page = Screen("events")
    assert label(page) == "What changed since a day of your choice"
    page.remember(changed_all=True)
    page.run()
    page.test.date_input(key="changed_since_all").set_value(date(2020, 1, 1))
    page.run()
    assert "Since 1 Jan 2020: 4 new claims, 2 new conflicts, 1 decision" in page.words
    assert "Forty soldiers fell at the bridge." in page.words


def test_nothing_changed_is_said(store):
    with store.writing() as connection:
        for table in (claims, pairs):
            connection.execute(update(table).values(came_at="2020-01-01T00:00:00Z"))
    visited(store, "2024-01-01T00:00:00Z")
    assert label(Screen("events")).startswith("Nothing changed since your last visit, 1 Jan 2024")


def test_the_line_says_what_changed_since_the_last_visit(store):
    visited(store)
    decide(store, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    decide(store, "claim", "c2", "verified", reviewer="Tester", seen_version=0)
    assert label(Screen("events")) == (
        "Since your last visit, 1 Jan 2020, 00:00 UTC: "
        "4 new claims, 2 new conflicts, 1 decision by others"
    )


def test_an_event_tells_its_own_changes(store):
    visited(store)
    assert label(Screen("compare", event="e2")).endswith(": 1 new claim")


def test_the_visit_that_goes_on_is_noted_on_any_page(store):
    visited(store)
    Screen("sources")
    assert label(Screen("events")).startswith("Since your last visit, 1 Jan 2020")


def test_the_open_list_shows_one_kind_at_a_time(store):
    visited(store)
    decide(store, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    page = Screen("events")
    assert "Forty soldiers fell" not in page.words
    page.remember(changed_all=True)
    page.run()
    assert "Forty soldiers fell at the bridge." in page.words
    page.turn("changed_kind_all", "decision")
    assert "status: verified" in page.words
    assert "Water rose" not in page.words
