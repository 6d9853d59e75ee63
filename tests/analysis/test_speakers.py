"""Names that may be one speaker across documents, each with its evidence."""

import pandas as pd
import pytest

from tests.analysis.telling import claims_of
from verify.analysis.speakers import same_speakers
from verify.records import DOCUMENTS, frame


def proposed(*names: str, texts: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    claims = claims_of(*[{"text": f"Shell {n} fell.", "speaker": n} for n in names])
    documents = frame(
        [{"doc_id": f"t{n}", "text": text} for n, text in enumerate(texts)], DOCUMENTS
    )
    found: pd.DataFrame = same_speakers(claims, documents)
    return list(found[["name", "same_as", "reason"]].itertuples(index=False, name=None))


def test_an_acronym_is_the_name_that_a_text_introduces_it_after() -> None:
    full = "Syrian Observatory for Human Rights"
    text = f"The {full} (SOHR) said that shells fell."
    assert proposed("SOHR", full, full, texts=(text, text)) == [
        ("SOHR", full, f'introduced as "{full} (SOHR)" in 2 documents')
    ]


def test_an_acronym_of_other_words_joins_nothing() -> None:
    assert proposed("UNHCR", "Red Cross", texts=("The Red Cross (UNHCR) said so.",)) == []


def test_an_article_makes_no_other_name() -> None:
    assert [row[:2] for row in proposed("Bashar al-Assad", "Bashar Assad", "Bashar Assad")] == [
        ("Bashar al-Assad", "Bashar Assad")
    ]


def test_a_letter_more_or_less_is_a_spelling() -> None:
    assert [row[:2] for row in proposed("Rami Abdul Rahman", *["Rami Abdel Rahman"] * 2)] == [
        ("Rami Abdul Rahman", "Rami Abdel Rahman")
    ]


def test_two_people_of_one_office_are_two_speakers() -> None:
    assert proposed("Committee Member Badr Jamous", "Committee Member Adnan Rahmoun") == []


def test_a_surname_is_the_only_full_name_that_ends_in_it() -> None:
    assert [row[:2] for row in proposed("Putin", *["Vladimir Putin"] * 2)] == [
        ("Putin", "Vladimir Putin")
    ]


def test_a_surname_of_two_people_is_nobody_s() -> None:
    assert proposed("Assad", "Bashar Assad", "Maher Assad") == []


def test_titles_and_capitals_make_no_other_name() -> None:
    found = proposed("Col. Brandt", "COLONEL BRANDT", "Brandt", *["Viktor Brandt"] * 2)
    assert {row[:2] for row in found} == {
        ("Col. Brandt", "Viktor Brandt"),
        ("COLONEL BRANDT", "Viktor Brandt"),
        ("Brandt", "Viktor Brandt"),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Ilan Roth", "Ilan Roth"),
        ("COLONEL VIKTOR BRANDT", "Viktor Brandt"),
        ("Lt. Col. Ali al-Haddad", "Ali al-Haddad"),
        ("Gov. Marchuk", "Governor Marchuk"),
        ("Gen. Orlov", "General Pavel Orlov"),
        ("BRANDT", "Viktor Brandt"),
        ("President Kovar", "Anna Kovar"),
        ("Lt. Brandt", "Lieutenant Brandt"),
        ("Doctor Roth", "Dr. Roth"),
        ("Sgt. Marchuk", "Sergeant Marchuk"),
        ("Cpt. Orlov", "Captain Orlov"),
        ("Cmdr. Haddad", "Commander Haddad"),
        ("Mister Reed", "Mr. Reed"),
        ("Lt. Col. Viktor Brandt", "Lieutenant Colonel Viktor Brandt"),
        ("Brig. Gen. Sand", "Brigadier General Sand"),
        ("Corporal Yusuf", "Cpl. Yusuf"),
        ("Professor Marsh", "Prof. Ruth Marsh"),
    ],
)
def test_a_name_is_proposed_for_the_one_without_its_title(one: str, other: str) -> None:
    assert [row[:2] for row in proposed(one, other, other)] == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Col. Brandt", "Gen. Brandt"),
        ("Captain Viktor Brandt", "Colonel Viktor Brandt"),
        ("NATO", "Secretary NATO"),
        ("General", "Attorney General"),
        ("Mr. Brandt", "Mrs. Brandt"),
        ("Mr Brandt", "Mrs Brandt"),
        ("Mr. Brandt", "Ms. Brandt"),
        ("Ms. Brandt", "Mrs. Brandt"),
        ("Miss Brandt", "Mister Brandt"),
        ("Miss Brandt", "Mrs. Anna Brandt"),
        ("Mr. President Kovar", "Mrs. President Kovar"),
        ("Major Brandt", "Mayor Brandt"),
        ("Prince Orlov", "Princess Orlov"),
        ("Sgt. Sandberg", "Sir Sandberg"),
        ("Lt. Sandberg", "Gen. Sandberg"),
    ],
)
def test_other_titles_and_acronyms_are_other_speakers(one: str, other: str) -> None:
    assert proposed(one, other, other) == []


def test_a_surname_that_is_credited_most_gathers_all_its_forms() -> None:
    found = proposed(*["Brandt"] * 4, *["Col. Brandt"] * 3, *["Viktor Brandt"] * 2)
    assert {row[:2] for row in found} == {("Col. Brandt", "Brandt"), ("Viktor Brandt", "Brandt")}


def test_titled_surnames_are_one_where_nobody_is_named_in_full() -> None:
    found = proposed("Col. Brandt", *["COLONEL BRANDT"] * 2, *["Brandt"] * 3)
    assert {row[:2] for row in found} == {("Col. Brandt", "Brandt"), ("COLONEL BRANDT", "Brandt")}


@pytest.mark.parametrize(
    "names",
    [
        ("Mr. Brandt", "Mrs. Brandt", "Brandt", "Brandt"),
        ("Mr. Brandt", "Mrs. Brandt", "Viktor Brandt", "Viktor Brandt"),
        ("Mr. Viktor Brandt", "Mrs. Brandt", "Viktor Brandt", "Viktor Brandt"),
        ("Mr. Viktor Sandberg", "Viktor Sandberg", "Viktora Sandberg", "Ms. Viktora Sandberg"),
        ("Miss Brandt", "Mister Brandt", "BRANDT", "Anna Brandt"),
    ],
)
def test_no_third_name_brings_mr_and_mrs_together(names: tuple[str, ...]) -> None:
    polite = {"Mr.", "Mrs.", "Ms.", "Miss", "Mister"}
    groups: dict[str, set[str]] = {}
    for one, other, _ in proposed(*names):
        both = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(both, both))
    assert all(len({n.split()[0] for n in group} & polite) < 2 for group in groups.values())


def test_of_a_man_and_a_woman_each_keeps_the_names_that_are_theirs() -> None:
    found = proposed("Mr. Brandt", "Mister Brandt", "Mrs. Brandt", *["Mr. Viktor Brandt"] * 2)
    assert {row[:2] for row in found} == {
        ("Mr. Brandt", "Mr. Viktor Brandt"),
        ("Mister Brandt", "Mr. Viktor Brandt"),
    }
