import pandas as pd

from tests.analysis.telling import claims_of
from verify import records
from verify.analysis.compare import denied, unanswered

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
