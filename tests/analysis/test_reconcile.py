import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.counting import dead, told
from verify import records
from verify.analysis.reconcile import RECONCILED, RULES, by_side, by_source, reconcile, steps


def only(table: pd.DataFrame) -> records.Row:
    (row,) = records.rows(table)
    return row


def figures(claims: pd.DataFrame, rule: str = "middle") -> tuple[int, int, int]:
    row = only(reconcile(claims, rule))
    return row["low"], row["best"], row["high"]


def moves(claims: pd.DataFrame) -> list[str]:
    return [row["step"] for row in records.rows(steps(claims))]


OBSERVATORY = (
    {"source": "Observatory", "published_at": "2013-05-02", "n": 31},
    {"source": "Observatory", "published_at": "2013-05-04", "n": 58},
)


def test_a_later_count_of_the_same_source_is_its_update_and_stands_alone():
    claims = told(*OBSERVATORY)
    assert moves(claims) == ["first", "update"]
    row = only(reconcile(claims))
    assert (row["low"], row["best"], row["high"], row["superseded"]) == (58, 58, 58, 1)
    assert {row["low_claim_id"], row["best_claim_id"], row["high_claim_id"]} == {"c1"}


def test_a_later_lower_count_of_the_same_source_corrects_it():
    claims = told(*OBSERVATORY, {"source": "Observatory", "published_at": "2013-05-06", "n": 40})
    assert moves(claims) == ["first", "update", "update"]
    assert figures(claims) == (40, 40, 40)
    assert only(reconcile(claims))["superseded"] == 2


@pytest.mark.parametrize("times", [("2013-05-02T08:00:00Z", "2013-05-02T20:00:00Z"),
                                   ("2013-05-02", "2013-05-02")])  # fmt: skip
def test_a_lower_count_of_the_same_source_on_one_day_contradicts_it_and_both_stand(times):
    claims = told(
        {"source": "Observatory", "published_at": times[0], "n": 58},
        {"source": "Observatory", "published_at": times[1], "n": 31},
    )
    assert moves(claims) == ["first", "contradicts"]
    assert figures(claims) == (31, 31, 58)


def test_a_higher_count_some_hours_later_is_an_update():
    claims = told(
        {"source": "Observatory", "published_at": "2013-05-02T08:00:00Z", "n": 31},
        {"source": "Observatory", "published_at": "2013-05-02T20:00:00Z", "n": 58},
    )
    assert moves(claims) == ["first", "update"]


def test_sources_that_cannot_both_be_right_contradict_each_other():
    claims = told(*OBSERVATORY, {"source": "Ministry", "published_at": "2013-05-05", "n": 12})
    assert moves(claims) == ["first", "update", "contradicts"]
    assert records.rows(steps(claims))[2]["earlier_claim_id"] == "c1"
    assert figures(claims) == (12, 12, 58)


def test_a_count_that_fits_an_open_one_is_a_first_of_its_own():
    claims = told(
        {"source": "Gazette", "published_at": "2013-05-02", "n": (20, None, "people")},
        {"source": "Radio", "published_at": "2013-05-03", "n": 25},
    )
    assert moves(claims) == ["first", "first"]
    row = only(reconcile(claims))
    assert (row["low"], row["high"], row["open_high"]) == (20, 25, False)


def test_another_source_that_says_the_same_says_the_same():
    claims = told(*OBSERVATORY[1:], {"source": "Radio", "published_at": "2013-05-05", "n": 58})
    assert moves(claims) == ["first", "same"]
    assert only(reconcile(claims))["best_claim_id"] == "c0"


def test_the_highest_figure_may_be_open_above():
    row = only(reconcile(told({"n": 31}, {"n": (58, None, "people")})))
    assert (row["high"], row["open_high"], row["high_claim_id"]) == (58, True, "c1")


def test_a_count_known_only_from_above_leaves_the_low_end_open():
    row = only(reconcile(told({"n": (None, 9, "people")}, {"n": 12})))
    assert (row["low"], row["open_low"], row["low_claim_id"]) == (9, True, "c0")
    assert not row["open_high"]


def test_best_is_the_lower_of_the_middle_two_and_the_earliest_claim_sets_it():
    claims = told(
        {"source": "A", "n": 10, "published_at": "2013-05-09"},
        {"source": "B", "n": 20, "published_at": "2013-05-08"},
        {"source": "C", "n": 20, "published_at": "2013-05-02"},
        {"source": "D", "n": 90, "published_at": "2013-05-01"},
    )
    row = only(reconcile(claims))
    assert (row["best"], row["best_claim_id"]) == (20, "c2")


