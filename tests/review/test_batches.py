"""Many at once: taken and refused one by one, taken back together, and done anew."""

from datetime import UTC, datetime

import pytest

from tests.store.bridge import DENIAL, NUMBER, relate_as
from verify.errors import InputError, StaleDecision
from verify.review import log
from verify.review.audit import audit
from verify.review.decisions import Wish, decide, decide_each, decide_many
from verify.review.log import Decision, made_together
from verify.review.redoing import redo, redoable
from verify.review.undoing import last_by, undo, undo_many, undo_some
from verify.store import views
from verify.store.store import Store

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything happen within one second."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return NOON

    monkeypatch.setattr(log, "datetime", Clock)


def statuses(store: Store) -> dict[str, str]:
    table, _ = views.claims(store)
    return dict(sorted(zip(table["claim_id"], table["status"], strict=True)))


def test_what_was_decided_at_once_is_found_again_as_one(store: Store):
    made = decide_many(store, [("claim", "c1", "verified", 0), ("claim", "c2", "verified", 0)], "A")
    decide(store, "claim", "c3", "verified", reviewer="A", seen_version=0)
    assert made_together(store, made.done[1]) == made.done
    last = last_by(store, "A")
    assert last is not None
    assert [one.target_id for one in made_together(store, last)] == ["c3"]


@pytest.mark.usefixtures("one_second")
def test_two_batches_of_one_second_stay_two(store: Store):
    first = decide_many(
        store, [("claim", "c1", "verified", 0), ("claim", "c2", "verified", 0)], "A"
    )
    second = decide_many(
        store, [("claim", "c3", "verified", 0), ("claim", "c4", "verified", 0)], "A"
    )
    assert {one.decided_at for one in first.done + second.done} == {"2026-05-03T12:00:00Z"}
    assert made_together(store, second.done[0]) == second.done
    undo_many(store, [one.seq for one in made_together(store, second.done[0])], "A")
    assert statuses(store) == {
        "c1": "verified", "c2": "verified", "c3": "unreviewed", "c4": "unreviewed",
    }  # fmt: skip


def test_the_same_claim_twice_in_one_batch_is_stale_the_second_time(store: Store):
    made = decide_many(store, [("claim", "c1", "verified", 0), ("claim", "c1", "disputed", 0)], "A")
    assert ([one.value for one in made.done], len(made.refused)) == (["verified"], 1)
    assert isinstance(made.refused[0].error, StaleDecision)
    assert audit(store) == []


def test_unknown_claims_and_values_are_refused_and_the_others_taken(store: Store):
    wishes = [("claim", "c9", "verified", 0), ("claim", "c1", "verified", 0),
              ("claim", "c2", "true", 0), ("claim", "c3", "verified", 0)]  # fmt: skip
    made = decide_many(store, wishes, "A")
    assert [one.target_id for one in made.done] == ["c1", "c3"]
    assert [one.target_id for one in made.refused] == ["c9", "c2"]
    assert audit(store) == []


def test_a_batch_is_taken_back_but_for_what_someone_decided_since(store: Store):
    made = decide_many(store, [("claim", f"c{n}", "verified", 0) for n in (1, 2, 3)], "A")
    decide(store, "claim", "c2", "disputed", reviewer="B", seen_version=1)
    outcome = undo_some(store, [one.seq for one in made.done], "A")
    assert [one.target_id for one in outcome.done] == ["c1", "c3"]
    assert [one.target_id for one in outcome.refused] == ["c2"]
    assert statuses(store) == {
        "c1": "unreviewed", "c2": "disputed", "c3": "unreviewed", "c4": "unreviewed",
    }  # fmt: skip


def test_the_hash_of_a_decision_that_stands_alone_is_what_it_always_was(store: Store):
    alone = decide(store, "claim", "c1", "verified", reviewer="A", seen_version=0, at=NOON)
    assert alone.batch is None
    assert alone.hash == "3ca5bb3da14646c0db2087e4bad9edf997582ec15a79a812f7c907b61a384db5"


