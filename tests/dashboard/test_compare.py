"""One event, its sides beside each other; the board itself is drawn in the browser only."""

import itertools
import re

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
    killed,
    members,
    relate,
)
from verify.dashboard import cards, verdicts
from verify.dashboard.event import reporting
from verify.records import CLAIMS, DOCUMENTS, EVENTS, PAIRS, frame, rows
from verify.review import decisions
from verify.store import views
from verify.store.filters import Filters


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)


@pytest.fixture
def told(monkeypatch):
    """What the board was given to draw."""
    given = {}

    def board(cards, links, sides, colors, *, key):
        given.update(cards=cards, links=links, sides=sides, colors=colors)
        return given.get("opened")

    monkeypatch.setattr("verify.dashboard.board.board", board)
    return given


def test_the_event_says_when_where_and_how_much_is_reviewed(store):
    page = Screen("compare", event="e1")
    assert "Deaths at the bridge" in page.words
    assert "Ashford" in page.words
    assert "3 claims" in page.words
    assert "0 of 3 reviewed" in page.words


def test_sides_are_columns_and_claims_are_cards(store, told):
    Screen("compare", event="e1")
    assert told["sides"] == ["North", "South"]
    assert {card["id"]: card["side"] for card in told["cards"]} == {
        "c1": "North",
        "c2": "North",
        "c3": "South",
    }
    assert set(told["colors"]) == {"North", "South"}


def test_links_carry_relation_and_status(store, told):
    decisions.decide(store, "pair", DENIAL, "confirmed", reviewer="Ines", seen_version=0)
    Screen("compare", event="e1")
    drawn = {link["id"]: (link["relation"], link["status"]) for link in told["links"]}
    assert drawn[DENIAL] == ("conflicts", "confirmed")
    assert sorted(drawn.values()) == [("conflicts", "confirmed"), ("conflicts", "suggested")]


def test_supports_inside_one_side_are_drawn_when_asked_for(store, told):
    page = Screen("compare", event="e1")
    assert {link["relation"] for link in told["links"]} == {"conflicts"}
    page.pick("links", ["supports"])
    page.switch("inside")
    assert [link["relation"] for link in told["links"]] == ["supports"]


def test_related_and_rejected_links_are_left_out_at_first(store, told):
    related = [dict(PAIRS_TOLD[0], relation="related"), *PAIRS_TOLD[1:]]
    store.replace_events(
        frame(EVENTS_TOLD, EVENTS), members(MEMBERS_TOLD), frame(related, PAIRS), "r2"
    )
    decisions.decide(store, "pair", DENIAL, "rejected", reviewer="Ines", seen_version=0)
    page = Screen("compare", event="e1")
    assert len(told["links"]) == 1
    page.pick("links", ["conflicts", "supports", "related"])
    page.switch("rejected")
    page.switch("inside")
    assert len(told["links"]) == 3


def test_words_and_status_narrow_the_cards(store, told):
    page = Screen("compare", event="e1")
    page.write("words", "general")
    page.run()
    assert [card["id"] for card in told["cards"]] == ["c1"]
    page.write("words", "")
    page.choose("status", "verified")
    assert told["cards"] == []


def test_a_side_can_be_put_away(store, told):
    page = Screen("compare", event="e1")
    page.pick("sides_e1", ["South"])
    assert told["sides"] == ["South"]
    assert [card["id"] for card in told["cards"]] == ["c3"]


def test_claims_that_no_other_side_answers_are_marked(store, told):
    Screen("compare", event="e1")
    assert not any(card["unanswered"] for card in told["cards"])
    for pair_id in (DENIAL, NUMBER):
        decisions.decide(store, "pair", pair_id, "rejected", reviewer="Ines", seen_version=0)
    Screen("compare", event="e1")
    assert all(card["unanswered"] for card in told["cards"])


def test_repeats_of_one_origin_are_folded_until_unfolded(store, told):
    words = "Shelling began at dawn and lasted until the late evening."
    documents = [
        {"doc_id": f"r{n}", "kind": "text", "text": words, "source": f"Outlet {n}",
         "published_at": f"2020-05-0{n}"}
        for n in (4, 5)
    ]  # fmt: skip
    told_twice = [
        {"claim_id": f"k{n}", "doc_id": f"r{n}", "start": 0, "end": len(words), "text": words,
         "side": "North"}
        for n in (4, 5)
    ]  # fmt: skip
    store.add_documents(frame(documents, DOCUMENTS), "r1")
    store.add_claims(frame(told_twice, CLAIMS), "r1")
    repeats = pd.DataFrame({"claim_id": ["k5"], "origin_id": ["k4"]})
    both = members({"k4": "e1", "k5": "e1"})
    store.replace_events(frame(EVENTS_TOLD, EVENTS), both, frame([], PAIRS), "r2", repeats)
    page = Screen("compare", event="e1")
    assert [(card["id"], card["repeats"]) for card in told["cards"]] == [
        ("k4", "1 reprint of Outlet 4")
    ]
    page.switch("repeats")
    assert {card["id"] for card in told["cards"]} == {"k4", "k5"}


