import pytest

from tests.store.bridge import DENIAL, NUMBER, SUPPORT
from verify.errors import InputError
from verify.review.decisions import decide
from verify.review.queue import next_claims, next_pairs
from verify.store.filters import Filters
from verify.store.store import Store


def test_contradicted_claims_come_first_and_say_why(store: Store):
    table = next_claims(store)
    assert list(zip(table["claim_id"], table["why"], strict=True)) == [
        ("c3", "in 2 conflicts"),
        ("c1", "in 1 conflict, said by 2 sources"),
        ("c2", "in 1 conflict, said by 2 sources"),
        ("c4", "only one source says it"),
    ]


def test_what_is_decided_is_not_asked_again(store: Store):
    decide(store, "claim", "c3", "disputed", reviewer="Ada", seen_version=0)
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ada", seen_version=0)
    assert "c3" not in set(next_claims(store)["claim_id"])
    assert list(next_pairs(store)["pair_id"]) == [NUMBER, SUPPORT]


def test_the_queue_goes_on_behind_a_claim_that_was_passed_over(store: Store):
    assert list(next_claims(store, after="c3", limit=2)["claim_id"]) == ["c1", "c2"]
    assert list(next_claims(store, after="c4")["claim_id"]) == []


def test_the_queue_goes_on_behind_a_claim_that_was_decided(store: Store):
    decide(store, "claim", "c3", "disputed", reviewer="Ada", seen_version=0)
    assert next_claims(store, after="c3")["claim_id"].iloc[0] == "c1"


def test_paging_by_one_visits_every_pair_once(store: Store):
    seen, after = [], None
    while len(page := next_pairs(store, after=after, limit=1)):
        after = page["pair_id"].iloc[0]
        seen.append(after)
    assert seen == [DENIAL, NUMBER, SUPPORT]


def test_pairs_say_why_they_matter(store: Store):
    words = list(next_pairs(store)["why"])
    assert words[0] == "may contradict each other (denial), 3 sources tell of it"
    assert words[2] == "may support each other, 3 sources tell of it"


def test_the_queue_follows_the_filters(store: Store):
    assert list(next_claims(store, Filters(side="North"))["claim_id"]) == ["c1", "c2"]
    assert list(next_pairs(store, Filters(relation="supports"))["pair_id"]) == [SUPPORT]


def test_behind_what_does_not_exist_is_an_error(store: Store):
    with pytest.raises(InputError):
        next_claims(store, after="c9")
