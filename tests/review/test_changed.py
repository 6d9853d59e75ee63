"""What changed since a moment, and since somebody's last visit."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.framed import history
from tests.store.bridge import DENIAL, NUMBER, relate_as
from verify.cli import main
from verify.errors import InputError
from verify.records import Row, rows
from verify.review import by_hand, changed, visits
from verify.review.changed import Asked, Counts
from verify.review.changed_told import asked, lines, summary
from verify.review.decisions import decide
from verify.review.evidence import attach_file, detach
from verify.review.undoing import undo
from verify.settings import Settings
from verify.store.shared_work import ASSIGNED, SECOND
from verify.store.store import Store
from verify.store.tables import claims, pairs

LONG_AGO, SINCE = "2020-05-01T00:00:00Z", "2024-01-01T00:00:00Z"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def old(store: Store) -> Store:
    """The dispute, in the store since long ago."""
    with store.writing() as connection:
        connection.execute(update(claims).values(came_at=LONG_AGO))
        connection.execute(update(pairs).values(came_at=LONG_AGO))
    return store


def found(store: Store, **how: str) -> list[Row]:
    return rows(changed.changed(store, Asked(SINCE, **how)))


def numbers(store: Store, **how: str) -> Counts:
    return changed.counts(store, Asked(SINCE, **how))


def test_a_new_store_holds_new_claims_and_conflicts(store: Store) -> None:
    assert numbers(store) == Counts(claims=4, conflicts=2, decisions=0, evidence=0, regrouped=0)
    told = [row for row in found(store) if row["kind"] == "conflict"]
    assert {row["target_id"] for row in told} == {DENIAL, NUMBER}
    assert told[0]["other"] == "Nobody was hurt at the bridge."
    assert told[0]["event_title"] == "Deaths at the bridge"


def test_nothing_changed_is_said_too(old: Store) -> None:
    assert not numbers(old).any
    assert found(old) == []
    assert list(lines(old, Asked(SINCE))) == [f"Since {SINCE}: nothing changed"]


def test_a_pair_that_a_run_now_sees_as_a_conflict_is_new(old: Store) -> None:
    from tests.store.bridge import SUPPORT

    relate_as(old, SUPPORT, "conflicts")
    assert [row["target_id"] for row in found(old)] == [SUPPORT]


def test_a_rejected_conflict_is_no_new_one_but_a_decision(store: Store) -> None:
    decide(store, "pair", DENIAL, "rejected", reviewer="Ben", seen_version=0)
    counts = numbers(store)
    assert (counts.conflicts, counts.decisions) == (1, 1)


def test_hidden_suggestions_are_not_told_until_they_are_confirmed(store: Store) -> None:
    decide(store, "desk", "desk", "yes", field="hide_scores", reviewer="Ada", seen_version=0)
    assert numbers(store).hidden
    assert numbers(store).conflicts == 0
    decide(store, "pair", NUMBER, "confirmed", reviewer="Ben", seen_version=0)
    conflicts = [row["target_id"] for row in found(store) if row["kind"] == "conflict"]
    assert conflicts == [NUMBER]


def test_a_decision_says_what_stood_before_and_what_was_taken_back(old: Store) -> None:
    decide(old, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    made = decide(old, "claim", "c1", "disputed", reviewer="Ben", seen_version=1)
    undo(old, made.seq, "Ben")
    assert [row["what"] for row in found(old)] == [
        "status: verified, before: disputed (taken back)",
        "status: disputed, before: verified",
        "status: verified",
    ]


def test_own_decisions_are_left_out_and_those_before_the_moment_too(old: Store) -> None:
    decide(old, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(old, "claim", "c2", "verified", reviewer="Ben", seen_version=0)
    before = datetime(2023, 1, 1, tzinfo=UTC)
    decide(old, "claim", "c3", "verified", reviewer="Ben", seen_version=0, at=before)
    assert [row["target_id"] for row in found(old, but_by="Ada")] == ["c2"]
    assert numbers(old, but_by="Ada").decisions == 1


def test_whose_work_it_is_is_no_change_and_a_second_verdict_keeps_its_secret(old: Store) -> None:
    decide(old, "claim", "c1", "Ben", field=ASSIGNED, reviewer="Ada", seen_version=0)
    decide(old, "claim", "c2", "verified", reviewer="Ada", seen_version=0)
    decide(old, "claim", "c2", "disputed", field=SECOND, reviewer="Ben", seen_version=0)
    what = [row["what"] for row in found(old)]
    assert what == ["a second verdict was given", "status: verified"]


def test_evidence_is_told_with_its_bearer(old: Store) -> None:
    letter = io.BytesIO(b"A letter.")
    attach_file(old, ("claim", "c3"), letter, name="letter.txt", reviewer="Ben", note="")
    [row] = found(old)
    assert (row["kind"], row["what"]) == ("evidence", "text attached: letter.txt")
    assert (row["target_id"], row["event_id"], row["by"]) == ("c3", "e1", "Ben")
    assert numbers(old, but_by="Ben").evidence == 0
    assert numbers(old, event_id="e2").evidence == 0


def test_an_event_that_claims_came_to_is_regrouped(old: Store) -> None:
    by_hand.move(old, "e1", {"c3": 0}, "e2", "Ben")
    told = {row["kind"]: row for row in found(old)}
    assert told["regrouped"]["event_id"] == "e2"
    assert told["regrouped"]["what"] == "1 claim came from another event"
    assert told["decision"]["what"].startswith("moved to the event: “Nobody was hurt")
    assert numbers(old).regrouped == 1


def test_what_one_moved_or_joined_oneself_is_no_news_to_oneself(old: Store) -> None:
    by_hand.move(old, "e1", {"c3": 0}, "e2", "Ben")
    assert numbers(old, but_by="Ben").regrouped == 0
    assert numbers(old, but_by="Ada").regrouped == 1
    by_hand.merge(old, "e2", "e1", 0, "Ada")
    assert numbers(old, but_by="Ada").regrouped == 0


def test_evidence_is_counted_as_it_is_listed_and_told_of_a_decision_too(old: Store) -> None:
    decide(old, "claim", "c3", "verified", reviewer="Ada", seen_version=0)
    seq = history(old, "claim", "c3").iloc[-1]["seq"]
    bearer = ("decision", str(seq))
    attached = attach_file(
        old, bearer, io.BytesIO(b"A letter."), name="a.txt", reviewer="Ben", note=""
    )
    detach(old, attached.evidence_id, reviewer="Ben", note="the wrong one")
    listed = [row for row in found(old, event_id="e1") if row["kind"] == "evidence"]
    assert len(listed) == numbers(old, event_id="e1").evidence == 2
    assert {row["text"] for row in listed} == {"Nobody was hurt at the bridge."}


def test_an_event_is_told_of_its_own_changes_only(store: Store) -> None:
    decide(store, "claim", "c4", "verified", reviewer="Ben", seen_version=0)
    decide(store, "pair", DENIAL, "confirmed", reviewer="Ben", seen_version=0)
    assert numbers(store, event_id="e2") == Counts(1, 0, 1, 0, 0)
    assert numbers(store, event_id="e1") == Counts(3, 2, 1, 0, 0)
    assert {row["event_id"] for row in found(store, event_id="e1")} == {"e1"}


def test_a_list_is_cut_kind_by_kind_and_goes_on(store: Store) -> None:
    first = rows(changed.changed(store, Asked(SINCE), 3, kinds=["claim"]))
    rest = rows(changed.changed(store, Asked(SINCE), 3, kinds=["claim"], offset=3))
    assert [row["target_id"] for row in [*first, *rest]] == ["c4", "c3", "c2", "c1"]


def test_the_line_names_only_what_there_is() -> None:
    told = summary(Counts(12, 3, 5, 1, 1), others=True)
    assert told == (
        "12 new claims, 3 new conflicts, 5 decisions by others, 1 change of evidence, "
        "1 event regrouped"
    )
    assert summary(Counts(1, 0, 0, 0, 2)) == "1 new claim, 2 events regrouped"


def test_a_day_is_its_beginning_and_a_time_is_taken_to_utc() -> None:
    assert changed.moment("2026-05-04") == "2026-05-04T00:00:00Z"
    assert changed.moment("2026-05-04T02:00:00+02:00") == "2026-05-04T00:00:00Z"
    with pytest.raises(InputError, match="no date"):
        changed.moment("yesterday")


def test_a_visit_goes_on_while_its_person_does_and_ends_after_half_an_hour(store: Store) -> None:
    assert visits.seen(store, "Ada", NOON) is None
    assert visits.seen(store, "Ada", NOON + timedelta(minutes=20)) is None
    assert visits.seen(store, "Ada", NOON + timedelta(minutes=49)) is None
    ended = "2026-05-04T12:49:00Z"
    back = NOON + timedelta(hours=5)
    assert visits.last(store, "Ada", back) == ended
    assert visits.seen(store, "Ada", back) == ended
    assert visits.seen(store, "Ada", back + timedelta(minutes=10)) == ended
    assert visits.last(store, "Ada", back + timedelta(minutes=11)) == ended
    assert visits.last(store, "Ben", back) is None


def test_not_every_click_is_written(store: Store) -> None:
    visits.seen(store, "Ada", NOON)
    visits.seen(store, "Ada", NOON + timedelta(seconds=30))
    assert visits.last(store, "Ada", NOON + timedelta(hours=1)) == "2026-05-04T12:00:00Z"
    visits.seen(store, "Ada", NOON + timedelta(seconds=90))
    assert visits.last(store, "Ada", NOON + timedelta(hours=1)) == "2026-05-04T12:01:30Z"


def test_nobody_makes_no_visit(store: Store) -> None:
    assert visits.seen(store, "", NOON) is None
    assert visits.last(store, "", NOON) is None


def test_without_a_date_it_is_since_the_last_visit(store: Store) -> None:
    with pytest.raises(InputError, match="No earlier visit of Ada is known"):
        asked(store, None, None, "Ada")
    visits.seen(store, "Ada", NOON)
    assert asked(store, None, "e1", "Ada") == Asked("2026-05-04T12:00:00Z", "e1", "Ada")
    assert asked(store, "2026-05-04", None, "Ada") == Asked("2026-05-04T00:00:00Z")
    with pytest.raises(InputError, match="no event 'e9'"):
        asked(store, "2026-05-04", "e9", "Ada")


def test_the_command_prints_text_or_json(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("VERIFY_DATA", str(settings.data_dir))
    monkeypatch.setenv("VERIFY_DATABASE_URL", settings.database_url)
    decide(store, "claim", "c1", "verified", reviewer="Ben", seen_version=0)
    assert main(["changes", "--since", "2024-01-01", "--event", "e1"]) == 0
    printed = capsys.readouterr().out
    assert "3 new claims, 2 new conflicts, 1 decision\n" in printed
    assert "Ben  status: verified  Forty soldiers fell at the bridge." in printed
    assert main(["changes", "--since", "2024-01-01", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["claim"] == 4
    assert len(told["changes"]) == sum(told["counts"].values())
    assert main(["changes", "--since", "soon"]) == 2
