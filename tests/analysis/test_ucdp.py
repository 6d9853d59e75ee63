from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.counting import told
from tests.analysis.test_reconcile import counts
from verify import records
from verify.analysis.ucdp import UCDP, ucdp

ALIASES = {"northern": "North", "southern": "South"}


def summed(*rows: dict[str, object]) -> records.Row:
    (row,) = records.rows(ucdp(told(*rows), side_of=ALIASES))
    return row


def shares(row: records.Row) -> list[int]:
    return [row[f"deaths_{name}"] for name in ("a", "b", "civilians", "unknown")]


def test_the_dead_of_each_side_of_civilians_and_of_nobody_known_are_summed():
    row = summed(
        {"n": (31, 31, "northern soldiers"), "side": "South", "source": "Star"},
        {"n": (12, 12, "southern fighters"), "side": "North", "source": "Post"},
        {"n": [(8, 8, "civilians"), (3, 3, "militants")], "source": "Wire"},
    )
    assert (row["side_a"], row["side_b"]) == ("North", "South")
    assert shares(row) == [31, 12, 8, 3]
    assert (row["low"], row["best"], row["high"]) == (54, 54, 54)
    assert row["number_of_sources"] == 3


def test_people_of_no_named_class_are_of_unknown_status():
    assert shares(summed({"n": 31})) == [0, 0, 0, 31]


def test_the_toll_of_all_holds_those_whose_class_is_known():
    row = summed({"n": [31, (8, 8, "children")]})
    assert shares(row) == [0, 0, 8, 23]
    assert row["best"] == 31


def test_classes_that_make_up_the_whole_toll_may_bring_its_low_down():
    lower = [{"n": (n, n, "northern fighters"), "source": f"s{n}"} for n in (2, 85)]
    row = summed({"n": 60}, *lower, {"n": (90, 90, "northern fighters"), "source": "s90"})
    assert (row["low"], row["best"], row["high"]) == (2, 85, 90)


def test_children_do_not_add_to_the_civilians_who_hold_them():
    assert shares(summed({"n": [(20, 20, "civilians"), (8, 8, "children")]})) == [0, 0, 20, 0]


def test_fighters_of_nobody_named_hold_those_of_a_side():
    row = summed({"n": (40, 40, "fighters")}, {"n": (40, 40, "northern militants"), "source": "s"})
    assert (row["best"], row["deaths_a"], row["deaths_unknown"]) == (40, 40, 0)


def test_people_counted_by_the_name_of_a_side_are_its_dead():
    row = summed({"n": (85, 85, "northern men")}, {"n": (2, 2, "southern soldiers")})
    assert shares(row) == [85, 2, 0, 0]


def test_the_sides_may_be_given_in_their_order():
    claims = told({"n": (85, 85, "northern men"), "side": "South"})
    (row,) = records.rows(ucdp(claims, side_of=ALIASES, sides=["South", "North"]))
    assert (row["side_a"], row["deaths_a"], row["deaths_b"]) == ("South", 0, 85)


def test_the_wounded_are_not_dead_and_no_dead_are_not_none_dead():
    row = summed({"quantities": [{**told({"n": 4})["quantities"][0][0], "kind": "wounded"}]})
    assert list(row) == list(UCDP)
    assert row["best"] is None
    assert row["number_of_sources"] == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(counts(), max_size=9))
def test_best_is_the_sum_of_its_shares_and_between_low_and_high(rows):
    row = summed(*rows)
    if row["best"] is not None:
        assert row["best"] == sum(shares(row))
        assert all(share >= 0 for share in shares(row))
        assert row["low"] <= row["best"] <= row["high"]
