from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.many_claims import fill
from tests.framed import next_claims, next_pairs
from tests.store.bridge import DENIAL, NUMBER, PAIRS_TOLD, SUPPORT, relate
from tests.store.test_filters import CASES
from verify.errors import InputError
from verify.review import holds
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store.filters import Filters
from verify.store.store import Store


def test_contradicted_claims_come_first_and_say_why(store: Store):
    table = next_claims(store)
    assert list(zip(table["claim_id"], table["why"], strict=True)) == [
        ("c3", "in 2 conflicts"),
        ("c1", "in 1 conflict, said by 2 sources"),
        ("c2", "in 1 conflict, said by 2 sources"),
        ("c4", "only one source says it"),
    ]


def test_what_is_decided_is_not_asked_again(store: Store):
    decide(store, "claim", "c3", "disputed", reviewer="Ada", seen_version=0)
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ada", seen_version=0)
    assert "c3" not in set(next_claims(store)["claim_id"])
    assert list(next_pairs(store)["pair_id"]) == [NUMBER, SUPPORT]


def test_the_queue_goes_on_behind_a_claim_that_was_passed_over(store: Store):
    assert list(next_claims(store, after="c3", limit=2)["claim_id"]) == ["c1", "c2"]
    assert list(next_claims(store, after="c4")["claim_id"]) == []


def test_the_queue_goes_on_behind_a_claim_that_was_decided(store: Store):
    decide(store, "claim", "c3", "disputed", reviewer="Ada", seen_version=0)
    assert next_claims(store, after="c3")["claim_id"].iloc[0] == "c1"


def test_paging_by_one_visits_every_pair_once(store: Store):
    seen, after = [], None
    while len(page := next_pairs(store, after=after, limit=1)):
        after = page["pair_id"].iloc[0]
        seen.append(after)
    assert seen == [NUMBER, DENIAL, SUPPORT]


def test_pairs_say_why_they_matter(store: Store):
    words = list(next_pairs(store)["why"])
    assert words[0] == (
        "may contradict each other (number), 3 sources tell of it, "
        "the program leans one way only (80 of 100)"
    )
    assert words[2] == (
        "may support each other, 3 sources tell of it, the program is fairly sure (90 of 100)"
    )


def chances(store: Store, **of: float) -> None:
    """Relate again with other chances of the two conflicts."""
    by_id = {DENIAL: of["denial"], NUMBER: of["number"]}
    relate(store, [row | ({"p_conflicts": by_id[row["pair_id"]]} if row["pair_id"] in by_id else {})
                   for row in PAIRS_TOLD])  # fmt: skip


@pytest.mark.parametrize(
    ("denial", "number", "first"),
    [(0.95, 0.8, NUMBER), (0.55, 0.8, DENIAL), (0.9, 0.88, DENIAL), (0.52, 0.6, DENIAL)],
)
def test_the_pair_that_the_program_is_least_sure_of_comes_first_then_the_older(
    store: Store, denial: float, number: float, first: str
):
    """0.9 and 0.88 are equally sure, 0.52 and 0.6 equally undecided: both came in with c3."""
    chances(store, denial=denial, number=number)
    found = next_pairs(store, Filters(relation="conflicts"))["pair_id"].tolist()
    assert sorted(found) == sorted([DENIAL, NUMBER])
    assert found[0] == (first if denial not in (0.9, 0.52) else min(DENIAL, NUMBER))


def test_of_two_claims_alike_the_one_with_more_undecided_pairs_comes_first(store: Store):
    chances(store, denial=0.95, number=0.5)
    told = next_claims(store)
    assert list(told["claim_id"]) == ["c3", "c2", "c1", "c4"]
    assert told["why"].iloc[1] == (
        "in 1 conflict, said by 2 sources, the program is undecided about 1 pair of it"
    )
    decide(store, "pair", NUMBER, "confirmed", reviewer="Ada", seen_version=0)
    assert list(next_claims(store)["claim_id"]) == ["c3", "c1", "c2", "c4"]


def test_what_others_have_on_screen_is_gone_past(store: Store):
    holds.take(store, "claim", "c3", "Ada")
    holds.take(store, "pair", NUMBER, "Ben")
    assert list(next_claims(store, reviewer="Ben")["claim_id"]) == ["c1", "c2", "c4"]
    assert next_claims(store, reviewer="Ada")["claim_id"].iloc[0] == "c3"
    assert next_claims(store)["claim_id"].iloc[0] == "c3"
    assert list(next_pairs(store, reviewer="Ada")["pair_id"]) == [DENIAL, SUPPORT]


def test_the_queue_follows_the_filters(store: Store):
    assert list(next_claims(store, Filters(side="North"))["claim_id"]) == ["c1", "c2"]
    assert list(next_pairs(store, Filters(relation="supports"))["pair_id"]) == [SUPPORT]


def test_behind_what_does_not_exist_is_an_error(store: Store):
    with pytest.raises(InputError):
        next_claims(store, after="c9")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four thousand claims on SQLite, which says how it finds them."""
    store = Store.open(Settings(data_dir=tmp_path_factory.mktemp("many")))
    fill(store, 4000, with_vectors=False)
    yield store
    store.engine.dispose()


def plans(store: Store, ask: Any) -> list[str]:
    """Say how SQLite runs every query that ``ask`` makes."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    ask()
    event.remove(store.engine, "before_cursor_execute", note)
    with store.engine.connect() as connection:
        return [
            row[3]
            for statement, parameters in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


@pytest.mark.parametrize("name", ["nothing", *[item.name for item in fields(Filters)]])
@pytest.mark.parametrize("ask", [next_claims, next_pairs])
def test_no_query_of_the_queue_scans_claims_or_pairs_or_sorts_all_of_them(
    many: Store, ask: Any, name: str
):
    filters = CASES[name][0] if name in CASES else Filters()
    last = next_claims(many, limit=2000) if ask is next_claims else next_pairs(many, limit=2000)
    after = last.iloc[-1, 0]
    steps = plans(many, lambda: ask(many, filters, after=after, limit=1, reviewer="Ada"))
    assert not [step for step in steps if step.startswith(("SCAN claims", "SCAN pairs"))
                and "VIRTUAL" not in step]  # fmt: skip
    few = ("second", "reviewer", "noted", "claim_ids", "search")
    if name not in few:
        assert not [step for step in steps if "FOR ORDER BY" in step]
