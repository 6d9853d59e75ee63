"""The table as it stood at some decision or time, over what the program reads today."""

import csv
import io
from datetime import datetime

import pandas as pd
import pytest
from sqlalchemy import text

from tests.review.test_signing import decided, exported, go_on
from tests.store.bridge import NUMBER, PAIRS_TOLD, claim, document, relate
from verify.errors import InputError
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review.asof import as_of
from verify.review.decisions import decide
from verify.review.evidence import attach_link
from verify.review.moments import moment
from verify.review.undoing import undo
from verify.store import views
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store

__all__ = ["decided"]


def table(store: Store, seq: int, filters: Filters = EVERYTHING) -> list[dict[str, str]]:
    with as_of(store, seq) as past:
        told = exported(past, "csv", filters).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told, newline="")))


def test_as_of_the_newest_decision_is_what_the_ordinary_export_says(decided: Store):
    undo(decided, 11, "Ben")
    with as_of(decided, 18) as past:
        assert exported(past, "jsonl") == exported(decided, "jsonl")


def test_before_every_decision_the_table_is_as_it_was_read(store: Store):
    declared = [("North", "alias", "General Ode"), ("South", "alias", "a spokesman")]
    store.set_sides(pd.DataFrame(declared, columns=["side", "kind", "words"]))
    before = exported(store, "jsonl")
    for kind, target, field, value in (
        ("claim", "c1", "status", "verified"),
        ("claim", "c2", "side", "West"),
        ("pair", NUMBER, "status", "rejected"),
        ("speaker", "a spokesman", "same_as", "General Ode"),
        ("claim", "c1", "speaker", '{"end":5,"start":0,"text":"Forty"}'),
        ("event", "e2", "same_as", "e1"),
        ("claim", "c3", "negated", "no"),
    ):
        decide(store, kind, target, value, field=field, reviewer="Ada", seen_version=0)
    assert exported(store, "jsonl") != before
    with as_of(store, 0) as past:
        assert exported(past, "jsonl") == before


def test_every_decision_has_its_own_table(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", note="one", seen_version=0)
    decide(store, "claim", "c1", "disputed", reviewer="Ben", note="two", seen_version=1)
    undo(store, 2, "Cy")
    shown = [(row["status"], row["reviewer"], row["note"]) for seq in range(4)
             for row in table(store, seq)[:1]]  # fmt: skip
    assert shown == [
        ("unreviewed", "", ""),
        ("verified", "Ada", "one"),
        ("disputed", "Ben", "two"),
        ("verified", "Cy", ""),
    ]


def test_filters_hold_of_what_stood_then(decided: Store):
    go_on(decided)
    assert [row["claim_id"] for row in table(decided, 13, Filters(status="verified"))] == ["c1"]
    assert [row["claim_id"] for row in table(decided, 13, Filters(search="forty"))] != []


def test_readings_are_those_of_today(decided: Store):
    with decided.writing() as connection:
        connection.execute(text("UPDATE documents SET title = 'Another'"))
    added = document("d9", "A tenth shell fell.")
    decided.add_documents(frame([added], DOCUMENTS), "r2")
    decided.add_claims(frame([claim("c9", "d9", "A tenth shell fell.")], CLAIMS), "r2")
    rows = table(decided, 1)
    assert {row["document_title"] for row in rows[:4]} == {"Another"}
    assert rows[-1]["claim_id"] == "c9"


def test_a_pair_kept_for_a_later_verdict_is_not_there_before_it(store: Store):
    decide(store, "pair", NUMBER, "confirmed", reviewer="Ada", seen_version=0)
    relate(store, [row for row in PAIRS_TOLD if row["pair_id"] != NUMBER])
    assert table(store, 1)[1]["conflicting_claim_ids"] == "c3"
    assert table(store, 0)[1]["conflicting_claim_ids"] == ""


def test_the_store_itself_stays_as_it_is(decided: Store):
    before = exported(decided, "jsonl")
    table(decided, 2)
    assert exported(decided, "jsonl") == before


@pytest.fixture
def dated(store: Store) -> Store:
    for version, at in enumerate(("2026-05-04T10:00:00+00:00", "2026-05-04T23:30:00+00:00",
                                  "2026-05-06T00:00:00+00:00")):  # fmt: skip
        decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=version,
               at=datetime.fromisoformat(at))  # fmt: skip
    return store


@pytest.mark.parametrize(
    ("asked", "seq"),
    [
        ("0", 0), ("2", 2), ("2026-05-04T09:59:59Z", 0), ("2026-05-04T10:00:00Z", 1),
        ("2026-05-04T12:00:00+02:00", 1), ("2026-05-04T11:00", 1), ("2026-05-04", 2),
        ("2026-05-05", 2), ("2026-05-06", 3), ("2030-01-01", 3), ("2020-01-01", 0),
    ],
)  # fmt: skip
def test_a_moment_is_a_number_or_a_time(dated: Store, asked: str, seq: int):
    assert moment(dated, asked).seq == seq


@pytest.mark.parametrize("asked", ["yesterday", "", "-1", "4", "٣", "2026-13-01", "9" * 40])
def test_what_is_no_moment_is_refused(dated: Store, asked: str):
    with pytest.raises(InputError):
        moment(dated, asked)


def test_who_had_what_work_is_as_it_was(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c1", "Ben", field="assigned_to", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c2", "Ben", field="assigned_to", reviewer="Ada", seen_version=0)
    with as_of(store, 1) as past:
        assert views.claims(past, Filters(assigned_to="Ben"))[1] == 0
    with as_of(store, 2) as past:
        assert list(views.claims(past, Filters(assigned_to="Ben"))[0]["claim_id"]) == ["c1"]


def test_evidence_attached_since_is_not_there(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    attach_link(store, ("claim", "c1"), "https://a.test/film", reviewer="Ada")
    with as_of(store, 1) as past:
        assert b"a.test/film" not in exported(past, "jsonl")
    with as_of(store, 2) as past:
        assert b"https://a.test/film" in exported(past, "jsonl")
