"""A person merges events, splits one, moves claims; it outlives new runs and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select, text

from tests.framed import history, next_pairs
from tests.store.bridge import (
    DENIAL,
    EVENTS_TOLD,
    MEMBERS_TOLD,
    NUMBER,
    PAIRS_TOLD,
    members,
    pair,
)
from verify.errors import InputError, StaleDecision
from verify.records import EVENTS, PAIRS, frame, pair_id
from verify.review import by_hand, decisions, regrouping
from verify.review.audit import audit
from verify.review.by_hand import merge, move, split, standing_on, words
from verify.review.decisions import decide
from verify.review.log import Decision
from verify.review.undoing import undo, undo_many
from verify.store import views
from verify.store.events import Connected, replace
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.tables import pairs


def rerun(store: Store, of: dict[str, str] = MEMBERS_TOLD, **titles: str) -> None:
    """Replace events and pairs as a run does, with what people decided on top."""
    extra = [{"event_id": id_, "title": title, "claims": 1} for id_, title in titles.items()]
    told = [row for row in EVENTS_TOLD if row["event_id"] in of.values()]
    made = Connected(frame([*told, *extra], EVENTS), members(of), frame(PAIRS_TOLD, PAIRS))
    with store.writing() as connection:
        replace(connection, made, "r2", settle=regrouping.settle)


def event_of(store: Store) -> dict[str, str]:
    return dict(store.membership().itertuples(index=False, name=None))


def put(store: Store, claim_id: str, into: str, reviewer: str, note: str = "") -> Decision:
    """Move a claim whether or not another is left in its event, which `move` refuses."""
    return decide(
        store, "claim", claim_id, into, field="event", reviewer=reviewer, note=note, seen_version=0
    )


def everything(store: Store) -> list[pd.DataFrame]:
    return [views.events(store)[0], views.claims(store)[0], views.pairs(store)[0]]


def assert_same(now: list[pd.DataFrame], before: list[pd.DataFrame]) -> None:
    for one, other in zip(now, before, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_merged_event_gives_all_its_claims_to_the_other(store: Store):
    merge(store, "e2", "e1", 0, "Ana")
    assert set(event_of(store).values()) == {"e1"}
    assert views.event(store, "e2") is None
    shown = views.event(store, "e1")
    assert (shown["claims"], shown["starts"], shown["ends"]) == (4, "2020-05-03", "2020-05-03")
    assert shown["places"] == ["Ashford", "Milltown"]
    assert shown["topic"] == "fighting"  # of most of its claims
    assert audit(store) == []


def test_split_claims_are_an_event_of_their_own_named_by_what_it_holds(store: Store):
    made = split(store, "e1", {"c1": 0, "c2": 0}, "Ana")
    assert event_of(store) == {"c1": made, "c2": made, "c3": "e1", "c4": "e2"}
    assert views.event(store, made)["claims"] == 2
    assert views.event(store, made)["title"].startswith("“")
    assert audit(store) == []
    undo_many(store, standing_on(store, made)[0].seqs, "Ana")
    assert split(store, "e1", {"c2": 2, "c1": 2}, "Ana") == made


def test_claims_split_off_again_do_not_join_those_that_came_meanwhile(store: Store):
    made = split(store, "e1", {"c1": 0, "c2": 0}, "Ana")
    put(store, "c4", made, "Ben")
    undo_many(store, [1, 2], "Ana")
    again = split(store, "e1", {"c1": 2, "c2": 2}, "Ana")
    assert again != made
    assert event_of(store)["c4"] == made


def test_no_event_is_split_down_to_nothing(store: Store):
    with pytest.raises(InputError, match="No claim would be left"):
        split(store, "e2", {"c4": 0}, "Ana")


@pytest.mark.parametrize("act", ["split", "move"])
def test_neither_is_it_where_the_others_were_moved_meanwhile(store: Store, act: str):
    move(store, "e1", {"c1": 0, "c2": 0}, "e2", "Ben")
    with pytest.raises(InputError, match="No claim would be left") as refused:
        AS_SEEN[act](store)
    assert "e1" not in str(refused.value)
    assert event_of(store)["c3"] == "e1"


AS_SEEN = {
    "split": lambda store: split(store, "e1", {"c3": 0}, "Ana"),
    "move": lambda store: move(store, "e1", {"c3": 0}, "e2", "Ana"),
}
"""What Ana does on a page where c3 stood beside c1 and c2."""
ANEW = "These claims were grouped anew meanwhile. Load the page again."


@pytest.mark.parametrize("act", AS_SEEN)
def test_claims_that_a_build_put_elsewhere_meanwhile_are_left_there(store: Store, act: str):
    rerun(store, {**MEMBERS_TOLD, "c3": "e2"})
    with pytest.raises(InputError) as refused:
        AS_SEEN[act](store)
    assert str(refused.value) == ANEW
    assert event_of(store)["c3"] == "e2"
    assert len(history(store, "claim", "c3")) == 0


@pytest.mark.parametrize("act", AS_SEEN)
def test_claims_that_a_merge_took_along_meanwhile_are_left_there(store: Store, act: str):
    merge(store, "e1", "e2", 0, "Ben")
    with pytest.raises(InputError, match=ANEW):
        AS_SEEN[act](store)
    assert set(event_of(store).values()) == {"e2"}


def test_what_is_corrected_together_is_listed_as_one_however_long_it_takes(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    ticking = (datetime(2024, 1, 1, 12, 0, second, tzinfo=UTC) for second in range(60))
    clock = type("Clock", (), {"now": staticmethod(lambda zone: next(ticking))})
    monkeypatch.setattr(decisions, "datetime", clock)
    made = split(store, "e1", {"c1": 0, "c3": 0}, "Ana")
    (listed,) = standing_on(store, made)
    assert (listed.claims, listed.seqs) == (2, (1, 2))


def test_an_event_that_loses_all_its_claims_vanishes_and_its_decisions_stay(store: Store):
    put(store, "c4", "e1", "Ana", note="the dam is at the bridge")
    assert list(views.events(store)[0]["event_id"]) == ["e1"]
    assert history(store, "claim", "c4").loc[0, "note"] == "the dam is at the bridge"
    assert audit(store) == []


def test_pairs_of_claims_that_part_are_not_shown_but_decided_ones_are_kept(store: Store):
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ana", seen_version=0)
    made = split(store, "e1", {"c3": 0}, "Ana")
    found, total = views.pairs(store)
    assert (set(found["relation"]), total) == ({"supports", "conflicts"}, 2)
    assert NUMBER not in set(found["pair_id"])
    assert views.event(store, "e1")["conflicts"] == 1  # the confirmed one, where c1 is
    assert views.event(store, made)["conflicts"] == 0
    assert views.claim(store, "c2")["conflicts"] == 0
    assert audit(store) == []


def test_pairs_go_with_claims_that_move_together(store: Store):
    made = split(store, "e1", {"c1": 0, "c2": 0}, "Ana")
    found, _ = views.pairs(store, Filters(event_id=made))
    assert list(found["relation"]) == ["supports"]


TAKEN_BACK = {
    "merge": lambda store: merge(store, "e2", "e1", 0, "Ana"),
    "split": lambda store: split(store, "e1", {"c1": 0, "c3": 0}, "Ana"),
    "move": lambda store: put(store, "c4", "e1", "Ana"),
}


@pytest.mark.parametrize("act", TAKEN_BACK)
def test_taking_it_back_restores_exactly(store: Store, act: str):
    before = everything(store)
    TAKEN_BACK[act](store)
    assert event_of(store) != MEMBERS_TOLD
    (made,) = {one.seqs for id_ in ("e1", "e2") for one in standing_on(store, id_)}
    undo_many(store, made, "Ben")
    assert_same(everything(store), before)
    assert audit(store) == []


@pytest.mark.parametrize("act", TAKEN_BACK)
def test_it_is_listed_where_it_was_done_with_who_and_how_many(store: Store, act: str):
    TAKEN_BACK[act](store)
    (made,) = standing_on(store, "e1")
    kinds = {"merge": "merged", "split": "moved away", "move": "moved here"}
    assert (made.kind, made.reviewer) == (kinds[act], "Ana")
    assert made.claims == {"merge": 1, "split": 2, "move": 1}[act]
    title = made.title
    assert title == "Flood at the dam" if act != "split" else title.startswith("“")


def test_events_say_that_a_person_corrected_them(store: Store):
    made = split(store, "e1", {"c1": 0}, "Ana")
    move(store, "e1", {"c2": 0}, "e2", "Ana")
    assert words(store, ["e1", "e2", made]) == {
        "e2": "1 claim moved here by hand", made: "split off by hand",
    }  # fmt: skip
    merge(store, "e1", "e2", 0, "Ana")
    assert words(store, ["e2"]) == {"e2": "merged by hand, 1 claim moved here by hand"}


def test_an_undo_puts_a_claim_where_the_decision_before_put_it(store: Store):
    made = split(store, "e1", {"c1": 0, "c2": 0}, "Ana")
    (moved,) = move(store, made, {"c1": 1}, "e2", "Ben")
    undo(store, moved.seq, "Ben")
    assert event_of(store)["c1"] == made
    (back,) = standing_on(store, made)
    undo_many(store, back.seqs, "Ben")
    assert event_of(store) == MEMBERS_TOLD


def test_claims_that_were_moved_follow_their_event_into_another(store: Store):
    move(store, "e1", {"c1": 0}, "e2", "Ana")
    merge(store, "e2", "e1", 0, "Ana")
    assert set(event_of(store).values()) == {"e1"}
    rerun(store)
    assert set(event_of(store).values()) == {"e1"}


@pytest.fixture
def three(store: Store) -> Store:
    """A third event that holds c2, merged into e1; c3 alone is e1 beside it."""
    rerun(store, {**MEMBERS_TOLD, "c2": "e3"}, e3="Fire at the mill")
    merge(store, "e3", "e1", 0, "Ana")
    return store


REFUSED = [
    ("e1", "e1", "same as itself"),
    ("e1", "e9", "no event 'e9'"),
    ("e2", "e3", "Fire at the mill is merged into .* itself .*Choose"),
    ("e1", "e2", "Fire at the mill is merged into .*Take that back first, or merge Flood"),
]


@pytest.mark.parametrize(("event", "into", "says"), REFUSED)
def test_no_merge_follows_another(three: Store, event: str, into: str, says: str):
    with pytest.raises(InputError, match=says):
        merge(three, event, into, 0, "Ana")


def test_no_claim_moves_into_an_event_that_is_merged(three: Store):
    with pytest.raises(InputError, match="Fire at the mill is merged into"):
        move(three, "e2", {"c4": 0}, "e3", "Ana")


def test_an_undo_makes_no_chain_either(store: Store):
    made = merge(store, "e2", "e1", 0, "Ana")
    undo(store, made.seq, "Ana")
    back = merge(store, "e1", "e2", 0, "Ana")
    with pytest.raises(InputError, match="undone already"):
        undo(store, made.seq, "Ana")
    undo(store, back.seq, "Ana")
    assert event_of(store) == MEMBERS_TOLD


def test_a_stale_correction_is_refused_and_none_of_it_is_made(store: Store):
    move(store, "e1", {"c1": 0}, "e2", "Ana")
    with pytest.raises(StaleDecision) as stale:
        move(store, "e1", {"c2": 0, "c1": 0}, "e2", "Ben")
    assert stale.value.current["reviewer"] == "Ana"
    assert event_of(store)["c2"] == "e1"
    merge(store, "e2", "e1", 0, "Ana")
    with pytest.raises(StaleDecision):
        merge(store, "e2", "e1", 0, "Ben")


def test_a_run_keeps_what_was_corrected_and_what_grouping_said(store: Store):
    merge(store, "e2", "e1", 0, "Ana")
    rerun(store)
    assert set(event_of(store).values()) == {"e1"}
    said = store.membership(as_grouped=True)
    assert dict(said.itertuples(index=False, name=None)) == MEMBERS_TOLD
    assert audit(store) == []


def test_an_event_that_grouping_no_longer_has_lives_on_with_its_moved_claims(store: Store):
    move(store, "e1", {"c1": 0}, "e2", "Ana")
    rerun(store, {**MEMBERS_TOLD, "c4": "e1"})
    assert event_of(store) == {"c1": "e2", "c2": "e1", "c3": "e1", "c4": "e1"}
    assert views.event(store, "e2")["claims"] == 1
    assert audit(store) == []


def test_a_merge_can_be_taken_back_when_grouping_has_neither_event_any_more(store: Store):
    made = merge(store, "e2", "e1", 0, "Ana")
    rerun(store, dict.fromkeys(MEMBERS_TOLD, "e3"), e3="Everything")
    undo(store, made.seq, "Ana")
    assert set(event_of(store).values()) == {"e3"}


def test_taking_back_after_a_run_lets_the_new_grouping_stand(store: Store):
    made = split(store, "e1", {"c1": 0}, "Ana")
    grouped = {**MEMBERS_TOLD, "c1": "e2"}
    rerun(store, grouped)
    undo_many(store, standing_on(store, made)[0].seqs, "Ana")
    assert event_of(store) == grouped
    assert audit(store) == []


def test_the_audit_sees_a_claim_that_nobody_moved(store: Store):
    with store.writing() as connection:
        connection.execute(text("UPDATE claims SET event_id = 'e2' WHERE claim_id = 'c3'"))
    assert audit(store)[0] == "What is shown of claim c3 is not what was decided."


def test_only_events_and_claims_that_are_there_are_corrected(store: Store):
    for refused in (("event", "e9", "e1", "same_as"), ("claim", "c9", "e1", "event"),
                    ("claim", "c1", "elsewhere", "event")):  # fmt: skip
        kind, target, value, field = refused
        with pytest.raises(InputError, match="There is no"):
            decide(store, kind, target, value, field=field, reviewer="Ana", seen_version=0)
    assert by_hand.versions(store, "claim", ["c1"]) == {"c1": 0}


def statuses(store: Store) -> dict[str, Any]:
    with store.reading() as connection:
        rows = connection.execute(select(pairs.c.pair_id, pairs.c.status))
        return {row.pair_id: row.status for row in rows}


def test_a_pair_that_came_apart_is_one_again_when_its_claims_are_together(store: Store):
    before = statuses(store)
    (made,) = move(store, "e1", {"c3": 0}, "e2", "Ana")
    assert set(statuses(store).values()) == {"suggested", "apart"}
    undo(store, made.seq, "Ana")
    assert statuses(store) == before


def test_a_pair_whose_verdict_was_undone_comes_apart_with_its_claims(store: Store):
    made = decide(store, "pair", DENIAL, "confirmed", reviewer="Ana", seen_version=0)
    undo(store, made.seq, "Ana")
    split(store, "e1", {"c3": 0}, "Ana")
    assert statuses(store)[DENIAL] == "apart"
    assert views.event(store, "e1")["conflicts"] == 0
    assert views.claim(store, "c1")["conflicts"] == 0
    assert audit(store) == []


def test_a_verdict_on_a_pair_that_is_apart_is_taken_back_to_apart(store: Store):
    made = decide(store, "pair", DENIAL, "confirmed", reviewer="Ana", seen_version=0)
    split(store, "e1", {"c3": 0}, "Ana")
    assert statuses(store)[DENIAL] == "confirmed"
    undo(store, made.seq, "Ana")
    assert statuses(store)[DENIAL] == "apart"
    assert views.claim(store, "c3")["conflicts"] == 0
    assert audit(store) == []


ACROSS = pair_id("c1", "c4")


def build_together(store: Store, grouped: dict[str, str] = MEMBERS_TOLD) -> None:
    """Run over one event of all claims, as people made it; it finds a conflict of c1 and c4."""
    told = [row for row in EVENTS_TOLD if row["event_id"] in grouped.values()]
    made = Connected(
        frame(EVENTS_TOLD[:1], EVENTS),
        members(dict.fromkeys(MEMBERS_TOLD, "e1")),
        frame([*PAIRS_TOLD, pair("c1", "c4", "conflicts")], PAIRS),
        as_grouped=(frame(told, EVENTS), members(grouped)),
    )
    with store.writing() as connection:
        replace(connection, made, "r2", settle=regrouping.settle)


@pytest.mark.parametrize("act", ["merge", "move"])
def test_what_a_build_found_in_merged_events_is_put_away_when_they_part(store: Store, act: str):
    before = everything(store)[0]
    TAKEN_BACK[act](store)
    build_together(store)
    assert views.claim(store, "c4")["conflicts"] == 1
    undo(store, 1, "Ana")
    assert statuses(store)[ACROSS] == "apart"
    assert views.claim(store, "c4")["conflicts"] == 0
    assert_same([views.events(store)[0]], [before])
    assert ACROSS not in set(views.pairs(store)[0]["pair_id"])
    assert ACROSS not in set(next_pairs(store)["pair_id"])
    assert audit(store) == []


def test_a_build_that_groups_claims_together_brings_back_their_pair(store: Store):
    put(store, "c4", "e1", "Ana")
    build_together(store)
    undo(store, 1, "Ana")
    build_together(store, dict.fromkeys(MEMBERS_TOLD, "e1"))
    assert statuses(store)[ACROSS] == "suggested"
    assert views.claim(store, "c4")["conflicts"] == 1
    assert audit(store) == []


UNGROUPED = [{"c2": "e1", "c4": "e2"}, {"c1": "e1", "c2": "e1", "c4": "e2"}]


@pytest.mark.parametrize("grouped", UNGROUPED)
def test_a_claim_that_no_run_grouped_is_apart_from_none(store: Store, grouped: dict[str, str]):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ana", seen_version=0)
    rerun(store, grouped)
    undo(store, 1, "Ana")
    assert statuses(store)[DENIAL] == "suggested"
    assert audit(store) == []
