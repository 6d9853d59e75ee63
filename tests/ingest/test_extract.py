from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify import records
from verify.ingest.extract import extract
from verify.ingest.sides import Side, Sides


def document(text: str, **fields: Any) -> records.Row:
    row = {"doc_id": "d1", "kind": "text", "source": "Aqsar Post", "text": text, "given": {}}
    return {**row, **fields}


def claims(text: str, **fields: Any) -> list[records.Row]:
    sides = Sides((Side("North", ("Northern Army",), ()), Side("South", ("Southern Front",), ())))
    table = records.frame([document(text, **fields)], records.DOCUMENTS)
    return records.rows(extract(table, sides))


def test_who_is_credited_speaks_and_the_rest_is_the_source():
    said, own = claims("The mayor said the bridge fell. Two men were hurt.")
    assert (said["speaker"], said["cue"], said["text"]) == ("The mayor", "said", "the bridge fell")
    assert (own["speaker"], own["cue"], own["text"]) == (None, None, "Two men were hurt.")


def test_quotation_marks_and_that_are_no_part_of_a_claim():
    (quoted,) = claims('"The bridge fell," the mayor said.')
    (reported,) = claims("The mayor said that the bridge fell.")
    assert quoted["text"] == "The bridge fell"
    assert reported["text"] == "the bridge fell"


def test_each_sentence_of_a_quotation_is_a_claim_of_its_own():
    found = claims('"The bridge fell. Two men died," the mayor said.')
    assert [claim["text"] for claim in found] == ["The bridge fell.", "Two men died"]
    assert {claim["speaker"] for claim in found} == {"the mayor"}


def test_a_claim_carries_its_side_and_its_facts():
    (claim,) = claims(
        "A spokesman for the Northern Army said that it killed at least 31 fighters on Monday.",
        published_at="2021-09-01",
    )
    assert claim["side"] == "North"
    assert [(q["low"], q["high"], q["kind"]) for q in claim["quantities"]] == [(31, None, "killed")]
    assert claim["event_time"] == "2021-08-30"


@pytest.mark.parametrize(
    ("text", "denied", "negated"),
    [
        ("The Southern Front denied the attack on the bridge.", True, False),
        ("The Southern Front said it did not attack the bridge.", False, True),
        ("The Southern Front denied that no civilians were hurt at the bridge.", True, True),
        ("The Southern Front said it attacked the bridge.", False, False),
    ],
)
def test_what_a_speaker_denies_is_told_from_what_the_content_negates(text, denied, negated):
    (claim,) = claims(text)
    assert (claim["denied"], claim["negated"]) == (denied, negated)


def test_two_independent_statements_in_one_sentence_are_two_claims():
    found = claims("The Southern Front took the bridge, and the Northern Army left the town.")
    assert [claim["text"] for claim in found] == [
        "The Southern Front took the bridge",
        "the Northern Army left the town.",
    ]


def test_the_source_keeps_what_stands_beside_a_statement():
    found = claims("Two men were hurt when the bridge fell, but the mayor said all were safe.")
    assert [claim["text"] for claim in found] == [
        "Two men were hurt when the bridge fell",
        "all were safe",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Read more about the bridge here.",
        "Who shelled the bridge on Monday?",
        "(Reporting by Adam Reed; Editing by Omar Haddad)",
        "By Adam Reed",
        "The bridge",
        "* * *",
        "",
    ],
)
def test_what_states_nothing_is_no_claim(text: str):
    assert claims(text) == []


@pytest.mark.parametrize(
    "lead", ["Mon 03 May 2021 ", "KABUL (Agency) - ", "Published May 3 2021 ", "2021-05-03 | "]
)
def test_datelines_are_no_part_of_a_claim(lead: str):
    (claim,) = claims(f"{lead}Ten men died in a raid on the bridge.")
    assert claim["text"] == "Ten men died in a raid on the bridge."


def test_a_title_that_the_text_repeats_is_a_claim_of_its_own():
    text = "Ten men die in northern raid The raid hit the bridge on Monday."
    found = claims(text, title="Ten men die in northern raid")
    assert [claim["text"] for claim in found] == [
        "Ten men die in northern raid",
        "The raid hit the bridge on Monday.",
    ]


def test_a_row_is_one_claim_and_its_stated_values_win():
    (claim,) = claims(
        "The army killed 12 fighters near the bridge. It lost none.",
        kind="row",
        given={
            "speaker": "The Northern Army",
            "side": "South",
            "place": "Aqsar",
            "time": "2021-05-03",
            "quantity_low": 10,
            "quantity_high": 12,
            "quantity_kind": "killed",
            "counted": "fighters",
        },
    )
    assert claim["text"] == "The army killed 12 fighters near the bridge. It lost none."
    assert (claim["speaker"], claim["speaker_name"]) == ("The Northern Army", "Northern Army")
    assert (claim["place"], claim["event_time"]) == ("Aqsar", "2021-05-03")
    (quantity,) = claim["quantities"]
    assert (quantity["low"], quantity["high"], quantity["counted"]) == (10, 12, "fighters")
    assert claim["text"][quantity["start"] : quantity["end"]] == quantity["text"]


def test_a_row_without_a_stated_speaker_takes_the_one_in_its_text():
    (claim,) = claims("The mayor said the bridge fell.", kind="row")
    assert claim["speaker"] == "The mayor"
    assert claim["text"] == "The mayor said the bridge fell."


def test_the_same_document_gives_the_same_ids():
    text = "The mayor said the bridge fell. Two men were hurt."
    assert [c["claim_id"] for c in claims(text)] == [c["claim_id"] for c in claims(text)]


def test_a_text_that_lost_its_periods_costs_linear_time():
    def seconds(times: int) -> float:
        text = "the mayor said ten men died and the army claimed the road was open, " * times
        began = time.perf_counter()
        assert len(claims(text)) == 2 * times
        return time.perf_counter() - began

    seconds(5)
    assert seconds(80) < max(40 * seconds(10), 2)


def test_no_documents_give_no_claims():
    empty = extract(records.frame([], records.DOCUMENTS))
    assert list(empty.columns) == list(records.CLAIMS)
    assert len(empty) == 0


WORDS = (
    "The army|said|told reporters|that|ten men died|he|according to|12|on Monday|who|and|denied"
    "|the attack|killed|while|(AFP)|Mon 3 May 2021|’s|''|“|”|\"|,|.|;|?|؟|-|\n\n"
)
PIECES = st.sampled_from(WORDS.split("|")) | st.text(max_size=8)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_offsets_are_exact_whatever_the_text(text: str):
    for claim in claims(text):
        assert text[claim["start"] : claim["end"]] == claim["text"] != ""
        assert claim["sentence_start"] <= claim["start"] < claim["end"] <= claim["sentence_end"]
        for part in ("speaker", "cue", "place", "time"):
            start, end = claim[f"{part}_start"], claim[f"{part}_end"]
            assert start is None or text[start:end] == claim[part]
        for quantity in claim["quantities"]:
            assert text[quantity["start"] : quantity["end"]] == quantity["text"]


@pytest.mark.parametrize(
    "junk",
    [
        "218-11",
        "M. al-Frieh/H. Said",
        "Community standardsDiscussion Comment via FacebookComment via Sputnik News",
        "Read Also",
        "Get short URL",
    ],
)
def test_numbers_bylines_and_leftovers_of_web_pages_are_no_claims(junk: str):
    (own,) = claims(f"Two men died in the raid.\n\n{junk}")
    (said,) = claims(f'Two men died in the raid.\n\n"{junk}," the mayor said.')
    assert own["text"] == said["text"] == "Two men died in the raid."
