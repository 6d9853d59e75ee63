"""A queue divided: fair by number, conflicts and reach, never one's own verdict again."""

import pytest

from tests.framed import history
from tests.store.bridge import DENIAL, SUPPORT, flood
from verify.errors import InputError, NotAllowed, StaleDecision
from verify.review import dividing, workload
from verify.review.audit import audit
from verify.review.decisions import decide, decide_many
from verify.review.dividing import Piece, divide, give, last_given, take_back
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


def seconds_for_everything(store: Store) -> None:
    decide(store, "desk", "desk", "everything", field="second_review", reviewer="Lea",
           seen_version=0)  # fmt: skip


def whose(store: Store, kind: str = "claim") -> dict[str, int]:
    ask = views.claims if kind == "claim" else views.pairs
    return {
        name: ask(store, Filters(assigned_to=name), limit=0)[1] for name in ("Ada", "Ben", "Cem")
    }


@pytest.mark.parametrize("people", [2, 3, 7])
def test_each_gets_as_many_with_as_many_conflicts_and_as_much_reach(people: int):
    names = [f"person {at}" for at in range(people)]
    pieces = [Piece(f"c{at}", max(0, 9 - at // 3), 1 + at * 7 % 11, "", 0) for at in range(140)]
    pieces.sort(key=lambda one: (-one.conflicts, -one.reach))
    shares = list(dividing._dealt("claim", pieces, names, None).shares.values())
    for of in (lambda one: len(one.pieces), lambda one: one.conflicts):
        assert max(map(of, shares)) - min(map(of, shares)) <= 1
    reach = [share.reach for share in shares]
    assert max(reach) - min(reach) <= 22  # of about 120: two pieces of the widest reach
    assert sum(len(share.pieces) for share in shares) == 140


def test_a_division_is_recorded_at_once_and_taken_back_as_a_whole(store: Store):
    found = divide(store, "claim", ["Ada", "Ben"])
    assert (found.given, found.left, found.barred) == (4, 0, 0)
    assert whose(store) == {"Ada": 0, "Ben": 0, "Cem": 0}
    made = give(store, found, "Lea")
    assert whose(store) == {"Ada": 2, "Ben": 2, "Cem": 0}
    assert last_given(store, "Lea") == [one.seq for one in made]
    take_back(store, last_given(store, "Lea"), "Lea")
    assert whose(store) == {"Ada": 0, "Ben": 0, "Cem": 0}
    assert last_given(store, "Lea") == []
    assert audit(store) == []


def test_only_what_matches_and_is_nobody_s_is_divided(store: Store):
    decide(store, "claim", "c1", "Cem", field="assigned_to", reviewer="Lea", seen_version=0)
    decide(store, "claim", "c2", "verified", reviewer="Cem", seen_version=0)
    found = divide(store, "claim", ["Ada"], Filters(event_id="e1"))
    assert [one.id for one in found.shares["Ada"].pieces] == ["c3"]
    pairs = divide(store, "pair", ["Ada"], Filters(relation="supports"))
    assert [one.id for one in pairs.shares["Ada"].pieces] == [SUPPORT]


def test_so_many_each_leaves_the_rest_and_says_so(store: Store):
    found = divide(store, "claim", ["Ada", "Ben"], each=1)
    assert (found.given, found.left) == (2, 2)
    assert found.shares["Ada"].pieces[0].id == "c3"  # two conflicts come first
    with pytest.raises(InputError, match="1 or more"):
        divide(store, "claim", ["Ada"], each=0)


def test_nobody_is_given_the_second_verdict_on_their_own_first(store: Store):
    seconds_for_everything(store)
    ids = flood(store, 30)
    for by, some in (("Ada", ids[:20]), ("ben ", ids[20:])):
        decide_many(store, [("claim", id_, "verified", 0) for id_ in some], by)
    found = divide(store, "claim", ["Ada", "Ben", "Cem"], second=True)
    first = {id_: ("Ada" if at < 20 else "Ben") for at, id_ in enumerate(ids)}
    for name, share in found.shares.items():
        assert name not in {first[one.id] for one in share.pieces}
    assert {name: len(share.pieces) for name, share in found.shares.items()} == {
        "Ada": 10,
        "Ben": 10,
        "Cem": 10,
    }
    alone = divide(store, "claim", ["Ada"], second=True)
    assert (alone.given, alone.barred) == (10, 20)


def test_work_that_is_done_is_given_on_for_its_second_verdict(store: Store):
    seconds_for_everything(store)
    give(store, divide(store, "claim", ["Ada"], each=1), "Lea")
    decide(store, "claim", "c3", "verified", reviewer="Ada", seen_version=0)
    give(store, divide(store, "claim", ["Ada", "Ben"], second=True), "Lea")
    assert whose(store)["Ben"] == 1
    rows = workload.work(store).set_index("name")
    assert rows.loc["Ben", "open_claims"] == 1
    assert (rows.loc["Ada", "open_claims"], rows.loc["Ada", "claims"]) == (0, 1)


def test_only_who_decides_is_given_work_and_only_a_lead_gives_it(store: Store):
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Rita", "reader")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    for name in ("Rita", "a stranger"):
        with pytest.raises(InputError, match="may not decide"):
            divide(store, "claim", [name])
    with pytest.raises(InputError, match="once"):
        divide(store, "claim", ["Ada", "Ada"])
    found = divide(store, "claim", ["Ada", "Lea"])
    with pytest.raises(NotAllowed, match="only a lead gives work"):
        give(store, found, "Ada")
    assert not len(history(store, "claim", "c3"))


def test_a_division_that_somebody_forestalled_records_nothing(store: Store):
    found = divide(store, "claim", ["Ada", "Ben"])
    decide(store, "claim", "c4", "Cem", field="assigned_to", reviewer="Lea", seen_version=0)
    with pytest.raises(StaleDecision):
        give(store, found, "Lea")
    assert whose(store) == {"Ada": 0, "Ben": 0, "Cem": 1}


def test_a_division_that_was_given_on_is_not_taken_back_in_part(store: Store):
    give(store, divide(store, "claim", ["Ada", "Ben"]), "Lea")
    decide(store, "claim", "c1", "Cem", field="assigned_to", reviewer="Cem", seen_version=1)
    with pytest.raises(StaleDecision):
        take_back(store, last_given(store, "Lea"), "Lea")
    assert sum(whose(store).values()) == 4


def test_where_two_people_disagree_is_listed_until_a_lead_settles_it(store: Store):
    for kind, id_, one, other in (
        ("claim", "c1", "verified", "disputed"),
        ("pair", DENIAL, "confirmed", "rejected"),
        ("claim", "c2", "verified", "verified"),
    ):
        decide(store, kind, id_, one, reviewer="Ada", note="seen", seen_version=0)
        decide(store, kind, id_, other, field="second", reviewer="Ben", seen_version=0)
    found = workload.disagreements(store)
    assert sorted(found["target_id"]) == sorted(["c1", DENIAL])
    row = found[found["target_kind"] == "claim"].iloc[0]
    assert (row["first"], row["first_by"], row["first_note"]) == ("verified", "Ada", "seen")
    assert (row["second"], row["second_by"], row["event_id"]) == ("disputed", "Ben", "e1")
    decide(store, "claim", "c1", "disputed", reviewer="Lea", seen_version=1)
    assert list(workload.disagreements(store)["target_id"]) == [DENIAL]


def test_of_two_divisions_in_one_second_the_last_one_is_taken_back(store: Store):
    first = give(store, divide(store, "claim", ["Ada"], each=2), "Lea")
    second = give(store, divide(store, "claim", ["Ben"], each=2), "Lea")
    assert last_given(store, "Lea") == [one.seq for one in second]
    take_back(store, last_given(store, "Lea"), "Lea")
    assert last_given(store, "Lea") == [one.seq for one in first]


def test_what_nobody_asks_a_second_verdict_for_is_nobody_s_open_work(store: Store):
    decide(store, "claim", "c1", "Ben", field="assigned_to", reviewer="Lea", seen_version=0)
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    assert "Ben" not in set(workload.work(store)["name"])
    seconds_for_everything(store)
    assert workload.work(store).set_index("name")["open_claims"]["Ben"] == 1