def test_a_link_opens_both_claims_with_scores_reasons_and_buttons(store, told):
    told["opened"] = ("pair", DENIAL)
    page = Screen("compare", event="e1")
    assert page.has(f"compare_confirmed_{DENIAL}")
    assert page.has(f"compare_rejected_{DENIAL}")
    assert "one denies what the other says" in page.words
    assert "About one incident" in page.words
    assert page.words.count("Nobody was hurt at the bridge.") == 1


def test_a_verdict_on_a_pair_is_said_and_closing_shows_it_on_the_board(store, told):
    told["opened"] = ("pair", DENIAL)
    page = Screen("compare", event="e1")
    page.write(f"compare_note_{DENIAL}", "the photographs settle it")
    told["opened"] = None
    page.press(f"compare_rejected_{DENIAL}")
    found = {row["pair_id"]: row for row in rows(views.pairs(store, Filters())[0])}[DENIAL]
    assert (found["status"], found["reviewer"]) == ("rejected", "Tester")
    assert found["note"] == "the photographs settle it"
    assert "Recorded: rejected with your note" in page.words


@pytest.fixture
def offered(monkeypatch):
    """The events that were offered, and which one is opened."""
    given = {"opened": None}

    def event_list(lines, address, *, key):
        given["titles"] = [line["title"] for line in lines]
        return given["opened"]

    monkeypatch.setattr("verify.dashboard.event_list.event_list", event_list)
    return given


def test_without_an_event_those_with_most_conflicts_are_offered(store, offered):
    page = Screen("compare")
    assert offered["titles"] == ["Deaths at the bridge", "Flood at the dam"]
    offered["opened"] = "e2"
    page.run()
    assert "Flood at the dam" in page.words


def test_an_event_that_is_gone_says_so_and_offers_others(store, offered):
    page = Screen("compare", event="e99")
    assert "no such event" in page.words
    assert offered["titles"]


def test_the_claims_that_set_the_numbers_are_named(store):
    page = Screen("compare", event="e1")
    assert "North, killed soldiers" in page.words
    assert "40, in 2 claims of 2 sources. Among them: the general" in page.words


def test_an_empty_desk_says_what_to_do(empty):
    assert "Import documents first" in Screen("compare").words


def test_headings_do_not_skip_levels(store):
    levels = Screen("compare", event="e1").heading_levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_what_the_board_cannot_draw_still_answers_and_counts(store, told, monkeypatch):
    monkeypatch.setattr("verify.dashboard.board.MOST_CLAIMS", 1)
    monkeypatch.setattr("verify.dashboard.board.MOST_PAIRS", 1)
    page = Screen("compare", event="e1")
    (card,) = told["cards"]
    assert not card["unanswered"]
    assert "40, in 2 claims of 2 sources" in page.words
    assert "1 of 3 claims" in page.words


def test_links_beyond_what_is_drawn_are_counted(store, told, monkeypatch):
    monkeypatch.setattr("verify.dashboard.board.MOST_PAIRS", 1)
    page = Screen("compare", event="e1")
    assert len(told["links"]) == 1
    assert "1 of 2 links" in page.words


def counting(store, **counted):
    """Give c1 and c3 a number of something else each."""
    store_claims = [
        dict(claim, claim_id=f"n{claim['claim_id']}", negated=False,
             quantities=[{"text": "9", "start": 0, "end": 1, "low": 9, "high": 9, "kind": "other",
                          "counted": counted[claim["claim_id"]]}])
        for claim in CLAIMS_TOLD if claim["claim_id"] in counted
    ]  # fmt: skip
    store.add_claims(frame(store_claims, CLAIMS), "r1")
    relate(store, of={**MEMBERS_TOLD, **{f"n{claim_id}": "e1" for claim_id in counted}})


def test_a_number_is_disputed_whatever_its_case(store):
    counting(store, c1="Tanks", c3="tanks")
    page = Screen("compare", event="e1")
    assert "North, number Tanks" in page.words
    assert "South, number Tanks" in page.words
    assert "Not drawn" not in page.words


def test_numbers_that_are_not_drawn_are_counted(store):
    counting(store, c1="tanks", c3="goats")
    page = Screen("compare", event="e1")
    assert "number tanks" not in page.words
    assert "Not drawn: 2 numbers of other things" in page.words


def test_both_screens_draw_the_same_range_where_a_source_updated_itself(store, told):
    later = dict(DOCUMENTS_TOLD[0], doc_id="d9", text="No, 55.", published_at="2020-05-06")
    updated = dict(CLAIMS_TOLD[0], claim_id="c9", doc_id="d9", start=0, end=7, text="No, 55.",
                   quantities=killed(55))  # fmt: skip
    store.add_documents(frame([later], DOCUMENTS), "r1")
    store.add_claims(frame([updated], CLAIMS), "r1")
    relate(store, of={**MEMBERS_TOLD, "c9": "e1"})
    sides, numbers = Screen("compare", event="e1"), Screen("compare", event="e1", view="numbers")
    assert "40 to 55, in 3 claims of 2 sources" in sides.words
    assert "General Ode, in North Post: 40 on 4 May 2020, 55 on 6 May 2020: update" in numbers.words
    assert "North\n40 to 55" in re.sub(r"\s*\n\s*", "\n", numbers.words)


