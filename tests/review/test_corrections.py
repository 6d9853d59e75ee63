"""A person corrects what was read in a claim; what was read is kept and comes back when asked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text

from tests.framed import history
from tests.store.bridge import claim, document, relate
from verify.errors import InputError, StaleDecision
from verify.records import CLAIMS, DOCUMENTS, frame, rows
from verify.review import corrections, readings
from verify.review.audit import audit
from verify.review.corrections import encode, nearest
from verify.review.decisions import decide
from verify.review.log import Decision
from verify.review.undoing import undo
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

TOLD = "The mayor of Ashford spoke. He said at least 31 civilians died at the dam on Sunday."
AT_LEAST = {"text": "at least 31", "start": 36, "end": 47, "low": 31, "high": None,
            "kind": "killed", "counted": "civilians"}  # fmt: skip


def span(words: str) -> dict[str, Any]:
    start = TOLD.index(words)
    return {"start": start, "end": start + len(words), "text": words}


READ = claim(
    "c9", "d9", span("at least 31 civilians died at the dam on Sunday")["text"],
    start=36, end=83, speaker="He", speaker_start=28, speaker_end=30, speaker_name="Ahmad",
    cue="said", cue_start=31, cue_end=35, quantities=[AT_LEAST], place="Ashford", place_start=13,
    place_end=20, event_time="2020-05-03", time_precision="day", checkable="fact",
    checkable_reason="has a number", side_reason='no alias matches speaker "Ahmad"',
)  # fmt: skip


@pytest.fixture
def told(store: Store) -> Store:
    """The bridge, and one claim more, c9, with everything read in it."""
    store.add_documents(frame([document("d9", TOLD)], DOCUMENTS), "r1")
    store.add_claims(frame([READ], CLAIMS), "r1")
    return store


def correct(store: Store, field: str, value: str | None, seen: int = 0, **more: Any) -> Decision:
    more = {"reviewer": "Ana", **more}
    return decide(store, "claim", "c9", value, field=field, seen_version=seen, **more)


def shown(store: Store) -> dict[str, Any]:
    found = views.claim(store, "c9")
    assert found is not None
    return found


FEWER = {**AT_LEAST, "high": 40, "kind": "wounded"}
OF_NORTH = {**FEWER, "side": "North"}
EACH_FIELD = [
    ("content", encode(span("31 civilians died")), {"start": 45, "text": "31 civilians died"}),
    ("speaker", encode(span("The mayor of Ashford")),
     {"speaker": "The mayor of Ashford", "speaker_start": 0, "speaker_end": 20,
      "speaker_name": None, "credited": "The mayor of Ashford"}),
    ("speaker", "null", {"speaker": None, "speaker_start": None, "credited": None}),
    ("speaker_name", "Ahmad Massoud",
     {"speaker_name": "Ahmad Massoud", "credited": "Ahmad Massoud", "speaker": "He"}),
    ("cue", encode(span("spoke")), {"cue": "spoke", "cue_start": 21, "cue_end": 26}),
    ("place", encode(span("the dam")), {"place": "the dam", "place_start": TOLD.index("the dam")}),
    ("place", encode({"start": None, "end": None, "text": "Milltown"}),
     {"place": "Milltown", "place_start": None}),
    ("event_time", "2021-08", {"event_time": "2021-08", "time_precision": "month"}),
    ("event_time", "2021", {"event_time": "2021", "time_precision": "year"}),
    ("event_time", "unknown", {"event_time": None, "time_precision": None}),
    ("quantities", encode([FEWER]), {"quantities": [FEWER]}),
    ("quantities", "[]", {"quantities": []}),
    ("quantities", encode([OF_NORTH]), {"quantities": [OF_NORTH]}),
    ("negated", "yes", {"negated": True}),
    ("denied", "yes", {"denied": True}),
    ("hedged", "yes", {"hedged": True}),
    ("checkable", "opinion", {"checkable": "opinion", "checkable_reason": "set by Ana"}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "expected"), EACH_FIELD)
def test_a_correction_is_what_the_claim_shows_and_what_was_read_comes_back(
    told: Store, field: str, value: str, expected: dict[str, Any]
):
    before = shown(told)
    made = correct(told, field, value)
    after = shown(told)
    assert {name: after[name] for name in expected} == expected
    assert after["claim_id"] == "c9"
    assert audit(told) == []
    correct(told, field, None, seen=made.version)
    assert shown(told) == before
    assert audit(told) == []


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("content", "null", "no span"),
        ("content", encode({"start": 3, "end": 3, "text": ""}), "words are empty"),
        ("content", encode({"start": 0, "end": 9, "text": "The major"}), "does not stand at"),
        ("content", encode({"start": 80, "end": 99, "text": "y." + " " * 17}), "does not stand at"),
        ("content", '{"text": "The mayor", "start": 0, "end": 9}', "not in its form"),
        ("speaker", "The mayor", "not in its form"),
        ("cue", encode({"start": -4, "end": 4, "text": "said"}), "does not stand at"),
        ("place", encode({"start": None, "end": None, "text": " "}), "words are empty"),
        ("speaker_name", " ", "empty or too long"),
        ("speaker_name", "x" * 201, "empty or too long"),
        ("event_time", "30 August", "is no date"),
        ("event_time", "2021-02-30", "is no date"),
        ("event_time", "2021-13", "is no date"),
        ("quantities", encode([{**AT_LEAST, "low": 50, "high": 40}]), "above its “at most”"),
        ("quantities", encode([{**AT_LEAST, "low": None}]), "has no bound"),
        ("quantities", encode([{**AT_LEAST, "low": -1}]), "no whole number"),
        ("quantities", encode([{**AT_LEAST, "low": 1.5}]), "no whole number"),
        ("quantities", encode([{**AT_LEAST, "kind": "eaten"}]), "no kind of quantity"),
        ("quantities", encode([{**AT_LEAST, "start": 0}]), "does not stand at"),
        ("quantities", encode([{"low": 3}]), "no list of quantities"),
        ("quantities", encode(AT_LEAST), "no list of quantities"),
        ("negated", "true", "Say one of yes, no"),
        ("checkable", "lie", "Say one of fact"),
    ],
)
def test_what_is_no_reading_of_the_document_is_refused(
    told: Store, field: str, value: str, why: str
):
    before = shown(told)
    with pytest.raises(InputError, match=why):
        correct(told, field, value)
    assert shown(told) == before
    assert rows(history(told, "claim", "c9")) == []


def test_undo_restores_the_correction_before(told: Store):
    correct(told, "speaker_name", "Ahmad Massoud")
    second = correct(told, "speaker_name", "Mayor Ode", seen=1)
    undo(told, second.seq, "Ana")
    assert shown(told)["speaker_name"] == "Ahmad Massoud"
    undo(told, 1, "Ana")
    assert shown(told)["speaker_name"] == "Ahmad"
    assert shown(told)["read_as"] is None


def test_two_fields_are_corrected_and_taken_back_apart(told: Store):
    correct(told, "speaker_name", "Ahmad Massoud")
    correct(told, "speaker", encode(span("The mayor")))
    assert (shown(told)["speaker"], shown(told)["speaker_name"]) == ("The mayor", "Ahmad Massoud")
    correct(told, "speaker_name", None, seen=1)
    assert (shown(told)["speaker"], shown(told)["speaker_name"]) == ("The mayor", None)
    correct(told, "speaker", None, seen=1)
    assert (shown(told)["speaker"], shown(told)["speaker_name"]) == ("He", "Ahmad")


def test_who_saw_an_older_correction_is_refused(told: Store):
    correct(told, "cue", "null")
    with pytest.raises(StaleDecision, match="Ana set this"):
        correct(told, "cue", encode(span("spoke")), reviewer="Ben")
    assert shown(told)["cue"] is None


def test_another_speaker_has_another_side(told: Store):
    decide(told, "speaker", "General Ode", "North", field="side", reviewer="Ana", seen_version=0)
    correct(told, "speaker_name", "General Ode")
    assert (shown(told)["side"], shown(told)["side_reason"]) == ("North", "set by Ana")
    correct(told, "speaker_name", None, seen=1)
    assert shown(told)["side"] == "unknown"


def test_the_aliases_name_the_side_of_another_speaker(told: Store):
    alias = {"side": "North", "kind": "alias", "words": "General"}
    told.set_sides(pd.DataFrame([alias]))
    correct(told, "speaker_name", "General Oda")
    assert (shown(told)["side"], shown(told)["side_reason"]) == (
        "North", 'speaker "General Oda" matches alias "General"',
    )  # fmt: skip
    undo(told, 1, "Ana")
    assert shown(told)["side"] == "unknown"
    assert audit(told) == []


def test_the_counts_of_the_event_follow_the_side(told: Store):
    relate(told, of={"c1": "e1", "c2": "e1", "c3": "e1", "c9": "e1", "c4": "e2"})
    decide(told, "speaker", "General Ode", "North", field="side", reviewer="Ana", seen_version=0)
    correct(told, "speaker_name", "General Ode")
    event = views.event(told, "e1")
    assert event is not None
    assert event["sides"] == {"North": 3, "South": 1}


def test_filters_find_what_was_corrected(told: Store):
    def found(**wanted: str) -> bool:
        return "c9" in list(views.claims(told, Filters(**wanted))[0]["claim_id"])

    correct(told, "content", encode(span("31 civilians died")))
    assert not found(search="sunday")
    assert found(search="civilians")
    assert found(search="report")  # the document's title
    correct(told, "quantities", encode([FEWER]))
    assert (found(kind="killed"), found(kind="wounded")) == (False, True)
    correct(told, "event_time", "2021-08-30")
    assert found(since="2021-08-30", until="2021-08-30")
    correct(told, "speaker_name", "Ahmad Massoud")
    assert found(speaker="Ahmad Massoud")
    correct(told, "content", None, seen=1)
    assert found(search="sunday")


@pytest.mark.parametrize(
    "change",
    [
        "speaker_name = 'Somebody'",
        "read_as = NULL",
        "credited = 'Somebody'",
        "speaker_name = 'Ahmad', read_as = NULL, credited = 'Ahmad'",
    ],
)
def test_a_corrected_field_changed_past_the_log_is_named(told: Store, change: str):
    correct(told, "speaker_name", "Ahmad Massoud")
    with told.writing() as connection:
        connection.execute(text(f"UPDATE claims SET {change} WHERE claim_id = 'c9'"))
    assert audit(told) == ["What is shown of claim c9 is not what was decided."]


def test_a_correction_that_nobody_made_is_named(told: Store):
    with told.writing() as connection:
        connection.execute(text('UPDATE claims SET read_as = \'{"cue": "x"}\' WHERE n = 1'))
    assert audit(told) == ["What is shown of claim c1 is not what was decided."]


AT = {"start": 36, "end": 83}


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("the dam", 66),  # nearer than "The mayor"
        ("he", 28),  # the word, not the letters in "The"
        ("  mayor\nof ", 4),  # any space stands for any other
        ("shford", 14),  # part of a word where it is no word
        ("Milltown", None),
        ("", None),
    ],
)
def test_words_are_found_nearest_to_the_claim(words: str, start: int | None):
    found = nearest(TOLD, words, AT)
    assert (found and found["start"]) == start
    assert found is None or found["text"] == TOLD[found["start"] : found["end"]]


def test_what_was_corrected_is_said_in_words(told: Store):
    correct(told, "speaker_name", "Ahmad Massoud")
    correct(told, "quantities", encode([FEWER]))
    correct(told, "cue", "null")
    with told.reading() as connection:
        made = corrections.standing_of(connection, ["c9"])["c9"]
    assert readings.exported(made, shown(told)) == (
        "cue: nothing (was: said), by Ana; speaker_name: Ahmad Massoud (was: Ahmad), by Ana; "
        "quantities: “at least 31”: 31 to 40, wounded, civilians "
        "(was: “at least 31”: 31 or more, killed, civilians), by Ana"
    )
