"""The Numbers view of an event, driven without a browser."""

import csv
import io
import re

import pytest

from tests.dashboard.screen import Screen
from tests.store.bridge import (
    CLAIMS_TOLD,
    DOCUMENTS_TOLD,
    MEMBERS_TOLD,
    killed,
    relate,
)
from verify.analysis.reconcile import RULES
from verify.dashboard import charts_steps, told, wording
from verify.dashboard.event.numbers import as_csv
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review import decisions


def numbers(**query: str) -> Screen:
    return Screen("compare", event="e1", view="numbers", **query)


def flat(page: Screen) -> str:
    return re.sub(r"\s+", " ", page.words)


def say(store, *counts: tuple[str, str, str, int]) -> None:
    """Add claims of e1: id, source, day, dead soldiers."""
    documents = [
        dict(DOCUMENTS_TOLD[0], doc_id=f"d{one}", text=one, source=source, published_at=day)
        for one, source, day, _ in counts
    ]
    claims = [
        dict(CLAIMS_TOLD[1], claim_id=one, doc_id=f"d{one}", start=0, end=len(one), text=one,
             quantities=killed(number), side="unknown")
        for one, _, _, number in counts
    ]  # fmt: skip
    store.add_documents(frame(documents, DOCUMENTS), "r1")
    store.add_claims(frame(claims, CLAIMS), "r1")
    relate(store, of={**MEMBERS_TOLD, **dict.fromkeys((one for one, *_ in counts), "e1")})


OBSERVATORY = (
    ("Report one", "Observatory", "2020-05-05", 31),
    ("Report two", "Observatory", "2020-05-07", 58),
)


def test_updates_are_told_from_counts_at_odds_in_words(store):
    say(store, *OBSERVATORY)
    page = flat(numbers())
    assert "Updates Observatory: 31 on 5 May 2020, 58 on 7 May 2020: update" in page
    assert f"{told.AT_ODDS} General Ode, in North Post: 40 on 4 May 2020; " in page


def test_a_number_says_low_best_high_who_states_it_and_what_was_replaced(store):
    say(store, *OBSERVATORY)
    assert "killed: soldiers 40 40 58 North, unknown, in 4 claims 3 1" in flat(numbers())


def test_the_rule_for_best_is_said_and_can_be_chosen_by_the_address(store):
    say(store, *OBSERVATORY)
    assert RULES["middle"] in numbers().words
    page = numbers(best="Latest")
    assert RULES["latest"] in page.words
    assert "killed: soldiers 40 58 58" in flat(page)


def test_the_setting_chooses_the_rule_at_first(store, monkeypatch):
    monkeypatch.setenv("VERIFY_BEST", "latest")
    assert RULES["latest"] in numbers().words


def test_a_disputed_claim_counts_for_nothing_and_a_verified_one_alone(store):
    say(store, *OBSERVATORY)
    decisions.decide(store, "claim", "Report two", "disputed", reviewer="Ines", seen_version=0)
    assert "killed: soldiers 31 40 40" in flat(numbers())
    decisions.decide(store, "claim", "Report one", "verified", reviewer="Ines", seen_version=0)
    assert "killed: soldiers 31 31 31" in flat(numbers())


def test_the_claims_that_set_a_number_are_links(store):
    say(store, *OBSERVATORY)
    links = [one.proto for one in numbers().test.get("page_link")]
    words = {one.label.split("\\")[0]: one.query_string for one in links if "claim" in one.page}
    assert words["High 58"] == "claim=Report+two"


def test_the_dead_stand_under_the_names_of_ucdp(store):
    say(store, *OBSERVATORY)
    page = flat(numbers())
    assert "number_of_sources side_a side_b deaths_a deaths_b deaths_civilians" in page


def test_the_csv_has_the_names_of_ucdp_and_runs_no_formula():
    event = {"event_id": "e1", "title": "=1+1", "starts": "2020-05-03", "ends": None}
    body = as_csv(event, {"low": 1, "best": 2, "high": 3, "side_a": None}).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body))
    assert row == {"event_id": "e1", "event_title": "'=1+1", "date_start": "2020-05-03",
                   "date_end": "", "low": "1", "best": "2", "high": "3", "side_a": ""}  # fmt: skip


