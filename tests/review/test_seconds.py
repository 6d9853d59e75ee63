"""Two pairs of eyes: a second verdict by somebody else, and what becomes of a disagreement."""

import pytest

from tests.framed import history
from tests.store.bridge import DENIAL, NUMBER, claim, relate, relate_as
from verify.errors import InputError, NotAllowed
from verify.records import CLAIMS, content_id, frame
from verify.review.agreement import by_people, by_period, kappa
from verify.review.audit import audit
from verify.review.decisions import decide, decide_many
from verify.review.seconds import HIDDEN, next_seconds, verdicts_of_two, waiting
from verify.review.undoing import undo
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


def say(
    store: Store, target: str, value: str | None, by: str, field: str = "status", seen: int = 0
):
    kind = "claim" if target.startswith("c") else "pair"
    return decide(store, kind, target, value, reviewer=by, field=field, seen_version=seen)


def second_of(store: Store, claim_id: str) -> str | None:
    for found in ("agrees", "disagrees", "settled"):
        if claim_id in list(views.claims(store, Filters(second=found))[0]["claim_id"]):
            return found
    return None


def asks(store: Store, rule: str) -> None:
    """Let the desk ask for second verdicts by ``rule``."""
    seen = len(history(store, "desk", "desk"))
    decide(store, "desk", "desk", rule, field="second_review", reviewer="Lea", seen_version=seen)


def test_a_second_verdict_agrees_or_disagrees(store: Store):
    say(store, "c1", "verified", "Ada")
    say(store, "c2", "verified", "Ada")
    say(store, "c1", "verified", "Ben", "second")
    say(store, "c2", "disputed", "Ben", "second")
    assert (second_of(store, "c1"), second_of(store, "c2")) == ("agrees", "disagrees")
    assert views.claim(store, "c2")["status"] == "verified"
    assert audit(store) == []


def test_there_is_no_second_verdict_without_a_first(store: Store):
    with pytest.raises(InputError, match="no first verdict"):
        say(store, "c1", "verified", "Ben", "second")
    first = say(store, "c1", "verified", "Ada")
    undo(store, first.seq, "Ada")
    with pytest.raises(InputError, match="no first verdict"):
        say(store, "c1", "verified", "Ben", "second")


@pytest.mark.parametrize("name", ["Ada", "ada", " Ada "])
def test_nobody_gives_both_verdicts(store: Store, name: str):
    say(store, "c1", "verified", "Ada")
    with pytest.raises(NotAllowed, match="The first verdict is"):
        say(store, "c1", "verified", name, "second")


def test_a_disagreement_is_a_lead_s_to_settle(store: Store):
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Ben", "reviewer")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    say(store, "c1", "verified", "Ada")
    say(store, "c1", "disputed", "Ben", "second")
    for name in ("Ada", "Ben"):
        with pytest.raises(NotAllowed, match="a lead settles it"):
            say(store, "c1", "unverifiable", name, seen=1)
    say(store, "c1", "disputed", "Lea", seen=1)
    assert second_of(store, "c1") == "settled"
    assert views.claim(store, "c1")["status"] == "disputed"


def test_a_second_verdict_that_is_taken_back_leaves_the_first(store: Store):
    say(store, "c1", "verified", "Ada")
    made = say(store, "c1", "disputed", "Ben", "second")
    undo(store, made.seq, "Ben")
    assert second_of(store, "c1") is None
    assert not len(verdicts_of_two(store))


def test_what_waits_for_a_second_verdict_does_not_say_the_first(store: Store):
    asks(store, "everything")
    say(store, "c1", "verified", "Ada")
    say(store, "c2", "disputed", "Ben")
    found = next_seconds(store, "claim", "Ben", limit=9)
    assert list(found["claim_id"]) == ["c1"]
    assert not set(HIDDEN) & set(found.columns)
    assert (waiting(store, "claim", "Ada"), waiting(store, "claim", "Cem")) == (1, 2)


def test_only_what_the_desk_asks_for_waits(store: Store):
    for claim_id in ("c1", "c4"):
        say(store, claim_id, "verified", "Ada")
    say(store, DENIAL, "confirmed", "Ada")
    assert waiting(store, "claim", "Ben") == 0
    asks(store, "conflicts")
    assert list(next_seconds(store, "claim", "Ben", limit=9)["claim_id"]) == ["c1"]
    assert list(next_seconds(store, "pair", "Ben", limit=9)["pair_id"]) == [DENIAL]
    asks(store, "everything")
    assert waiting(store, "claim", "Ben") == 2


