from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.ingest.cue_rules import by_rules
from verify.ingest.sentences import sentence_spans


def said(text: str) -> list[tuple[str | None, str, str]]:
    """(source, cue, content) of each attribution; the parts of a content joined by " | "."""
    return [
        (
            text[slice(*one.source)] if one.source else None,
            text[slice(*one.cue)],
            " | ".join(text[slice(*part)] for part in one.content),
        )
        for one in by_rules(text, sentence_spans(text))
    ]


FELL = "the bridge had fallen"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # the cue stands before what is said
        (f"The mayor said {FELL}.", "The mayor", "said", FELL),
        (f"The mayor said that {FELL}.", "The mayor", "said", f"that {FELL}"),
        (f"The mayor told reporters on Monday that {FELL}.", "The mayor", "told", f"that {FELL}"),
        (
            f"Omar Haddad has repeatedly claimed {FELL}.",
            "Omar Haddad",
            "has repeatedly claimed",
            FELL,
        ),
        (f"He said in a statement that {FELL}.", "He", "said", f"that {FELL}"),
        (f"According to the ministry, {FELL}.", "the ministry", "According to", FELL),
        (f"The army, however, says {FELL}.", "The army", "says", FELL),
        # after it
        ("The bridge had fallen, the mayor said.", "the mayor", "said", "The bridge had fallen"),
        ("The bridge had fallen, said the mayor.", "the mayor", "said", "The bridge had fallen"),
        (
            "The bridge fell, according to the mayor.",
            "the mayor",
            "according to",
            "The bridge fell",
        ),
        # inside it
        (
            "The talks, the envoy said, would go on.",
            "the envoy",
            "said",
            "The talks | would go on",
        ),
        # quotations
        ('"The bridge is ours," Haddad said.', "Haddad", "said", '"The bridge is ours,"'),
        ('"The bridge is ours," said Haddad.', "Haddad", "said", '"The bridge is ours,"'),
        ('Haddad said: "The bridge is ours."', "Haddad", "said", '"The bridge is ours."'),
        (
            "“The bridge is ours,” he said. “The road is theirs.”",
            "he",
            "said",
            "“The bridge is ours,” | “The road is theirs.”",
        ),
        (
            'The raid was "a crime against the town," he said.',
            "he",
            "said",
            'The raid was "a crime against the town,"',
        ),
        # other cues
        ("The army denied the attack.", "The army", "denied", "the attack"),
        (
            "The governor accused the rebels of shelling the town.",
            "The governor",
            "accused",
            "the rebels of shelling the town",
        ),
        ("The group vowed to retake the bridge.", "The group", "vowed", "to retake the bridge"),
        (
            "The group claimed responsibility for the blast.",
            "The group",
            "claimed",
            "responsibility for the blast",
        ),
        (
            "Supporters of the group posted victory pictures of their fighters.",
            "Supporters of the group",
            "posted",
            "victory pictures of their fighters",
        ),
        # nobody is named
        (f"It was reported that {FELL}.", None, "was reported", f"that {FELL}"),
        ("Two men were reportedly hurt.", None, "reportedly", "Two men were reportedly hurt"),
    ],
)
def test_who_said_what(text: str, source: str | None, cue: str, content: str):
    assert (source, cue, content) in said(text)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Ten men died in the raid a monitor said.", "a monitor", "Ten men died in the raid"),
        ("Ten men died on Monday activists said.", "activists", "Ten men died on Monday"),
        (
            "Ten men were killed in the north said the Aqsar Observatory.",
            "the Aqsar Observatory",
            "Ten men were killed in the north",
        ),
        (
            'The raid killed ten" spokesman Omar Haddad said.',
            "spokesman Omar Haddad",
            'The raid killed ten"',
        ),
        (
            "Ten men died in the process the Aqsar Agency said.",
            "the Aqsar Agency",
            "Ten men died in the process",
        ),
        (
            "In Kabul the Defence Ministry said ten men died.",
            "the Defence Ministry",
            "ten men died",
        ),
    ],
)
def test_lost_commas_do_not_merge_speaker_and_claim(text: str, source: str, content: str):
    assert (source, "said", content) in said(text)


