"""How the screens say times, shares and numbers."""

import pytest

from verify.dashboard import wording


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2020-05-04", "2020-05-04", "4 May 2020"),
        ("2020-05-03", "2020-05-04", "3 – 4 May 2020"),
        ("2020-04-28", "2020-05-04", "28 Apr – 4 May 2020"),
        ("2019-12-30", "2020-01-02", "30 Dec 2019 – 2 Jan 2020"),
        ("2020-05", "2020-05-04", "May 2020 – 4 May 2020"),
        ("2020", None, "2020"),
        (None, None, ""),
    ],
)
def test_a_span_of_days(starts, ends, said):
    assert wording.days(starts, ends) == said


def test_a_moment_is_said_in_utc():
    assert wording.moment("2020-05-04T01:30:00+02:00") == "3 May 2020, 23:30 UTC"
    assert wording.moment("2020-05-04") == "4 May 2020"
    assert wording.moment("some day") == "some day"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 9, "0 %"), (1, 1000, "1 %"), (999, 1000, "99 %"), (9, 9, "100 %"), (0, 0, "–")],
)
def test_a_share_is_never_rounded_to_nothing_or_all(part, whole, said):
    assert wording.share(part, whole) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(85, 85, "85"), (12, 15, "12 to 15"), (31, None, "at least 31"), (None, 9, "at most 9"),
     (1200, 1200, "1,200"), (None, None, "an unknown number")],
)  # fmt: skip
def test_bounds_may_be_open(low, high, said):
    assert wording.bounds(low, high) == said


def test_a_reading_names_kind_number_and_what_is_counted():
    quantity = {"kind": "killed", "low": 40, "high": 40, "counted": "soldiers"}
    assert wording.reading(quantity) == "killed: 40 soldiers"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("North Post", "North Post"),
        ("![x](https://e.example/p.png)", r"\!\[x\]\(https\://e\.example/p\.png\)"),
        (":red[a] *b* _c_ `d` ~e~", r"\:red\[a\] \*b\* \_c\_ \`d\` \~e\~"),
        ("<i> $x$ # a|b \\", r"\<i\> \$x\$ \# a\|b \\"),
    ],
)
def test_a_label_holds_no_markdown(text, label):
    assert wording.plain_label(text) == label


def test_what_a_speaker_denies_says_so():
    assert wording.stated("85 men were killed", "denied") == "Denies: 85 men were killed"
    assert wording.stated("85 men were killed", "said") == "85 men were killed"


def test_more_than_eighty_is_not_at_least_eighty_one():
    count = {"text": "More than 80", "low": 81, "high": None, "kind": "killed", "counted": "men"}
    assert wording.reading(count) == "killed: more than 80 men"
