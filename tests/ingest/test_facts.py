import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.ingest.facts import facts_of


def read(text, **known):
    return facts_of(text, 0, len(text), **known)


def test_the_facts_of_a_sentence():
    text = "Raiders killed at least nine traders in the village of Oakford on Monday."
    facts = read(text, published_at="2021-09-01")
    [quantity] = facts.quantities
    assert (quantity["text"], quantity["low"], quantity["high"]) == ("at least nine", 9, None)
    assert (facts.place, facts.time, facts.event_time) == ("Oakford", "on Monday", "2021-08-30")
    assert (facts.actor, facts.negated, facts.hedged) == ("Raiders", False, False)


def test_place_and_time_may_come_from_the_sentence_around_the_claim():
    text = "On Sunday in Oakford, a nurse said, two traders were hurt."
    start = text.index("two")
    facts = facts_of(text, start, len(text), published_at="2021-09-01", sentence=(0, len(text)))
    assert (facts.place, facts.event_time) == ("Oakford", "2021-08-29")


def test_the_location_of_the_document_stands_in_without_a_span():
    facts = read("Two traders were hurt.", location="Oakford")
    assert (facts.place, facts.place_start) == ("Oakford", None)


def test_no_time_is_not_the_day_of_publication():
    assert read("Two traders were hurt.", published_at="2021-09-01").event_time is None


@pytest.mark.parametrize(
    "text",
    [
        "The council did not shell the mill.",
        "The council denied that nine traders were killed.",
        "The reports are baseless.",
        "No trader was hurt.",
        "The council never asked for it.",
    ],
)
def test_a_denial_is_negated(text):
    assert read(text).negated


@pytest.mark.parametrize(
    "text",
    [
        "The raid killed not only guards but traders.",
        "No fewer than nine traders were killed.",
        "The figure could not be independently verified.",
        "Guards killed nine raiders, it said without giving a source.",
        "It was not clear who fired.",
        "Nine traders were killed.",
    ],
)
def test_what_denies_nothing_is_not_negated(text):
    assert not read(text).negated


@pytest.mark.parametrize(
    "text",
    ["Raiders allegedly burnt the mill.", "An unconfirmed count.", "It could not be verified."],
)
def test_reserve_is_hedged(text):
    assert read(text).hedged


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The resistance killed 85 raiders in the clashes.", "resistance"),
        ("Nine traders were killed by river raiders on Monday.", "river raiders"),
        ("Nine traders were killed in coalition air strikes.", "coalition"),
        ("The attack was blamed on the Northern Guard.", "Northern Guard"),
        ("Supporters of the council posted victory pictures.", "Supporters of the council"),
        ("Nine traders were killed by river raiders two days ago.", "river raiders"),
        ("Nine traders were killed by raiders heading toward Oakford last Sunday.", "raiders"),
        (
            "Nine died in shelling by the Northern Guard yesterday or the day before.",
            "Northern Guard",
        ),
        ("Columns of the council moving towards Oakford shelled a mill.", "Columns of the council"),
        ("Two days ago the Northern Guard shelled the mill.", "Northern Guard"),
        ("The Northern Guard last week shelled the mill.", "Northern Guard"),
        ("They marched toward Oakford yesterday or the day before.", None),
        ("A car bomb killed nine traders.", None),
        ("Nine traders were killed.", None),
    ],
)
def test_the_actor_is_whoever_did_the_main_act(text, actor):
    assert read(text).actor == actor


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The council posted victory pictures of their fighters.", "advance"),
        ("The resistance killed 85 enemy fighters.", "advance"),
        ("The council captured several posts.", "advance"),
        ("The flag flies over the valley.", "advance"),
        ("No position was lost.", "advance"),
        ("The council retreated from the valley.", "setback"),
        ("Hundreds of raiders surrendered.", "setback"),
        ("Nine traders were killed.", None),
        ("85 fighters were killed.", None),
        ("Nine people lost their lives.", None),
    ],
)
def test_the_outcome_is_an_advance_or_a_setback(text, outcome):
    assert read(text).outcome == outcome


@pytest.mark.parametrize(
    "when",
    ["two days ago", "last week", "this morning", "yesterday or the day before", "toward evening"],
)
def test_what_is_counted_ends_before_words_of_time(when):
    [quantity] = read(f"Raiders hurt 31 guards of the river council {when}.").quantities
    assert quantity["counted"] == "guards of the river council"


WORDS = [
    "at least",
    "between",
    "12",
    "31",
    "1,200",
    "2014",
    "and",
    "to",
    "killed",
    "wounded",
    "including",
    "of them",
    "children",
    "in",
    "village of",
    "Oakford",
    "on Monday",
    "3 May",
    "said",
    "two",
    "dozens",
    "the",
    "were",
    "by",
    "rebels",
    ",",
    ".",
    '"',
    "5 pm",
    "no",
    "not",
    "tanks",
    "over",
    "-",
    "two to",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_any_text_is_read_and_every_span_is_exact(text, skip, length):
    start = min(skip, len(text))
    end = min(start + length, len(text))
    facts = facts_of(text, start, end, published_at="2021-09-01", sentence=(0, len(text)))
    for quantity in facts.quantities:
        assert text[quantity["start"] : quantity["end"]] == quantity["text"]
        assert start <= quantity["start"] < quantity["end"] <= end
    if facts.place is not None:
        assert text[facts.place_start : facts.place_end] == facts.place
    if facts.time is not None:
        assert text[facts.time_start : facts.time_end] == facts.time
