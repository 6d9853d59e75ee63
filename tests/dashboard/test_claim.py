"""One claim at an address of its own: its words, its source, what is against it, who decided."""

import pytest
from sqlalchemy import update

from tests import framed
from tests.dashboard.screen import Screen
from tests.store.bridge import claim as told_claim
from verify.dashboard import cards, passage, verdicts
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review import decisions
from verify.store import views
from verify.store.tables import claims


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch):
    monkeypatch.setattr(verdicts, "DWELL_S", 0)


def test_the_claim_is_the_title_and_what_was_read_stands_beside_it(store):
    page = Screen("claim", claim="c1")
    assert "<h1" in page.html
    assert "Forty soldiers fell at the bridge." in page.words
    assert "“the general”, understood as General Ode" in page.words
    assert "North (speaker “General Ode”)" in page.words
    assert "“40” read as 40, killed, soldiers" in page.words
    assert "3 May 2020" in page.words


def test_what_supports_and_what_conflicts_is_listed_with_its_status(store):
    page = Screen("claim", claim="c1")
    assert "≠ conflicts: one denies what the other says" in page.words
    assert "Nobody was hurt at the bridge." in page.words
    assert "= supports" in page.words
    assert "○ suggested by the program" in page.words


def test_each_score_says_what_it_means(store):
    page = Screen("claim", claim="c1")
    assert "95 of 100" in page.words
    assert "can hardly both be right" in page.words.lower()


def test_the_address_is_shown_as_text_not_as_a_link(store):
    page = Screen("claim", claim="c4")
    assert "https://a.test/4" in [code.value for code in page.test.code]
    assert "href" not in page.html


def test_a_verdict_stays_on_the_page_and_enters_the_history(store):
    page = Screen("claim", claim="c1")
    page.write("claim_note_c1", "two ledgers agree")
    page.press("claim_verified_c1")
    assert "✓ verified by Tester" in page.words
    assert "two ledgers agree" in page.words
    assert "decision 1" in page.words


def test_undo_is_a_decision_too(store):
    page = Screen("claim", claim="c1")
    page.press("claim_verified_c1")
    page.press("claim_undo")
    assert views.claim(store, "c1")["status"] == "unreviewed"
    assert "takes back decision 1" in page.words


def test_both_grades_are_kept_apart_from_the_status(store):
    page = Screen("claim", claim="c1")
    page.choose("claim_source_grade_c1_0", "B")
    page.choose("claim_information_grade_c1_0", "3")
    claim = views.claim(store, "c1")
    assert (claim["source_grade"], claim["information_grade"]) == ("B", "3")
    assert claim["status"] == "unreviewed"


def test_a_grade_is_taken_back_by_choosing_nothing(store):
    page = Screen("claim", claim="c1")
    page.choose("claim_information_grade_c1_0", "3")
    page.choose("claim_information_grade_c1_1", None)
    assert views.claim(store, "c1")["information_grade"] is None


def test_a_stale_grade_is_refused_and_shown(store):
    page = Screen("claim", claim="c1")
    decisions.decide(store, "claim", "c1", "5", reviewer="Ines", field="information_grade",
                     seen_version=0)  # fmt: skip
    page.choose("claim_information_grade_c1_0", "1")
    assert views.claim(store, "c1")["information_grade"] == "5"
    assert "Not recorded: Ines set this to 5" in page.words


TOLD = "The mayor spoke. He said at least 31 civilians died at the dam."
LEAST = {"text": "at least 31", "start": 25, "end": 36, "low": 31, "high": None, "kind": "killed",
         "counted": "civilians"}  # fmt: skip
READ = {
    "claim_id": "c9", "doc_id": "d9", "start": 25, "end": 62, "text": TOLD[25:62], "side": "North",
    "speaker": "He", "speaker_start": 17, "speaker_end": 19, "speaker_name": "Ahmad", "cue": "said",
    "cue_start": 20, "cue_end": 24, "quantities": [LEAST],
}  # fmt: skip


@pytest.fixture
def told(store):
    """The bridge, and one claim more, c9, with everything read in it."""
    document = {"doc_id": "d9", "kind": "text", "text": TOLD, "source": "Agency"}
    store.add_documents(frame([document], DOCUMENTS), "r1")
    store.add_claims(frame([READ], CLAIMS), "r1")
    return store


def opened(field: str) -> Screen:
    page = Screen("claim", claim="c9")
    page.choose("correct_field_c9", field)
    return page


def test_words_and_their_reading_stand_beside_each_other(told):
    page = Screen("claim", claim="c9")
    assert "“at least 31” read as 31 or more, killed, civilians" in page.words
    assert "“He”, understood as Ahmad" in page.words
    assert "“said”" in page.words