def test_several_undos_are_followed_by_as_many_redos(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="A", seen_version=0, note="seen")
    decide(store, "claim", "c2", "disputed", reviewer="A", seen_version=0)
    for _ in range(2):
        last = last_by(store, "A")
        assert last is not None
        undo(store, last.seq, "A")
    assert [one.target_id for one in redoable(store, "A")] == ["c1"]
    (first,) = redo(store, "A").done
    assert (first.target_id, first.value, first.note) == ("c1", "verified", "seen")
    redo(store, "A")
    assert (statuses(store)["c1"], statuses(store)["c2"]) == ("verified", "disputed")
    with pytest.raises(InputError, match="nothing back"):
        redo(store, "A")
    assert audit(store) == []


def test_what_was_done_anew_can_be_taken_back_and_done_anew_again(store: Store):
    made = decide(store, "claim", "c1", "verified", reviewer="A", seen_version=0)
    undo(store, made.seq, "A")
    (again,) = redo(store, "A").done
    undo(store, again.seq, "A")
    assert statuses(store)["c1"] == "unreviewed"
    redo(store, "A")
    assert statuses(store)["c1"] == "verified"


def test_another_decision_of_mine_ends_what_can_be_done_anew_and_nobody_else_s_does(store: Store):
    made = decide(store, "claim", "c1", "verified", reviewer="A", seen_version=0)
    undo(store, made.seq, "A")
    decide(store, "claim", "c2", "verified", reviewer="B", seen_version=0)
    assert [one.target_id for one in redoable(store, "A")] == ["c1"]
    decide(store, "claim", "c3", "verified", reviewer="A", seen_version=0)
    assert redoable(store, "A") == []


def test_a_redo_does_not_go_over_what_someone_decided_since(store: Store):
    made = decide(store, "claim", "c1", "verified", reviewer="A", seen_version=0)
    undo(store, made.seq, "A")
    decide(store, "claim", "c1", "disputed", reviewer="B", seen_version=2)
    with pytest.raises(StaleDecision):
        redo(store, "A")
    assert statuses(store)["c1"] == "disputed"


def test_a_batch_is_done_anew_as_a_whole(store: Store):
    made = decide_many(store, [("claim", f"c{n}", "verified", 0) for n in (1, 2, 3)], "A", "all")
    undo_many(store, [one.seq for one in made.done], "A")
    again = redo(store, "A").done
    assert [one.target_id for one in again] == ["c1", "c2", "c3"]
    assert made_together(store, again[0]) == again
    assert set(statuses(store).values()) == {"verified", "unreviewed"}


@pytest.mark.parametrize("many", [False, True])
def test_a_pair_that_is_related_otherwise_since_is_not_done_anew(store: Store, many: bool):
    ids = [NUMBER, DENIAL] if many else [NUMBER]
    made = decide_many(store, [("pair", one, "confirmed", 0) for one in ids], "A")
    undo_many(store, [one.seq for one in made.done], "A")
    relate_as(store, NUMBER, "supports")
    with pytest.raises(InputError, match=r"The program says “supports”"):
        redo(store, "A")


def test_what_differs_in_field_and_note_is_redone_as_it_was(store: Store):
    wishes = [
        Wish("claim", "c1", "status", "verified", 0, "seen on the film"),
        Wish("claim", "c2", "information_grade", "2", 0, "a second witness"),
    ]
    made = [one for one in decide_each(store, wishes, "Ada") if isinstance(one, Decision)]
    undo_some(store, [one.seq for one in made], "Ada")
    again = redo(store, "Ada").done
    assert [(one.target, one.value, one.note) for one in again] == [
        (one.target, one.value, one.note) for one in made
    ]


def test_the_undo_key_goes_past_what_others_decided_on_since(store: Store):
    decide(store, "claim", "c4", "verified", reviewer="Ada", seen_version=0)
    decide_many(store, [("claim", f"c{at}", "disputed", 0) for at in (1, 2, 3)], "Ada")
    decide(store, "claim", "c2", "verified", reviewer="Ben", seen_version=1)
    last = last_by(store, "Ada")
    undo_some(store, [one.seq for one in made_together(store, last)], "Ada")
    assert last_by(store, "Ada").target_id == "c4"


def test_an_unknown_decision_among_many_is_listed(store: Store):
    made = decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    outcome = undo_some(store, [99, made.seq], "Ada")
    assert [one.target_id for one in outcome.refused] == ["99"]
    assert [one.undoes for one in outcome.done] == [made.seq]
