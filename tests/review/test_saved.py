"""Views under a name: mine, the team's, and what becomes of filters that are no more."""

import pytest
from sqlalchemy import update

from verify.errors import InputError, NotAllowed
from verify.review import saved
from verify.review.decisions import decide
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.team_tables import saved_views

NORTH = Filters(side="North", conflicts_only=True, search="bridge & dam")


def test_a_view_brings_its_filters_back(store: Store):
    made = saved.save(
        store, "review", "  North,  contested ", NORTH, "Ada", beside={"mode": "pairs"}
    )
    found = saved.opened(store, made.view_id, "Ada")
    assert found == made
    assert found.name == "North, contested"
    assert found.read() == (NORTH, {"mode": "pairs"}, [])


def test_mine_and_shared_ones_are_listed_mine_first(store: Store):
    saved.save(store, "review", "b", NORTH, "Ada")
    saved.save(store, "review", "a", NORTH, "Ben", shared=True)
    saved.save(store, "review", "hidden", NORTH, "Ben")
    saved.save(store, "events", "other screen", NORTH, "Ada")
    assert [view.name for view in saved.listed(store, "review", "Ada")] == ["b", "a"]


def test_a_view_that_is_not_shared_opens_for_its_owner_alone(store: Store):
    made = saved.save(store, "review", "mine", NORTH, "Ada")
    assert saved.opened(store, made.view_id, "Ben") is None
    saved.share(store, made.view_id, True, "Ada")
    assert saved.opened(store, made.view_id, "Ben") is not None


def test_a_view_with_filters_that_are_no_more_opens_and_names_them(store: Store):
    made = saved.save(store, "review", "old", NORTH, "Ada")
    with store.writing() as connection:
        old = {"query": "side=North&mood=angry&colour=red"}
        connection.execute(update(saved_views).values(old))
    found = saved.opened(store, made.view_id, "Ada")
    assert found is not None
    assert found.read() == (Filters(side="North"), {}, ["colour", "mood"])


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_needs_a_name_that_fits(store: Store, name: str):
    with pytest.raises(InputError, match="needs a name"):
        saved.save(store, "review", name, NORTH, "Ada")


def test_a_name_is_given_once_by_each(store: Store):
    made = saved.save(store, "review", "one", NORTH, "Ada")
    saved.save(store, "review", "one", NORTH, "Ben")
    with pytest.raises(InputError, match="Choose another name"):
        saved.save(store, "review", "one", NORTH, "Ada")
    saved.save(store, "review", "two", NORTH, "Ada")
    with pytest.raises(InputError, match="Choose another name"):
        saved.rename(store, made.view_id, "two", "Ada")
    saved.rename(store, made.view_id, "three", "Ada")
    assert [view.name for view in saved.listed(store, "review", "Ada")] == ["three", "two"]


def test_the_owner_or_a_lead_changes_a_view_and_nobody_else(store: Store):
    made = saved.save(store, "review", "ours", NORTH, "Ada", shared=True)
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Ben", "reviewer")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    for act in (
        lambda: saved.rename(store, made.view_id, "his", "Ben"),
        lambda: saved.share(store, made.view_id, False, "Ben"),
        lambda: saved.remove(store, made.view_id, "Ben"),
    ):
        with pytest.raises(NotAllowed, match="Ada's"):
            act()
    saved.rename(store, made.view_id, "theirs", "Lea")
    saved.remove(store, made.view_id, "Ada")
    assert saved.listed(store, "review", "Ada") == []
    with pytest.raises(InputError, match="no such view"):
        saved.remove(store, made.view_id, "Ada")
