from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.analysis.pairing import claim, frame, killed
from verify.analysis.candidates import CandidateSettings, candidates


def propose(claims, events=None, vectors=None, settings=None):
    events = events or ["e1"] * len(claims)
    membership = pd.DataFrame({"claim_id": [c["claim_id"] for c in claims], "event_id": events})
    if vectors is None:
        vectors = np.eye(len(claims), 4, dtype=np.float32)
    return candidates(frame(*claims), membership, vectors, settings)


def ends(pairs):
    return list(zip(pairs["a"], pairs["b"], strict=True))


def crowd(number, **facts):
    """Claims on a circle, so that neighbours in the list are neighbours in meaning."""
    angle = np.linspace(0, np.pi, number)
    vectors = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    return [claim(f"c{i:04}", f"statement {i}", **facts) for i in range(number)], vectors


def test_claims_of_two_documents_in_one_event_are_paired():
    assert ends(propose([claim("c2", "x"), claim("c1", "y")])) == [("c1", "c2")]


def test_claims_of_two_events_are_not_paired():
    assert ends(propose([claim("c1", "x"), claim("c2", "y")], ["e1", "e2"])) == []


def test_two_claims_in_one_mouth_are_no_pair():
    said = {"doc_id": "d1", "speaker": "The mayor", "speaker_name": "The mayor"}
    assert ends(propose([claim("c1", "x", **said), claim("c2", "y", **said)])) == []


def test_two_speakers_of_one_document_are_paired():
    a = claim("c1", "x", doc_id="d1", speaker="The mayor")
    b = claim("c2", "y", doc_id="d1", speaker="A baker")
    assert ends(propose([a, b])) == [("c1", "c2")]


def test_similarity_is_the_cosine_of_the_vectors():
    vectors = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
    pairs = propose([claim("c1", "x"), claim("c2", "y")], vectors=vectors)
    assert pairs["similarity"][0] == pytest.approx(0.6)


def test_each_pair_brings_its_probability_of_one_incident():
    pairs = propose([claim("c1", "Karsa burned"), claim("c2", "Karsa burned")])
    assert pairs["same_event"].between(0, 1).all()


def test_a_small_event_proposes_every_pair():
    claims, vectors = crowd(20)
    pairs = propose(claims, vectors=vectors)
    assert sum(pairs.attrs["possible"].values()) == len(pairs) == 190


def test_a_large_event_proposes_neighbours_and_says_of_how_many():
    claims, vectors = crowd(60)
    pairs = propose(claims, vectors=vectors, settings=CandidateSettings(whole=50, nearest=3))
    assert sum(pairs.attrs["possible"].values()) == 60 * 59 // 2
    assert 60 <= len(pairs) <= 60 * 3
    assert ("c0000", "c0001") in ends(pairs)
    assert not pairs.duplicated(["a", "b"]).any()


def test_in_a_large_event_counts_of_one_kind_meet_however_unlike_the_texts():
    claims, vectors = crowd(60)
    claims[0]["quantities"], claims[59]["quantities"] = killed(12), killed(40)
    pairs = propose(claims, vectors=vectors, settings=CandidateSettings(whole=50, nearest=3))
    assert ("c0000", "c0059") in ends(pairs)


def test_in_a_large_event_opposed_sides_meet_however_unlike_the_texts():
    claims, vectors = crowd(60)
    claims[0]["side"], claims[59]["side"] = "Front", "Crown"
    pairs = propose(claims, vectors=vectors, settings=CandidateSettings(whole=50, nearest=3))
    assert ("c0000", "c0059") in ends(pairs)


def test_claims_without_an_event_are_no_pair():
    claims = [claim("c1", "x"), claim("c2", "y")]
    membership = pd.DataFrame({"claim_id": ["c1"], "event_id": ["e1"]})
    assert len(candidates(frame(*claims), membership, np.eye(2, dtype=np.float32))) == 0


def test_vectors_that_do_not_match_the_claims_are_refused():
    with pytest.raises(ValueError, match="2 claims but 3 vectors"):
        propose([claim("c1", "x"), claim("c2", "y")], vectors=np.eye(3, dtype=np.float32))
