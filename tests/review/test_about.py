"""A verdict on a pair is about the relation that was shown; no run turns it into another one."""

import hashlib
import json

import pytest
from sqlalchemy import update

from tests.framed import history
from tests.store.bridge import DENIAL, NUMBER, SUPPORT, relate, relate_as
from verify.errors import InputError
from verify.records import DECISIONS, REREAD, WITHHELD
from verify.review.audit import audit
from verify.review.decisions import decide, decide_many
from verify.review.log import FIRST_HASH, LATER, decision_hash
from verify.review.reviewed import reviewed
from verify.review.undoing import undo
from verify.store import view_rows, views
from verify.store.store import Store
from verify.store.tables import standing


def shown(store: Store, pair_id: str) -> dict:
    with store.reading() as connection:
        return view_rows.pairs_by_id(connection, [pair_id]).iloc[0].to_dict()


def test_a_verdict_says_which_relation_was_shown(store: Store):
    made = decide(store, "pair", DENIAL, "confirmed", reviewer="Ada", seen_version=0)
    assert made.about == "conflicts"
    assert decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0).about is None
    many = decide_many(store, [("pair", SUPPORT, "rejected", 0)], "Ada")
    assert many.done[0].about == "supports"
    assert undo(store, made.seq, "Ada").about is None
    assert history(store, "pair", DENIAL)["about"].tolist() == ["conflicts", None]
    assert audit(store) == []


def test_what_was_confirmed_stays_what_it_was(store: Store):
    decide(store, "pair", SUPPORT, "confirmed", reviewer="Ada", seen_version=0)
    relate_as(store, SUPPORT, "conflicts", p_supports=0.3)
    pair = shown(store, SUPPORT)
    assert (pair["relation"], pair["status"], pair["p_supports"]) == ("supports", "confirmed", 0.9)
    assert pair["kept"]
    told = [reason["words"] for reason in pair["reasons"] if reason["name"] == REREAD]
    assert told == ["read anew, the program would say “conflicts”; what was confirmed stands"]
    assert views.event(store, "e1")["conflicts"] == 2  # no third one, which nobody confirmed
    assert audit(store) == []
    relate_as(store, SUPPORT, "related")
    told = [reason["words"] for reason in shown(store, SUPPORT)["reasons"]]
    assert told == ["read anew, the program would say “related”; what was confirmed stands"]
    relate(store)
    pair = shown(store, SUPPORT)
    assert (pair["relation"], pair["kept"], pair["reasons"]) == ("supports", False, [])


def test_a_kept_pair_keeps_the_words_on_why_another_relation_was_not_shown(store: Store):
    reason = {"name": WITHHELD, "words": "not shown as a conflict", "supports": 0, "conflicts": 0}
    relate_as(store, SUPPORT, "related", reasons=[reason])
    decide(store, "pair", SUPPORT, "confirmed", reviewer="Ada", seen_version=0)
    relate(store)
    told = [one["name"] for one in shown(store, SUPPORT)["reasons"]]
    assert told == [WITHHELD, REREAD]


def test_what_was_taken_back_follows_the_next_run(store: Store):
    made = decide(store, "pair", SUPPORT, "confirmed", reviewer="Ada", seen_version=0)
    relate_as(store, SUPPORT, "conflicts")
    undo(store, made.seq, "Ada")
    relate_as(store, SUPPORT, "conflicts")
    pair = shown(store, SUPPORT)
    assert (pair["relation"], pair["status"], pair["kept"]) == ("conflicts", "suggested", False)


def test_what_was_rejected_is_asked_again_where_it_is_related_otherwise(store: Store):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    relate_as(store, DENIAL, "supports")
    pair = shown(store, DENIAL)
    assert (pair["relation"], pair["status"], pair["about"]) == (
        "supports", "suggested", "conflicts",
    )  # fmt: skip
    assert audit(store) == []
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ben", seen_version=1)
    assert shown(store, DENIAL)["status"] == "confirmed"


def test_a_rejection_holds_again_where_the_program_comes_back_to_it(store: Store):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    relate_as(store, DENIAL, "supports")
    relate(store)
    assert shown(store, DENIAL)["status"] == "rejected"


def test_a_verdict_on_what_the_program_no_longer_says_is_refused(store: Store):
    relate_as(store, NUMBER, "related")
    with pytest.raises(InputError, match=r"says “related” of this pair by now, no longer “confl"):
        decide(
            store, "pair", NUMBER, "confirmed", reviewer="Ada", seen_version=0, seen_as="conflicts"
        )
    assert history(store, "pair", NUMBER).empty
    decide(store, "pair", NUMBER, "rejected", reviewer="Ada", seen_version=0, seen_as="related")


def test_taking_back_brings_the_verdict_before_with_what_it_was_about(store: Store):
    decide(store, "pair", SUPPORT, "rejected", reviewer="Ada", seen_version=0)
    relate_as(store, SUPPORT, "conflicts")
    made = decide(store, "pair", SUPPORT, "rejected", reviewer="Ada", seen_version=1)
    assert undo(store, made.seq, "Ada").about == "supports"
    assert shown(store, SUPPORT)["status"] == "suggested"


def test_a_decision_from_before_that_was_recorded_keeps_its_hash():
    row = dict.fromkeys(DECISIONS) | {"seq": 1, "value": "confirmed"}
    content = {name: row[name] for name in DECISIONS if name not in ("hash", *LATER)}
    content["previous_hash"] = FIRST_HASH
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert decision_hash(row, FIRST_HASH) == hashlib.sha256(canonical.encode()).hexdigest()
    for said in ({"about": "supports"}, {"batch": 1}):
        assert decision_hash(row | said, FIRST_HASH) != decision_hash(row, FIRST_HASH)


def test_the_audit_sees_that_what_a_verdict_is_about_was_changed(store: Store):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    with store.writing() as connection:
        connection.execute(update(standing).values(about="supports"))
    assert audit(store) == [f"What stands as status of pair {DENIAL} is not what the log says."]


def test_what_is_learned_from_is_what_was_decided_on(store: Store):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    relate_as(store, DENIAL, "supports")
    found = reviewed(store).iloc[0]
    assert (found["decision"], found["about"], found["relation"]) == (
        "rejected", "conflicts", "supports",
    )  # fmt: skip
