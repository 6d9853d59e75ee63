"""However garbled a text is, extraction holds, and every span is exact."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify import records
from verify.ingest.extract import extract

SENTENCES = [
    "At least 31 civilians, including five children, were killed on Monday in the village of Tal"
    " Amud, the Observatory said.",
    '"We did not shell the market," Colonel Adel Rashid told reporters. "It was the other side."',
    "The army denied that its fighters had captured 1,200 men near Marib last week.",
    "He added: “The death toll rose to 45 from 38.”",
    "According to the UN, between 12 and 15 people — most of them women — fled the town.",
    "Nobody was hurt, a spokesman for the Southern Front said on 3 March 2021.",
    "Reuters said the ministry had claimed that two T-72 tanks were destroyed in Al-Bab's suburbs.",
    "ولم يصب أحد. قال الجيش إن ١٢ جنديا قتلوا.",
    "Міністерство повідомило про 12 загиблих.",
]
SPANS = ("speaker", "via", "cue", "place", "time")


def lost_punctuation(text: str, random: Any) -> str:
    return "".join(char for char in text if char.isalnum() or char == " " or random.random() < 0.5)


def capitals(text: str, random: Any) -> str:
    return text.upper()


def scanned(text: str, random: Any) -> str:
    """Break words at line ends and glue dashes to words, as scanning does."""
    broken = re.sub(r"\w{6,}", lambda word: word[0][:3] + "-\n" + word[0][3:], text)
    return broken.replace(" — ", "—").replace(", ", random.choice([",", "--", "—", ", "]))


def from_the_web(text: str, random: Any) -> str:
    words = text.split(" ")
    leftovers = [" ", "&nbsp;", "<br>", "<br/>\n", " &amp; ", "</p><p>", "\u00a0"]
    return "".join(word + random.choice(leftovers) for word in words)


def odd_characters(text: str, random: Any) -> str:
    odd = [
        "\x07",
        "\x1f",
        "\x85",
        "\u2028",
        "\u200f",
        "\u202e",
        "\u202c",
        "😀",
        "👨\u200d👩",
        "\ufeff",
        "İ",
        "ß",
        "ﬁ",
    ]
    return "".join(char + (random.choice(odd) if random.random() < 0.1 else "") for char in text)


def as_it_is(text: str, random: Any) -> str:
    return text


GARBLERS = [lost_punctuation, capitals, scanned, from_the_web, odd_characters, as_it_is]


def read(text: str, **fields: Any) -> list[records.Row]:
    row = {"doc_id": "d", "kind": "text", "source": "S", "text": text, "given": {}}
    row |= {"published_at": "2024-05-15", **fields}
    return records.rows(extract(records.frame([row], records.DOCUMENTS)))


def check(text: str, claims: list[records.Row]) -> None:
    assert len({claim["claim_id"] for claim in claims}) == len(claims)
    for claim in claims:
        start, end = claim["start"], claim["end"]
        assert 0 <= start < end <= len(text)
        assert claim["text"] == text[start:end]
        assert claim["sentence_start"] <= start < end <= claim["sentence_end"]
        for name in SPANS:
            first, last = claim[f"{name}_start"], claim[f"{name}_end"]
            assert (first is None) == (last is None)
            if first is not None:
                assert claim[name] == text[first:last]
                assert first < last
        for quantity in claim["quantities"]:
            assert start <= quantity["start"] < quantity["end"] <= end
            assert quantity["text"] == text[quantity["start"] : quantity["end"]]
            assert quantity["low"] is not None or quantity["high"] is not None
            if None not in (quantity["low"], quantity["high"]):
                assert 0 <= quantity["low"] <= quantity["high"]


@pytest.mark.parametrize("garbled", GARBLERS, ids=lambda garbled: garbled.__name__)
@settings(max_examples=40, deadline=None)
@given(
    sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6),
    random=st.randoms(use_true_random=False),
)
def test_garbled_reports_keep_their_offsets(
    garbled: Any, sentences: list[str], random: Any
) -> None:
    text = garbled(" ".join(sentences), random)
    check(text, read(text))


MARKS = ["said", " the army ", '"', "“", "”", "'", ". ", ", ", "\n", " that ", "denied", "killed"]
NUMBERS = ["12", " at least ", "1,200", "1 200", "٣", "²", "½", "9" * 40, " to ", "-", "—", "("]
NAMES = [" in ", "Marib", " on Monday", " said ", "according to ", "he ", " of ", " one ", ":"]
PIECES = st.lists(
    st.one_of(
        st.sampled_from(MARKS + NUMBERS + NAMES),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=PIECES)
def test_any_text_keeps_its_offsets(text: str) -> None:
    check(text, read(text))


@settings(max_examples=100, deadline=None)
@given(text=PIECES, title=PIECES)
def test_any_row_of_a_table_is_one_claim_at_most(text: str, title: str) -> None:
    claims = read(text, kind="row", title=title)
    assert len(claims) <= 1
    check(text, claims)


def test_a_sentence_of_ten_thousand_words_is_read() -> None:
    text = "The army said that " + "12 men were killed near Marib and " * 1430 + "nobody was hurt."
    claims = read(text)
    check(text, claims)
    assert claims