def test_a_source_that_repeats_itself_weighs_once():
    again = [{"source": "Loud", "n": 90, "published_at": f"2013-05-0{day}"} for day in range(1, 8)]
    claims = told(*again, {"source": "B", "n": 20}, {"source": "C", "n": 21})
    assert figures(claims) == (20, 21, 90)
    assert only(reconcile(claims))["superseded"] == 0


def test_repeats_of_one_origin_stand_once_and_are_one_independent_origin():
    claims = told(
        {"source": "Agency", "n": 90, "published_at": "2013-05-01"},
        {"source": "B", "n": 90, "published_at": "2013-05-02", "origin_id": "c0"},
        {"source": "C", "n": 90, "published_at": "2013-05-02", "origin_id": "c0"},
        {"source": "D", "n": 20, "published_at": "2013-05-02"},
        {"source": "E", "n": 21, "published_at": "2013-05-02"},
    )
    assert moves(claims)[1:3] == ["repeat", "repeat"]
    row = only(reconcile(claims))
    assert (row["best"], row["claims"], row["sources"]) == (21, 5, 3)


def test_a_repeat_of_words_from_elsewhere_stands_for_them_once():
    elsewhere = {"n": 90, "origin_id": "c99"}
    claims = told({"source": "B", **elsewhere}, {"source": "C", **elsewhere})
    assert moves(claims) == ["first", "repeat"]
    assert figures(claims) == (90, 90, 90)


def test_an_update_of_the_origin_takes_its_repeats_with_it():
    claims = told(
        OBSERVATORY[0],
        {"source": "B", "n": 31, "published_at": "2013-05-03", "origin_id": "c0"},
        OBSERVATORY[1],
    )
    assert figures(claims) == (58, 58, 58)


def test_a_repeat_takes_the_place_of_what_its_own_source_said_before():
    claims = told(
        {"source": "B", "n": 12, "published_at": "2013-05-01"},
        OBSERVATORY[1],
        {"source": "B", "n": 58, "published_at": "2013-05-05", "origin_id": "c1"},
    )
    assert figures(claims) == (58, 58, 58)


def test_denied_and_disputed_counts_count_nothing():
    claims = told(
        {"n": 85, "negated": True, "cue": "denied", "denied": True},
        {"n": 70, "status": "disputed"},
        {"n": 12},
    )
    assert figures(claims) == (12, 12, 12)
    assert moves(claims) == ["first"]


def test_where_one_is_verified_only_verified_ones_set_the_figures():
    claims = told({"n": 85, "source": "A"}, {"n": 12, "source": "B", "status": "verified"})
    assert figures(claims) == (12, 12, 12)
    row = only(reconcile(claims))
    assert (row["claims"], row["sources"]) == (2, 2)
    assert steps(claims)["stands"].tolist() == [False, True]


def test_a_verified_count_stands_though_its_source_said_more_since():
    first = {**OBSERVATORY[0], "status": "verified"}
    assert figures(told(first, OBSERVATORY[1])) == (31, 31, 31)


def test_a_part_is_a_row_of_its_own():
    claims = told({"n": [(31, 31, "civilians"), (8, 8, "children")]})
    assert {row["group"]: row["best"] for row in records.rows(reconcile(claims))} == {
        "civilian": 31,
        "child": 8,
    }


def test_the_rest_of_a_toll_does_not_set_the_toll():
    claims = told({"n": [(9, 9, "children"), (14, 14, "others")]}, {"n": 23})
    groups = {row["group"]: row["low"] for row in records.rows(reconcile(claims))}
    assert groups == {"child": 9, "part": 14, "person": 23}


def test_a_share_told_with_including_does_not_set_the_toll():
    text = "31 people were killed, including 20 guests"
    counts = [
        {"text": "31", "start": 0, "end": 2, "low": 31, "high": 31, "kind": "killed",
         "counted": "people"},
        {"text": "20", "start": 33, "end": 35, "low": 20, "high": 20, "kind": "killed",
         "counted": "guests"},
    ]  # fmt: skip
    table = reconcile(told({"text": text, "n": counts}))
    assert {row["group"]: row["best"] for row in records.rows(table)} == {"person": 31, "part": 20}


def test_the_wounded_beside_the_dead_are_no_part_of_them():
    text = "31 people were killed, including some guests, and 20 were wounded"
    counts = [
        {"text": "31", "start": 0, "end": 2, "low": 31, "high": 31, "kind": "killed",
         "counted": "people"},
        {"text": "20", "start": 50, "end": 52, "low": 20, "high": 20, "kind": "wounded",
         "counted": "others"},
    ]  # fmt: skip
    table = reconcile(told({"text": text, "n": counts}))
    assert table["group"].tolist() == ["person", "person"]


