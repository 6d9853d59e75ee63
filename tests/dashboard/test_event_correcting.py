"""An event is corrected on its page: what the dialogs say, what they record, the way back."""

from __future__ import annotations

import pytest

from tests.dashboard.screen import Screen
from tests.store.bridge import MEMBERS_TOLD, relate
from verify.review.by_hand import merge, move, split
from verify.review.decisions import decide
from verify.store import views
from verify.store.near import near
from verify.store.store import Store


def opened(store: Store, button: str, event: str = "e1") -> Screen:
    page = Screen("compare", event=event)
    page.press(button)
    return page


def test_merging_says_what_will_change_and_is_done_and_taken_back(store: Store) -> None:
    page = opened(store, "event_merge")
    page.choose("event_with", "e2")
    assert "1 claim of Flood at the dam moves here" in page.words
    page.write("event_note", "one night")
    page.press("event_confirm")
    assert "✓ 1 claim merged with this event." in page.words
    assert "1 claim of Flood at the dam merged into this event. By Tester" in page.words
    assert ": one night" in page.words
    assert "merged by hand" in page.words
    page.press("event_back_1")
    assert "Taken back" in page.words
    assert views.event(store, "e2")["claims"] == 1


def test_selected_claims_move_to_another_event(store: Store) -> None:
    page = opened(store, "event_move")
    page.test.multiselect(key="event_claims").set_value(["c1", "c2"])
    page.choose("event_with", "e2")
    assert "2 claims move to Flood at the dam. 1 claim stays here." in page.words
    page.press("event_confirm")
    assert views.claim(store, "c1")["event_id"] == "e2"
    assert "2 claims moved from here to" in page.words
    assert "2 claims moved here by hand" in Screen("compare", event="e2").words


def test_selected_claims_are_split_off(store: Store) -> None:
    page = opened(store, "event_split")
    page.test.multiselect(key="event_claims").set_value(["c3"])
    page.run()
    assert "1 claim becomes an event of its own. 2 claims stay here." in page.words
    page.press("event_confirm")
    made = views.claim(store, "c3")["event_id"]
    assert made not in ("e1", "e2")
    assert "split off by hand" in Screen("compare", event=made).words


def test_all_claims_of_an_event_are_neither_moved_nor_split_off(store: Store) -> None:
    for act, says in (("move", "Merge the two events instead"), ("split", "Leave at least one")):
        page = opened(store, f"event_{act}")
        page.test.multiselect(key="event_claims").set_value(["c1", "c2", "c3"])
        page.run()
        assert says in page.words
        assert page.test.button(key="event_confirm").disabled


def test_what_somebody_corrected_meanwhile_is_not_overwritten(store: Store) -> None:
    page = opened(store, "event_split")
    page.test.multiselect(key="event_claims").set_value(["c3"])
    page.run()
    move(store, "e1", {"c3": 0}, "e2", "Ben")
    page.press("event_confirm")
    assert "Ben corrected this meanwhile" in page.words
    assert views.claim(store, "c3")["event_id"] == "e2"


def test_a_merge_that_somebody_made_meanwhile_is_not_overwritten(store: Store) -> None:
    made = split(store, "e1", {"c3": 0}, "Ana")
    page = opened(store, "event_merge")
    page.choose("event_with", "e2")
    merge(store, "e2", made, 0, "Ben")
    page.press("event_confirm")
    assert "Ben corrected this meanwhile" in page.words
    assert views.claim(store, "c4")["event_id"] == made


def test_two_events_are_merged_the_way_the_dialog_said_or_not_at_all(store: Store) -> None:
    made = split(store, "e1", {"c3": 0}, "Ana")
    page = opened(store, "event_merge")
    page.choose("event_with", "e2")
    assert "1 claim of Flood at the dam moves here" in page.words
    merge(store, made, "e2", 0, "Ben")
    page.press("event_confirm")
    assert "Take that back first" in page.words
    assert views.claim(store, "c1")["event_id"] == "e1"


def test_a_move_that_somebody_made_meanwhile_is_not_overwritten(store: Store) -> None:
    made = split(store, "e1", {"c1": 0}, "Ana")
    page = opened(store, "event_move")
    page.test.multiselect(key="event_claims").set_value(["c3"])
    page.choose("event_with", "e2")
    move(store, "e1", {"c3": 0}, made, "Ben")
    page.press("event_confirm")
    assert "Ben corrected this meanwhile" in page.words
    assert views.claim(store, "c3")["event_id"] == made


@pytest.mark.parametrize("act", ["split", "move"])
def test_claims_that_a_build_grouped_anew_meanwhile_are_left_alone(store: Store, act: str) -> None:
    page = opened(store, f"event_{act}")
    page.test.multiselect(key="event_claims").set_value(["c3"])
    page.run()
    if act == "move":
        page.choose("event_with", "e2")
    relate(store, of={**MEMBERS_TOLD, "c3": "e2"})
    page.press("event_confirm")
    assert "✕ These claims were grouped anew meanwhile. Load the page again." in page.words
    assert views.claim(store, "c3")["event_id"] == "e2"


def test_a_merged_event_that_was_split_off_is_told_without_its_id(store: Store) -> None:
    made = split(store, "e1", {"c3": 0}, "Ana")
    merge(store, made, "e2", 0, "Ana")
    page = Screen("compare", event="e2")
    assert "1 claim of an event without a title merged into this event" in page.words
    assert made not in page.words


def test_the_address_of_a_merged_event_shows_the_one_it_is_in(store: Store) -> None:
    merge(store, "e2", "e1", 0, "Ana")
    page = Screen("compare", event="e2")
    assert "4 claims" in page.words
    assert "merged by hand" in page.words


def test_an_event_that_holds_merged_ones_keeps_them(store: Store) -> None:
    relate(store)
    made = split(store, "e1", {"c1": 0}, "Ana")
    merge(store, "e2", made, 0, "Ana")
    page = opened(store, "event_merge")
    page.choose("event_with", made)
    assert "2 claims of this event move to" in page.words
    page.press("event_confirm")
    assert views.event(store, made)["claims"] == 4
    assert "merged by hand" in page.words


def test_near_events_of_the_week_come_before_far_ones(store: Store) -> None:
    found, total = near(store, views.event(store, "e2"))
    assert (list(found["event_id"]), total) == (["e1"], 1)
    assert near(store, views.event(store, "e1"), "water")[1] == 1
    assert near(store, views.event(store, "e1"), "nothing of the kind")[1] == 0


@pytest.mark.parametrize("value", ["e2", None])
def test_the_history_of_a_claim_names_the_event_it_was_moved_to(store: Store, value) -> None:
    decide(store, "claim", "c1", value, field="event", reviewer="Ana", seen_version=0)
    title = views.event(store, value)["title"] if value else "as the program groups"
    assert f"event: {title}" in Screen("claim", claim="c1").words


def test_the_other_event_opens_beside_what_was_moved(store: Store) -> None:
    (made,) = move(store, "e1", {"c1": 0}, "e2", "Ana")
    page = Screen("compare", event="e1")
    page.press(f"event_there_{made.seq}")
    assert views.event(store, "e2")["title"] in page.words
    assert "1 claim moved here from" in page.words
