"""What opposed sides agree on and what is contested, in small disputes told by hand."""

from collections import Counter
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.telling import claims_of
from verify import records
from verify.analysis.points import agreed, by_claim, contested, corroborated, disputes
from verify.analysis.silence import unanswered


def event(*rows: dict[str, Any], origins: dict[int, int] | None = None) -> pd.DataFrame:
    """Claims with sources of their own; ``origins``: number of a claim -> of the one it repeats."""
    told = [{"source": f"s{at}", "published_at": f"2020-01-{at + 1:02}", **row}
            for at, row in enumerate(rows)]  # fmt: skip
    claims = claims_of(*told)
    repeats = {f"c{one}": f"c{other}" for one, other in (origins or {}).items()}
    claims["origin_id"] = [repeats.get(claim_id) for claim_id in claims["claim_id"]]
    return claims


def pairs(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Pairs as (a, b, relation, status, kind); the last two may be left out."""
    found, statuses = [], []
    for a, b, relation, *more in rows:
        status, kind = (*more, *("suggested", None)[len(more) :])
        chance = {"supports": "p_supports", "conflicts": "p_conflicts"}.get(relation, "same_event")
        found.append({"pair_id": f"{a}{b}", "a": a, "b": b, "relation": relation, chance: 0.9,
                      "conflict_kind": kind})  # fmt: skip
        statuses.append(status)
    return records.frame(found, records.PAIRS).assign(status=pd.Series(statuses, dtype=object))


def only(table: pd.DataFrame) -> records.Row:
    (row,) = records.rows(table)
    return row


NORTH, SOUTH = {"side": "North"}, {"side": "South"}
INDEPENDENT, UNKNOWN = {"side": "independent"}, {"side": "unknown"}


def test_opposed_sides_that_support_each_other_agree_on_a_point() -> None:
    row = only(agreed(event(NORTH, SOUTH), pairs(("c0", "c1", "supports"))))
    assert (row["claim_ids"], row["sides"]) == (["c0", "c1"], ["North", "South"])
    assert (row["sources"], row["confirmed"], row["suggested"]) == (2, 0, 1)
    assert row["pair_ids"] == ["c0c1"]


def test_one_side_alone_and_bystanders_make_no_point_of_opposed_sides() -> None:
    claims = event(NORTH, NORTH, INDEPENDENT, UNKNOWN)
    every = [("c0", "c1"), ("c0", "c2"), ("c0", "c3"), ("c2", "c3")]
    assert agreed(claims, pairs(*((a, b, "supports") for a, b in every))).empty


def test_a_rejected_support_is_no_agreement_and_a_rejected_conflict_no_dispute() -> None:
    claims = event(NORTH, SOUTH)
    assert agreed(claims, pairs(("c0", "c1", "supports", "rejected"))).empty
    assert contested(claims, pairs(("c0", "c1", "conflicts", "rejected", "number"))).empty


def test_independents_who_say_it_too_are_named_beside_the_point() -> None:
    told = pairs(("c0", "c1", "supports"), ("c1", "c2", "supports"))
    row = only(agreed(event(NORTH, SOUTH, INDEPENDENT), told))
    assert row["claim_ids"] == ["c0", "c1"]
    assert (row["independents"], row["independent_claim_ids"]) == (1, ["c2"])


def test_a_claim_that_supports_only_its_own_side_is_no_part_of_the_point() -> None:
    told = pairs(("c0", "c1", "supports"), ("c0", "c2", "supports"))
    assert only(agreed(event(NORTH, SOUTH, NORTH), told))["claim_ids"] == ["c0", "c1"]


def test_a_chain_that_ends_in_a_conflict_is_two_points() -> None:
    claims = event(NORTH, SOUTH, NORTH)
    chain = [("c0", "c1", "supports"), ("c1", "c2", "supports"), ("c0", "c2", "conflicts")]
    points = [set(row["claim_ids"]) for row in records.rows(agreed(claims, pairs(*chain)))]
    assert sorted(points, key=sorted) == [{"c0", "c1"}, {"c1", "c2"}]
    assert only(agreed(claims, pairs(*chain[:2])))["claim_ids"] == ["c0", "c1", "c2"]


def test_the_claim_that_most_others_support_says_a_point_best() -> None:
    told = pairs(("c0", "c2", "supports"), ("c1", "c2", "supports"))
    assert only(agreed(event(NORTH, NORTH, SOUTH), told))["best_claim_id"] == "c2"
    earliest = only(agreed(event(NORTH, SOUTH), pairs(("c0", "c1", "supports"))))
    assert earliest["best_claim_id"] == "c0"


def test_ten_reprints_agree_once() -> None:
    claims = event(NORTH, SOUTH, SOUTH, SOUTH, origins={2: 1, 3: 1})
    row = only(agreed(claims, pairs(*(("c0", f"c{n}", "supports") for n in (1, 2, 3)))))
    assert (row["claim_ids"], row["sources"], row["suggested"]) == (["c0", "c1"], 2, 1)
    assert row["repeats"] == 2


def test_one_text_printed_by_both_sides_is_no_agreement() -> None:
    claims = event(NORTH, SOUTH, origins={1: 0})
    assert agreed(claims, pairs(("c0", "c1", "supports"))).empty


def test_two_sides_quoted_by_one_source_are_one_source() -> None:
    claims = event({**NORTH, "source": "Wire"}, {**SOUTH, "source": "Wire"})
    assert only(agreed(claims, pairs(("c0", "c1", "supports"))))["sources"] == 1


def test_points_that_a_reviewer_confirmed_come_first() -> None:
    told = pairs(("c0", "c1", "supports"), ("c2", "c3", "supports", "confirmed"))
    found = agreed(event(NORTH, SOUTH, NORTH, SOUTH), told)
    assert found["claim_ids"].tolist() == [["c2", "c3"], ["c0", "c1"]]
    assert found["confirmed"].tolist() == [1, 0]


def test_what_is_only_suggested_adds_no_claim_to_a_confirmed_point() -> None:
    told = pairs(("c0", "c1", "supports", "confirmed"), ("c1", "c2", "supports"))
    sure, open_ = records.rows(agreed(event(NORTH, SOUTH, NORTH), told))
    assert (sure["status"], sure["claim_ids"]) == ("confirmed", ["c0", "c1"])
    assert (open_["status"], open_["claim_ids"]) == ("suggested", ["c1", "c2"])


def test_a_support_that_may_as_well_be_a_conflict_counts_only_where_it_is_confirmed() -> None:
    claims, told = event(NORTH, SOUTH), pairs(("c0", "c1", "supports"))
    torn = told.assign(p_supports=0.49, p_conflicts=0.44)
    assert agreed(claims, torn).empty
    assert len(agreed(claims, torn.assign(status="confirmed"))) == 1


def test_two_sides_that_each_deny_their_own_deed_are_not_suggested_to_agree() -> None:
    claims = event({**NORTH, "denied": True}, {**SOUTH, "denied": True})
    assert agreed(claims, pairs(("c0", "c1", "supports"))).empty
    assert len(agreed(claims, pairs(("c0", "c1", "supports", "confirmed")))) == 1


def test_conflicts_are_counted_by_kind_with_the_sides_against_each_other() -> None:
    told = pairs(
        ("c0", "c1", "conflicts", "confirmed", "number"),
        ("c0", "c2", "conflicts", "suggested", "number"),
        ("c1", "c2", "conflicts", "suggested", "denial"),
        ("c0", "c3", "conflicts"),
    )
    number, denial, other = records.rows(contested(event(NORTH, SOUTH, UNKNOWN, SOUTH), told))
    assert [row["kind"] for row in (number, denial, other)] == ["number", "denial", None]
    assert (number["conflicts"], number["opposed"]) == (2, 1)
    assert (number["confirmed"], number["suggested"]) == (1, 1)
    assert number["sides"] == [
        {"sides": ["North", "South"], "conflicts": 1},
        {"sides": ["North", "unknown"], "conflicts": 1},
    ]
    assert number["pair_ids"] == ["c0c1", "c0c2"]


def test_a_conflict_with_reprints_is_one_and_a_person_decided_on_it_if_on_any_of_its_pairs() -> (
    None
):
    claims = event(NORTH, SOUTH, SOUTH, origins={2: 1})
    told = pairs(("c0", "c1", "conflicts"), ("c0", "c2", "conflicts", "confirmed"))
    row = only(disputes(claims, told))
    assert (row["pair_id"], row["status"], row["pair_ids"]) == (
        "c0c2",
        "confirmed",
        ["c0c2", "c0c1"],
    )


def test_conflicts_of_opposed_parties_come_before_those_with_bystanders() -> None:
    told = pairs(("c0", "c2", "conflicts", "confirmed"), ("c0", "c1", "conflicts"))
    assert disputes(event(NORTH, SOUTH, UNKNOWN), told)["opposed"].tolist() == [True, False]


def test_conflicts_are_gathered_under_the_claim_that_most_of_them_are_about() -> None:
    claims = event(NORTH, SOUTH, SOUTH, NORTH, SOUTH)
    told = pairs(*((a, b, "conflicts") for a, b in (("c0", "c1"), ("c0", "c2"), ("c3", "c4"))))
    found = by_claim(records.rows(disputes(claims, told)))
    assert [(one, [row["pair_id"] for row in own]) for one, own in found] == [
        ("c0", ["c0c1", "c0c2"]),
        ("c3", ["c3c4"]),
    ]


def test_a_rejected_pair_is_no_answer_and_repeats_are_listed_once() -> None:
    claims = event(NORTH, NORTH, SOUTH, origins={1: 0})
    found = unanswered(claims, pairs(("c0", "c2", "related", "rejected")))
    assert found.to_dict("list") == {"claim_id": ["c0", "c2"], "side": ["North", "South"],
                                     "repeats": [1, 0]}  # fmt: skip


def test_nobody_is_asked_to_answer_bystanders_opinions_or_a_party_that_is_alone() -> None:
    none = pairs()
    assert unanswered(event(NORTH, INDEPENDENT), none).empty
    claims = event(NORTH, SOUTH, INDEPENDENT, {**NORTH, "checkable": "opinion"})
    assert unanswered(claims, none)["claim_id"].tolist() == ["c0", "c1"]


def test_what_repeats_an_answered_claim_is_answered() -> None:
    claims = event(NORTH, NORTH, SOUTH, origins={1: 0})
    assert unanswered(claims, pairs(("c1", "c2", "conflicts"))).empty


def test_independent_origins_corroborate_a_claim() -> None:
    claims = event(NORTH, NORTH, SOUTH)
    told = pairs(("c0", "c1", "supports"), ("c0", "c2", "supports", "confirmed"))
    found = corroborated(claims, told)
    assert found["origins"].tolist() == [2, 1, 1]
    assert found["by_claim_ids"].tolist() == [["c2", "c1"], ["c0"], ["c0"]]
    assert found["confirmed"].tolist() == [1, 0, 1]


def test_repeats_and_the_same_source_corroborate_nothing() -> None:
    claims = event({"source": "A"}, {"source": "A"}, {"source": "B"}, {"source": "C"},
                   origins={3: 2})  # fmt: skip
    told = pairs(*(("c0", f"c{n}", "supports") for n in (1, 2, 3)))
    assert corroborated(claims, told)["origins"].tolist() == [1, 0, 1, 1]


def test_one_named_speaker_in_two_papers_is_one_but_residents_are_not() -> None:
    told = pairs(("c0", "c1", "supports"))
    named = event({"speaker": "the Observatory"}, {"speaker": "The Observatory"})
    assert corroborated(named, told)["origins"].tolist() == [0, 0]
    some = event({"speaker": "residents"}, {"speaker": "residents"})
    assert corroborated(some, told)["origins"].tolist() == [1, 1]


def test_an_event_without_pairs_gives_empty_tables_with_their_columns() -> None:
    claims, none = event(NORTH), pairs()
    assert list(agreed(claims, none))[:2] == ["status", "best_claim_id"]
    assert list(contested(claims, none))[:2] == ["kind", "conflicts"]
    assert corroborated(claims, none)["origins"].tolist() == [0]
    assert agreed(claims.head(0), none).empty
    assert unanswered(claims.head(0), none).empty


def test_a_link_that_two_confirmed_points_could_hold_is_told_in_one() -> None:
    told = pairs(
        ("c0", "c1", "supports", "confirmed"), ("c1", "c2", "supports", "confirmed"),
        ("c3", "c1", "supports", "confirmed"), ("c3", "c2", "supports", "confirmed"),
        ("c0", "c3", "conflicts"),
    )  # fmt: skip
    table = agreed(event(NORTH, SOUTH, {"side": "East"}, NORTH), told)
    listed = [pair for ids in table["pair_ids"] for pair in ids]
    assert sorted(listed) == ["c0c1", "c1c2", "c3c1", "c3c2"]
    assert table["confirmed"].sum() == 4


def test_a_conflict_inside_one_origin_is_told() -> None:
    claims = event(NORTH, SOUTH, origins={1: 0})
    assert len(disputes(claims, pairs(("c0", "c1", "conflicts")))) == 1
    assert agreed(claims, pairs(("c0", "c1", "supports"))).empty


def _slowly_by_claim(found: list[records.Row]) -> list[tuple[str, list[records.Row]]]:
    left, gathered = found, []
    while left:
        ends = Counter(end for row in left for end in (row["a"], row["b"]))
        claim_id, _ = ends.most_common(1)[0]
        gathered.append((claim_id, [row for row in left if claim_id in (row["a"], row["b"])]))
        left = [row for row in left if claim_id not in (row["a"], row["b"])]
    return gathered


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda ab: ab[0] != ab[1])))
def test_conflicts_are_gathered_as_by_counting_them_anew_each_time(ends: list[Any]) -> None:
    rows = [{"a": f"c{a}", "b": f"c{b}", "n": n} for n, (a, b) in enumerate(ends)]
    assert by_claim(rows) == _slowly_by_claim(rows)
