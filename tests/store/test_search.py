import pytest

from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


def found(store: Store, typed: str) -> set[str]:
    return set(views.claims(store, Filters(search=typed))[0]["claim_id"])


def test_all_words_must_occur_in_any_order(store: Store):
    assert found(store, "bridge forty") == {"c1"}
    assert found(store, "forty dam") == set()


def test_the_title_of_the_document_is_searched_too(store: Store):
    assert found(store, "calm") == {"c3"}


def test_case_does_not_matter(store: Store):
    assert found(store, "FORTY") == {"c1"}


@pytest.mark.parametrize(
    "typed",
    ['"', '""', '"bridge', "bridge*", "*", "AND", "bridge AND", "NOT bridge", "a OR b", "NEAR(a b)",
     "text:bridge", "(bridge", "^bridge", "-bridge", "🙂", "🙂 bridge", "%", "_", "\\", "'; --",
     "a\0b", "\ud800", " ", "{bridge}", "bridge+dam", "é", "\"\" \"", "?", ":x"],
)  # fmt: skip
def test_whatever_is_typed_is_no_error(store: Store, typed: str):
    assert found(store, typed) <= {"c1", "c2", "c3", "c4"}


def test_an_operators_name_is_a_word_like_any_other(store: Store):
    assert found(store, "bridge AND dam") == set()
    assert found(store, "NOT") == set()


def test_what_has_no_letters_is_looked_for_as_it_stands(store: Store):
    assert found(store, "%") == set()
    assert found(store, ".") == {"c1", "c2", "c3", "c4"}


def test_nothing_typed_is_no_condition(store: Store):
    assert len(found(store, "  ")) == 4


def test_the_last_word_may_be_a_beginning_from_three_letters_on(store: Store):
    assert found(store, "sold") == {"c1", "c2"}
    assert found(store, "so") == set()


def test_words_in_quotes_are_a_phrase(store: Store):
    assert found(store, '"fell at the"') == {"c1"}
    assert found(store, '"at fell"') == set()