def test_a_sample_holds_about_its_share_and_a_larger_one_holds_it(store: Store):
    told = [f"Shell {number} fell on the mill." for number in range(400)]
    ids = [content_id("c", text) for text in told]
    made = [claim(id_, "d4", text) for id_, text in zip(ids, told, strict=True)]
    store.add_claims(frame(made, CLAIMS), "r1")
    decide_many(store, [("claim", id_, "verified", 0) for id_ in ids], "Ada")
    drawn = {}
    for share in (10, 30):
        asks(store, f"sample {share}")
        drawn[share] = set(next_seconds(store, "claim", "Ben", limit=400)["claim_id"])
        assert share * 4 * 0.6 < len(drawn[share]) < share * 4 * 1.4
    assert drawn[10] < drawn[30]


def test_a_rule_that_nobody_knows_is_refused(store: Store):
    with pytest.raises(InputError, match="sample 1 to sample 99"):
        decide(store, "desk", "desk", "sample 100", field="second_review", reviewer="Lea",
               seen_version=0)  # fmt: skip


def test_a_pair_that_is_related_otherwise_since_has_no_second_verdict(store: Store):
    say(store, NUMBER, "rejected", "Ada")
    say(store, NUMBER, "confirmed", "Ben", "second")
    assert list(views.pairs(store, Filters(second="disagrees"))[0]["pair_id"]) == [NUMBER]
    relate_as(store, NUMBER, "supports", p_supports=0.9, p_conflicts=0.05)
    assert not len(views.pairs(store, Filters(second="disagrees"))[0])
    relate(store)
    assert list(views.pairs(store, Filters(second="disagrees"))[0]["pair_id"]) == [NUMBER]
    assert audit(store) == []


def test_kappa_by_hand():
    yes, no = ["verified"], ["disputed"]
    first = yes * 25 + no * 25
    second = yes * 20 + no * 5 + yes * 10 + no * 15
    assert kappa(first, second) == pytest.approx(0.4)  # 0.7 agree, 0.5 would by chance
    assert kappa(yes * 3, yes * 3) is None
    assert kappa([], []) is None
    assert kappa(yes + no, no + yes) == pytest.approx(-1)


def test_agreement_is_told_by_month_and_by_who_they_are(store: Store):
    say(store, "c1", "verified", "Ada")
    say(store, "c2", "disputed", "Ben")
    say(store, "c3", "verified", "Ada")
    say(store, "c1", "verified", "Ben", "second")
    say(store, "c2", "verified", "Ada", "second")
    say(store, "c3", "verified", "Ben", "second")
    (row,) = by_people(store).to_dict("records")
    assert (row["group"], row["judged"], row["agreed"]) == ("Ada and Ben", 3, 2)
    (month,) = by_period(store).to_dict("records")
    assert month["group"] == verdicts_of_two(store)["decided_at"][0][:7]
    assert month["raw"] == pytest.approx(2 / 3)


def test_what_a_lead_settled_still_counts_as_a_disagreement(store: Store):
    say(store, "c1", "verified", "Ada")
    say(store, "c1", "disputed", "Ben", "second")
    say(store, "c1", "disputed", "Lea", seen=1)
    (row,) = by_people(store).to_dict("records")
    assert (row["judged"], row["agreed"]) == (1, 0)


@pytest.mark.parametrize("name", ["Ольга", "Éva", "Žiga"])
def test_names_in_other_letters_are_one_person_s_too(store: Store, name: str):
    asks(store, "everything")
    say(store, "c1", "verified", name)
    assert waiting(store, "claim", name.upper()) == 0
    assert waiting(store, "claim", "Ben") == 1


def test_who_gave_the_second_verdict_does_not_change_the_first_too(store: Store):
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Ben", "reviewer")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    say(store, "c1", "verified", "Ada")
    say(store, "c1", "verified", "Ben", "second")
    with pytest.raises(NotAllowed, match="the second verdict is theirs"):
        say(store, "c1", "disputed", "Ben", seen=1)
    assert second_of(store, "c1") == "agrees"
