from __future__ import annotations

import pytest

from verify.ingest.cue_rules import by_rules
from verify.ingest.sentences import sentence_spans
from verify.ingest.speakers import bare_name, resolve


def names(text: str) -> list[str | None]:
    found = by_rules(text, sentence_spans(text))
    return resolve(text, [one.source for one in found])


@pytest.mark.parametrize(
    "second",
    ["He said", "Haddad said", "Mr. Haddad said", "The commander said", "he added"],
)
def test_later_words_for_a_person_name_the_person(second: str):
    text = f"Commander Omar Haddad said the bridge fell. {second} the road was open."
    assert names(text)[-1] == "Commander Omar Haddad"


def test_a_short_name_finds_the_full_name_that_stands_elsewhere():
    text = "Omar Haddad met the envoy. Haddad said the bridge fell."
    assert names(text) == ["Omar Haddad"]


@pytest.mark.parametrize(
    "second", ["It said", "The Observatory said", "AOHR said", "The group said"]
)
def test_later_words_for_a_body_name_the_body(second: str):
    text = f"The Aqsar Observatory for Human Rights said ten men died. {second} the road was open."
    assert names(text)[-1] == "Aqsar Observatory for Human Rights"


def test_he_is_the_last_person_and_it_the_last_body():
    text = (
        "Omar Haddad said the bridge fell. The Defence Ministry said the road was open. "
        "He said ten men died. It said none died."
    )
    assert names(text) == ["Omar Haddad", "Defence Ministry", "Omar Haddad", "Defence Ministry"]


def test_who_is_the_name_before_it():
    text = "Omar Haddad, who said the bridge fell, left the town."
    assert names(text) == ["Omar Haddad"]


def test_whoever_cannot_be_resolved_keeps_the_words():
    assert names("He said the bridge fell.") == ["He"]
    assert names("It was reported that the bridge fell.") == [None]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Aqsar Post", "Aqsar Post"),
        ("Omar Haddad, a spokesman for the army,", "Omar Haddad"),
        ("A monitor (AOHR)", "monitor"),
        ("the", "the"),
    ],
)
def test_articles_and_appositions_are_no_part_of_a_name(words: str, name: str):
    assert bare_name(words) == name


@pytest.mark.parametrize(
    "words",
    [
        "Observatory chief Rami Haddad adding",
        "the accomplice or a hostage AOHR",
        "1400 people AOHR",
    ],
)
def test_words_that_make_no_name_stay_as_written_and_name_nobody_later(words: str):
    text = f"{words} said the bridge fell. He said so."
    he = text.index("He said")
    assert resolve(text, [(0, len(words)), (he, he + 2)]) == [words, "He"]


def test_a_family_name_that_looks_like_a_verb_is_a_name():
    assert resolve("Omar Said said the bridge fell.", [(0, 9)]) == ["Omar Said"]
