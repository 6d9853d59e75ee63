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
