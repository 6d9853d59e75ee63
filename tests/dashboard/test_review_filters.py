"""What the review is narrowed to: every filter in the address and in words, views under a name."""

import pytest
from sqlalchemy import update

from tests.dashboard.screen import Screen
from tests.store.test_filters import CASES
from verify.dashboard import more_filters
from verify.dashboard.more_filters import FIELDS, WORDS
from verify.review import decisions, saved
from verify.store.filters import Filters
from verify.store.team_tables import saved_views


def test_every_filter_has_its_words():
    assert set(WORDS) == set(Filters.__dataclass_fields__)


@pytest.mark.parametrize("name", FIELDS)
def test_a_filter_behind_the_button_narrows_stays_in_the_address_and_is_said(store, name):
    filters, claim_ids, _ = CASES[name]
    if name in ("assigned_to", "reviewer", "second", "noted"):
        decisions.decide(store, "claim", "c2", "disputed", reviewer="Ada", seen_version=0)
        decisions.decide(store, "claim", "c2", "verified", field="second", reviewer="Ben",
                         seen_version=0)  # fmt: skip
        decisions.decide(store, "claim", "c4", "Ines", field="assigned_to", reviewer="Ada",
                         note="you know the dam", seen_version=0)  # fmt: skip
    page = Screen("review", mode="table", **filters.to_query())
    assert len(page.test.dataframe[0].value) == len(claim_ids)
    assert f"Narrowed to: {WORDS[name]}" in page.words
    assert "1 set" in page.words
    page.remember(more_filters=True)
    page.run()
    assert page.test.query_params[name] == filters.to_query()[name]
    assert page.test.session_state["reviewer"] == "Tester"
    page.press("clear_filters")
    assert name not in page.test.query_params
    assert "Narrowed to" not in page.words
    assert page.test.session_state["reviewer"] == "Tester"


def test_a_filter_is_chosen_behind_the_button(store):
    page = Screen("review", mode="table")
    page.remember(more_filters=True)
    page.run()
    page.choose("topic", "weather")
    assert page.test.query_params["topic"] == "weather"
    assert "Narrowed to: topic weather" in page.words
    page.remember(more_filters=False)
    page.run()
    assert page.test.dataframe[0].value["Claim"].tolist() == ["Water rose at the dam."]


def test_me_and_nobody_are_whoever_looks_and_no_one(store):
    decisions.decide(store, "claim", "c1", "Tester", field="assigned_to", reviewer="Ada",
                     seen_version=0)  # fmt: skip
    mine = Screen("review", assigned_to="me")
    assert mine.has("claim_queue_verified_c1")
    assert "0 of 1 claim reviewed" in mine.words
    assert mine.test.query_params["assigned_to"] == "me"
    assert "0 of 3 claims reviewed" in Screen("review", assigned_to="nobody").words


def test_a_view_opens_by_its_address_and_goes_when_the_fields_say_something_else(store):
    filters = Filters(side="South", topic="fighting")
    view = saved.save(store, "review", "Both", filters, "Tester", beside={"mode": "table"})
    page = Screen("review", view=view.view_id)
    assert page.test.dataframe[0].value["Side"].tolist() == ["South"]
    assert page.test.query_params["view"] == view.view_id
    assert page.test.query_params["side"] == "South"
    assert page.test.selectbox(key="side").value == "South"
    page.choose("side", "North")
    assert "view" not in page.test.query_params
    assert page.test.query_params["topic"] == "fighting"


def test_a_view_with_a_filter_of_another_version_opens_and_says_so(store):
    view = saved.save(store, "review", "Old", Filters(side="South"), "Tester")
    with store.writing() as connection:
        connection.execute(update(saved_views).values(query="side=South&mood=angry"))
    page = Screen("review", view=view.view_id)
    assert "The view “Old” also narrowed to mood, which this version does not know." in page.words
    assert "0 of 1 claim reviewed" in page.words


@pytest.mark.parametrize("screen", ["review", "events"])
def test_a_view_that_is_not_mine_or_not_there_is_said_to_be_so(store, screen):
    view = saved.save(store, screen, "Hers", Filters(side="South"), "Ines")
    assert "There is no such view" in Screen(screen, view=view.view_id).words
    assert "There is no such view" in Screen(screen, view="nothing").words


def test_what_is_shown_is_saved_shared_renamed_and_deleted(store):
    page = Screen("review", side="South")
    page.remember(review_views=True)
    page.run()
    page.write("review_view_name", "South alone")
    page.press("FormSubmitter:review_view_form-Save")
    (view,) = saved.listed(store, "review", "Tester")
    assert view.read()[0] == Filters(side="South")
    assert "Saved the view “South alone”" in page.words
    page.remember(review_views=True)
    page.run()
    page.switch(f"review_view_{view.view_id}_shared")
    assert [one.name for one in saved.listed(store, "review", "Ines")] == ["South alone"]
    page.remember(review_views=True)
    page.run()
    page.press(f"review_view_{view.view_id}_delete")
    assert saved.listed(store, "review", "Tester") == []


def test_a_view_of_events_opens_by_its_address(store):
    view = saved.save(store, "events", "Dam", Filters(search="dam", topic="weather"), "Tester")
    page = Screen("events", view=view.view_id)
    assert page.test.text_input(key="search").value == "dam"
    assert "topic weather" in page.words


def test_filters_of_days_that_are_no_days_are_left_empty():
    assert more_filters._as_day("soon") is None
    assert more_filters._as_day("1066-10-14") is None
