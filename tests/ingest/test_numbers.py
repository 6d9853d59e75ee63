import pytest

from verify.ingest.numbers import find_counts


def bounds(text):
    return [(text[c.start : c.end], c.low, c.high) for c in find_counts(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,200 families left", 1200, 1200),
        ("1 200 families left", 1200, 1200),
        ("1.2 million families left", 1_200_000, 1_200_000),
        ("twenty-one families left", 21, 21),
        ("two hundred and six families left", 206, 206),
        ("a dozen families left", 12, 12),
        ("half a million families left", 500_000, 500_000),
        ("at least 31 families left", 31, None),
        ("no fewer than 31 families left", 31, None),
        ("more than 50 families left", 51, None),
        ("50 or more families left", 50, None),
        ("up to 40 families left", None, 40),
        ("fewer than 40 families left", None, 39),
        ("between 12 and 15 families left", 12, 15),
        ("12 to 15 families left", 12, 15),
        ("12-15 families left", 12, 15),
        ("two or three families left", 2, 3),
        ("two to three thousand families left", 2000, 3000),
        ("about 300 families left", 300, 300),
        ("nearly 100 families left", 100, 100),
        ("dozens of families left", 24, None),
        ("scores of families left", 40, None),
        ("several hundred families left", 200, None),
        ("hundreds of thousands of families left", 200_000, None),
    ],
)
def test_a_count_is_read_with_its_bounds(text, low, high):
    [(_, *read)] = bounds(text)
    assert read == [low, high]


@pytest.mark.parametrize(
    "text",
    [
        "a girl aged four to 10",
        "a 15-year-old baker",
        "since 2011",
        "at 18:30 local time",
        "30 km from the river",
        "12 percent of the harvest",
        "$300 for a sack",
        "a MiG-29 and a T-72",
        "122mm guns",
        "Resolution 2254",
        "the 3rd bridge",
        "for three days",
        "one of the oldest mills",
        "call 0700 123",
    ],
)
def test_what_measures_dates_or_names_is_no_count(text):
    assert bounds(text) == []


def test_a_count_right_after_a_date_is_not_lost_with_it():
    text = "July 5 120 families left"
    counts = find_counts(text, 0, len(text), taken=[(0, 6)])
    assert [(c.low, c.high) for c in counts] == [(120, 120)]


def test_none_killed_is_a_count_of_zero():
    assert bounds("no villagers or civilians were killed")[0][1:] == (0, 0)
