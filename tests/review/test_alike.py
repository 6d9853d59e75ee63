"""Claims like a given one: nearest first, of other documents, without a model."""

import subprocess
import sys
import threading

import pytest

from tests.conftest import WordEncoder
from tests.store.bridge import CLAIMS_TOLD, claim, document
from verify.records import CLAIMS, DOCUMENTS, frame, text_hash
from verify.review import alike
from verify.review.alike import Alike, words
from verify.review.decisions import decide
from verify.review.vector_search import VectorSearch
from verify.store import removing
from verify.store.store import Store

MODEL = "words"


def embed(store: Store, texts: list[str]) -> None:
    store.add_vectors([text_hash(text) for text in texts], MODEL, WordEncoder().encode(texts))


def add(store: Store, claim_id: str, doc_id: str, text: str) -> None:
    store.add_documents(frame([document(doc_id, text, source=f"Paper {doc_id}")], DOCUMENTS), "r1")
    store.add_claims(frame([claim(claim_id, doc_id, text)], CLAIMS), "r1")


@pytest.fixture
def told(store: Store) -> Store:
    store.start_run({"model": MODEL})
    embed(store, [row["text"] for row in CLAIMS_TOLD])
    return store


def found(store: Store, of: Alike, claim_id: str) -> list[str]:
    return [row["claim_id"] for row in of.nearest(claim_id).claims]


def test_the_nearest_come_first_with_their_event_and_side(told: Store, monkeypatch):
    monkeypatch.setattr(alike, "LEAST", 0.1)
    nearest = Alike(told).nearest("c3").claims
    first = nearest[0]
    assert (first["claim_id"], first["event_title"], first["side"]) == (
        "c1", "Deaths at the bridge", "North",
    )  # fmt: skip
    told_as = [row["likeness"] for row in nearest]
    assert told_as == sorted(told_as, reverse=True)


def test_the_likeness_is_the_cosine_of_the_stored_vectors(told: Store, monkeypatch):
    monkeypatch.setattr(alike, "LEAST", -1.0)
    first, other = WordEncoder().encode([CLAIMS_TOLD[0]["text"], CLAIMS_TOLD[2]["text"]])
    shown = {row["claim_id"]: row["likeness"] for row in Alike(told).nearest("c1").claims}
    assert shown["c3"] == pytest.approx(float(first @ other), abs=2e-3)


def test_claims_of_its_own_document_are_no_answer(told: Store):
    text = "Forty soldiers fell at the bridge!"
    told.add_claims(frame([claim("c5", "d1", text)], CLAIMS), "r1")
    add(told, "c6", "d6", "Forty soldiers fell at the bridge")
    embed(told, [text, "Forty soldiers fell at the bridge"])
    assert found(told, Alike(told), "c1")[0] == "c6"
    assert "c5" not in found(told, Alike(told), "c1")


def test_claims_that_were_added_since_are_found_and_those_whose_vector_came_later(told: Store):
    of = Alike(told)
    assert "c6" not in found(told, of, "c1")
    add(told, "c6", "d6", "Forty soldiers fell at the bridge")
    assert "c6" not in found(told, of, "c1")  # it has no vector yet
    embed(told, ["Forty soldiers fell at the bridge"])
    run = told.start_run({"model": MODEL})
    told.finish_run(run, "done", {})
    assert found(told, of, "c1")[0] == "c6"


def wait(of: Alike) -> None:
    """Wait for the vectors that are read in beside."""
    for thread in threading.enumerate():
        if thread.name == "vectors":
            thread.join(20)
    assert not of.reading


def test_what_was_found_once_is_looked_for_anew_when_a_claim_came(told: Store, searched):
    of = Alike(told)
    before = found(told, of, "c1")
    assert (found(told, of, "c1"), len(searched)) == (before, 1)
    text = CLAIMS_TOLD[0]["text"]
    embed(told, [text])
    add(told, "c7", "d7", text)
    assert found(told, of, "c1")[0] == "c7"
    assert len(searched) == 2


