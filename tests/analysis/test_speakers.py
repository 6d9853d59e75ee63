"""Names that may be one speaker across documents, each with its evidence."""

import pandas as pd

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
