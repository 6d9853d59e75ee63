"""Events by sides: what each cell adds up, and what counts nowhere."""

from tests.store.bridge import DENIAL, NUMBER, SUPPORT
from verify.records import rows
from verify.review.decisions import decide
from verify.store.matrix import cells
from verify.store.store import Store


def told(store: Store, **how: bool) -> dict[tuple[str, str | None], tuple[int, ...]]:
    return {
        (row["event_id"], row["side"]): (
            row["claims"], row["reviewed"], row["conflicts"], row["pairs"],
        )
        for row in rows(cells(store, ["e1", "e2"], **how))
    }  # fmt: skip


def test_a_pair_counts_for_both_of_its_sides_and_once_for_the_event(store: Store) -> None:
    assert told(store) == {
        ("e1", "North"): (2, 0, 2, 3),
        ("e1", "South"): (1, 0, 2, 2),
        ("e1", None): (3, 0, 2, 3),
        ("e2", "unknown"): (1, 0, 0, 0),
        ("e2", None): (1, 0, 0, 0),
    }


def test_a_rejected_pair_counts_nowhere_and_a_decided_claim_is_reviewed(store: Store) -> None:
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c3", "disputed", reviewer="Ada", seen_version=0)
    found = told(store)
    assert found["e1", "South"] == (1, 1, 1, 1)
    assert found["e1", None] == (3, 1, 1, 2)


def test_where_suggestions_are_hidden_only_confirmed_pairs_count(store: Store) -> None:
    decide(store, "pair", NUMBER, "confirmed", reviewer="Ada", seen_version=0)
    found = told(store, decided_only=True)
    assert found["e1", None] == (3, 0, 1, 1)
    assert found["e1", "North"] == (2, 0, 1, 1)
    assert SUPPORT != NUMBER


def test_only_the_events_asked_for_are_added_up(store: Store) -> None:
    assert set(cells(store, ["e2"])["event_id"]) == {"e2"}
    assert not len(cells(store, []))
