import pandas as pd

from tests.analysis.telling import claims_of, killed
from verify import records
from verify.analysis.compare import denied, numbers, unanswered


def only(table: pd.DataFrame) -> records.Row:
    (row,) = records.rows(table)
    return row


def test_each_side_has_its_range_and_the_claims_that_set_it() -> None:
    table = numbers(
        claims_of(
            {"side": "North", "quantities": [killed(12, 12)], "source": "Gazette"},
            {"side": "North", "quantities": [killed(20, 25)], "source": "Radio"},
            {"side": "South", "quantities": [killed(85, 85)], "source": "Radio"},
        )
    )
    north, south = records.rows(table)
    assert (north["low"], north["low_claim_id"]) == (12, "c0")
    assert (north["high"], north["high_claim_id"]) == (25, "c1")
    assert (north["claims"], north["sources"]) == (2, 2)
    assert (south["side"], south["low"], south["high"]) == ("South", 85, 85)


def test_an_open_bound_sets_nothing_where_another_claim_closes_it() -> None:
    row = only(
        numbers(
            claims_of({"quantities": [killed(31, None)]}, {"quantities": [killed(30, 30)]}),
        )
    )
    assert (row["low"], row["high"], row["high_claim_id"]) == (30, 30, "c1")


def test_a_bound_that_nobody_closes_stays_open() -> None:
    row = only(numbers(claims_of({"quantities": [killed(31, None)]})))
    assert (row["low"], row["high"], row["high_claim_id"]) == (31, None, None)


def test_what_is_denied_is_no_count() -> None:
    lost = {"quantities": [killed(85, 85)], "negated": True, "cue": "denied"}
    assert numbers(claims_of(lost)).empty


def test_soldiers_and_civilians_are_counted_apart() -> None:
    table = numbers(
        claims_of({"quantities": [killed(4, 4), killed(9, 9, "civilians"), killed(1, 1, None)]})
    )
    assert table["counted"].tolist() == [None, "civilians", "soldiers"]


def test_a_capital_letter_makes_no_other_thing() -> None:
    table = numbers(
        claims_of({"quantities": [killed(4, 4, "Soldiers")]}, {"quantities": [killed(6, 6)]})
    )
    assert only(table)["claims"] == 2


def test_no_counts_give_an_empty_table_with_its_columns() -> None:
    assert list(numbers(claims_of({"text": "It rained."}))) == [
        "kind", "counted", "side", "low", "high", "low_claim_id", "high_claim_id", "claims",
        "sources",
    ]  # fmt: skip


SIDES = ({"side": "North"}, {"side": "South"}, {"side": "North"}, {"side": "unknown"})


def pairs(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return records.frame(
        ({"a": a, "b": b, "relation": relation} for a, b, relation in rows), records.PAIRS
    )


def test_a_claim_that_the_other_side_contradicts_is_answered() -> None:
    found = unanswered(claims_of(*SIDES), pairs(("c0", "c1", "conflicts")))
    assert found.to_dict("records") == [{"claim_id": "c2", "side": "North"}]


def test_support_from_the_own_side_is_no_answer() -> None:
    found = unanswered(claims_of(*SIDES), pairs(("c0", "c2", "supports")))
    assert found["claim_id"].tolist() == ["c0", "c1", "c2"]


def test_words_without_a_side_are_no_answer() -> None:
    found = unanswered(claims_of(*SIDES), pairs(("c1", "c3", "related")))
    assert found["claim_id"].tolist() == ["c0", "c1", "c2"]


def test_an_unrelated_pair_is_no_answer() -> None:
    found = unanswered(claims_of(*SIDES), pairs(("c0", "c1", "unrelated")))
    assert found["claim_id"].tolist() == ["c0", "c1", "c2"]


def test_a_count_with_a_no_behind_it_still_counts() -> None:
    text = "Six people were hurt, no more"
    count = {"text": "Six", "start": 0, "end": 3, "low": 6, "high": 6, "kind": "wounded"}
    assert not denied({"text": text, "start": 0, "cue": "said", "negated": True}, count)


def test_a_denial_before_the_count_or_in_the_cue_denies_it() -> None:
    count = {"text": "85", "start": 24, "end": 26, "low": 85, "high": 85, "kind": "killed"}
    seen = {"text": "Nobody I spoke to had seen 85 dead", "start": 0, "cue": None, "negated": True}
    assert denied(seen, count)
    told = {"text": "85 men were killed", "start": 24, "cue": "denied", "negated": True}
    assert denied(told, count)


def test_none_killed_is_a_count_of_zero() -> None:
    zero = {"text": "No", "start": 0, "end": 2, "low": 0, "high": 0, "kind": "killed"}
    assert not denied({"text": "No men fell", "start": 0, "cue": None, "negated": True}, zero)