def test_an_event_without_a_number_says_so(store):
    page = Screen("compare", event="e2", view="numbers")
    assert "No claim of this event states a number." in page.words


def step(claim_id: str, at: str | None, low: int | None, high: int | None, move: str, **more):
    row = {"claim_id": claim_id, "at": at, "low": low, "high": high, "step": move}
    own = {"side": "North", "voice": "Post", "stands": True, "earlier_claim_id": None}
    return row | own | more


def test_a_count_stands_until_its_source_replaces_it():
    table = charts_steps.laid_out(
        [step("c1", "2020-05-01", 31, 31, "first", stands=False),
         step("c2", "2020-05-03", 58, None, "update")], {}
    )  # fmt: skip
    assert table["ends"].iloc[0] == table["starts"].iloc[1]
    assert table["ends"].iloc[1] > table["starts"].iloc[1]
    assert table["open_high"].tolist() == [False, True]


def test_a_lower_update_says_so_and_two_same_lines_are_one():
    claims = {one: {"source": "Post", "credited": None, "speaker": None} for one in "abc"}
    steps = [
        step("a", "2020-05-01", 58, 58, "first"),
        step("b", "2020-05-02", 40, 40, "update", earlier_claim_id="a"),
        step("c", "2020-05-02", 40, 40, "update", earlier_claim_id="a"),
    ]
    assert told.moves(steps, claims)["Updates"] == [
        "Post: 58 on 1 May 2020, 40 on 2 May 2020: update, lower"
    ]


@pytest.mark.parametrize(
    ("low", "high", "open_low", "open_high", "words"),
    [(31, 31, False, False, "31"), (31, 31, False, True, "at least 31"),
     (9, 9, True, False, "at most 9"), (9, 9, True, True, "around 9"),
     (20, 1058, False, True, "20 to at least 1,058"), (9, 12, True, False, "9 or fewer to 12")],
)  # fmt: skip
def test_a_range_says_which_of_its_ends_are_open(low, high, open_low, open_high, words):
    row = {"low": low, "high": high, "open_low": open_low, "open_high": open_high}
    assert wording.figures(row) == words


@pytest.mark.parametrize(
    ("counted", "group", "whose", "words"),
    [("government soldiers", "soldier", "Government", "government soldiers"),
     ("soldiers", "soldier", "North", "soldiers (North)"), ("others", "person", None, "people"),
     (None, "person", None, "people"), (None, "thing", None, "not said of what")],
)  # fmt: skip
def test_what_is_counted_is_said_with_whose_it_is(counted, group, whose, words):
    assert wording.people({"counted": counted, "group": group, "whose": whose}) == words


def test_a_desk_that_hides_suggestions_is_not_told_which_counts_are_at_odds(store):
    say(store, *OBSERVATORY)
    decisions.decide(store, "desk", "desk", "yes", field="hide_scores", reviewer="Lea",
                     seen_version=0)  # fmt: skip
    page = flat(numbers())
    assert told.AT_ODDS not in page
    assert "hardly" not in page
    assert "says the same" not in page
    assert "Updates Observatory: 31 on 5 May 2020, 58 on 7 May 2020: update" in page


def test_an_upper_bound_that_rises_is_no_lower_update():
    claims = {one: {"source": "Post", "credited": None, "speaker": None} for one in "ab"}
    steps = [
        step("a", "2020-05-01", 5, 5, "first"),
        step("b", "2020-05-02", None, 9, "update", earlier_claim_id="a"),
    ]
    assert told.moves(steps, claims)["Updates"] == [
        "Post: 5 on 1 May 2020, at most 9 on 2 May 2020: update"
    ]


@pytest.mark.parametrize("shown", ["numbers", "sides"])
def test_a_number_that_reviewers_dispute_is_said_to_count_nothing(store, shown, monkeypatch):
    monkeypatch.setattr("verify.dashboard.board.board", lambda *_, **__: None)
    said = "Not counted: 1 claim with a number that reviewers marked as disputed."
    assert said not in Screen("compare", event="e1", view=shown).words
    decisions.decide(store, "claim", "c1", "disputed", reviewer="Ines", seen_version=0)
    assert said in Screen("compare", event="e1", view=shown).words
