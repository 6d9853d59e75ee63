"""Corrections outlive a rebuild: the same claims again, a new grouping, a claim that comes anew."""

from sqlalchemy import text

from tests.store.bridge import claim, document, fill, relate
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review.audit import audit
from verify.review.corrections import encode
from verify.review.decisions import decide
from verify.store import views
from verify.store.store import Store

BRIDGE = "Forty soldiers fell at the bridge."


def correct(store: Store, field: str, value: str) -> None:
    decide(store, "claim", "c1", value, field=field, reviewer="Ana", seen_version=0)


def test_the_same_documents_again_leave_corrections_as_they_are(store: Store):
    correct(store, "speaker_name", "General Oda")
    correct(store, "quantities", "[]")
    before = views.claim(store, "c1")
    fill(store)
    assert views.claim(store, "c1") == before
    assert audit(store) == []


def test_the_next_run_works_with_what_was_corrected(store: Store):
    correct(store, "content", encode({"start": 0, "end": 19, "text": BRIDGE[:19]}))
    correct(store, "denied", "yes")
    row = store.claims().set_index("claim_id").loc["c1"]
    assert (row["text"], bool(row["denied"])) == ("Forty soldiers fell", True)


def test_a_new_grouping_leaves_corrections_as_they_are(store: Store):
    correct(store, "place", encode({"start": None, "end": None, "text": "Milltown"}))
    relate(store, of={"c1": "e2", "c2": "e1", "c3": "e1", "c4": "e2"})
    shown = views.claim(store, "c1")
    assert shown is not None
    assert (shown["place"], shown["read_as"]["place"]) == ("Milltown", "Ashford")
    assert audit(store) == []


def test_sides_read_anew_leave_corrections_as_they_are(store: Store):
    correct(store, "speaker_name", "General Oda")
    store.relabel_sides(store.claims().assign(side="South", side_reason="alias"))
    shown = views.claim(store, "c1")
    assert shown is not None
    assert (shown["speaker_name"], shown["side"]) == ("General Oda", "South")
    assert audit(store) == []


def test_a_claim_that_comes_anew_gets_what_was_decided_on_it(store: Store):
    told = claim("c9", "d9", BRIDGE, speaker="he")
    store.add_documents(frame([document("d9", BRIDGE)], DOCUMENTS), "r1")
    store.add_claims(frame([told], CLAIMS), "r1")
    for field, value in (("speaker_name", "General Ode"), ("status", "verified")):
        decide(store, "claim", "c9", value, field=field, reviewer="Ana", seen_version=0)
    with store.writing() as connection:  # as when the claims of a document are read again
        connection.execute(text("DELETE FROM claims_search WHERE rowid = 5"))
        connection.execute(text("DELETE FROM claims WHERE claim_id = 'c9'"))
    store.add_claims(frame([told], CLAIMS), "r2")
    shown = views.claim(store, "c9")
    assert shown is not None
    assert (shown["speaker_name"], shown["status"]) == ("General Ode", "verified")
    assert shown["read_as"] == {"speaker_name": None}
    assert audit(store) == []
