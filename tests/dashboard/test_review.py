"""One key a verdict: recorded, next comes by itself, taken back; nobody is overwritten."""

import itertools
import threading

import pytest

from benchmarks.many_claims import fill
from tests import framed
from tests.dashboard.screen import Screen
from tests.store.bridge import (
    DENIAL,
    MEMBERS_TOLD,
    NUMBER,
    PAIRS_TOLD,
    SUPPORT,
    relate,
    relate_as,
)
from tests.store.holding import hold
from verify.dashboard import verdicts
from verify.review import by_hand, decisions
from verify.review.alike import Alike
from verify.store import views
from verify.store.filters import Filters


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)


def decided(store, claim_id):
    claim = views.claim(store, claim_id)
    return claim["status"], claim["reviewer"], claim["note"]


def test_the_claim_with_most_conflicts_comes_first_with_the_reason(store):
    page = Screen("review")
    assert page.heading_levels[0] == 1
    assert "Nobody was hurt at the bridge." in page.words
    assert "in 2 conflicts" in page.words
    assert "0 of 4 claims reviewed" in page.words


def test_a_verdict_is_recorded_with_note_and_reviewer_and_the_next_comes(store):
    page = Screen("review")
    page.write("claim_queue_note_c3", "seen the ledger")
    page.press("claim_queue_disputed_c3")
    assert decided(store, "c3") == ("disputed", "Tester", "seen the ledger")
    assert page.has("claim_queue_disputed_c1")
    assert "1 of 4 claims reviewed" in page.words


def test_next_goes_on_without_a_verdict(store):
    page = Screen("review")
    page.press("claim_queue_skip_c3")
    assert page.has("claim_queue_verified_c1")
    assert decided(store, "c3")[0] == "unreviewed"


@pytest.mark.parametrize("many", [True, False])
def test_of_many_claims_what_the_next_is_like_is_looked_up_ahead(store, monkeypatch, many):
    asked, came = [], threading.Event()

    def look_ahead(self, claim_id, most):
        asked.append(claim_id)
        came.set()

    monkeypatch.setattr(Alike, "many", property(lambda self: many))
    monkeypatch.setattr(Alike, "look_ahead", look_ahead)
    page = Screen("review")
    assert came.wait(10 if many else 0.5) == many
    assert asked == (["c1"] if many else [])
    page.press("claim_queue_skip_c3")
    assert page.has("claim_queue_verified_c1")


def test_what_was_skipped_comes_back_from_the_top(store):
    page = Screen("review")
    for claim_id in ("c3", "c1", "c2", "c4"):
        page.press(f"claim_queue_skip_{claim_id}")
    assert "4 claims were skipped" in page.words
    page.press("claim_queue_top")
    assert page.has("claim_queue_verified_c3")


def test_undo_takes_back_my_last_decision_and_shows_it_again(store):
    page = Screen("review")
    page.press("claim_queue_verified_c3")
    page.press("claim_queue_undo")
    assert decided(store, "c3")[0] == "unreviewed"
    assert page.has("claim_queue_verified_c3")
    assert "Taken back: verified" in page.words


DONE = {
    "split": "2 claims moved to {}. They are in Deaths at the bridge now.",
    "move": "2 claims moved to {}. They are in Deaths at the bridge now.",
    "merge": "Flood at the dam merged into Deaths at the bridge. They are no longer merged.",
}


@pytest.mark.parametrize("act", DONE)
def test_undo_takes_back_all_of_a_correction_and_says_so_in_words(store, act):
    seen = {"c1": 0, "c2": 0}
    into = by_hand.split(store, "e1", seen, "Tester") if act == "split" else "e2"
    if act == "move":
        by_hand.move(store, "e1", seen, "e2", "Tester")
    elif act == "merge":
        by_hand.merge(store, "e2", "e1", 0, "Tester")
    title = by_hand.title(store, into)
    page = Screen("review")
    page.press("claim_queue_undo")
    assert dict(store.membership().to_numpy()) == MEMBERS_TOLD
    assert f"✓ Taken back: {DONE[act].format(title)}" in page.words
    assert into not in page.words
    page.press("claim_queue_undo")
    assert "You have no decision to take back." in page.words


def test_undo_takes_back_one_correction_at_a_time(store):
    by_hand.move(store, "e1", {"c1": 0}, "e2", "Tester", "one")
    by_hand.move(store, "e1", {"c2": 0}, "e2", "Tester", "two")
    page = Screen("review")
    page.press("claim_queue_undo")
    assert dict(store.membership().to_numpy()) == {**MEMBERS_TOLD, "c1": "e2"}
    assert "Taken back: 1 claim moved to" in page.words


