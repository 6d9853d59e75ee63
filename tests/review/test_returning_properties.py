"""Whatever was decided: written and read back it is no change, and an edit is exactly that edit."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.review.dispute import told
from tests.review.spreadsheet import changes, table, written
from verify.errors import VerifyError
from verify.records import CLAIM_STATUSES, INFORMATION_GRADES, SOURCE_GRADES
from verify.review.decisions import Wish, decide_each
from verify.review.returning import plan, record
from verify.store.connect import fetch
from verify.store.store import Store
from verify.store.tables import standing

CLAIMS = [f"c{n}" for n in range(1, 9)]
AWKWARD = ["=1", "'=1", "'", "007", "1E5", "2020-05-03", "TRUE", "1,5", "_x000D_", "a\r\nb",
           "#tag", '"', ";", "\u2212 5", "\tx", "x\u2028y", "\U0001f600"]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
)
NAMES = TEXTS.filter(lambda text: 0 < len(text.strip()) <= 200)
VALUES = {
    "status": st.sampled_from(CLAIM_STATUSES),
    "source_grade": st.sampled_from([*SOURCE_GRADES, None]),
    "information_grade": st.sampled_from([*INFORMATION_GRADES, None]),
    "side": st.one_of(NAMES, st.none()),
}
DECISIONS = st.lists(
    st.sampled_from(list(VALUES)).flatmap(
        lambda field: st.tuples(st.sampled_from(CLAIMS), st.just(field), VALUES[field], TEXTS)
    ),
    max_size=6,
)
NOTED = st.text("abcdefgh ijk", min_size=1, max_size=20).map(str.strip).filter(bool)
EDITS = st.dictionaries(
    st.sampled_from(CLAIMS),
    st.fixed_dictionaries(
        {},
        optional={
            "status": st.sampled_from(CLAIM_STATUSES[1:]),
            "note": NOTED.map(lambda text: f"edited: {text}"),
            "source_grade": st.sampled_from(SOURCE_GRADES),
            "information_grade": st.sampled_from(INFORMATION_GRADES),
            "side": NOTED.map(lambda text: f"Side {text}"),
        },
    ),
    max_size=5,
)
OFTEN = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def rich(empty: Store) -> Store:
    told(empty)
    return empty


def stands(store: Store) -> dict[tuple[str, str], dict[str, object]]:
    with store.reading() as connection:
        found = fetch(connection, standing.select().where(standing.c.target_kind == "claim"))
    return {(row["target_id"], row["field"]): row for row in found}


def decided(store: Store, wanted: list[tuple[str, str, str | None, str]]) -> None:
    for claim_id, field, value, note in wanted:
        version = stands(store).get((claim_id, field), {}).get("version", 0)
        wish = Wish("claim", claim_id, field, value, int(str(version)), note)
        (answer,) = decide_each(store, [wish], "Ada")
        assert not isinstance(answer, VerifyError), answer


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_what_is_not_edited_is_no_change_and_no_complaint(rich: Store, tmp_path: Path, ending: str):
    @OFTEN
    @given(DECISIONS)
    def holds(wanted: list[tuple[str, str, str | None, str]]) -> None:
        decided(rich, wanted)
        made = plan(rich, written(rich, tmp_path / f"r.{ending}", {}))
        assert (made.changes, made.left_out, made.notes) == ([], [], [])
        assert made.rows == made.unchanged == len(CLAIMS)

    holds()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_edits_are_exactly_these_decisions(rich: Store, tmp_path: Path, ending: str):
    @OFTEN
    @given(DECISIONS, EDITS)
    def holds(
        wanted: list[tuple[str, str, str | None, str]], edits: dict[str, dict[str, str]]
    ) -> None:
        decided(rich, wanted)
        before = stands(rich)
        expected, complaints = expectation(rich, before, edits)
        made = plan(rich, written(rich, tmp_path / f"r.{ending}", edits))
        assert sorted(changes(made)) == sorted(expected)
        assert [fault.column for fault in made.left_out] == ["note"] * complaints
        assert record(rich, made, "Ines").refused == []
        after = stands(rich)
        for claim_id, field, value, note in expected:
            row = after[claim_id, field]
            assert (row["value"], row["note"], row["reviewer"]) == (value, note, "Ines")
        touched = {(claim_id, field) for claim_id, field, _, _ in expected}
        assert {key: row for key, row in after.items() if key not in touched} == {
            key: row for key, row in before.items() if key not in touched
        }

    holds()


def expectation(
    store: Store, before: dict[tuple[str, str], dict[str, object]], edits: dict[str, dict[str, str]]
) -> tuple[list[tuple[str, str, str, str]], int]:
    """Say which decisions the edits mean, and how many notes have no status to go with."""
    shown = {row["claim_id"]: row for row in table(store)}
    found, complaints = [], 0
    for claim_id, cells in edits.items():
        row = shown[claim_id]
        noted = str(before.get((claim_id, "status"), {}).get("note") or "")
        status, note = cells.get("status", row["status"]), cells.get("note", noted)
        if status != row["status"] or note != noted:
            if status == "unreviewed":
                complaints += 1
            else:
                found.append((claim_id, "status", status, note))
        for field in ("source_grade", "information_grade", "side"):
            if field in cells and cells[field] != row[field]:
                found.append((claim_id, field, cells[field], ""))
    return found, complaints
