"""Sides, kinds and reliability are decided by people, and the claims follow."""

import pytest

from tests import framed
from tests.dashboard.screen import Screen
from tests.store.bridge import claim, document
from verify.dashboard import sourcing
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review import decisions
from verify.store import views


def source(store, name):
    return views.sources(store).set_index("source").loc[name]


def change(page, kind, name, **values):
    """Fill the fields beside the table and record."""
    page.choose(f"chosen_{kind}", name)
    for field, value in values.items():
        page.choose(f"{kind}_{field}_{name}_0", value)
    page.press(f"{kind}_save")


def test_sources_stand_with_their_figures(store):
    decisions.decide(store, "claim", "c3", "disputed", reviewer="Ines", seen_version=0)
    table = Screen("sources").test.dataframe[0].value.set_index("Source")
    assert table.loc["South Star", "! Disputed"] == 1
    assert table.loc["South Star", "Reliability"] == "not graded"


def test_a_reliability_is_recorded_with_reviewer_and_note(store):
    page = Screen("sources")
    page.choose("chosen_source", "North Post")
    page.write("source_note_North Post", "three errors this year")
    page.choose("source_reliability_North Post_0", "C")
    page.press("source_save")
    assert source(store, "North Post")["reliability"] == "C"
    (row,) = framed.history(store, "source", "North Post").to_dict("records")
    assert (row["reviewer"], row["note"]) == ("Tester", "three errors this year")
    assert "Recorded for North Post: reliability C" in page.words
    assert "C  fairly reliable" in page.test.dataframe[0].value["Reliability"].tolist()


def test_a_new_side_of_a_source_gives_its_own_words_that_side(store):
    change(Screen("sources"), "source", "Hill Radio", side="South")
    claim = views.claim(store, "c2")
    assert (claim["side"], claim["side_reason"]) == ("South", "set by Tester")


def test_a_new_side_of_a_speaker_gives_their_claims_that_side(store):
    change(Screen("sources", part="speakers"), "speaker", "General Ode", side="independent")
    assert views.claim(store, "c1")["side"] == "independent"
    assert views.claim(store, "c2")["side"] == "North"


def test_what_did_not_change_is_not_recorded(store):
    page = Screen("sources")
    change(page, "source", "North Post")
    assert "Nothing was changed" in page.words
    assert framed.history(store, "source", "North Post").empty


def test_a_change_that_someone_else_made_meanwhile_is_shown_not_overwritten(store):
    page = Screen("sources")
    page.choose("chosen_source", "North Post")
    page.choose("source_reliability_North Post_0", "C")
    decisions.decide(
        store, "source", "North Post", "E", reviewer="Ines", field="reliability", seen_version=0
    )
    page.press("source_save")
    assert source(store, "North Post")["reliability"] == "E"
    assert "Not recorded: Ines set the reliability to E, unreliable meanwhile" in page.words


def test_sources_and_speakers_are_shown_one_at_a_time_and_the_address_says_which(store):
    page = Screen("sources")
    assert [next(iter(one.value)) for one in page.test.dataframe] == ["Source"]
    page.turn("part", "speakers")
    assert [next(iter(one.value)) for one in page.test.dataframe] == ["Speaker"]
    assert page.test.query_params["part"] == "speakers"
    page.turn("part", "sources")
    assert "part" not in page.test.query_params


def test_speakers_are_found_by_a_part_of_their_name(store):
    page = Screen("sources", part="speakers")
    page.write("speaker_search", "ode")
    page.test.run()
    assert page.test.dataframe[0].value["Speaker"].tolist() == ["General Ode"]
    page.write("speaker_search", "nobody of that name")
    page.test.run()
    assert "No speaker's name holds this" in page.words


def test_an_odd_name_is_a_plain_value(store):
    odd = "<script>alert(1)</script> **x**"
    decisions.decide(store, "source", "South Star", odd, reviewer=odd, field="side", seen_version=0)
    page = Screen("sources")
    assert odd in page.test.dataframe[0].value["Side"].tolist()
    assert "<script" not in page.html


