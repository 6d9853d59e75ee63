from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.bridge import DENIAL, NUMBER, SUPPORT
from verify.review.decisions import decide
from verify.store import views
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store

CASES = {
    "event_id": (Filters(event_id="e2"), {"c4"}, {"e2"}),
    "topic": (Filters(topic="weather"), {"c4"}, {"e2"}),
    "side": (Filters(side="South"), {"c3"}, {"e1"}),
    "source": (Filters(source="Hill Radio"), {"c2"}, {"e1"}),
    "speaker": (Filters(speaker="General Ode"), {"c1"}, {"e1"}),
    "status": (Filters(status="disputed"), {"c2"}, {"e1"}),
    "pair_status": (Filters(pair_status="rejected"), {"c2", "c3"}, {"e1"}),
    "relation": (Filters(relation="supports"), {"c1", "c2"}, {"e1"}),
    "conflict_kind": (Filters(conflict_kind="denial"), {"c1", "c3"}, {"e1"}),
    "kind": (Filters(kind="killed"), {"c1", "c2"}, {"e1"}),
    "checkable": (Filters(checkable="fact"), {"c4"}, {"e2"}),
    "place": (Filters(place="Milltown"), {"c4"}, {"e2"}),
    "search": (Filters(search="dam wat"), {"c4"}, {"e2"}),
    "since": (Filters(since="2020-05-05"), {"c4"}, {"e2"}),
    "until": (Filters(until="2020-05-03"), {"c1"}, {"e1"}),
    "conflicts_only": (Filters(conflicts_only=True), {"c1", "c3"}, {"e1"}),
    "assigned_to": (Filters(assigned_to="Ines"), {"c4"}, {"e2"}),
    "second": (Filters(second="disagrees"), {"c2"}, {"e1"}),
    "reviewer": (Filters(reviewer="Ada"), {"c2"}, {"e1"}),
    "noted": (Filters(noted=True), {"c4"}, {"e2"}),
    "claim_ids": (Filters(claim_ids=("c1", "c4")), {"c1", "c4"}, {"e1", "e2"}),
}


@pytest.fixture
def decided(store: Store) -> Store:
    decide(store, "claim", "c2", "disputed", reviewer="Ada", seen_version=0)
    decide(store, "pair", NUMBER, "rejected", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c2", "verified", field="second", reviewer="Ben", seen_version=0)
    decide(store, "claim", "c4", "Ines", field="assigned_to", reviewer="Ada", seen_version=0,
           note="you know the dam")  # fmt: skip
    return store


def test_every_filter_has_a_case():
    assert set(CASES) == {item.name for item in fields(Filters)}


@pytest.mark.parametrize("name", CASES)
def test_a_filter_narrows_claims_events_and_the_timeline(decided: Store, name: str):
    filters, claim_ids, event_ids = CASES[name]
    claims, total = views.claims(decided, filters)
    assert set(claims["claim_id"]) == claim_ids
    assert total == len(claim_ids)
    events, total = views.events(decided, filters)
    assert set(events["event_id"]) == event_ids
    assert total == len(event_ids)
    assert views.timeline(decided, filters)["claims"].sum() == len(claim_ids)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(event_id="e2"), set()),
        (Filters(topic="fighting"), {SUPPORT, DENIAL, NUMBER}),
        (Filters(side="South"), {DENIAL, NUMBER}),
        (Filters(source="North Post"), {SUPPORT, DENIAL}),
        (Filters(speaker="General Ode"), {SUPPORT, DENIAL}),
        (Filters(status="disputed"), {SUPPORT, NUMBER}),
        (Filters(pair_status="rejected"), {NUMBER}),
        (Filters(relation="supports"), {SUPPORT}),
        (Filters(conflict_kind="number"), {NUMBER}),
        (Filters(kind="killed"), {SUPPORT, DENIAL, NUMBER}),
        (Filters(place="Milltown"), set()),
        (Filters(search="nobody"), {DENIAL, NUMBER}),
        (Filters(since="2020-05-05"), set()),
        (Filters(until="2020-05-03"), {SUPPORT, DENIAL}),
        (Filters(conflicts_only=True), {DENIAL}),
        (Filters(claim_ids=("c2",)), {SUPPORT, NUMBER}),
        (Filters(reviewer="Ada"), {NUMBER}),
        (Filters(assigned_to="Ines"), set()),
    ],
)
def test_a_filter_narrows_pairs(decided: Store, filters: Filters, expected: set[str]):
    table, total = views.pairs(decided, filters)
    assert set(table["pair_id"]) == expected
    assert total == len(expected)


def test_filters_hold_together(decided: Store):
    both = Filters(side="North", status="unreviewed", search="bridge", conflicts_only=True)
    assert list(views.claims(decided, both)[0]["claim_id"]) == ["c1"]


def test_no_filter_shows_everything(decided: Store):
    assert views.claims(decided, EVERYTHING)[1] == 4
    assert EVERYTHING.to_query() == {}


words = st.none() | st.text(min_size=1)
ids = st.lists(st.from_regex(r"c[0-9a-f]{16}", fullmatch=True)).map(tuple)
anything = st.builds(
    Filters, **{item.name: words for item in fields(Filters)}
    | {"conflicts_only": st.booleans(), "noted": st.booleans(), "claim_ids": ids},
)  # fmt: skip


@given(anything)
def test_a_link_brings_the_same_filters_back(filters: Filters):
    assert Filters.from_query(filters.to_query()) == filters


@given(st.dictionaries(st.text(), st.text()))
def test_no_link_is_an_error(query: dict[str, str]):
    assert isinstance(Filters.from_query(query), Filters)
