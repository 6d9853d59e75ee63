from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.store.bridge import DENIAL, NUMBER
from verify.errors import InputError, StaleDecision
from verify.review import decisions, undoing
from verify.review.decisions import decide, decide_many
from verify.review.log import FIRST_HASH, decision_hash
from verify.review.undoing import undo
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.tables import decisions as log


def test_a_decision_is_what_the_claim_shows(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", note="two films", seen_version=0,
           at=datetime(2020, 5, 5, 12, 0, tzinfo=UTC))  # fmt: skip
    shown = views.claim(store, "c1")
    assert (shown["status"], shown["version"], shown["reviewer"]) == ("verified", 1, "Ada")
    assert (shown["decided_at"], shown["note"]) == ("2020-05-05T12:00:00Z", "two films")
    assert views.event(store, "e1")["reviewed"] == 1


def test_who_saw_an_older_version_is_refused_and_shown_the_newer(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    with pytest.raises(StaleDecision, match="Ada set this to 'verified' meanwhile") as refused:
        decide(store, "claim", "c1", "disputed", reviewer="Ben", seen_version=0)
    assert refused.value.current["version"] == 1
    assert views.claim(store, "c1")["status"] == "verified"


@pytest.mark.parametrize(
    ("kind", "target", "field", "value"),
    [
        ("claim", "c9", "status", "verified"),
        ("claim", "c1", "status", "true"),
        ("claim", "c1", "status", None),
        ("claim", "c1", "information_grade", "7"),
        ("claim", "c1", "colour", "red"),
        ("claim", "c1", "side", "  "),
        ("claim", "c1", "side", "x" * 201),
        ("pair", DENIAL, "status", "verified"),
        ("source", "Nobody", "reliability", "A"),
        ("speaker", "Nobody", "side", "North"),
        ("reader", "c1", "status", "verified"),
    ],
)
def test_what_is_unknown_is_refused(store: Store, kind, target, field, value):
    with pytest.raises(InputError):
        decide(store, kind, target, value, field=field, reviewer="Ada", seen_version=0)


def test_a_decision_needs_a_reviewer(store: Store):
    with pytest.raises(InputError, match="needs a reviewer"):
        decide(store, "claim", "c1", "verified", reviewer=" ", seen_version=0)


def test_each_decision_holds_the_hash_of_the_one_before(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c2", "disputed", reviewer="Ben", note="“no”", seen_version=0)
    with store.reading() as connection:
        chain = [row._asdict() for row in connection.execute(select(log).order_by(log.c.seq))]
    before = FIRST_HASH
    for row in chain:
        assert row["previous_hash"] == before
        assert row["hash"] == decision_hash(row, before)
        before = row["hash"]
    assert decision_hash(chain[1] | {"value": "verified"}, chain[0]["hash"]) != chain[1]["hash"]


@pytest.mark.parametrize(
    "change", [update(log).values(value="verified"), delete(log).where(log.c.seq == 1)]
)
def test_the_database_refuses_to_change_the_log(store: Store, change):
    decide(store, "claim", "c1", "disputed", reviewer="Ada", seen_version=0)
    with pytest.raises(DBAPIError, match="never changed"), store.writing() as connection:
        connection.execute(change)
    assert views.claim(store, "c1")["status"] == "disputed"


def test_replacing_a_row_of_the_log_is_refused_too(store: Store):
    made = decide(store, "claim", "c1", "disputed", reviewer="Ada", seen_version=0)
    verb = "INSERT OR REPLACE" if store.engine.dialect.name == "sqlite" else "INSERT"
    names = ", ".join(column.name for column in log.c)
    statement = text(f"{verb} INTO decisions SELECT {names} FROM decisions")
    with pytest.raises(DBAPIError), store.writing() as connection:
        connection.execute(statement)
    assert undoing.last_by(store, "Ada") == made


def test_a_rejected_pair_counts_no_more(store: Store):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    assert views.event(store, "e1")["conflicts"] == 1
    assert views.claim(store, "c1")["conflicts"] == 0
    pair = views.pairs(store, Filters(pair_status="rejected"))[0].iloc[0]
    assert (pair["pair_id"], pair["reviewer"], pair["version"]) == (DENIAL, "Ada", 1)


def test_undo_brings_the_earlier_value_back(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    second = decide(store, "claim", "c1", "disputed", reviewer="Ada", seen_version=1)
    undone = undo(store, second.seq, "Ada")
    assert (undone.value, undone.undoes, undone.version) == ("verified", second.seq, 3)
    assert views.claim(store, "c1")["status"] == "verified"


def test_undo_after_undo_goes_back_to_undecided(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c1", "disputed", reviewer="Ada", seen_version=1)
    for _ in range(2):
        undo(store, undoing.last_by(store, "Ada").seq, "Ada")
    assert views.claim(store, "c1")["status"] == "unreviewed"
    assert views.event(store, "e1")["reviewed"] == 0
    assert undoing.last_by(store, "Ada") is None


def test_undo_of_an_undone_decision_is_refused(store: Store):
    first = decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    undone = undo(store, first.seq, "Ada")
    with pytest.raises(InputError, match="undone already"):
        undo(store, first.seq, "Ada")
    with pytest.raises(InputError, match="itself an undo"):
        undo(store, undone.seq, "Ada")
    with pytest.raises(InputError, match="There is no decision 99"):
        undo(store, 99, "Ada")


def test_undo_is_refused_when_someone_decided_meanwhile(store: Store):
    first = decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c1", "disputed", reviewer="Ben", seen_version=1)
    with pytest.raises(StaleDecision) as refused:
        undo(store, first.seq, "Ada")
    assert refused.value.current["reviewer"] == "Ben"


def test_of_many_the_stale_and_unknown_are_listed_and_the_rest_is_done(store: Store):
    decide(store, "claim", "c2", "verified", reviewer="Ben", seen_version=0)
    wishes = [(kind, target, "disputed", 0) for kind, target in
              [("claim", "c1"), ("claim", "c2"), ("claim", "c9"), ("claim", "c4")]]  # fmt: skip
    outcome = decide_many(store, wishes, "Ada", note="all alike")
    assert [made.target_id for made in outcome.done] == ["c1", "c4"]
    assert [refusal.target_id for refusal in outcome.refused] == ["c2", "c9"]
    assert isinstance(outcome.refused[0].error, StaleDecision)
    assert views.event(store, "e1")["reviewed"] == 2


def test_history_tells_every_decision_on_every_field(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c1", "2", field="information_grade", reviewer="Ben", seen_version=0)
    told = decisions.history(store, "claim", "c1")
    assert [(row["field"], row["value"]) for row in told] == [
        ("status", "verified"),
        ("information_grade", "2"),
    ]
    assert views.claim(store, "c1")["information_grade"] == "2"


def test_a_speakers_side_is_that_of_each_claim_until_it_is_taken_back(store: Store):
    made = decide(store, "speaker", "General Ode", "South", field="side", reviewer="Ada",
                  seen_version=0)  # fmt: skip
    assert views.claim(store, "c1")["side"] == "South"
    assert views.claim(store, "c1")["side_reason"] == "set by Ada"
    assert views.event(store, "e1")["sides"] == {"South": 2, "North": 1}
    undo(store, made.seq, "Ada")
    assert views.claim(store, "c1")["side_reason"] == "speaker “General Ode”"


def test_a_claims_own_side_stands_above_its_speakers(store: Store):
    decide(store, "claim", "c1", "Observers", field="side", reviewer="Ada", seen_version=0)
    decide(store, "speaker", "General Ode", "South", field="side", reviewer="Ada", seen_version=0)
    assert views.claim(store, "c1")["side"] == "Observers"


def test_a_sources_side_is_for_what_it_says_itself(store: Store):
    decide(store, "source", "Hill Radio", "South", field="side", reviewer="Ada", seen_version=0)
    decide(store, "source", "North Post", "South", field="side", reviewer="Ada", seen_version=0)
    assert views.claim(store, "c2")["side"] == "South"
    assert views.claim(store, "c1")["side"] == "North"  # the general speaks, not the paper
    shown = views.sources(store).set_index("source").loc["Hill Radio"]
    assert (shown["side"], shown["side_version"]) == ("South", 1)


def test_a_sources_reliability_grades_its_claims(store: Store):
    decide(store, "source", "Hill Radio", "D", field="reliability", reviewer="Ada", seen_version=0)
    assert views.claim(store, "c2")["source_grade"] == "D"
    decide(store, "claim", "c2", "B", field="source_grade", reviewer="Ada", seen_version=0)
    assert views.claim(store, "c2")["source_grade"] == "B"


def test_what_no_database_stores_is_replaced_in_a_note(store: Store):
    made = decide(store, "pair", NUMBER, "confirmed", reviewer="Ada", note="a\0b\ud800",
                  seen_version=0)  # fmt: skip
    assert made.note == "a\N{REPLACEMENT CHARACTER}b?"
