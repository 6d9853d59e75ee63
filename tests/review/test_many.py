"""One change to thousands: previewed, made but for what others have, taken back as one."""

from collections import Counter

import pytest

from benchmarks.many_claims import fill
from tests.store.holding import hold
from verify.review import holds, many
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.review.log import made_together
from verify.review.undoing import last_by, undo_some
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


def statuses(store: Store) -> Counter[str]:
    return Counter(views.claims(store, limit=None)[0]["status"])


def test_of_two_thousand_fifty_are_held_and_one_undo_restores_all(empty: Store):
    fill(empty, 2000, with_vectors=False)
    hold(empty, "Ben", [f"c{n:016x}" for n in range(50)])
    seen = many.chosen(empty, Filters())
    planned = many.plan(empty, seen, "status", "verified", "Ada")
    assert planned.changes == {"unreviewed": 1950}
    assert len(planned.held) == 50
    done = many.make(empty, planned, "Ada", "seen on video")
    assert len(done.made) == 1950
    assert len(done.skipped) == 50
    first = done.skipped.iloc[0]
    assert (first["why"], first["who"], first["when"]) == ("held", "Ben", "2026-05-03T12:00:00Z")
    assert first["text"].startswith("2 people were killed")
    assert statuses(empty) == {"verified": 1950, "unreviewed": 50}
    last = last_by(empty, "Ada")
    assert last is not None
    undone = undo_some(empty, [one.seq for one in made_together(empty, last)], "Ada")
    assert (len(undone.done), undone.refused) == (1950, [])
    assert statuses(empty) == {"unreviewed": 2000}
    assert views.events(empty)[0]["reviewed"].sum() == 0
    assert audit(empty) == []


def test_what_was_decided_since_it_was_seen_is_previewed_left_alone_and_listed(store: Store):
    seen = many.chosen(store, Filters())
    decide(store, "claim", "c1", "disputed", reviewer="Ben", seen_version=0)
    planned = many.plan(store, seen, "status", "verified", "Ada")
    assert set(planned.stale) == {"c1"}
    decide(store, "claim", "c2", "unverifiable", reviewer="Cy", seen_version=0)
    holds.take(store, "claim", "c3", "Dee")
    done = many.make(store, planned, "Ada")
    assert [one.target_id for one in done.made] == ["c4"]
    listed = {row.claim_id: (row.why, row.who, row.now) for row in done.skipped.itertuples()}
    assert listed == {
        "c1": ("changed", "Ben", "disputed"),
        "c2": ("changed", "Cy", "unverifiable"),
        "c3": ("held", "Dee", None),
    }


def test_what_i_hold_myself_is_changed(store: Store):
    holds.take(store, "claim", "c1", "Ada")
    planned = many.plan(store, {"c1": 0}, "status", "verified", "Ada")
    assert [one.target_id for one in many.make(store, planned, "Ada").made] == ["c1"]


def test_what_has_the_value_already_is_left_as_it_is(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    planned = many.plan(store, {"c1": 1, "c2": 0}, "status", "verified", "Ada")
    assert (planned.same, planned.changes) == (1, {"unreviewed": 1})


@pytest.mark.parametrize(
    ("field", "value"), [("assigned_to", "Ben"), ("information_grade", "2"), ("source_grade", "B")]
)
def test_work_is_given_and_grades_are_set_for_many_and_taken_back_together(
    store: Store, field: str, value: str
):
    seen = many.chosen(store, Filters(side="North"))
    done = many.make(store, many.plan(store, seen, field, value, "Ada"), "Ada")
    assert sorted(one.target_id for one in done.made) == ["c1", "c2"]
    again = many.plan(store, seen, field, value, "Ada")
    assert (again.same, again.wishes) == (2, ())
    back = many.make(store, many.plan(store, seen, field, None, "Ada"), "Ada")
    undo_some(store, [one.seq for one in back.made], "Ada")
    assert many.plan(store, seen, field, value, "Ada").same == 2
    assert audit(store) == []


def test_a_reviewer_gives_no_work_to_others_and_is_told_so_of_each(store: Store):
    for name, role in (("Lea", "lead"), ("Ada", "reviewer")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    seen = many.chosen(store, Filters())
    done = many.make(store, many.plan(store, seen, "assigned_to", "Ben", "Ada"), "Ada")
    assert done.made == []
    assert "only a lead gives work to others" in done.skipped["why"].iloc[0]
    mine = many.make(store, many.plan(store, seen, "assigned_to", "Ada", "Ada"), "Ada")
    assert len(mine.made) == 4


def test_a_claim_about_which_two_disagree_is_left_to_a_lead(store: Store):
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Ben", "reviewer")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    decide(store, "claim", "c2", "disputed", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c2", "verified", field="second", reviewer="Ben", seen_version=0)
    seen = many.chosen(store, Filters())
    done = many.make(store, many.plan(store, seen, "status", "verified", "Ada"), "Ada")
    assert sorted(one.target_id for one in done.made) == ["c1", "c3", "c4"]
    assert "a lead settles it" in done.skipped["why"].iloc[0]
