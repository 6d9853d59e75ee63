import numpy as np
import pandas as pd
import pytest

from tests.analysis.telling import claims_of, vectors_of
from verify import records
from verify.analysis.edges import CONTRIBUTIONS, same_event
from verify.analysis.evidence import day_span
from verify.analysis.group import Grouping, GroupSettings, group, in_context
from verify.analysis.linkage import average_linkage

BRIDGE = "Shells hit the Amber bridge in Halden and killed soldiers of the garrison"
BRIDGE_AGAIN = "Soldiers of the garrison were killed as shells hit the Amber bridge in Halden"
BREAD = "Bread prices in the port doubled since the harvest failed"


def grouped(*rows: dict[str, object], previous: pd.DataFrame | None = None) -> Grouping:
    claims = claims_of(*rows)
    return group(claims, vectors_of(claims), previous=previous)


def events(grouping: Grouping) -> dict[str, str]:
    return dict(grouping.membership.itertuples(index=False, name=None))


def test_two_tellings_of_one_incident_are_one_event() -> None:
    found = events(grouped({"text": BRIDGE}, {"text": BRIDGE_AGAIN}, {"text": BREAD}))
    assert found["c0"] == found["c1"] != found["c2"]


def test_a_claim_alone_is_an_event_of_one() -> None:
    grouping = grouped({"text": BREAD})
    assert grouping.events["claims"].tolist() == [1]


def test_the_same_words_weeks_apart_are_two_incidents() -> None:
    found = events(
        grouped(
            {"text": BRIDGE, "event_time": "2020-05-04"},
            {"text": BRIDGE, "event_time": "2020-06-20"},
        )
    )
    assert found["c0"] != found["c1"]


def test_a_claim_without_a_time_may_join_any() -> None:
    found = events(grouped({"text": BRIDGE, "event_time": "2020-05-04"}, {"text": BRIDGE_AGAIN}))
    assert found["c0"] == found["c1"]


def test_differing_counts_stay_in_one_event() -> None:
    found = events(
        grouped(
            {"text": f"{BRIDGE}, 12 in all", "quantities": [_killed(12)]},
            {"text": f"{BRIDGE_AGAIN}, 40 in all", "quantities": [_killed(40)]},
        )
    )
    assert found["c0"] == found["c1"]


def test_the_same_input_gives_the_same_ids_in_any_order() -> None:
    claims = claims_of({"text": BRIDGE}, {"text": BREAD}, {"text": BRIDGE_AGAIN})
    vectors = vectors_of(claims)
    there = group(claims, vectors)
    back = group(claims.iloc[::-1], vectors[::-1])
    assert events(there) == events(back)


def test_vectors_from_the_store_change_nothing() -> None:
    claims = claims_of({"text": BRIDGE}, {"text": BREAD}, {"text": BRIDGE_AGAIN})
    vectors = vectors_of(claims)
    assert events(group(claims, vectors)) == events(group(claims, vectors.astype(np.float16)))


def test_an_added_claim_leaves_the_ids_as_they_were() -> None:
    before = grouped({"text": BRIDGE}, {"text": BREAD})
    after = events(
        grouped(
            {"text": BRIDGE}, {"text": BREAD}, {"text": BRIDGE_AGAIN}, previous=before.membership
        )
    )
    assert {name: after[name] for name in ("c0", "c1")} == events(before)
    assert after["c2"] == after["c0"]


def test_an_event_that_falls_apart_leaves_its_id_to_the_larger_part() -> None:
    previous = records.frame(
        ({"claim_id": name, "event_id": "e-old"} for name in ("c0", "c1", "c2")),
        records.MEMBERSHIP,
    )
    found = events(
        grouped({"text": BRIDGE}, {"text": BREAD}, {"text": BRIDGE_AGAIN}, previous=previous)
    )
    assert found["c0"] == found["c2"] == "e-old" != found["c1"]


