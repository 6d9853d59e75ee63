"""The rarity of words, counted once: what it weighs, and that later texts do not change it."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from verify.analysis.edges import same_event
from verify.analysis.rarity import Rarity, content_words, name_matrix, names_in, word_matrix

TEXTS = [
    "Shells fell on the Market in Sanask on 5 March.",
    "The Market in Sanask burned, and nobody fought the fire.",
    "Two barges sank at Oskeva.",
    "",
]


@pytest.mark.parametrize(
    ("matrix", "words"), [(word_matrix, content_words), (name_matrix, names_in)]
)
def test_words_weigh_what_sublinear_tf_idf_gives_them(matrix, words):
    expected = TfidfVectorizer(analyzer=words, sublinear_tf=True).fit_transform(TEXTS)
    for rarity in (None, Rarity.of(TEXTS)):
        np.testing.assert_allclose(matrix(TEXTS, rarity).toarray(), expected.toarray(), atol=1e-12)


def test_it_counts_the_texts_that_hold_a_word_and_not_how_often_they_do():
    rarity = Rarity.of(["flood, flood and flood", "the flood"])
    assert (rarity.texts, rarity.words) == (2, {"flood": 2})


def test_it_is_read_as_it_was_written():
    rarity = Rarity.of(TEXTS)
    assert Rarity.read(json.loads(json.dumps(rarity.told()))) == rarity
    assert Rarity.read(None) is None


def test_later_texts_change_no_weight_of_the_earlier_ones():
    rarity = Rarity.of(TEXTS)
    later = [*TEXTS, "The market of Oskeva burned in a fire of its own."]
    few, more = word_matrix(TEXTS, rarity), word_matrix(later, rarity)
    known = (few @ few.T).toarray()
    np.testing.assert_allclose((more @ more.T).toarray()[:4, :4], known)
    anew = word_matrix(later)
    assert not np.allclose((anew @ anew.T).toarray()[:4, :4], known)


def test_a_word_that_was_in_no_text_weighs_more_than_one_that_was():
    rarity = Rarity.of(TEXTS)
    weights = word_matrix(["market zeppelin"], rarity).toarray()[0]
    market, zeppelin = weights  # in the order of the alphabet
    assert zeppelin > market > 0


def test_texts_without_a_word_have_no_weight():
    assert word_matrix(["", "the"], Rarity.of(TEXTS)).nnz == 0


def test_the_probability_of_one_incident_goes_by_it():
    claims = pd.DataFrame({"claim_id": list("abcd"), "text": TEXTS})
    pairs = pd.DataFrame({"a": ["a"], "b": ["b"], "similarity": [0.5]})
    as_counted = same_event(pairs, claims)["probability"][0]
    same = same_event(pairs, claims, Rarity.of(TEXTS))["probability"][0]
    common = Rarity(100, {"market": 99, "sanask": 99}, {"market": 99, "sanask": 99})
    assert same == pytest.approx(as_counted)
    assert same_event(pairs, claims, common)["probability"][0] < as_counted
