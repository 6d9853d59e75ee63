import pytest

from verify.ingest.times import find_times

PUBLISHED = "2021-09-01T08:00:00Z"  # a Wednesday


def read(text, published=PUBLISHED):
    return [(text[w.start : w.end], w.iso) for w in find_times(text, 0, len(text), published)]


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("They came on Monday.", "on Monday", "2021-08-30"),
        ("They came late Sunday.", "late Sunday", "2021-08-29"),
        ("They came on Wednesday evening.", "on Wednesday evening", "2021-09-01"),
        ("They came yesterday.", "yesterday", "2021-08-31"),
        ("They came on 30 August.", "on 30 August", "2021-08-30"),
        ("They came on December 3.", "on December 3", "2020-12-03"),
        ("They came early on 21 August 2013.", "early on 21 August 2013", "2013-08-21"),
        ("They came in August 2013.", "in August 2013", "2013-08"),
        ("They came in May.", "in May", "2021-05"),
        ("They came in 2014.", "in 2014", "2014"),
        ("17-08-2013 They came.", "17-08-2013", "2013-08-17"),
        ("2013-08-17 They came.", "2013-08-17", "2013-08-17"),
        ("They came two days ago.", "two days ago", "2021-08-30"),
        ("Two days ago they came.", "Two days ago", "2021-08-30"),
        ("They came yesterday or the day before.", "yesterday or the day before", "2021-08-30"),
        ("They came last week.", "last week", "2021-08-23"),
        ("They came earlier this week.", "earlier this week", "2021-08-30"),
        ("They came over the past two days.", "over the past two days", "2021-08-30"),
        ("They came last month.", "last month", "2021-08"),
    ],
)
def test_words_become_a_day_counted_back_from_publication(text, words, iso):
    assert read(text) == [(words, iso)]


def test_without_a_day_of_publication_only_full_dates_are_absolute():
    assert read("They came on Monday, not on 2 May 2014.", None) == [
        ("on Monday", None),
        ("on 2 May 2014", "2014-05-02"),
    ]


@pytest.mark.parametrize("text", ["They may march.", "March on!", "killed 12", "2014 people"])
def test_words_that_only_look_like_dates_are_none(text):
    assert read(text) == []


def test_an_impossible_day_is_a_date_that_cannot_be_told():
    assert read("They came on 31 June 2014.") == [("on 31 June 2014", None)]


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("They came on Monday.", "2021-08-30", "day"),
        ("They came on Tuesday morning.", "2021-08-31", "day"),
        ("They came yesterday.", "2021-08-31", "day"),
        ("They came the day before yesterday.", "2021-08-30", "day"),
        ("They came overnight.", "2021-09-01", "day"),
        ("They came two nights ago.", "2021-08-30", "day"),
        ("They came two days ago.", "2021-08-30", "day"),
        ("They came three weeks ago.", "2021-08-11", "week"),
        ("They came last week.", "2021-08-23", "week"),
        ("They came at the weekend.", "2021-08-28", "week"),
        ("They came over the weekend.", "2021-08-28", "week"),
        ("They came last weekend.", "2021-08-28", "week"),
        ("They came this weekend.", "2021-08-28", "week"),
        ("They came in the past 24 hours.", "2021-08-31", "day"),
        ("They came over the past two days.", "2021-08-30", "week"),
        ("They came over the past three weeks.", "2021-08-11", "month"),
        ("They came in August.", "2021-08", "month"),
        ("They came earlier this month.", "2021-09", "month"),
        ("They came last month.", "2021-08", "month"),
        ("They came in 2014.", "2014", "year"),
        ("They came last year.", "2020", "year"),
    ],
)
def test_a_time_says_how_exact_it_is(text, iso, precision):
    [when] = find_times(text, 0, len(text), PUBLISHED)
    assert (when.iso, when.precision) == (iso, precision)
