"""A claim says why it can be checked, or what it is instead."""

import pytest

from verify.ingest.extract import extract
from verify.records import DOCUMENTS, frame, rows


def read(text: str) -> dict[str, tuple[str, str]]:
    document = {"doc_id": "d", "kind": "text", "text": text, "published_at": "2021-08-30"}
    claims = extract(frame([document], DOCUMENTS))
    return {c["text"]: (c["checkable"], c["checkable_reason"]) for c in rows(claims)}


def kind_of(text: str) -> str:
    (first, *_) = read(text).values()
    return first[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("At least 31 fighters were killed near Khost on Monday.", "fact"),
        ("A brave convoy reached Aleppo on Tuesday.", "fact"),
        ("The numbers could not be independently confirmed.", "fact"),
        ("In May more than 60 civilians were killed in the town.", "fact"),
        ("The militia may have shelled the market.", "fact"),
        ("The army denied any involvement.", "fact"),
        ("The army will retake the bridge soon.", "forecast"),
        ("We will not allow foreign troops on our soil.", "forecast"),
        ("The toll could rise further.", "forecast"),
        ("The minister is expected to visit Khost.", "forecast"),
        ("The group vowed to burn the harbour.", "forecast"),
        ("The forces backed by Iran will attack Homs.", "forecast"),
        ("The attack was heinous and unacceptable.", "opinion"),
        ("I think the town has changed.", "opinion"),
        ("The minister condemned the attack.", "opinion"),
        ("The world must act against the siege.", "wish"),
        ("The council called for an immediate truce.", "wish"),
        ("The council urged both sides to stop the shelling.", "wish"),
        ('"Let us rebuild the bridge," the mayor said.', "wish"),
        ('"Where were the guards?" the mayor asked.', "question"),
    ],
)
def test_what_kind_of_statement_it_is(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_a_modal_in_a_relative_clause_does_not_make_a_forecast() -> None:
    assert kind_of("The army destroyed a bridge that would have carried tanks.") == "fact"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("At least 31 fighters were killed.", 'states a number: "At least 31"'),
        ("The convoy left Aleppo on Monday.", "names a place and a time"),
        ("The world must act against the siege.", 'says "must"'),
        ("The attack was heinous.", 'judges: "heinous"'),
    ],
)
def test_the_reason_is_in_words(text: str, reason: str) -> None:
    ((_, told),) = read(text).values()
    assert reason in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Shells hit the market.", 'tells of an act: "hit"'),
        ("Two carts fell into the river.", 'tells of an act: "fell"'),
        ("The road was quickly cleared.", 'tells of an act: "cleared"'),
        ("The guard is shelling the mill.", 'tells of an act: "shelling"'),
        ("The bodies were found in the river.", 'tells of an act: "found"'),
        ("The death of the miller shocked the town.", 'tells of an act: "shocked"'),
        ("The minister is the father of the dead man.", 'names what happened: "dead"'),
        ("The truce is still in force.", 'names what happened: "truce"'),
        ("There is nothing military here.", "says what is not there"),
        ("There was nothing left of the mill.", "says what is not there"),
        ("There were no guards at the bridge.", "says what is not there"),
        ("The king is in the palace.", 'says what something "is"'),
    ],
)
def test_the_reason_names_the_verb_or_what_happened(text: str, reason: str) -> None:
    ((kind, told),) = read(text).values()
    assert (kind, told.split("; ")[-1]) == ("fact", reason)


@pytest.mark.parametrize("text", ["There is no doubt about it.", "There is no other way."])
def test_what_nobody_can_look_for_is_no_act(text: str) -> None:
    ((_, told),) = read(text).values()
    assert told.startswith("says how something is")


def test_a_noun_before_its_verb_is_no_act() -> None:
    ((_, told),) = read("A car bomb killed at least nine men where guards are housed.").values()
    assert told.endswith('tells of an act: "killed"')
