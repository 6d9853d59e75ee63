from tests.analysis.telling import claims_of, vectors_of
from verify.analysis.repeats import repeats

BRIDGE = "Shells fell on the old bridge before dawn and two barges sank in the harbour"


def repeated(*rows: dict[str, str]) -> list[tuple[str, str]]:
    claims = claims_of(*rows)
    found = repeats(claims, vectors_of(claims))
    return list(found.itertuples(index=False, name=None))


def test_the_earliest_published_is_the_origin() -> None:
    assert repeated(
        {"text": BRIDGE, "published_at": "2020-05-05"},
        {"text": BRIDGE + ".", "published_at": "2020-05-04"},
        {"text": BRIDGE, "published_at": None},
    ) == [("c0", "c1"), ("c2", "c1")]


def test_a_word_more_or_less_is_still_a_repeat() -> None:
    later = BRIDGE.replace("before dawn", "shortly before dawn")
    assert repeated({"text": BRIDGE}, {"text": later}) == [("c1", "c0")]


def test_another_number_is_another_claim() -> None:
    assert repeated({"text": BRIDGE}, {"text": BRIDGE.replace("two", "three")}) == []


def test_a_denial_is_no_repeat() -> None:
    assert repeated({"text": BRIDGE}, {"text": BRIDGE.replace("fell", "did not fall")}) == []


def test_own_words_for_the_same_fact_are_no_repeat() -> None:
    told = "Two vessels went down after artillery struck the crossing at night"
    assert repeated({"text": BRIDGE}, {"text": told}) == []


def test_a_document_does_not_repeat_itself() -> None:
    assert repeated({"text": BRIDGE, "doc_id": "d"}, {"text": BRIDGE, "doc_id": "d"}) == []


def test_short_sentences_are_alike_by_chance() -> None:
    assert repeated({"text": "The war goes on."}, {"text": "The war goes on."}) == []


def test_vectors_are_optional() -> None:
    claims = claims_of({"text": BRIDGE}, {"text": BRIDGE})
    assert len(repeats(claims, None)) == 1


def test_nothing_repeats_in_an_empty_frame() -> None:
    assert repeats(claims_of(), None).empty