def test_undo_takes_back_nothing_of_what_someone_corrected_after_it(store):
    made = by_hand.split(store, "e1", {"c1": 0, "c2": 0}, "Tester")
    by_hand.move(store, made, {"c1": 1}, "e2", "Ines")
    page = Screen("review")
    page.press("claim_queue_undo")
    assert "Not recorded: Ines corrected this meanwhile" in page.words
    assert dict(store.membership().to_numpy()) == {**MEMBERS_TOLD, "c1": "e2", "c2": made}


def test_undo_of_a_pair_whose_claims_came_apart_says_that_it_is_put_away(store):
    decisions.decide(store, "pair", DENIAL, "confirmed", reviewer="Tester", seen_version=0)
    by_hand.split(store, "e1", {"c3": 0}, "Ines")
    page = Screen("review", mode="pairs")
    page.press("pair_queue_undo")
    assert "Taken back: confirmed. The claims of that pair are in two events by now" in page.words
    assert not page.has(f"pair_queue_confirmed_{DENIAL}")


def test_a_decision_that_someone_else_made_meanwhile_is_shown_not_overwritten(store):
    page = Screen("review")
    decisions.decide(store, "claim", "c3", "disputed", reviewer="Ines", note="two witnesses",
                     seen_version=0)  # fmt: skip
    page.press("claim_queue_verified_c3")
    assert decided(store, "c3")[:2] == ("disputed", "Ines")
    assert "Not recorded: Ines set this to disputed" in page.words
    assert "two witnesses" in page.words
    assert page.has("claim_queue_verified_c3")


def test_a_pair_that_a_run_relates_otherwise_while_it_is_on_screen_is_not_confirmed(store):
    page = Screen("review", mode="pairs")
    relate_as(store, NUMBER, "supports")
    page.press(f"pair_queue_confirmed_{NUMBER}")
    assert "The program says “supports” of this pair by now, no longer “conflicts”" in page.words
    assert framed.history(store, "pair", NUMBER).empty


def test_a_pair_that_was_rejected_as_something_else_says_so(store):
    decisions.decide(store, "pair", SUPPORT, "rejected", reviewer="Ines", note="one town only",
                     seen_version=0)  # fmt: skip
    relate_as(store, SUPPORT, "conflicts", p_conflicts=0.5)
    page = Screen("review", mode="pairs")
    assert page.has(f"pair_queue_confirmed_{SUPPORT}")
    assert "suggested by the program; as a support it was rejected by Ines, " in page.words
    assert "Note: one town only" in page.words


def test_a_key_pressed_before_the_claim_could_be_read_is_ignored(store, monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 60)
    page = Screen("review")
    page.press("claim_queue_verified_c3")
    assert decided(store, "c3")[0] == "unreviewed"
    assert "Key ignored" in page.words


def test_a_decision_needs_a_name(store):
    page = Screen("review")
    page.remember(reviewer="")
    page.press("claim_queue_verified_c3")
    assert decided(store, "c3")[0] == "unreviewed"
    assert "Give your name" in page.words


def test_supporting_and_conflicting_claims_stand_beside_it(store):
    page = Screen("review")
    assert "Forty soldiers fell at the bridge." in page.words
    assert "≠ conflicts" in page.words


def test_the_address_narrows_the_queue(store):
    page = Screen("review", event_id="e2")
    assert "Water rose at the dam." in page.words
    assert "0 of 1 claim reviewed" in page.words


def test_pairs_are_confirmed_one_by_one(store):
    page = Screen("review", mode="pairs")
    page.press(f"pair_queue_confirmed_{NUMBER}")
    table, _ = views.pairs(store)
    assert table.set_index("pair_id").loc[NUMBER, ["status", "reviewer"]].tolist() == [
        "confirmed",
        "Tester",
    ]
    assert "1 of 3 pairs reviewed" in page.words


def test_many_are_set_by_the_versions_that_were_seen_and_the_others_are_listed(store):
    page = Screen("review", mode="table")
    page.press("bulk_all")
    decisions.decide(store, "claim", "c1", "verified", reviewer="Ines", seen_version=0)
    page.write("bulk_note", "no access")
    page.choose("bulk_to_status", "unverifiable")
    assert "unreviewed → unverifiable: 3 claims" in page.words
    assert "left out: 1 claim decided on since you selected them" in page.words
    page.press("bulk_set")
    assert decided(store, "c2") == ("unverifiable", "Tester", "no access")
    assert decided(store, "c1")[:2] == ("verified", "Ines")
    assert "3 claims changed to status unverifiable; 1 left alone, listed below." in page.words
    listed = page.test.dataframe[0].value
    assert listed[["Why", "Who", "Now"]].values.tolist() == [
        ["decided on meanwhile", "Ines", "verified"]
    ]
    page.press("bulk_undo")
    assert "Taken back: unverifiable for 3 claims." in page.words
    assert decided(store, "c2")[0] == "unreviewed"
    page.press("bulk_redo")
    assert decided(store, "c2") == ("unverifiable", "Tester", "no access")


