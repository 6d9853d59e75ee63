"""Who may do what, tried below the screen."""

import pytest

from tests.framed import history
from tests.store.bridge import DENIAL
from verify.errors import InputError, NotAllowed
from verify.review import people, roster
from verify.review.decisions import Wish, decide, decide_each, decide_many
from verify.review.log import Decision
from verify.review.undoing import undo
from verify.store import views
from verify.store.store import Store


def give(store: Store, name: str, role: str | None, by: str, seen: int = 0, **more):
    return decide(store, "person", name, role, field="role", reviewer=by, seen_version=seen, **more)


@pytest.fixture
def desk(store: Store) -> Store:
    """Lea leads, Rea reviews, Ron reviews, Rita reads."""
    for name, role in (
        ("Lea", "lead"),
        ("Rea", "reviewer"),
        ("Ron", "reviewer"),
        ("Rita", "reader"),
    ):
        give(store, name, role, by="Lea")
    return store


def test_while_nobody_has_a_role_everybody_may_decide(store: Store):
    assert people.is_open(store)
    assert people.role_of(store, "anybody") == "lead"
    decide(store, "claim", "c1", "verified", reviewer="anybody", seen_version=0)


def test_a_reader_decides_nothing(desk: Store):
    for kind, target, field, value in (
        ("claim", "c1", "status", "verified"),
        ("claim", "c1", "side", "South"),
        ("claim", "c1", "information_grade", "2"),
        ("claim", "c1", "assigned_to", "Rita"),
        ("pair", DENIAL, "status", "confirmed"),
        ("event", "e2", "same_as", "e1"),
        ("source", "North Post", "reliability", "B"),
        ("person", "Rita", "role", "lead"),
        ("desk", "desk", "second_review", "everything"),
    ):
        seen = int(field == "role")
        with pytest.raises(NotAllowed, match="“Rita” may read"):
            decide(desk, kind, target, value, reviewer="Rita", field=field, seen_version=seen)
    assert not len(history(desk, "claim", "c1"))


def test_who_has_no_role_at_a_desk_that_has_people_is_a_reader(desk: Store):
    with pytest.raises(NotAllowed, match="ask a lead"):
        decide(desk, "claim", "c1", "verified", reviewer="a stranger", seen_version=0)


def test_a_reader_takes_nothing_back(desk: Store):
    made = decide(desk, "claim", "c1", "verified", reviewer="Rea", seen_version=0)
    with pytest.raises(NotAllowed):
        undo(desk, made.seq, "Rita")
    assert views.claim(desk, "c1")["status"] == "verified"


def test_of_many_at_once_a_readers_are_all_refused_and_listed(desk: Store):
    wishes = [("claim", "c1", "verified", 0), ("claim", "c2", "verified", 0)]
    outcome = decide_many(desk, wishes, "Rita")
    assert not outcome.done
    assert [type(one.error) for one in outcome.refused] == [NotAllowed, NotAllowed]


def test_a_reviewer_decides_on_claims_and_does_no_lead_s_acts(desk: Store):
    decide(desk, "claim", "c1", "verified", reviewer="Rea", seen_version=0)
    for kind, target, field, value in (
        ("person", "Rea", "role", "lead"),
        ("person", "Ron", "role", None),
        ("person", "Rea", "identity", "rea@desk.test"),
        ("desk", "desk", "second_review", "conflicts"),
        ("desk", "desk", "hide_scores", "yes"),
        ("claim", "c1", "assigned_to", "Ron"),
        ("pair", DENIAL, "assigned_to", "Ron"),
    ):
        seen = int(field == "role")
        with pytest.raises(NotAllowed, match="Rea is a reviewer"):
            decide(desk, kind, target, value, reviewer="Rea", field=field, seen_version=seen)


def test_a_reviewer_takes_work_and_gives_it_back_but_takes_none_from_others(desk: Store):
    decide(desk, "claim", "c1", "Rea", field="assigned_to", reviewer="Rea", seen_version=0)
    with pytest.raises(NotAllowed, match="only a lead gives work"):
        decide(desk, "claim", "c1", "Ron", field="assigned_to", reviewer="Ron", seen_version=1)
    decide(desk, "claim", "c1", None, field="assigned_to", reviewer="Rea", seen_version=1)
    decide(desk, "claim", "c1", "Ron", field="assigned_to", reviewer="Lea", seen_version=2)
    with desk.reading() as connection:
        found = connection.exec_driver_sql("SELECT assigned_to FROM claims WHERE claim_id = 'c1'")
        assert found.scalar() == "Ron"