@pytest.mark.parametrize(
    "source",
    [
        "Spokesman Lieutenant Colonel Adam Reed",
        "The Aqsar Observatory for Human Rights",
        "The head of the army in the north",
        "Adam Reed, a spokesman for the army",
        "Adam Reed (Northern Party)",
        "Two local officials",
        "An activist who spoke by telephone",
        "Doctors Without Walls",
    ],
)
def test_the_source_is_the_whole_noun_phrase(source: str):
    text = f"{source} said {FELL}."
    assert said(text) == [(source, "said", FELL)]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "The mayor said the bridge fell and the army claimed the road was open.",
            ["the bridge fell", "the road was open"],
        ),
        (
            "According to the Aqsar Agency rebels took the bridge.",
            ["rebels took the bridge"],
        ),
        (
            "The envoy told the agency the army had left.",
            ["the army had left"],
        ),
        (
            "The mayor said the bridge fell; the road stayed open.",
            ["the bridge fell"],
        ),
    ],
)
def test_what_is_said_ends_where_someone_else_speaks_or_acts(text: str, contents: list[str]):
    assert [content for _, _, content in said(text)] == contents


def test_both_levels_of_a_nested_report_are_found():
    found = said("The agency said that the mayor denied the attack.")
    assert ("The agency", "said", "that the mayor denied the attack") in found
    assert ("the mayor", "denied", "the attack") in found


def test_one_subject_says_several_things():
    found = said("The mayor said the bridge fell and added that two men died, blaming the army.")
    assert [source for source, _, _ in found] == ["The mayor"] * 3
    assert [content for _, _, content in found] == [
        "the bridge fell",
        "that two men died",
        "the army",
    ]


def test_whoever_an_agency_quotes_speaks():
    found = said("The agency quoted residents as saying that the bridge fell.")
    assert ("residents", "saying", "that the bridge fell") in found


def test_a_quotation_over_several_sentences_stays_with_its_speaker():
    text = '"The bridge fell. Two men died," said the mayor. "We will build it again."'
    assert [(source, cue) for source, cue, _ in said(text)] == [("the mayor", "said")]
    assert said(text)[0][2] == '"The bridge fell. Two men died," | "We will build it again."'


@pytest.mark.parametrize(
    "text",
    [
        "The bridge fell on Monday.",
        "The United States sent two ships.",
        "A video released by the group ran for two minutes.",
        "The blast claimed the lives of ten men.",
        "Five alleged rebels were shot.",
    ],
)
def test_nothing_is_put_in_anyones_mouth_without_a_cue(text: str):
    assert said(text) == []


def test_a_sentence_of_ten_thousand_words_takes_linear_time():
    def seconds(times: int) -> float:
        text = "the mayor said the bridge fell and the army claimed the road was open, " * times
        began = time.perf_counter()
        by_rules(text, sentence_spans(text))
        return time.perf_counter() - began

    seconds(10)
    short, long = (min(seconds(times) for _ in range(3)) for times in (140, 1400))
    assert long < 40 * short  # ten times the words; a square would be a hundred times


WORDS = (
    "said told that accused denied claim vowed reported adding according to by of as was who which "
    "he the army Haddad in a statement and 12 \" “ ” '' ‘ ’ , . ; : ( ) - \n"
)
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")) | st.text(max_size=6), max_size=60).map(" ".join)


@settings(deadline=None)
@given(TEXTS)
def test_garbled_text_never_fails_and_spans_stay_inside(text: str):
    for one in by_rules(text, sentence_spans(text)):
        spans = [part for part in (one.source, one.cue, *one.content) if part]
        assert one.content
        assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_plural_that_owns_something_ends_no_name(mark: str) -> None:
    text = f"Maria Stone, spokeswoman of the Dockers{mark} Union, said that 40 dockers were hurt."
    (found,) = by_rules(text, sentence_spans(text))
    assert found.source is not None
    assert text[slice(*found.source)] == f"Maria Stone, spokeswoman of the Dockers{mark} Union"
