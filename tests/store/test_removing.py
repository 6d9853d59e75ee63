"""Documents taken out, on both databases: what goes with them, and what is on record and stays."""

from tests.store.bridge import DENIAL
from verify.review import evidence
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.store import removing, views
from verify.store.filters import Filters
from verify.store.store import Store


def remove(store: Store, source: str) -> removing.Removal:
    with store.writing() as connection:
        return removing.remove(connection, removing.documents_of(connection, source))


def claims_of(store: Store) -> list[str]:
    return store.claims()["claim_id"].tolist()


def test_claims_go_with_their_pairs_kinds_words_and_document(store: Store):
    gone = remove(store, "North Post")
    assert (gone.documents, [one.claim_id for one in gone.claims], gone.kept) == (
        ["d1"],
        ["c1"],
        [],
    )
    assert claims_of(store) == ["c2", "c3", "c4"]
    assert views.pairs(store)[1] == 1
    assert views.claims(store, Filters(search="forty soldiers"))[1] == 0
    assert "c1" not in views.claims(store, Filters(kind="killed"))[0]["claim_id"].tolist()
    assert store.documents()["doc_id"].tolist() == ["d2", "d3", "d4"]
    assert audit(store) == []


def test_an_event_of_which_nothing_is_left_goes_at_once(store: Store):
    for source in ("North Post", "Hill Radio", "South Star"):
        remove(store, source)
    assert views.event(store, "e1") is None
    assert claims_of(store) == ["c4"]


def test_whose_work_a_claim_is_keeps_nothing(store: Store):
    decide(store, "claim", "c1", "Ada", field="assigned_to", reviewer="Lea", seen_version=0)
    assert not remove(store, "North Post").kept
    assert audit(store) == []


def test_both_ends_of_a_pair_that_was_decided_on_stay(store: Store):
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ada", seen_version=0)
    for source in ("North Post", "South Star", "Hill Radio"):
        remove(store, source)
    assert claims_of(store) == ["c1", "c3", "c4"]
    assert views.pairs(store)[0]["pair_id"].tolist() == [DENIAL]
    assert audit(store) == []


def test_a_claim_with_evidence_stays(store: Store):
    evidence.attach_link(store, ("claim", "c1"), "https://a.example/1", reviewer="Ada")
    gone = remove(store, "North Post")
    assert (gone.documents, [one.claim_id for one in gone.kept]) == ([], ["c1"])
    assert claims_of(store) == ["c1", "c2", "c3", "c4"]


def test_a_document_that_stays_is_not_read_again_until_its_file_comes_again(store: Store):
    decide(store, "claim", "c1", "disputed", reviewer="Ada", seen_version=0)
    remove(store, "North Post")
    store.forget_readings()
    assert "d1" not in store.unread_documents()
    store.add_documents(store.documents(["d1"]), "r9")
    assert "d1" in store.unread_documents()