def test_a_fragment_leans_on_its_document() -> None:
    claims = claims_of(
        {"text": BRIDGE, "doc_id": "d1"},
        {"text": "most of the dead were young", "doc_id": "d1"},
        {"text": BREAD, "doc_id": "d2"},
    )
    vectors = vectors_of(claims)
    moved = in_context(claims, vectors, 0.25)
    assert moved[0] @ moved[1] > vectors[0] @ vectors[1]
    assert moved[2] @ vectors[2] == pytest.approx(1)


def test_an_event_says_when_and_where() -> None:
    grouping = grouped(
        {"text": BRIDGE, "event_time": "2020-05-03", "place": "Halden"},
        {"text": BRIDGE_AGAIN, "event_time": "2020-05-04", "place": "Halden"},
        {"text": BRIDGE, "published_at": "2020-05-05T10:00:00Z", "place": "the Amber bridge"},
    )
    (event,) = records.rows(grouping.events)
    assert (event["starts"], event["ends"]) == ("2020-05-03", "2020-05-04")
    assert event["places"] == ["Halden", "the Amber bridge"]


def test_no_claims_give_no_events() -> None:
    grouping = grouped()
    assert list(grouping.events) == list(records.EVENTS)
    assert grouping.membership.empty


def test_claims_and_vectors_must_match() -> None:
    with pytest.raises(ValueError, match="1 claims but 0 vectors"):
        group(claims_of({"text": BREAD}), np.zeros((0, 3), dtype=np.float32))


def test_contributions_sum_to_the_probability() -> None:
    claims = claims_of({"text": BRIDGE, "place": "Halden"}, {"text": BREAD, "place": "the port"})
    pairs = pd.DataFrame({"a": ["c0"], "b": ["c1"], "similarity": [0.3]})
    edge = same_event(pairs, claims).iloc[0]
    assert edge["place"] < 0
    total = sum(edge[name] for name in CONTRIBUTIONS)
    assert edge["probability"] == pytest.approx(1 / (1 + np.exp(-total)))


def test_claims_may_come_by_their_id_as_index() -> None:
    claims = claims_of({"text": BRIDGE}, {"text": BRIDGE_AGAIN})
    pairs = pd.DataFrame({"a": ["c0"], "b": ["c1"], "similarity": [0.9]})
    assert same_event(pairs, claims).equals(same_event(pairs, claims.set_index("claim_id")))


def test_a_claim_that_is_not_there_is_named() -> None:
    pairs = pd.DataFrame({"a": ["c0"], "b": ["c9"], "similarity": [0.9]})
    with pytest.raises(KeyError, match="c9"):
        same_event(pairs, claims_of({"text": BRIDGE}))


def test_a_month_spans_its_days() -> None:
    first, last = day_span("2020-02")
    assert last - first == 28
    assert day_span("2020-12")[1] + 1 == day_span("2021")[0]
    assert np.isnan(day_span("soon")[0])
    assert np.isnan(day_span("2020-13-01")[0])


def test_linkage_merges_by_the_mean_and_not_by_one_strong_link() -> None:
    chain = [(0, 1, 3.0), (1, 2, 2.0), (0, 2, -4.0)]
    assert average_linkage(chain, [-4.0] * 3, threshold=0) == [0, 0, 1]


def test_a_large_event_holds_though_few_of_its_pairs_were_compared() -> None:
    words = BRIDGE.split()
    told = [" ".join(words[row % 9 :] + words[: row % 7]) for row in range(120)]
    claims = claims_of(*[{"text": f"{text} witness{row}"} for row, text in enumerate(told)])
    settings = GroupSettings(neighbours=10)
    found = group(claims, vectors_of(claims), settings=settings)
    assert found.events["claims"].tolist() == [120]


def _killed(number: int) -> dict[str, object]:
    return {"low": number, "high": number, "kind": "killed", "counted": "soldiers"}