def test_a_side_named_like_a_picture_is_a_plain_label(store, told):
    odd = "![x](https://elsewhere.example/p.png)"
    decisions.decide(store, "source", "South Star", odd, reviewer="Ines", field="side",
                     seen_version=0)  # fmt: skip
    decisions.decide(store, "speaker", "a spokesman", odd, reviewer="Ines", field="side",
                     seen_version=0)  # fmt: skip
    page = Screen("compare", event="e1")
    assert odd in told["sides"]
    labels = [option.content for option in page.test.button_group(key="sides_e1").proto.options]
    assert odd not in labels
    assert r"\!\[x\]\(https\://elsewhere\.example/p\.png\)" in labels


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"speaker": "the general", "cue": "said"}, "the general “said”, in arabiya"),
        ({"speaker": None, "cue": "charges"}, "“charges”, speaker not named, in arabiya"),
        ({"speaker": None, "cue": None}, "arabiya, in its own words"),
    ],
)
def test_who_is_credited(claim, said):
    read = {"text": "12 fell.", "language": "en", "checkable": "fact", "read_as": None}
    assert cards.credit({"source": "arabiya", "credited": None, **read, **claim}) == said


def test_a_card_says_quietly_what_states_no_fact(store):
    forecast = {**views.claim(store, "c1"), "checkable": "forecast"}
    assert cards.card(forecast)["statement"] == "a forecast"
    assert cards.card({**forecast, "checkable": "fact"})["statement"] == ""


def narrowed(page, field, value):
    if isinstance(value, bool):
        page.switch(field)
    else:
        page.choose(field, value)


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("source", "Hill Radio", {"c2"}),
        ("speaker", "General Ode", {"c1"}),
        ("kind", "denial", set()),
        ("linked", True, {"c1", "c2", "c3"}),
    ],
)
def test_a_field_leaves_only_what_it_names(store, told, field, value, left):
    if field == "kind":
        told_of = [dict(one, conflict_kind="denial") if one["pair_id"] == DENIAL else one
                   for one in PAIRS_TOLD]  # fmt: skip
        store.replace_events(
            frame(EVENTS_TOLD, EVENTS), members(MEMBERS_TOLD), frame(told_of, PAIRS), "r2"
        )
        pair = next(one for one in PAIRS_TOLD if one["pair_id"] == DENIAL)
        left = {pair["a"], pair["b"]}
    page = Screen("compare", event="e1")
    narrowed(page, field, value)
    assert {card["id"] for card in told["cards"]} == left
    assert page.has("clear_board")
    page.press("clear_board")
    assert len(told["cards"]) == 3
    assert not page.has("clear_board")


def test_an_empty_board_names_the_field_that_hid_everything(store, told):
    page = Screen("compare", event="e1")
    page.choose("status", "verified")
    assert "without “Status: verified” there would be 3 claims" in page.words
    page.choose("source", "Hill Radio")
    assert "without “Status: verified” there would be 1 claim." in page.words


def test_where_scores_are_hidden_the_board_tells_nothing_of_undecided_pairs(store, told):
    decisions.decide(store, "desk", "desk", "yes", reviewer="Ines", field="hide_scores",
                     seen_version=0)  # fmt: skip
    page = Screen("compare", event="e1")
    assert told["links"] == []
    assert {(card["conflicts"], card["supports"]) for card in told["cards"]} == {(0, 0)}
    assert not any(card["unanswered"] for card in told["cards"])
    assert "Suggested links are not drawn" in page.words
    assert "conflict" not in page.words
    decisions.decide(store, "pair", DENIAL, "confirmed", reviewer="Ines", seen_version=0)
    page.run()
    assert [link["id"] for link in told["links"]] == [DENIAL]


def test_the_key_for_the_next_conflict_passes_over_what_was_rejected(store, told):
    told["opened"] = ("pair", DENIAL)
    page = Screen("compare", event="e1")
    told["opened"] = None
    assert page.has("compare_next_conflict")
    decisions.decide(store, "pair", NUMBER, "rejected", reviewer="Ines", seen_version=0)
    page.press("compare_next_conflict")
    assert "No other conflict of this event is left." in page.words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "“85 fighters were killed” (Panjshir, 30 Aug)",
            "85-fighters-were-killed-panjshir-30-aug-e1",
        ),
        ("Épée at São João", "epee-at-sao-joao-e1"),
        ("القصف", "e1"),
        (None, "e1"),
        ("../../etc/passwd", "etc-passwd-e1"),
        ("long " * 40, "long-long-long-long-long-long-long-long-long-long-long-long-e1"),
    ],
)
def test_a_report_is_named_by_its_event(title, name):
    assert reporting.file_name({"title": title, "event_id": "e1"}) == f"event-{name}"