def test_of_two_thousand_fifty_on_another_screen_are_listed_and_one_undo_restores_all(empty):
    fill(empty, 2000, with_vectors=False)
    hold(empty, "Ines", [f"c{n:016x}" for n in range(50)])
    page = Screen("review", mode="table")
    page.press("bulk_all")
    assert "2,000 claims selected of 2,000" in page.words
    page.choose("bulk_to_status", "disputed")
    assert "unreviewed → disputed: 1,950 claims" in page.words
    assert "left out: 50 claims on the screen of Ines" in page.words
    page.press("bulk_set")
    assert len(page.test.dataframe[0].value) == 50
    assert views.claims(empty, Filters(status="disputed"), limit=0)[1] == 1950
    page.press("bulk_undo")
    assert "Taken back: disputed for 1,950 claims." in page.words
    assert views.claims(empty, Filters(status="unreviewed"), limit=0)[1] == 2000


def test_the_selection_stays_when_the_page_is_turned(empty):
    fill(empty, 250, with_vectors=False)
    page = Screen("review", mode="table")
    page.press("bulk_all")
    page.remember(bulk_page=2)
    page.run()
    page.remember(bulk_page=1)
    page.run()
    assert "250 claims selected of 250" in page.words
    page.press("bulk_none")
    assert "0 claims selected of 250" in page.words


def test_other_filters_begin_on_the_first_page_again(empty):
    fill(empty, 250, with_vectors=False)
    page = Screen("review", mode="table")
    first = page.test.dataframe[0].value["Claim"].tolist()
    page.remember(bulk_page=3)
    page.run()
    assert len(page.test.dataframe[0].value) == 50
    page.test.text_input(key="search").set_value("Oldbridge")
    page.run()
    assert page.test.session_state["bulk_page"] == 1
    page.remember(bulk_page=2)
    page.run()
    page.press("clear_filters")
    assert page.test.dataframe[0].value["Claim"].tolist() == first


def test_work_is_given_to_somebody_for_many(store):
    decisions.decide(store, "claim", "c4", "Ines", field="assigned_to", reviewer="Ines",
                     seen_version=0)  # fmt: skip
    page = Screen("review", mode="table", side="North")
    page.press("bulk_all")
    page.choose("bulk_field", "assigned_to")
    page.choose("bulk_to_assigned_to", "Ines")
    assert "nobody → Ines: 2 claims" in page.words
    page.press("bulk_set")
    assert views.claims(store, Filters(assigned_to="Ines"), limit=0)[1] == 3


def test_the_table_shows_the_claims_and_waits_for_a_selection(store):
    page = Screen("review", mode="table", side="North")
    assert list(page.test.dataframe[0].value["Side"]) == ["North", "North"]
    assert not page.has("bulk_set")


def test_a_grade_is_recorded_beside_the_status(store):
    page = Screen("review")
    page.choose("claim_queue_information_grade_c3_0", "2")
    claim = views.claim(store, "c3")
    assert (claim["information_grade"], claim["status"]) == ("2", "unreviewed")


def test_an_empty_desk_says_what_to_do(empty):
    page = Screen("review")
    assert "No claim is waiting" in page.words


@pytest.mark.parametrize("mode", ["claims", "pairs", "table"])
def test_headings_do_not_skip_levels(store, mode):
    levels = Screen("review", mode=mode).heading_levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_pair_that_a_newer_run_dropped_takes_the_queue_back_to_the_top(store):
    page = Screen("review", mode="pairs")
    page.press(f"pair_queue_skip_{NUMBER}")
    page.press(f"pair_queue_skip_{DENIAL}")
    relate(store, pairs=[told for told in PAIRS_TOLD if told["pair_id"] != DENIAL])
    page.remember(pair_queue_now=("pair", DENIAL), pair_queue_after=DENIAL)
    page.run()
    assert "a newer run no longer has it" in page.words
    assert page.has(f"pair_queue_confirmed_{NUMBER}")


@pytest.mark.parametrize("name", ["side", "source", "event_id"])
def test_a_link_to_what_no_claim_has_shows_nothing_instead_of_everything(store, name):
    page = Screen("review", **{name: "Nowhere"})
    assert page.test.selectbox(key=name).value == "Nowhere"
    assert "No claim is waiting" in page.words


def test_the_queue_is_narrowed_to_checkable_facts_and_the_address_keeps_it(store):
    page = Screen("review", checkable="fact")
    assert page.test.selectbox(key="checkable").value == "fact"
    assert "Water rose at the dam." in page.words
    assert page.test.query_params["checkable"] == "fact"
