import pytest

from tests.analysis.telling import claims_of, vectors_of
from verify.analysis.agencies import agency_named, bylines
from verify.analysis.repeats import repeats
from verify.records import DOCUMENTS, frame

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


def test_what_the_agency_itself_published_is_the_origin_of_those_that_name_it() -> None:
    assert repeated(
        {"text": BRIDGE, "source": "Daily", "speaker": "Reuters", "published_at": "2020-05-04"},
        {"text": BRIDGE, "source": "reuters", "published_at": "2020-05-05"},
    ) == [("c0", "c1")]


def test_an_agency_comes_first_among_those_of_one_day() -> None:
    assert repeated(
        {"text": BRIDGE, "source": "Daily", "published_at": "2020-05-04T08:00:00Z"},
        {"text": BRIDGE, "source": "AFP", "published_at": "2020-05-04T09:00:00Z"},
    ) == [("c0", "c1")]


def test_outlets_that_print_one_agency_may_cut_its_sentence() -> None:
    cut = BRIDGE.removesuffix(" in the harbour").replace("old ", "")
    claims = claims_of({"text": BRIDGE}, {"text": cut})
    assert repeats(claims, None).empty
    assert len(repeats(claims, None, {"d0": "AFP", "d1": "AFP"})) == 1


@pytest.mark.parametrize(
    ("source", "text", "agency"),
    [
        ("Daily", "BEIRUT (AFP) - Shells fell.", "AFP"),
        ("Daily", "Shells fell on town AFP Thursday 30 Jul 2015 Shells fell.", "AFP"),
        ("Daily", "Shells fell on the town. (Reuters)", "Reuters"),
        ("reuters", "Shells fell.", "Reuters"),
        ("Daily", "The town on Monday (AFP Photo). Shells fell.", None),
        ("Daily", "The mayor told AFP that shells fell.", None),
    ],
)
def test_a_byline_tells_whose_text_a_document_prints(
    source: str, text: str, agency: str | None
) -> None:
    documents = frame([{"doc_id": "d", "source": source, "text": text}], DOCUMENTS)
    assert bylines(documents).get("d") == agency


def test_a_credit_may_name_an_agency() -> None:
    assert agency_named("the official SANA news agency") == "SANA"
    assert agency_named("General Ode") is None


LONG = (
    "Rescuers pulled four miners from the flooded shaft north of Eskford late on Tuesday after the"
    " pumps had failed for the second time, a foreman of the pit said"
)


@pytest.mark.parametrize(
    "cut",
    [
        LONG.replace(" north of Eskford late", ""),
        LONG.replace("the flooded shaft", "the shaft of a flooded coal mine"),
        LONG.replace("late on Tuesday", "at 21:40 on Tuesday"),
        "Last seen 3 May " + LONG.removesuffix(", a foreman of the pit said"),
    ],
    ids=["left out", "put in", "an hour put in", "a stamp before it"],
)
def test_what_an_editor_cut_is_a_repeat(cut: str) -> None:
    assert repeated({"text": LONG}, {"text": cut}) == [("c1", "c0")]


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("four", "six"),
        LONG.replace("had failed", "had not failed"),
        "A foreman said that four men were saved late on Tuesday from the shaft north of Eskford,"
        " where pumps broke down twice",
    ],
    ids=["another number", "a denial", "own words"],
)
def test_a_report_of_its_own_is_no_editors_cut(other: str) -> None:
    cut = other.replace(" north of Eskford late", "")
    assert repeated({"text": LONG}, {"text": cut}) == []


def test_an_editor_may_not_cut_a_count() -> None:
    """What counts more than its origin would count for nothing if it were folded into it."""
    more = LONG.replace("four miners", "four miners and the bodies of another two")
    claims = claims_of({"text": LONG}, {"text": more})
    claims.at[1, "quantities"] = [{"kind": "killed", "low": 2, "high": 2, "counted": "bodies"}]
    assert repeats(claims, None).empty


def test_two_hours_are_two_incidents() -> None:
    first = LONG.replace("late on Tuesday", "at 21:40 on Tuesday")
    second = LONG.replace("late on Tuesday after", "at 03:10 on Tuesday when")
    assert repeated({"text": first}, {"text": second}) == []


def test_a_set_phrase_months_later_is_no_editors_cut() -> None:
    cut = LONG.replace(" north of Eskford late", "").replace("of the pit ", "")
    near = {"text": cut, "published_at": "2020-05-20"}
    late = {"text": cut, "published_at": "2020-11-20"}
    assert repeated({"text": LONG, "published_at": "2020-05-04"}, near) == [("c1", "c0")]
    assert repeated({"text": LONG, "published_at": "2020-05-04"}, late) == []


def test_what_one_denies_repeats_nothing_that_another_says() -> None:
    said, denied = {"text": BRIDGE, "cue": "said"}, {"text": BRIDGE, "cue": "denied"}
    assert repeated(said, denied) == []
    assert repeated({"text": BRIDGE}, {"text": BRIDGE, "denied": True}) == []
    assert repeated({"text": BRIDGE}, {"text": BRIDGE, "negated": True}) == []
    assert repeated(said, denied, said, denied) == [("c2", "c0"), ("c3", "c1")]


def test_a_denial_by_a_shortened_not_is_no_repeat() -> None:
    for verb in ("didn't fall", "didn’t fall"):
        assert repeated({"text": BRIDGE}, {"text": BRIDGE.replace("fell", verb)}) == []
