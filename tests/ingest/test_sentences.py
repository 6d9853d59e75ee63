from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. Adam Reed of the U.S. Army met Mr. Omar at 6 p.m. on Friday.",
        "The price rose by 3.5 percent in J. R. Haddad's shop.",
        "Battalion No. 7 held the bridge.",
        "The letter was signed on Sept. 4 by Acme Corp. of Delaware.",
        '"Leave the valley!" he shouted.',
        "They waited ... and waited for the convoy.",
    ],
)
def test_a_period_inside_a_sentence_ends_nothing(text: str):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The bridge fell. The road was closed.", 2),
        ("The convoy left the U.S. The road was closed.", 2),
        ('"We hold the bridge." The road was closed.', 2),
        ("Was it shelled? Nobody knows! The road was closed.", 3),
        ("THE BRIDGE FELL. THE ROAD WAS CLOSED.", 2),
        ("the bridge fell. the road was closed.", 2),
        ("The bridge fell.The road was closed.", 2),
        ("هل سقط الجسر؟ أغلق الطريق.", 2),
        ("پل گر گیا۔ سڑک بند ہے۔", 2),
        ("桥塌了。路封了。", 2),
    ],
)
def test_closing_marks_end_sentences_in_any_script(text: str, count: int):
    assert len(sentences(text)) == count


def test_a_blank_line_ends_a_headline_that_has_no_period():
    assert sentences("Bridge falls in the north\n\nThe road was closed.") == [
        "Bridge falls in the north",
        "The road was closed.",
    ]


def test_a_wrapped_line_goes_on_and_a_bullet_begins_anew():
    text = (
        "The bridge fell on Monday after a day of shelling\n"
        "that also closed the road to the north of the town\n"
        "- two men were hurt\n- one car burned"
    )
    assert sentences(text) == [
        "The bridge fell on Monday after a day of shelling\n"
        "that also closed the road to the north of the town",
        "- two men were hurt",
        "- one car burned",
    ]


def test_a_date_parts_the_heading_from_the_story_where_the_period_is_lost():
    text = "Bridge falls near Aqsar Agency Monday 3 May 2021 Two men were hurt on Sunday."
    assert sentences(text) == [
        "Bridge falls near Aqsar Agency Monday 3 May 2021",
        "Two men were hurt on Sunday.",
    ]


def test_a_date_inside_a_sentence_parts_nothing():
    text = "The bridge fell on 3 May 2021 Omar Haddad said."
    assert sentences(text) == [text]


def test_a_sentence_of_ten_thousand_words_takes_linear_time():
    def seconds(words: int) -> float:
        text = "the bridge fell, he said and " * (words // 6)
        began = time.perf_counter()
        assert len(sentence_spans(text)) == 1
        return time.perf_counter() - began

    assert seconds(10_000) < 0.5


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_all_that_is_no_white_space_belongs_to_exactly_one_sentence(text: str):
    spans = sentence_spans(text)
    covered = [at for start, end in spans for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= set(covered)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