def test_people_named_by_a_nation_are_people_and_livestock_is_not():
    claims = told({"n": [(12, 12, "Afghans"), (40, 40, "sheep")]})
    assert reconcile(claims)["group"].tolist() == ["person", "thing:sheep"]


def test_whose_people_are_counted_parts_the_rows():
    def side_of(words: str) -> str | None:
        return "North" if "northern" in words else None

    claims = told({"n": [(31, 31, "northern soldiers"), (12, 12, "soldiers")]})
    table = reconcile(claims, side_of=side_of)
    assert table[["whose", "best"]].to_numpy().tolist() == [[None, 12], ["North", 31]]
    assert table.equals(reconcile(claims, side_of={"Northern": "North"}))


def test_without_aliases_the_quantity_says_whose_people_it_counts():
    claims = told({"n": {**dead((31, 31, "northern soldiers")), "side": "North"}})
    assert only(reconcile(claims))["whose"] == "North"


def test_what_one_paper_prints_of_two_parties_is_no_update():
    claims = told(
        {"source": "Gazette", "side": "North", "published_at": "2013-05-01", "n": 12},
        {"source": "Gazette", "side": "South", "published_at": "2013-05-03", "n": 85},
    )
    assert moves(claims) == ["first", "contradicts"]
    assert figures(claims) == (12, 12, 85)


def test_what_one_paper_prints_of_two_witnesses_is_no_update():
    claims = told(
        {"source": "Gazette", "speaker": "medics", "published_at": "2013-05-01", "n": 12},
        {"source": "Gazette", "speaker": "the Observatory", "published_at": "2013-05-03", "n": 85},
    )
    assert moves(claims) == ["first", "contradicts"]


CHOICES = (
    {"source": "A", "side": "North", "n": 10, "published_at": "2013-05-01", "source_grade": "B"},
    {"source": "B", "side": "independent", "n": 20, "published_at": "2013-05-02"},
    {"source": "C", "side": "South", "n": 30, "published_at": "2013-05-03", "source_grade": "D"},
    {"source": "D", "side": "South", "n": 40, "published_at": "2013-05-04", "source_grade": "F"},
    {"source": "E", "side": "South", "n": 50},
)


@pytest.mark.parametrize(
    ("rule", "best"), [("middle", 30), ("latest", 40), ("independent", 20), ("reliable", 10)]
)
def test_each_rule_chooses_its_own_best_and_leaves_low_and_high(rule, best):
    assert figures(told(*CHOICES), rule) == (10, best, 50)


@pytest.mark.parametrize("rule", ["independent", "reliable", "latest"])
def test_a_rule_that_finds_nobody_falls_back_on_the_middle(rule):
    assert figures(told({"n": 1}, {"n": 2}, {"n": 3}), rule) == (1, 2, 3)


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="'mean' is no rule"):
        reconcile(told({"n": 1}), "mean")


def test_each_side_and_each_source_has_a_range_of_its_own():
    claims = told(*CHOICES)
    sides = {row["side"]: (row["low"], row["high"]) for row in records.rows(by_side(claims))}
    assert sides == {"North": (10, 10), "independent": (20, 20), "South": (30, 50)}
    assert by_source(claims)["source"].tolist() == ["A", "B", "C", "D", "E"]


def test_no_counts_give_empty_tables_with_their_columns():
    nothing = told({"text": "It rained."})
    assert list(reconcile(nothing).columns) == list(RECONCILED)
    assert reconcile(nothing).empty
    assert by_side(nothing).empty
    assert steps(nothing).empty


DAYS = [None, "2013-05-01", "2013-05-02", "2013-05-02T10:00:00Z", "2013-05-02T12:00:00Z"]
BOUND = st.one_of(st.none(), st.integers(0, 99))


@st.composite
def counts(draw: st.DrawFn) -> dict[str, object]:
    low, high = draw(st.tuples(BOUND, BOUND))
    if low is not None and high is not None and low > high:
        low, high = high, low
    return {
        "n": (low, high, draw(st.sampled_from(["people", "soldiers", "children", None]))),
        "source": draw(st.sampled_from(["A", "B", "C", None])),
        "side": draw(st.sampled_from(["North", "South", "independent", "unknown"])),
        "published_at": draw(st.sampled_from(DAYS)),
        "status": draw(st.sampled_from(["unreviewed", "unreviewed", "verified", "disputed"])),
        "source_grade": draw(st.sampled_from([None, "A", "C", "F"])),
        "origin_id": draw(st.sampled_from([None, None, "c0", "c77"])),
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(counts(), max_size=9), st.sampled_from(list(RULES)))
def test_low_is_below_best_and_best_below_high(rows, rule):
    for row in records.rows(reconcile(told(*rows), rule)):
        assert row["low"] <= row["best"] <= row["high"]


