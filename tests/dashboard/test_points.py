"""What an event's sides agree on and contest, who said it first, and the line that leads there."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.dashboard.screen import Screen
from tests.store.bridge import (
    CLAIMS_TOLD,
    DENIAL,
    DOCUMENTS_TOLD,
    EVENTS_TOLD,
    MEMBERS_TOLD,
    NUMBER,
    PAIRS_TOLD,
    claim,
    document,
    members,
    pair,
    relate,
)
from verify.dashboard import verdicts
from verify.records import CLAIMS, DOCUMENTS, EVENTS, PAIRS, frame, pair_id
from verify.review import decisions

AGREE = pair_id("c1", "c3")


@pytest.fixture(autouse=True)
def nothing_is_drawn_by_a_browser(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)
    monkeypatch.setattr("verify.dashboard.board.board", lambda *_, **__: None)


@pytest.fixture
def agreeing(store):
    """North and South say the same of the bridge, as far as the program sees."""
    relate(store, [pair("c1", "c3", "supports")])
    return store


def view(name: str, **state: object) -> Screen:
    page = Screen("compare", event="e1")
    page.remember(view=name, **state)
    page.run()
    return page


def glance(page: Screen) -> list[str]:
    buttons = [one for one in page.test.button if (one.key or "").startswith("glance_")]
    return [one.label.replace("\\", "") for one in buttons]


def hide_suggestions(store) -> None:
    decisions.decide(store, "desk", "desk", "yes", field="hide_scores", reviewer="Lea",
                     seen_version=0)  # fmt: skip


def decide(store, pair_id: str, value: str) -> None:
    decisions.decide(store, "pair", pair_id, value, reviewer="Ines", seen_version=0)


def test_a_line_says_what_the_sides_agree_on_and_contest(store):
    assert glance(Screen("compare", event="e1")) == [
        "no agreement across opposed sides found",
        "2 suggested conflicts: 1 of numbers, 1 denial",
    ]


def test_a_line_of_one_claim_alone_says_nothing(store):
    assert glance(Screen("compare", event="e2")) == []


def test_claims_without_an_answer_are_counted_by_side(store):
    relate(store, [])
    assert "2 claims of North and 1 of South have no answer" in glance(
        Screen("compare", event="e1")
    )


def test_a_phrase_opens_the_view_that_shows_it(store):
    page = Screen("compare", event="e1")
    assert "No answer from another side" not in page.words
    page.press("glance_points_contested")
    assert "No answer from another side" in page.words
    assert page.heading_levels[0] == 1


def test_a_confirmed_conflict_is_said_to_be_one(store):
    decide(store, DENIAL, "confirmed")
    page = view("points")
    assert "2 conflicts, 1 of them confirmed: 1 of numbers, 1 denial" in glance(page)


def test_a_rejected_conflict_is_not_listed(store):
    for one in (DENIAL, NUMBER):
        decide(store, one, "rejected")
    page = view("points")
    assert "no conflict found" in glance(page)
    assert "No conflict between two claims was found." in page.words
    assert not page.has(f"points_pair_{DENIAL}")


def test_conflicts_are_listed_by_kind_with_both_claims(store):
    page = view("points")
    assert page.has(f"points_pair_{NUMBER}")
    assert not page.has(f"points_pair_{DENIAL}")
    page.remember(points_kind="denial")
    page.run()
    assert page.has(f"points_pair_{DENIAL}")
    assert "Nobody was hurt at the bridge." in page.words
    assert "North  ·  the general (General Ode), in North Post, 4 May 2020" in page.words


def test_a_pair_is_opened_over_the_list_and_decided_there(store):
    page = view("points")
    page.press(f"points_pair_{NUMBER}")
    assert "their numbers can hardly both hold" in page.words
    page.press(f"compare_confirmed_{NUMBER}")
    assert "Recorded: confirmed" in page.words
    assert "✓ 1 conflict confirmed" in page.words


def test_a_suggested_agreement_says_that_nobody_looked_at_it(agreeing):
    page = view("points")
    assert "1 suggested point of agreement across opposed sides" in glance(page)
    assert "which is often wrong here" in page.words
    assert "2 opposed sides  ·  2 sources  ·  ○ 1 pair suggested" in page.words


def test_a_confirmed_agreement_counts_as_a_point(agreeing):
    decide(agreeing, AGREE, "confirmed")
    page = view("points")
    assert "1 point agreed across opposed sides" in glance(page)
    assert "1 point confirmed by reviewers." in page.words
    assert "often wrong" not in page.words


def test_what_the_program_suggests_is_not_told_where_it_is_hidden(agreeing):
    hide_suggestions(agreeing)
    page = view("points")
    assert glance(page) == [
        "no confirmed agreement across opposed sides yet",
        "no confirmed conflict yet",
    ]
    assert "told here is only what reviewers confirmed" in page.words
    assert not page.has(f"points_pair_{AGREE}")
    assert "Not told: it hangs on pairs that nobody has decided on." in page.words


def test_what_reviewers_confirmed_is_told_where_suggestions_are_hidden(agreeing):
    decide(agreeing, AGREE, "confirmed")
    hide_suggestions(agreeing)
    assert "1 point agreed across opposed sides" in glance(view("points"))


def test_where_one_party_speaks_alone_nobody_is_asked_to_agree_or_answer(store):
    relate(store, [], {"c1": "e1", "c2": "e1", "c3": "e2", "c4": "e2"})
    page = view("points")
    assert glance(page) == ["no conflict found"]
    assert "Fewer than two parties to the dispute speak here" in page.words


@pytest.fixture
def repeated(store):
    """c5 prints the words of c1 three hours later, in a paper of the South."""
    words = CLAIMS_TOLD[0]["text"]
    later = document("d5", words, source="South Star", published_at="2020-05-04T13:00:00Z")
    store.add_documents(frame([*DOCUMENTS_TOLD, later], DOCUMENTS), "r2")
    store.add_claims(frame([claim("c5", "d5", words, side="South")], CLAIMS), "r2")
    of = members({**MEMBERS_TOLD, "c5": "e1"})
    repeats = pd.DataFrame({"claim_id": ["c5"], "origin_id": ["c1"]})
    store.replace_events(frame(EVENTS_TOLD, EVENTS), of, frame(PAIRS_TOLD, PAIRS), "r2", repeats)
    return store


def test_a_report_names_who_said_it_first_who_repeated_it_and_who_says_it_too(repeated):
    page = view("spread")
    assert "1 of 4 claims repeats another" in glance(page)
    assert "1 of 4 claims (25 %) repeats another nearly word for word" in page.words
    assert "South Star (South), 3 h 0 min later" in page.words
    assert "1 independent origin, suggested" in page.words
    assert "Hill Radio, 4 May 2020 (North)" in page.words


def test_the_chart_of_repeats_is_told_in_words(repeated):
    (chart,) = view("spread").test.get("vega_lite_chart")
    assert "North first; repeats: South 1" in chart.proto.alt


def test_an_event_without_repeats_says_so(store):
    page = view("spread")
    assert "No claim here repeats another nearly word for word." in page.words
    assert "Not listed: 1 claim that nobody else tells." in page.words


def test_reports_that_say_the_same_stand_together_with_who_was_first(store):
    page = view("spread")
    assert "2 reports support each other; which was first is not known" in page.words


def test_what_was_told_first_is_named(empty):
    told = {"f1": ("Wire", "2020-05-04T08:00:00Z"), "f2": ("Star", "2020-05-05T09:00:00Z")}
    papers = [document(f"d{one}", f"It is {one}.", source=source, published_at=at)
              for one, (source, at) in told.items()]  # fmt: skip
    empty.add_documents(frame(papers, DOCUMENTS), "r1")
    said = [claim(one, f"d{one}", f"It is {one}.", side="North") for one in told]
    empty.add_claims(frame(said, CLAIMS), "r1")
    event = [{"event_id": "e1", "title": "It", "places": [], "claims": 2}]
    of = members(dict.fromkeys(told, "e1"))
    links = frame([pair("f1", "f2", "supports")], PAIRS)
    empty.replace_events(frame(event, EVENTS), of, links, "r1")
    words = view("spread").words
    assert "2 reports support each other; first: Wire, 4 May 2020, 08:00 UTC" in words
    assert words.index("It is f1.") < words.index("It is f2.")


def test_agreement_that_is_no_more_than_likely_is_not_told(agreeing):
    relate(agreeing, [pair("c1", "c3", "supports", p_supports=0.7)])
    assert "no agreement across opposed sides found" in glance(view("points"))