def test_a_speakers_name_is_corrected_marked_and_taken_back(told):
    page = opened("speaker_name")
    page.write("correct_speaker_name_c9_0", "Ahmad Massoud")
    page.write("correct_speaker_name_c9_0_note", "named two lines above")
    page.press("correct_save_c9")
    assert views.claim(told, "c9")["speaker_name"] == "Ahmad Massoud"
    assert "“He”, understood as Ahmad Massoud" in page.words
    assert "✎ speaker's name corrected by Tester" in page.words
    assert "was read as “Ahmad”" in page.words
    assert "speaker's name: Ahmad Massoud  ·  named two lines above" in page.words
    page.press("take_back_speaker_name_c9")
    assert views.claim(told, "c9")["speaker_name"] == "Ahmad"
    assert "✎" not in page.words
    assert not page.has("take_back_speaker_name_c9")
    assert "speaker's name: as read" in page.words
    assert "Taken back: speaker's name is as read again." in page.words


def test_the_speakers_words_are_those_nearest_to_the_claim(told):
    page = opened("speaker")
    page.write("correct_speaker_c9_0", "the mayor")
    page.press("correct_save_c9")
    claim = views.claim(told, "c9")
    assert (claim["speaker"], claim["speaker_start"]) == ("The mayor", 0)


def test_words_that_the_document_lacks_are_refused_in_one_line(told):
    page = opened("speaker")
    page.write("correct_speaker_c9_0", "the governor")
    page.press("correct_save_c9")
    assert "“the governor” does not occur in the document" in page.words
    assert views.claim(told, "c9")["read_as"] is None


def test_the_content_is_cut(told):
    page = opened("content")
    page.test.text_area(key="correct_content_c9_0").set_value("31 civilians died")
    page.press("correct_save_c9")
    assert views.claim(told, "c9")["text"] == "31 civilians died"
    assert "content corrected by Tester" in page.words
    assert "numbers were read from the old words: check them" in page.words


def test_an_empty_field_says_that_there_is_none(told):
    page = opened("cue")
    page.write("correct_cue_c9_0", " ")
    page.press("correct_save_c9")
    assert views.claim(told, "c9")["cue"] is None
    assert "cue: nothing" in page.words
    assert "was read as “said”" in page.words


def test_a_number_is_corrected_and_another_added(told):
    page = opened("quantities")
    key = "correct_quantities_c9_0"
    page.test.number_input(key=f"{key}_0_high").set_value(40)
    page.test.selectbox(key=f"{key}_0_kind").set_value("wounded")
    page.write(f"{key}_1_text", "31 civilians")
    page.test.number_input(key=f"{key}_1_low").set_value(31)
    page.press("correct_save_c9")
    first, second = views.claim(told, "c9")["quantities"]
    assert (first["low"], first["high"], first["kind"]) == (31, 40, "wounded")
    assert (second["start"], second["low"], second["kind"]) == (TOLD.index("31"), 31, "other")
    assert "“at least 31” read as 31 to 40, wounded, civilians" in page.words
    assert '"low"' not in page.words  # the history says it in words


def test_a_wrong_bound_is_told_in_the_words_of_the_screen(told):
    page = opened("quantities")
    page.test.number_input(key="correct_quantities_c9_0_0_high").set_value(4)
    page.press("correct_save_c9")
    assert "The “at least” of “at least 31” is above its “at most” (numbers)" in page.words


def test_a_number_whose_words_are_cleared_is_removed(told):
    page = opened("quantities")
    page.write("correct_quantities_c9_0_0_text", "")
    page.press("correct_save_c9")
    assert views.claim(told, "c9")["quantities"] == []
    assert "numbers: nothing" in page.words


def test_a_flag_and_a_date_are_corrected(told):
    page = opened("denied")
    page.choose("correct_denied_c9_0", "yes")
    page.press("correct_save_c9")
    assert "the speaker denies it" in page.words
    page.choose("correct_field_c9", "event_time")
    page.write("correct_event_time_c9_0", "30 August")
    page.press("correct_save_c9")
    assert "“30 August” is no date (date of the event)" in page.words
    page.write("correct_event_time_c9_0", "2021-08")
    page.press("correct_save_c9")
    assert views.claim(told, "c9")["time_precision"] == "month"


def test_nothing_changed_is_nothing_recorded(told):
    page = opened("speaker_name")
    page.press("correct_save_c9")
    assert "Nothing was changed" in page.words
    assert framed.history(told, "claim", "c9").empty