@settings(max_examples=60, deadline=None)
@given(st.lists(counts(), max_size=9), st.randoms(), st.sampled_from(list(RULES)))
def test_the_order_of_the_claims_does_not_matter(rows, random, rule):
    claims = told(*rows)
    places = list(range(len(claims)))
    random.shuffle(places)
    mixed = claims.iloc[places].reset_index(drop=True)
    assert reconcile(mixed, rule).equals(reconcile(claims, rule))
    assert steps(mixed).equals(steps(claims))
    assert by_side(mixed, rule).equals(by_side(claims, rule))


@settings(max_examples=60, deadline=None)
@given(st.lists(counts(), max_size=9))
def test_every_figure_is_said_by_the_claim_that_sets_it(rows):
    claims = told(*rows)
    said = {
        claim["claim_id"]: {bound for one in claim["quantities"] for bound in
                            (one["low"], one["high"])}
        for claim in records.rows(claims)
    }  # fmt: skip
    for row in records.rows(reconcile(claims)):
        for name in ("low", "best", "high"):
            assert row[name] in said[row[f"{name}_claim_id"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(counts(), max_size=9))
def test_each_stated_count_has_one_step_and_earlier_claims_are_not_later(rows):
    table = steps(told(*rows))
    at = dict(zip(table["claim_id"], table["at"], strict=True))
    for row in records.rows(table):
        assert (row["earlier_claim_id"] is None) == (row["step"] == "first")
        if row["step"] == "update":
            assert at[row["earlier_claim_id"]] < row["at"]


def test_a_class_told_with_including_is_counted_for_itself():
    text = "31 people were killed, including 20 children"
    counts = [
        {"text": "31", "start": 0, "end": 2, "low": 31, "high": 31, "kind": "killed",
         "counted": "people"},
        {"text": "20", "start": 33, "end": 35, "low": 20, "high": 20, "kind": "killed",
         "counted": "children"},
    ]  # fmt: skip
    claims = told({"text": text, "n": counts}, {"n": (22, 22, "children")})
    assert {row["group"]: (row["low"], row["high"]) for row in records.rows(reconcile(claims))} == {
        "person": (31, 31),
        "child": (20, 22),
    }


def test_a_share_of_its_own_class_is_no_count_of_it():
    text = "31 civilians were killed, including 20 civilians of one street"
    counts = [
        {"text": "31", "start": 0, "end": 2, "low": 31, "high": 31, "kind": "killed",
         "counted": "civilians"},
        {"text": "20", "start": 36, "end": 38, "low": 20, "high": 20, "kind": "killed",
         "counted": "civilians of one street"},
    ]  # fmt: skip
    groups = reconcile(told({"text": text, "n": counts}))["group"].tolist()
    assert groups == ["civilian", "part"]


def test_shares_of_different_people_are_rows_of_their_own():
    claims = told({"n": (14, 14, "others")}, {"n": (5, 5, "of the dead")})
    assert len(reconcile(claims)) == 2


def test_a_paper_that_counts_in_its_own_name_replaces_what_it_printed_of_a_witness():
    claims = told(
        {"source": "Gazette", "speaker": "medics", "published_at": "2013-05-01", "n": 12},
        {"source": "Gazette", "published_at": "2013-05-03", "n": 85},
    )
    assert moves(claims) == ["first", "update"]
    assert figures(claims) == (85, 85, 85)


@pytest.mark.parametrize(
    ("span", "group"),
    [
        ("since 7 October", "person"),
        ("since October 7", "person"),
        ("since October", "longer"),
        ("since the war began", "longer"),
    ],
)
def test_a_span_told_from_a_day_is_the_events_own(span: str, group: str) -> None:
    text = f"31 people have been killed {span}"
    count = {"text": "31", "start": 0, "end": 2, "low": 31, "high": 31, "kind": "killed",
             "counted": "people"}  # fmt: skip
    assert only(reconcile(told({"text": text, "n": count})))["group"] == group


def test_sides_that_count_the_same_in_other_words_get_one_name_for_it():
    claims = told(
        {"source": "Post", "side": "North", "n": (3, 3, "persons")},
        {"source": "Herald", "side": "South", "n": (4, 4, "people")},
        {"source": "Sheet", "side": "South", "n": (4, 4, "people")},
    )
    assert by_side(claims)["counted"].tolist() == ["people", "people"]
