import numpy as np

from tests.analysis.telling import claims_of, vectors_of
from verify.analysis.titles import headings, shorten, topics

SHELLED = "Shells hit the Amber bridge and killed soldiers of the garrison on Monday morning"
HEADLINE = "Soldiers killed as shells hit Amber bridge"


def heading(*rows: dict[str, str], start: str | None = None, places: tuple[str, ...] = ()) -> str:
    claims = claims_of(*rows)
    events = [np.arange(len(claims))]
    return headings(claims, vectors_of(claims), events, [start], [list(places)])[0]


def test_a_headline_that_fits_names_the_event() -> None:
    assert heading({"text": SHELLED, "title": HEADLINE}) == f"“{HEADLINE}”"


def test_a_headline_of_something_else_does_not() -> None:
    assert heading({"text": "Bread costs twice as much", "title": HEADLINE}).startswith("“Bread")


def test_one_headline_names_one_event() -> None:
    claims = claims_of(
        {"text": SHELLED, "title": HEADLINE},
        {"text": "The shells that hit soldiers came from the hill", "title": HEADLINE},
    )
    titles = headings(
        claims, vectors_of(claims), [np.array([0]), np.array([1])], [None, None], [[], []]
    )
    assert titles == [f"“{HEADLINE}”", "“The shells that hit soldiers came from the hill”"]


def test_place_and_day_follow_where_known() -> None:
    title = heading({"text": HEADLINE}, start="2020-05-04", places=("Halden",))
    assert title == f"“{HEADLINE}” (Halden, 4 May 2020)"


def test_a_place_that_is_named_is_not_said_twice() -> None:
    title = heading({"text": HEADLINE}, start="2020-05", places=("Amber bridge",))
    assert title == f"“{HEADLINE}”"


def test_the_claim_in_the_middle_speaks_for_the_others() -> None:
    title = heading(
        {"text": "Shells hit the bridge at dawn"},
        {"text": "Shells hit the bridge"},
        {"text": "Shells hit the bridge and windows broke in every street of the town"},
    )
    assert title.startswith("“Shells hit the bridge")
    assert "windows" not in title


def test_a_long_claim_is_cut_at_a_word() -> None:
    title = shorten("that " + "the garrison answered with rockets " * 5)
    assert len(title) <= 80
    assert title.startswith("The garrison")
    assert title.endswith("…")
    assert title.rstrip("…").split()[-1] in {"the", "garrison", "answered", "with", "rockets"}


def test_a_date_line_is_no_part_of_a_title() -> None:
    assert shorten("Published July 5 2015 The dam broke") == "The dam broke"
    assert shorten("Sun 05 Jul 2015 The dam broke.") == "The dam broke"


def test_events_of_one_kind_share_a_topic_and_a_lone_one_has_none() -> None:
    claims = claims_of(
        {"text": "Shells hit the Amber bridge"},
        {"text": "Shells hit the Amber bridge"},
        {"text": "Bread costs twice as much"},
    )
    found = topics(claims, vectors_of(claims), [np.array([row]) for row in range(3)], 0.6)
    assert found[0] == found[1] is not None
    assert found[2] is None