@pytest.mark.parametrize("name", ["Rita", "a stranger", "Réa"])
def test_work_is_given_only_to_who_may_do_it(desk: Store, name: str):
    for kind, target in (("claim", "c1"), ("pair", DENIAL)):
        with pytest.raises(
            InputError, match=rf"^{name} may not decide \({target}\)\. .*people list"
        ):
            decide(desk, kind, target, name, reviewer="Lea", field="assigned_to", seen_version=0)
    wishes = [
        Wish("claim", id_, "assigned_to", who, 0) for id_, who in (("c1", name), ("c2", "Rea"))
    ]
    refused, taken = decide_each(desk, wishes, "Lea")
    assert isinstance(refused, InputError)
    assert isinstance(taken, Decision)
    assert list(history(desk, "claim", "c1")["value"]) == []


def test_while_nobody_has_a_role_work_is_anybodys(store: Store):
    decide(store, "claim", "c1", "anybody", reviewer="me", field="assigned_to", seen_version=0)
    assert list(history(store, "claim", "c1")["value"]) == ["anybody"]


def test_work_does_not_come_back_to_somebody_who_left(desk: Store):
    decide(desk, "claim", "c1", "Ron", reviewer="Lea", field="assigned_to", seen_version=0)
    given_on = decide(desk, "claim", "c1", "Rea", reviewer="Lea", field="assigned_to",
                      seen_version=1)  # fmt: skip
    give(desk, "Ron", None, by="Lea", seen=1)
    with pytest.raises(InputError, match="Ron may not decide"):
        undo(desk, given_on.seq, "Lea")
    decide(desk, "claim", "c1", None, reviewer="Lea", field="assigned_to", seen_version=2)


def test_the_first_role_is_a_lead_s_and_the_last_lead_stays(store: Store):
    with pytest.raises(InputError, match="Begin with a lead"):
        give(store, "Rea", "reviewer", by="Rea")
    made = give(store, "Lea", "lead", by="Lea")
    give(store, "Rea", "reviewer", by="Lea")
    with pytest.raises(InputError, match="Make somebody else a lead first"):
        give(store, "Lea", "reader", by="Lea", seen=1)
    with pytest.raises(InputError, match="Make somebody else a lead first"):
        undo(store, made.seq, "Lea")
    assert people.people(store) == {"Lea": ("lead", None), "Rea": ("reviewer", None)}


def test_an_address_signs_in_as_one_person(desk: Store):
    decide(desk, "person", "Rea", "rea@desk.test", field="identity", reviewer="Lea", seen_version=0)
    assert people.signed_in(desk, " REA@desk.test ") == "Rea"
    assert people.signed_in(desk, "ron@desk.test") is None
    with pytest.raises(InputError, match="the address of Rea"):
        decide(
            desk, "person", "Ron", "Rea@desk.test", field="identity", reviewer="Lea", seen_version=0
        )


def test_an_address_that_somebody_else_took_meanwhile_does_not_come_back(desk: Store):
    def address(name: str, told: str | None, seen: int):
        return decide(
            desk, "person", name, told, field="identity", reviewer="Lea", seen_version=seen
        )

    address("Rea", "a@desk.test", 0)
    cleared = address("Rea", None, 1)
    address("Ron", "a@desk.test", 0)
    with pytest.raises(InputError, match="the address of Ron"):
        undo(desk, cleared.seq, "Lea")
    assert people.signed_in(desk, "a@desk.test") == "Ron"


def test_who_is_brought_in_has_role_and_address_or_neither(store: Store):
    with pytest.raises(InputError, match="Begin with a lead"):
        roster.add(store, "Rea", "reviewer", "rea@desk.test", "Rea")
    assert people.signed_in(store, "rea@desk.test") is None
    roster.add(store, "Lea", "lead", "lea@desk.test", "Lea")
    roster.add(store, "Lou", "lead", "lou@desk.test", "Lea")
    roster.remove(store, "Lea", "Lea")
    assert people.people(store) == {"Lou": ("lead", "lou@desk.test")}
    assert people.signed_in(store, "lea@desk.test") is None