def test_a_stale_correction_is_refused_and_shown(told):
    page = opened("speaker_name")
    decisions.decide(told, "claim", "c9", "Mayor Ode", reviewer="Ines", field="speaker_name",
                     seen_version=0)  # fmt: skip
    page.write("correct_speaker_name_c9_0", "Ahmad Massoud")
    page.press("correct_save_c9")
    assert "Not recorded: Ines set this to Mayor Ode" in page.words
    assert views.claim(told, "c9")["speaker_name"] == "Mayor Ode"


def test_every_fact_is_marked_apart_with_a_word_in_the_legend():
    parts = passage.pieces(TOLD, READ)
    marked = {mark: part.text for part in parts for mark in part.marks - {"claim"}}
    assert marked == {"speaker": "He", "cue": "said", "number": "at least 31"}
    assert [entry["word"] for entry in passage.legend(parts)] == [
        "content", "speaker", "cue", "number",
    ]  # fmt: skip


ODD = "<script>steal()</script> **bold** ![x](http://evil.test/x.png) <img src=x onerror=a()> $x$"


def test_odd_text_is_shown_as_it_stands(store):
    document = {"doc_id": "d9", "kind": "text", "text": ODD, "source": ODD, "title": ODD,
                "url": f"javascript:{ODD}", "published_at": ODD}  # fmt: skip
    claim = {
        "claim_id": "c9",
        "doc_id": "d9",
        "start": 0,
        "end": len(ODD),
        "text": ODD,
        "speaker": ODD,
        "speaker_name": ODD,
        "side": ODD,
        "side_reason": ODD,
        "place": ODD,
    }
    store.add_documents(frame([document], DOCUMENTS), "r1")
    store.add_claims(frame([claim], CLAIMS), "r1")
    page = Screen("claim", claim="c9")
    assert ODD in page.words
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert not page.test.markdown


def test_a_claim_that_is_not_there_says_so(store):
    assert "There is no such claim" in Screen("claim", claim="c99").words
    assert "There is no such claim" in Screen("claim").words


def test_headings_do_not_skip_levels(store):
    levels = Screen("claim", claim="c1").heading_levels
    assert levels[0] == 1
    assert set(levels) <= {1, 2}


def test_a_confirmed_speaker_says_who_confirmed_it(store):
    decisions.decide(
        store, "speaker", "a spokesman", "General Ode", reviewer="Ana", field="same_as",
        seen_version=0,
    )  # fmt: skip
    page = Screen("claim", claim="c3")
    told = "understood as General Ode (the same speaker as “a spokesman”, confirmed by Ana)"
    assert f"“a spokesman”, {told}" in page.words


def test_what_was_read_says_whether_it_can_be_checked_and_how_exact_its_time_is(store):
    more = {"event_time": "2020-05", "time": "in May", "time_precision": "month", "via": "Reuters"}
    why = {"checkable": "fact", "checkable_reason": 'states a number: "12"', "negated": True}
    told = [
        told_claim("k1", "d1", "No shells fell.", denied=True, **more, **why),
        told_claim("k2", "d1", "Shells may fall.", checkable="forecast"),
    ]
    store.add_claims(frame(told, CLAIMS), "r1")
    words = Screen("claim", claim="k1").words
    for told_words in (
        'states a fact (states a number: "12")', "“in May” read as May 2020, to the month",
        "Passed on by", "“Reuters”", "the speaker denies it", "says that something is not so",
    ):  # fmt: skip
        assert told_words in words
    assert "no, a forecast" in Screen("claim", claim="k2").words


def test_a_repeat_links_to_the_claim_whose_words_it_repeats(store):
    with store.writing() as connection:
        repeats = update(claims).where(claims.c.claim_id == "c2")
        connection.execute(repeats.values(origin_id="c1"))
    page = Screen("claim", claim="c2")
    assert "the same words, first published by North Post, 4 May 2020" in page.words
    page.press("claim_origin")
    assert page.test.query_params["claim"] == "c1"
    page.press("claim_undo")
    assert "General Ode" in page.words


UNREAD = "Губернатор заявив, що загинули 12 людей."


def test_a_language_that_is_not_read_credits_nobody_and_says_so(store):
    document = {"doc_id": "d9", "kind": "text", "text": UNREAD, "source": "Herald",
                "language": "uk"}  # fmt: skip
    claim = {"claim_id": "c9", "doc_id": "d9", "start": 0, "end": len(UNREAD), "text": UNREAD}
    store.add_documents(frame([document], DOCUMENTS), "r1")
    store.add_claims(frame([claim], CLAIMS), "r1")
    words = Screen("claim", claim="c9").words
    assert "not read for speakers: Ukrainian" in words
    assert "facts are not read in this language: Ukrainian" in words
    assert "in its own words" not in words
    assert cards.credit(views.claim(store, "c9")) == "Herald, not read for speakers: Ukrainian"