def test_what_was_looked_for_ahead_is_at_hand_and_tells_what_holds_then(told: Store, searched):
    of = Alike(told)
    expected = found(told, Alike(told), "c3")
    of.look_ahead("c3")
    assert found(told, of, "c1")  # nothing had been read in ahead of it
    assert len(searched) == 2
    of.look_ahead("c3")
    decide(told, "claim", expected[0], "verified", reviewer="Ana", seen_version=0)
    nearest = of.nearest("c3").claims
    assert len(searched) == 3
    assert [row["claim_id"] for row in nearest] == expected
    assert nearest[0]["status"] == "verified"


def test_no_more_is_kept_than_a_thousand(told: Store, searched, monkeypatch):
    monkeypatch.setattr(alike, "KEPT", 1)
    of = Alike(told)
    for claim_id in ("c1", "c3", "c1"):
        of.nearest(claim_id)
    assert len(searched) == 3


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Rows of the claims whose nearest were looked for."""
    asked: list[int] = []
    nearest = VectorSearch.nearest

    def noted(self: VectorSearch, row: int, *more):
        asked.append(row)
        return nearest(self, row, *more)

    monkeypatch.setattr(VectorSearch, "nearest", noted)
    return asked


def test_many_are_read_in_beside_whoever_asks(told: Store, monkeypatch):
    monkeypatch.setattr(alike, "BESIDE", 0)
    monkeypatch.setattr(alike, "LEAST", 0.1)
    of, go_on, read = Alike(told), threading.Event(), alike._read

    def slowly(*held) -> None:
        assert go_on.wait(20)
        read(*held)

    monkeypatch.setattr(alike, "_read", slowly)
    before = of.nearest("c3")
    assert not before.claims
    assert not before.complete
    go_on.set()
    wait(of)
    after = of.nearest("c3")
    assert after.claims[0]["claim_id"] == "c1"
    assert after.complete


def test_so_are_many_whose_vectors_came_later(told: Store, monkeypatch):
    of = Alike(told)
    add(told, "c6", "d6", "Forty soldiers fell at the bridge")
    assert "c6" not in found(told, of, "c1")  # it waits for its vector
    embed(told, ["Forty soldiers fell at the bridge"])
    run = told.start_run({"model": MODEL})
    told.finish_run(run, "done", {})
    monkeypatch.setattr(alike, "BESIDE", 0)
    assert not of.nearest("c1").complete
    wait(of)
    assert found(told, of, "c1")[0] == "c6"


def test_what_fails_beside_is_told_to_who_asks_next_and_tried_again(told: Store, monkeypatch):
    monkeypatch.setattr(alike, "BESIDE", 0)
    monkeypatch.setattr(alike, "LEAST", 0.1)
    of, read = Alike(told), alike._read

    def fail(*_held) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(alike, "_read", fail)
    assert found(told, of, "c3") == []
    wait(of)
    with pytest.raises(OSError, match="the disk is gone"):
        found(told, of, "c3")
    monkeypatch.setattr(alike, "_read", read)
    of.nearest("c3")
    wait(of)
    assert found(told, of, "c3")[0] == "c1"


def test_a_claim_without_a_vector_has_nothing_like_it(told: Store):
    add(told, "c6", "d6", "Unheard of.")
    assert found(told, Alike(told), "c6") == []
    assert found(told, Alike(told), "c9") == []


def test_a_store_that_no_run_wrote_answers_with_nothing(empty: Store):
    assert Alike(empty).nearest("c1") == ([], True)


@pytest.mark.parametrize(
    ("likeness", "said"),
    [(1.0, "almost word for word"), (0.85, "very much alike"), (0.5, "somewhat alike")],
)
def test_likeness_is_said_in_words(likeness: float, said: str):
    assert words(likeness) == said


def test_no_model_is_loaded_for_it():
    code = "import sys, verify.review.alike; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_claim_that_takes_the_number_of_one_that_was_removed_is_found(told: Store):
    add(told, "late", "d9", "Forty soldiers fell at the bridge, an officer said.")
    embed(told, ["Forty soldiers fell at the bridge, an officer said."])
    of = Alike(told)
    assert "late" in found(told, of, "c1")
    with told.writing() as connection:
        removing.remove(connection, ["d9"])
    add(told, "later", "d8", "Forty soldiers fell at the bridge, a nurse said.")
    embed(told, ["Forty soldiers fell at the bridge, a nurse said."])
    assert "later" in found(told, of, "c1")
