"""Documents read again: what is found keeps its decisions, what is not found goes or is kept."""

from typing import Any

import pandas as pd

from tests.store.bridge import CLAIMS_TOLD, DENIAL, NUMBER
from verify.records import CLAIMS, frame
from verify.review.audit import audit
from verify.review.corrections import encode
from verify.review.decisions import decide
from verify.review.undoing import undo
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

READ = ["d1", "d2", "d3", "d4"]


def reread(store: Store, *gone: str, **fields: Any) -> int:
    """Read all documents again: every claim but those ``gone`` is found, c1 with these fields."""
    found = [row for row in CLAIMS_TOLD if row["claim_id"] not in gone]
    found = [{**row, **fields} if row["claim_id"] == "c1" else row for row in found]
    store.forget_readings()
    return store.add_claims(frame(found, CLAIMS), "r2", read=READ)


def shown(store: Store, claim_id: str = "c1") -> dict[str, Any]:
    found = views.claim(store, claim_id)
    assert found is not None
    return found


def test_documents_are_marked_unread_once_and_counted(store: Store):
    store.add_claims(frame([], CLAIMS), "r1", read=["d1"])
    assert store.forget_readings() == 1
    assert store.unread_documents() == READ


def test_a_claim_found_again_gets_what_is_read_now(store: Store):
    reread(store, checkable="fact", via="Reuters", quantities=[], speaker_name="General Oda")
    claim = shown(store)
    assert (claim["checkable"], claim["via"], claim["run_id"]) == ("fact", "Reuters", "r2")
    assert (claim["credited"], claim["event_id"]) == ("General Oda", "e1")
    assert "c1" not in views.claims(store, Filters(kind="killed"))[0]["claim_id"].tolist()


def test_the_same_reading_changes_nothing_but_the_run(store: Store):
    before, _ = views.claims(store, sort="arrival")
    assert reread(store) == 0
    after, _ = views.claims(store, sort="arrival")
    pd.testing.assert_frame_equal(after.drop(columns="run_id"), before.drop(columns="run_id"))
    assert audit(store) == []


def test_decisions_and_corrections_stay_on_top(store: Store):
    half = encode({"start": 0, "end": 19, "text": "Forty soldiers fell"})
    for field, value in {"status": "verified", "content": half, "side": "South"}.items():
        made = decide(store, "claim", "c1", value, field=field, reviewer="Ana", seen_version=0)
    reread(store, place="Milltown", side="East")
    claim = shown(store)
    assert (claim["status"], claim["text"], claim["side"]) == ("verified", half[-21:-2], "South")
    assert claim["read_as"]["text"] == "Forty soldiers fell at the bridge."
    assert views.claims(store, Filters(search="forty bridge"))[1] == 1  # by the document's title
    undo(store, made.seq, "Ana")
    assert shown(store)["side"] == "East"
    assert audit(store) == []


def test_a_claim_no_longer_found_goes_with_its_pairs(store: Store):
    reread(store, "c3")
    assert views.claim(store, "c3") is None
    assert views.pairs(store)[1] == 1
    event = views.event(store, "e1")
    assert event is not None
    assert (event["claims"], event["conflicts"]) == (2, 0)
    assert views.claims(store, Filters(search="nobody was hurt"))[1] == 0
    assert store.counted("r2") == (3, 0)


def test_a_claim_that_somebody_decided_on_is_kept(store: Store):
    decide(store, "claim", "c3", "disputed", reviewer="Ana", seen_version=0)
    reread(store, "c3")
    assert (shown(store, "c3")["status"], shown(store, "c3")["run_id"]) == ("disputed", "r1")
    assert store.counted("r2") == (4, 1)


def test_both_claims_of_a_decided_pair_are_kept(store: Store):
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ana", seen_version=0)
    reread(store, "c1", "c2", "c3")
    assert views.pairs(store)[0]["pair_id"].tolist() == [DENIAL]
    assert NUMBER != DENIAL
    assert store.counted("r2") == (3, 2)


def test_claims_of_documents_that_were_not_read_stay(store: Store):
    store.add_claims(frame([], CLAIMS), "r2", read=["d1"])
    assert store.claims()["claim_id"].tolist() == ["c2", "c3", "c4"]
