"""What the board is told to draw; how it looks is for the browser tests."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.analysis.origins import order_sides
from verify.dashboard import cards, passage, reasons, waterfall, wording
from verify.dashboard.board import arrange
from verify.records import rows
from verify.store import views
from verify.store.store import Store


def card(name: str, side: str, **more: object) -> cards.Card:
    blank = {"text": name, "status": "unreviewed", "icon": "", "readings": []}
    counts = {"credit": "", "clock": "", "source": f"{name} Post", "agency": "", "copies": []}
    none = {"supports": 0, "conflicts": 0, "unanswered": False, "repeats": ""}
    return {"id": name, "side": side, **blank, **counts, **none, **more}  # type: ignore[return-value, typeddict-item]


def link(a: str, b: str, relation: str = "conflicts", status: str = "suggested") -> cards.Link:
    return {
        "id": f"{a}-{b}", "a": a, "b": b, "relation": relation, "status": status,
        "icon": "", "words": "", "count": 1,
    }  # fmt: skip


def test_parties_come_first_then_independent_then_unknown():
    present = {"unknown", "South", "independent", "North"}
    lasting = ["South", "North", "independent", "East"]
    assert order_sides(present, lasting) == ["South", "North", "independent", "unknown"]


def test_linked_cards_stand_at_the_same_height():
    north = [card(name, "North", conflicts=1) for name in "abc"]
    south = [card(name, "South", conflicts=1) for name in "xyz"]
    placed = arrange(
        north + south, [link("a", "z"), link("b", "x"), link("c", "y")], ["North", "South"]
    )
    opposite = {"a": "z", "b": "x", "c": "y"}
    assert [opposite[one] for one in placed["North"]] == placed["South"]


def test_cards_without_links_stay_below():
    placed = arrange(
        [card("lone", "North"), card("a", "North", conflicts=1), card("x", "South", conflicts=1)],
        [link("a", "x")],
        ["North", "South"],
    )
    assert placed["North"] == ["a", "lone"]


def test_repeats_are_folded_into_their_origin_and_counted():
    shown, links = cards.fold(
        [card("a", "North"), card("again", "North"), card("x", "South")],
        [link("a", "x"), link("again", "x", status="confirmed")],
        {"a": "a", "again": "a", "x": "x"},
    )
    assert [one["id"] for one in shown] == ["a", "x"]
    assert shown[0]["repeats"] == "1 reprint of a Post"
    assert [copy["id"] for copy in shown[0]["copies"]] == ["again"]
    assert [(one["count"], one["status"]) for one in links] == [(2, "confirmed")]


def test_a_repeat_whose_origin_is_filtered_away_stays():
    shown, _ = cards.fold([card("again", "North")], [], {"again": "a"})
    assert [one["id"] for one in shown] == ["again"]


def test_a_card_says_who_by_which_word_and_where(store: Store):
    told = cards.card(rows(views.claims(store)[0])[1])
    assert told["credit"] == "the general (General Ode), in North Post, 4 May 2020"
    assert (told["supports"], told["conflicts"]) == (1, 1)
    assert told["readings"] == ["killed: 40 soldiers"]


def test_search_looks_in_text_speaker_and_source(store: Store):
    claims = rows(views.claims(store)[0])
    assert [one["claim_id"] for one in cards.searched(claims, "ODE bridge")] == ["c1"]
    assert len(cards.searched(claims, "")) == 4


REASONS = [
    {"name": "number", "words": "40 against none", "supports": -0.7, "conflicts": 3.0},
    {"name": "base", "words": "any two claims", "supports": -1.0, "conflicts": -2.0},
]


def test_each_bar_starts_where_the_one_before_ended():
    bars = reasons.waterfall([-2.0, 3.0, 0.5])
    assert [tuple(bar) for bar in bars] == [(0, -2.0), (-2.0, 1.0), (1.0, 1.5)]


def test_reasons_add_up_to_the_chances_of_the_softmax():
    supports, conflicts, neither = reasons.chances(REASONS)
    assert conflicts == pytest.approx(math.e / (math.e + math.exp(-1.7) + 1))
    assert supports + conflicts + neither == pytest.approx(1)


def test_the_starting_point_is_the_first_reason_drawn():
    written = reasons.as_html(reasons.ordered(REASONS))
    assert written.index("any two claims") < written.index("40 against none")


def test_why_a_relation_is_not_shown_stands_below_the_sums():
    why = {"name": "withheld", "words": "not shown as <a> support", "supports": 0, "conflicts": 0}
    written = reasons.reasons_html({"reasons": [*REASONS, why]})
    assert written.endswith("Yet not shown as &lt;a&gt; support.</p>")
    assert "Yet" not in reasons.reasons_html({"reasons": REASONS})


def test_what_a_confirmed_pair_would_be_called_now_stands_below_the_sums():
    now = {"name": "reread", "words": "it would be <b> related", "supports": 0, "conflicts": 0}
    written = reasons.reasons_html({"reasons": [*REASONS, now]})
    assert written.endswith("Decided by a person: it would be &lt;b&gt; related.</p>")


def test_reasons_that_hardly_weigh_are_drawn_as_one_and_still_add_up():
    light = [{"name": n, "words": n, "supports": 0.1, "conflicts": -0.05} for n in ("x", "y")]
    drawn = reasons.ordered([*REASONS, *light])
    assert [one["name"] for one in drawn] == ["base", "number", "rest"]
    assert reasons.chances(drawn) == pytest.approx(reasons.chances([*REASONS, *light]))


def test_the_main_reason_is_the_one_that_speaks_most_for_the_relation():
    assert cards.main_reason({"relation": "conflicts", "reasons": REASONS}) == "40 against none"
    assert cards.main_reason({"relation": "supports", "reasons": REASONS}) == ""


def test_no_chance_is_said_to_be_certain():
    assert (reasons.in_hundred(0.9999), reasons.in_hundred(0.0001)) == (
        "over 99 of 100",
        "under 1 of 100",
    )
    assert reasons.in_hundred(0.5) == "50 of 100"


def spans(start: int, end: int, **more: int | None) -> dict[str, object]:
    names = [f"{mark}_{edge}" for mark in passage.MARKS for edge in ("start", "end")]
    whole = {"sentence_start": None, "sentence_end": None}
    return {**dict.fromkeys(names), **whole, "start": start, "end": end, **more}


@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_pieces_joined_are_the_text(text: str, data: st.DataObject):
    ends = [data.draw(st.integers(0, len(text))) for _ in range(4)]
    claim = spans(*sorted(ends[:2]), speaker_start=min(ends[2:]), speaker_end=max(ends[2:]))
    assert "".join(part.text for part in passage.pieces(text, claim)) == text


def test_the_claim_and_its_speaker_are_marked():
    text = "The mayor said the bridge held."
    claim = spans(15, 30, speaker_start=0, speaker_end=9)
    marked = {mark: part.text for part in passage.pieces(text, claim) for mark in part.marks}
    assert marked == {"claim": "the bridge held", "speaker": "The mayor"}


def test_markup_in_a_passage_is_shown_as_text():
    text = "<script>steal()</script> & <img src=x>"
    written = passage.as_html(passage.pieces(text, spans(0, 8)))
    assert "<script" not in written
    assert "<img" not in written
    assert "&lt;script&gt;" in written


def test_context_is_cut_between_words():
    text = "filler " * 80 + "The bridge held." + " filler" * 80
    start, end = passage.around(text, spans(560, 576))
    assert text[start:].startswith("filler")
    assert text[:end].endswith("filler")
    assert 560 - start <= passage.CONTEXT


PAIR = {"relation": "conflicts", "reasons": REASONS, "p_conflicts": 0.6, "p_supports": 0.1}


def test_a_waterfall_leads_from_the_starting_point_to_the_sum():
    drawn = waterfall.steps(reasons.ordered(REASONS), "conflicts")
    assert [(step.words, tuple(step.bar)) for step in drawn] == [
        ("any two claims", (0, -2.0)),
        ("40 against none", (-2.0, 1.0)),
        ("Sum", (0, 1.0)),
    ]


def test_a_waterfall_says_in_words_what_it_shows():
    written = waterfall.as_html(PAIR)
    assert "any two claims −2.0; 40 against none +3.0; Sum +1.0" in written
    assert waterfall.as_html({**PAIR, "reasons": []}) == ""


def test_a_waterfall_tells_for_and_against_apart_without_colour():
    drawn = waterfall.svg(waterfall.steps(reasons.ordered(REASONS), "conflicts"), "#000")
    assert drawn.count('fill="url(#against)"') == 1


def test_a_word_like_markup_stays_text_in_the_waterfall():
    odd = [{**REASONS[0], "words": "<script>x</script>"}]
    assert "<script>" not in waterfall.svg(waterfall.steps(odd, "conflicts"), "#000")
    assert "<script>" not in waterfall.as_html({**PAIR, "reasons": odd})


def test_of_a_related_pair_the_greater_sum_is_drawn():
    related = {**PAIR, "relation": "related"}
    assert waterfall.lane_of(related) == "conflicts"
    assert waterfall.lane_of({**related, "p_supports": 0.9}) == "supports"


def test_reprints_are_of_the_agency_that_is_named_else_of_the_first_source():
    copies = [card("x", "North"), card("y", "North", agency="AFP")]
    assert cards.reprints(card("a", "North"), copies) == "2 reprints of AFP"
    assert cards.reprints(card("a", "North"), copies[:1]) == "1 reprint of a Post"
    same = [card("x", "North", source="a Post")]
    assert cards.reprints(card("a", "North"), same) == "1 repeat by a Post itself"


@pytest.mark.parametrize(
    ("letter", "digit", "short"), [("B", "2", "B2"), ("B", None, "B–"), (None, None, "")]
)
def test_a_card_carries_its_grade_and_says_it_in_words(store: Store, letter, digit, short):
    claim = {**rows(views.claims(store)[0])[0], "source_grade": letter, "information_grade": digit}
    told = cards.card(claim)
    assert told["grade"] == short
    assert told["grade_words"] == wording.grades(letter, digit)
    assert ("usually reliable" in told["grade_words"]) == (letter == "B")
