"""Soft holds: who has what on screen, for as long as the page is open."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from verify.review import holds
from verify.review.decisions import decide
from verify.store.store import Store
from verify.store.tables import claims

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def free(store: Store, holder: str, at: datetime = NOON) -> list[str]:
    with store.reading() as connection:
        return list(
            connection.scalars(
                select(claims.c.claim_id)
                .where(holds.free_for(holder, "claim", at))
                .order_by(claims.c.n)
            )
        )


def test_what_somebody_holds_others_see_and_go_past(store: Store):
    mine = holds.take(store, "claim", "c1", "Ada", at=NOON)
    assert mine == holds.Hold("Ada", "2026-05-03T12:00:00Z", "2026-05-03T12:02:00Z")
    assert holds.take(store, "claim", "c1", "Ben", at=NOON + timedelta(seconds=5)) == mine
    assert (free(store, "Ben"), free(store, "Ada")) == (
        ["c2", "c3", "c4"],
        ["c1", "c2", "c3", "c4"],
    )
    with store.reading() as connection:
        found = holds.held(connection, "claim", ["c1", "c2"], by_others_than="Ben", at=NOON)
    assert found == {"c1": mine}


def test_a_hold_lapses_and_is_somebody_else_s_then(store: Store):
    holds.take(store, "claim", "c1", "Ada", at=NOON)
    later = NOON + timedelta(seconds=holds.HOLD_S + 1)
    assert free(store, "Ben", later) == ["c1", "c2", "c3", "c4"]
    assert holds.take(store, "claim", "c1", "Ben", at=later).holder == "Ben"
    assert holds.now_held(store, later).keys() == {("claim", "c1")}


def test_a_page_that_stays_open_holds_on(store: Store):
    holds.take(store, "claim", "c1", "Ada", at=NOON)
    again = holds.take(store, "claim", "c1", "Ada", at=NOON + timedelta(seconds=60))
    assert (again.since, again.until) == ("2026-05-03T12:00:00Z", "2026-05-03T12:03:00Z")


def test_who_goes_on_frees_what_was_on_screen(store: Store):
    holds.take(store, "claim", "c1", "Ada", at=NOON)
    holds.take(store, "claim", "c2", "Ada", at=NOON)
    assert free(store, "Ben") == ["c1", "c3", "c4"]
    holds.release(store, "Ada")
    assert free(store, "Ben") == ["c1", "c2", "c3", "c4"]


def test_a_hold_keeps_nobody_from_deciding(store: Store):
    holds.take(store, "claim", "c1", "Ada")
    decide(store, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