def test_an_empty_desk_says_what_to_do(empty):
    page = Screen("sources")
    assert "No source yet" in page.words
    assert page.heading_levels == [1]


def test_a_speaker_of_mixed_sides_can_be_given_the_side_of_most_claims(store):
    told = [
        claim(f"m{n}", "d1", "Forty soldiers fell at the bridge.", side=side, speaker="General Ode")
        for n, side in enumerate(["North", "South"])
    ]
    store.add_claims(frame(told, CLAIMS), "r1")
    assert {views.claim(store, f"m{n}")["side"] for n in range(2)} == {"North", "South"}
    page = Screen("sources", part="speakers")
    page.choose("chosen_speaker", "General Ode")
    assert page.test.selectbox(key="speaker_side_General Ode_0").value is None
    change(page, "speaker", "General Ode", side="North")
    assert "Recorded for General Ode: side North" in page.words
    assert {views.claim(store, f"m{n}")["side"] for n in range(2)} == {"North"}


def test_a_decided_side_is_not_recorded_twice(store):
    decisions.decide(
        store, "speaker", "General Ode", "South", reviewer="Ines", field="side", seen_version=0
    )
    page = Screen("sources", part="speakers")
    page.choose("chosen_speaker", "General Ode")
    assert page.test.selectbox(key="speaker_side_General Ode_1").value == "South"
    page.press("speaker_save")
    assert "Nothing was changed" in page.words


def unsided(store):
    """Three reports of Hill Radio, of the North's side, quote a colonel of no known side."""
    told = [document(f"t{n}", f"Shell {n} fell.", source="Hill Radio") for n in range(3)]
    claims = [claim(f"t{n}", f"t{n}", f"Shell {n} fell.", speaker="Colonel Ray") for n in range(3)]
    store.add_documents(frame(told, DOCUMENTS), "r1")
    store.add_claims(frame(claims, CLAIMS), "r1")
    decisions.decide(
        store, "source", "Hill Radio", "North", reviewer="Ines", field="side", seen_version=0
    )


def test_among_the_sources_stands_how_many_speakers_wait(store):
    assert "under Speakers" not in Screen("sources").words
    unsided(store)
    words = Screen("sources").words
    assert "1 speaker without a side waits for an answer under Speakers." in words


def test_a_speaker_without_a_side_is_shown_with_suggestion_and_reason(store):
    unsided(store)
    page = Screen("sources", part="speakers")
    assert "Colonel Ray  ·  3 claims  ·  suggested: North, weak evidence" in page.words
    assert "quoted by Hill Radio 3 times, by no other source" in page.words


def test_confirming_a_suggestion_labels_the_claims_at_once(store):
    unsided(store)
    page = Screen("sources", part="speakers")
    page.press("confirm_side_Colonel Ray")
    assert "Recorded for Colonel Ray: side North" in page.words
    assert {views.claim(store, f"t{n}")["side"] for n in range(3)} == {"North"}
    assert not page.has("confirm_side_Colonel Ray")
    (row,) = framed.history(store, "speaker", "Colonel Ray").to_dict("records")
    assert row["note"].startswith("suggested North: quoted by Hill Radio")


def test_a_suggestion_can_be_dismissed(store):
    unsided(store)
    page = Screen("sources", part="speakers")
    page.press("unknown_side_Colonel Ray")
    assert not page.has("confirm_side_Colonel Ray")
    assert views.claim(store, "t0")["side"] == "unknown"


RARE, COMMON = "Rami Abdul Rahman", "Rami Abdel Rahman"


def two_spellings(store):
    """Open the page where one claim spells a speaker's name otherwise than two others."""
    names = [RARE, COMMON, COMMON]
    told = [claim(f"n{n}", "d1", "Shells fell.", speaker=name) for n, name in enumerate(names)]
    store.add_claims(frame(told, CLAIMS), "r1")
    page = Screen("sources", part="speakers")
    page.switch("same_speakers")
    return page


def test_names_that_may_be_one_speaker_are_shown_with_the_evidence(store):
    page = two_spellings(store)
    assert f"{RARE}  ·  1 claim  ·  may be {COMMON}" in page.words
    assert f'Why: spelled "{COMMON}" and "{RARE}".' in page.words


