from __future__ import annotations

import pytest

from verify.ingest.apposition import following
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


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The regional governor, Olena Marchuk", "Olena Marchuk"),
        ("The hospital director, Dr. Ilan Roth,", "Dr. Ilan Roth"),
        (
            "The spokesman of the Northern Army, Colonel Viktor Brandt",
            "Colonel Viktor Brandt",
        ),
        ("The chief of staff, Major General Ali al-Haddad", "Major General Ali al-Haddad"),
        ("A resident, Amina Yusuf, 34,", "Amina Yusuf"),
        ("The company's chief executive, Tom Reed", "Tom Reed"),
        ("The group's leader, known as Abu Karim", "Abu Karim"),
        ("The main opposition group, the Northern Front", "Northern Front"),
        ("Omar Haddad, son of the late commander Ali Haddad", "Omar Haddad"),
        ("President Anna Kovar, the commander-in-chief", "President Anna Kovar"),
        ("A resident of Elmham, North Shire", "resident of Elmham"),
        ("A resident of Aleppo, Syria", "resident of Aleppo"),
        ("The minister, speaking in Elmham", "minister"),
        ("a group of 2,000 fighters", "group of 2,000 fighters"),
        ("a group of 2,000 fighters, led by Omar Haddad", "group of 2,000 fighters"),
    ],
)
def test_a_role_with_a_name_beside_it_is_the_person(words: str, name: str):
    assert bare_name(words) == name


@pytest.mark.parametrize(
    "second",
    ["Brandt said", "Col. Brandt said", "Viktor Brandt said", "The spokesman said", "He said"],
)
def test_later_words_name_who_stood_beside_the_role(second: str):
    text = (
        "The spokesman of the Northern Army, Colonel Viktor Brandt, said the bridge fell. "
        f"{second} the road was open."
    )
    assert names(text) == ["Colonel Viktor Brandt", "Colonel Viktor Brandt"]


def test_a_name_outside_the_words_that_were_read_is_found():
    text = "Omar Haddad, son of the founder, said the bridge fell."
    assert resolve(text, [(13, 31)]) == ["Omar Haddad"]
    text = "The bridge fell, said the governor, Olena Marchuk. The road was open."
    start = text.index("the governor")
    assert resolve(text, [(start, start + len("the governor"))]) == ["Olena Marchuk"]


LONG = "Maximilian"
PLACED = "The regional governor"


@pytest.mark.parametrize("letters", [65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 80, 200])
def test_a_very_long_name_is_not_cut_inside_a_word(letters: int):
    name = f"Olena {LONG}{'n' * (letters - len(LONG))} Marchuk"
    assert following(f"{PLACED}, {name}, said the bridge fell.", len(PLACED)) is None


@pytest.mark.parametrize("letters", [*range(10, 63, 4), 63, 64])
def test_a_long_name_is_taken_whole(letters: int):
    name = f"Olena {LONG}{'n' * (letters - len(LONG))} Marchuk"
    assert following(f"{PLACED}, {name}, said the bridge fell.", len(PLACED)) == f", {name}"


@pytest.mark.parametrize("letters", range(54, 66))
def test_words_that_go_on_are_no_name_wherever_the_reach_ends(letters: int):
    words = f"Olena {LONG}{'n' * (letters - len(LONG))} Marchuk said the bridge fell"
    assert following(f"{PLACED}, {words}, and left.", len(PLACED)) is None


def test_a_name_that_ends_the_text_is_taken():
    assert following(f"{PLACED}, Olena Marchuk", len(PLACED)) == ", Olena Marchuk"