def test_confirming_them_credits_the_claims_to_one_speaker(store):
    page = two_spellings(store)
    page.press(f"same_{RARE}")
    assert f"Recorded for {RARE}: the same speaker as {COMMON}" in page.words
    assert f"{RARE}  ·  1 claim  ·  credited to {COMMON}" in page.words
    assert "Confirmed by Tester" in page.words
    assert not page.has(f"same_{RARE}")
    assert views.claim(store, "n0")["credited"] == COMMON
    (row,) = framed.history(store, "speaker", RARE).to_dict("records")
    assert row["note"].startswith("proposed: spelled ")


def test_a_confirmed_name_can_be_taken_back(store):
    page = two_spellings(store)
    page.press(f"same_{RARE}")
    page.press(f"unfold_{RARE}")
    assert views.claim(store, "n0")["credited"] == RARE
    assert f"Recorded for {RARE}: a speaker of its own again" in page.words
    assert page.has(f"same_{RARE}")


def test_names_of_two_people_are_not_proposed_again(store):
    page = two_spellings(store)
    page.press(f"not_same_{RARE}")
    assert not page.has(f"same_{RARE}")
    assert views.claim(store, "n0")["credited"] == RARE
    assert framed.history(store, "speaker", RARE)["field"].tolist() == ["not_same_as"]


def test_two_names_are_joined_by_hand(store):
    page = Screen("sources", part="speakers")
    assert not page.has("join_save")
    page.switch("join_by_hand")
    page.fill("joined_name", "a spokesman")
    page.fill("joined_into", "General Ode")
    page.write("joined_note", "he signs the releases")
    page.press("join_save")
    assert views.claim(store, "c3")["credited"] == "General Ode"
    (row,) = framed.history(store, "speaker", "a spokesman").to_dict("records")
    assert row["note"] == "he signs the releases"


@pytest.mark.parametrize("into", [None, "a spokesman"])
def test_one_name_is_not_joined(store, into):
    page = Screen("sources", part="speakers")
    page.switch("join_by_hand")
    page.fill("joined_name", "a spokesman")
    if into:
        page.fill("joined_into", into)
    page.press("join_save")
    assert "Choose two different names; nothing was recorded." in page.words
    assert framed.history(store, "speaker", "a spokesman").empty


def test_two_names_that_were_told_apart_are_listed_and_can_be_proposed_again(store):
    page = two_spellings(store)
    page.press(f"not_same_{RARE}")
    assert f"{RARE}  ·  1 claim  ·  not the same as {COMMON}" in page.words
    assert "Told apart by Tester" in page.words
    page.press(f"unapart_{RARE}")
    assert f"Recorded for {RARE}: no longer told apart" in page.words
    assert page.has(f"same_{RARE}")
    assert not page.has(f"unapart_{RARE}")


def test_where_no_side_is_suggested_the_page_says_why(store):
    assert "no speaker without a side has 3 claims" in Screen("sources", part="speakers").words
    told = [claim(f"q{n}", "d1", "Shells fell.", speaker="Colonel Ray") for n in range(3)]
    store.add_claims(frame(told, CLAIMS), "r1")
    assert (
        "1 speaker without a side with 3 claims or more" in Screen("sources", part="speakers").words
    )


def test_the_table_of_speakers_gives_the_reason_without_the_name(store):
    table = Screen("sources", part="speakers").test.dataframe[0].value.set_index("Speaker")
    assert table.columns.tolist() == ["Claims", "Sources", "Side", "Because of"]
    assert sourcing.because('speaker "General Ode" matches alias "Ode"') == '"Ode"'
    assert sourcing.because('speaker "Radio" is a source that speaks for X').startswith("a source")
    assert sourcing.because('no alias matches speaker "both camps"') == "no alias"


def test_a_chosen_speakers_name_and_reason_are_given_whole(store):
    page = Screen("sources", part="speakers")
    page.choose("chosen_speaker", "General Ode")
    assert "General Ode: North, speaker “General Ode”." in page.words
