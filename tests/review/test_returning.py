"""Decisions made in the review table come back: what changed is decided, all else is named."""

from pathlib import Path

import pytest

from tests.framed import history
from tests.review.spreadsheet import as_csv, brought, changes, edited, said, table
from tests.store.bridge import flood
from verify.errors import InputError
from verify.review import audit, decisions, returning
from verify.review.decisions import decide
from verify.review.log import made_together
from verify.review.redoing import redo
from verify.review.returning import plan, record
from verify.review.undoing import last_by, undo_some
from verify.store.store import Store


@pytest.fixture
def back(tmp_path: Path) -> Path:
    return tmp_path / "review.csv"


def faults(made) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.what) for fault in made.left_out]


def test_a_status_and_its_note_are_one_decision(store: Store, back: Path):
    made = brought(store, back, {"c1": {"status": "verified", "note": "two films"}})
    assert changes(made) == [("c1", "status", "verified", "two films")]
    assert made.told() == "4 rows read: 3 as exported, 1 with changes"
    recorded = record(store, made, "Ines")
    assert [(one.target_id, one.value, one.reviewer) for one in recorded.done] == [
        ("c1", "verified", "Ines")
    ]
    row = table(store)[0]
    assert (row["status"], row["note"], row["reviewer"]) == ("verified", "two films", "Ines")
    assert audit.audit(store) == []


def test_a_plan_changes_nothing(store: Store, back: Path):
    before = table(store)
    brought(store, back, {"c1": {"status": "verified"}})
    assert table(store) == before


def test_grades_and_side_are_decisions_on_the_claim(store: Store, back: Path):
    edits = {"c2": {"source_grade": "b", "information_grade": "2", "side": "Hill People"}}
    made = brought(store, back, edits)
    assert changes(made) == [
        ("c2", "source_grade", "B", ""),
        ("c2", "information_grade", "2", ""),
        ("c2", "side", "Hill People", ""),
    ]
    assert made.changes[-1].remark == "a side that no claim has yet"
    record(store, made, "Ines")
    row = table(store)[1]
    assert (row["source_grade"], row["information_grade"], row["side"]) == (
        "B", "2", "Hill People",
    )  # fmt: skip
    assert row["status"] == "unreviewed"


def test_brought_back_twice_it_is_recorded_once(store: Store, back: Path):
    made = brought(store, back, {"c1": {"status": "verified", "note": "two films"}})
    record(store, made, "Ines")
    again = plan(store, back)
    assert (again.changes, again.left_out) == ([], [])


def test_a_note_changed_alone_repeats_the_status(store: Store, back: Path):
    said(store, "c3", "disputed", note="no names")
    made = brought(store, back, {"c3": {"note": "names found"}})
    assert changes(made) == [("c3", "status", "disputed", "names found")]
    assert (made.changes[0].column, made.changes[0].was) == ("note", "no names")


def test_a_new_status_takes_the_note_that_stands_in_the_row(store: Store, back: Path):
    said(store, "c3", "disputed", note="no names")
    made = brought(store, back, {"c3": {"status": "verified"}})
    assert changes(made) == [("c3", "status", "verified", "no names")]


def test_a_note_without_a_status_is_named(store: Store, back: Path):
    made = brought(store, back, {"c3": {"note": "look again"}})
    assert made.changes == []
    assert faults(made) == [(4, "note", "A note goes with a status, and this claim has none")]


def test_an_empty_status_is_no_change(store: Store, back: Path):
    said(store, "c1", "verified")
    made = brought(store, back, {"c1": {"status": ""}, "c2": {"status": " "}})
    assert (made.changes, made.left_out) == ([], [])


def test_a_status_may_be_set_back_by_its_name(store: Store, back: Path):
    said(store, "c1", "verified")
    made = brought(store, back, {"c1": {"status": "unreviewed"}})
    assert changes(made) == [("c1", "status", "unreviewed", "")]


def test_a_grade_that_was_there_is_taken_back_by_emptying_its_cell(store: Store, back: Path):
    said(store, "c1", "4", field="information_grade")
    made = brought(store, back, {name: {"information_grade": ""} for name in ("c1", "c2")})
    assert changes(made) == [("c1", "information_grade", None, "")]
    record(store, made, "Ines")
    assert table(store)[0]["information_grade"] == ""


@pytest.mark.parametrize("column", ["side", "source_grade"])
def test_what_comes_from_speaker_or_source_cannot_be_taken_back(
    store: Store, back: Path, column: str
):
    decisions.decide(store, "source", "North Post", "B", field="reliability", reviewer="Ada",
                     seen_version=0)  # fmt: skip
    made = brought(store, back, {"c1": {column: ""}})
    assert made.changes == []
    assert [fault[:2] for fault in faults(made)] == [(2, column)]
    assert "Sources & sides" in made.left_out[0].remedy


def test_what_changed_for_its_source_meanwhile_is_no_edit(store: Store, back: Path):
    as_csv(back, table(store))
    for name, field, value in (("North Post", "reliability", "D"), ("Agency", "side", "West")):
        decisions.decide(store, "source", name, value, field=field, reviewer="Ada",
                         seen_version=0)  # fmt: skip
    made = plan(store, back)
    assert (made.changes, made.left_out) == ([], [])


def test_what_somebody_decided_meanwhile_is_listed_and_stays(store: Store, back: Path):
    as_csv(back, edited(table(store), {"c1": {"status": "verified", "information_grade": "1"}}))
    said(store, "c1", "disputed", note="a third film")
    made = plan(store, back)
    assert changes(made) == [("c1", "information_grade", "1", "")]
    ((row, column, what),) = faults(made)
    assert (row, column) == (2, "status")
    assert what.startswith("Ada set status to disputed at 20")
    assert "with the note “a third film”" in what


def test_what_was_not_edited_and_decided_meanwhile_is_passed_over(store: Store, back: Path):
    as_csv(back, table(store))
    said(store, "c1", "disputed", note="a third film")
    said(store, "c2", "West", field="side")
    made = plan(store, back)
    assert (made.changes, made.left_out) == ([], [])


def test_who_decides_between_preview_and_button_is_not_overwritten(store: Store, back: Path):
    made = brought(store, back, {"c1": {"status": "verified"}, "c2": {"status": "verified"}})
    said(store, "c1", "disputed")
    recorded = record(store, made, "Ines")
    assert [one.target_id for one in recorded.done] == ["c2"]
    (refused,) = recorded.refused
    assert (refused.row, refused.column) == (2, "status")
    assert "Ada set status to disputed" in refused.what


def test_what_the_reviewer_may_not_decide_is_listed(store: Store, back: Path):
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    decide(store, "claim", "c1", "disputed", field="second", reviewer="Ben", seen_version=0)
    for name, role in (("Lea", "lead"), ("Ines", "reviewer")):
        decide(store, "person", name, role, field="role", reviewer="Lea", seen_version=0)
    made = brought(store, back, {"c1": {"status": "disputed"}, "c2": {"status": "verified"}})
    recorded = record(store, made, "Ines")
    (refused,) = recorded.refused
    assert (refused.row, refused.column) == (2, "status")
    assert "two people disagree here, and a lead settles it" in refused.what
    assert [one.target_id for one in recorded.done] == ["c2"]


@pytest.mark.parametrize(
    ("column", "value", "remedy"),
    [
        ("status", "verifed", "unreviewed, verified, disputed, unverifiable"),
        ("source_grade", "G", "A, B, C, D, E, F"),
        ("information_grade", "B2", "1, 2, 3, 4, 5, 6"),
        ("side", "x" * 201, "1 to 200 characters"),
        ("status", "#REF!", "Write a value."),
        ("note", "#N/A", "Write a value."),
    ],
)
def test_an_unknown_value_is_named_and_the_other_rows_go_on(
    store: Store, back: Path, column: str, value: str, remedy: str
):
    made = brought(store, back, {"c1": {column: value}, "c2": {"status": "disputed"}})
    assert changes(made) == [("c2", "status", "disputed", "")]
    (fault,) = made.left_out
    assert (fault.file, fault.row, fault.column) == (str(back), 2, column)
    assert remedy in fault.remedy


def test_an_unknown_claim_is_named(store: Store, back: Path):
    rows = edited(table(store), {"c2": {"claim_id": "c0ffee", "status": "verified"}})
    made = plan(store, as_csv(back, rows))
    assert [fault[:2] for fault in faults(made)] == [(3, "claim_id")]
    assert "no claim 'c0ffee'" in made.left_out[0].what


@pytest.mark.parametrize("mangled", ["1.2E+17", "12345678", "1,2E+15"])
def test_an_id_that_a_spreadsheet_took_for_a_number_is_recognised(
    store: Store, back: Path, mangled: str
):
    made = plan(store, as_csv(back, edited(table(store), {"c2": {"claim_id": mangled}})))
    assert "took for a number" in made.left_out[0].what
    assert "text column" in made.left_out[0].remedy


def test_capitals_and_space_around_an_id_do_not_matter(store: Store, back: Path):
    rows = edited(table(store), {"c2": {"claim_id": " C2", "status": "verified"}})
    assert changes(plan(store, as_csv(back, rows))) == [("c2", "status", "verified", "")]


def test_an_edited_read_only_cell_is_named_and_the_rest_of_its_row_goes_on(
    store: Store, back: Path
):
    made = brought(store, back, {"c1": {"place": "Milltown", "status": "verified"},
                                 "c3": {"reviewer": "Somebody"}})  # fmt: skip
    assert changes(made) == [("c1", "status", "verified", "")]
    assert faults(made) == [
        (2, "place", "The cell holds “Milltown”, the store “Ashford”"),
        (4, "reviewer", "The cell holds “Somebody”, the store nothing"),
    ]
    assert "only read" in made.left_out[0].remedy
    assert made.told().endswith("(1 of them with other changes)")


def test_a_row_with_another_claims_text_is_not_taken(store: Store, back: Path):
    made = brought(store, back, {"c1": {"claim_text": "Nobody fell.", "status": "verified"}})
    assert made.changes == []
    assert [fault[:2] for fault in faults(made)] == [(2, "claim_text")]


def test_sorting_one_column_alone_is_noticed(store: Store, back: Path):
    rows = table(store)
    turned = [row | {"claim_id": other["claim_id"], "status": "verified"}
              for row, other in zip(rows, reversed(rows), strict=True)]  # fmt: skip
    made = plan(store, as_csv(back, turned))
    assert made.changes == []
    assert [fault[1] for fault in faults(made)] == ["versions"] * 4
    assert "Sort whole rows" in made.left_out[0].remedy


def test_what_a_later_run_read_otherwise_is_no_edit(store: Store, back: Path):
    as_csv(back, edited(table(store), {"c1": {"status": "verified"}}))
    decisions.decide(store, "claim", "c1", "Ahmad Massoud", field="speaker_name", reviewer="Ada",
                     seen_version=0)  # fmt: skip
    made = plan(store, back)
    assert changes(made) == [("c1", "status", "verified", "")]
    assert made.left_out == []


def test_an_added_column_is_noted_and_one_that_lost_its_name_is_left_out(store: Store, back: Path):
    rows = [row | {"my remarks": "x"} for row in table(store)]
    made = plan(store, as_csv(back, rows))
    assert made.left_out == []
    assert "my_remarks" in made.notes[0].what
    renamed = [{"Stattus" if name == "status" else name: value for name, value in row.items()}
               for row in table(store)]  # fmt: skip
    made = plan(store, as_csv(back, renamed))
    assert made.left_out[0].what == "There is no column status; these were not taken: stattus"


def test_columns_may_be_left_away_and_stand_in_any_order(store: Store, back: Path):
    rows = edited(table(store), {"c4": {"status": "unverifiable"}})
    made = plan(store, as_csv(back, rows, header=["status", "versions", "claim_id"]))
    assert changes(made) == [("c4", "status", "unverifiable", "")]
    assert (made.left_out, made.notes) == ([], [])


@pytest.mark.parametrize("missing", ["claim_id", "versions"])
def test_a_table_that_cannot_be_compared_is_refused(store: Store, back: Path, missing: str):
    header = [name for name in table(store)[0] if name != missing]
    with pytest.raises(InputError, match=missing):
        plan(store, as_csv(back, table(store), header=header))


def test_a_column_that_stands_twice_is_refused(store: Store, back: Path):
    as_csv(back, table(store))
    back.write_text(back.read_text(encoding="utf-8").replace("place", "Status", 1))
    with pytest.raises(InputError, match="status stands twice"):
        plan(store, back)


def test_one_claim_in_two_rows_that_agree_is_taken_once(store: Store, back: Path):
    rows = edited(table(store), {"c2": {"status": "verified"}})
    made = plan(store, as_csv(back, [*rows, rows[1]]))
    assert changes(made) == [("c2", "status", "verified", "")]
    assert made.left_out == []


def test_one_claim_in_two_rows_that_differ_is_not_taken(store: Store, back: Path):
    rows = edited(table(store), {"c2": {"status": "verified"}, "c3": {"status": "verified"}})
    made = plan(store, as_csv(back, [*rows, rows[1] | {"status": "disputed"}]))
    assert changes(made) == [("c3", "status", "verified", "")]
    assert [fault[:2] for fault in faults(made)] == [(3, "claim_id"), (6, "claim_id")]
    assert "rows 3, 6" in made.left_out[0].what


def test_a_row_without_an_id_is_named(store: Store, back: Path):
    made = plan(store, as_csv(back, [*table(store), {"status": "verified"}]))
    assert faults(made) == [(6, "claim_id", "The row has no claim_id")]


def test_a_row_that_says_nothing_of_its_export_is_not_taken(store: Store, back: Path):
    made = brought(store, back, {"c1": {"versions": "", "status": "verified"},
                                 "c2": {"versions": "status=9", "status": "verified"}})  # fmt: skip
    assert made.changes == []
    assert [fault[:2] for fault in faults(made)] == [(2, "versions"), (3, "versions")]


def test_a_table_of_another_store_is_recognised(store: Store, back: Path):
    versions = table(store)[0]["versions"].replace("status=0", "status=7")
    made = brought(store, back, {"c1": {"versions": versions, "status": "verified"}})
    assert made.changes == []
    assert "another store" in made.left_out[0].what


def test_more_rows_than_one_transaction_holds_are_all_recorded(
    store: Store, back: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("verify.review.returning.CHUNK", 1)
    made = brought(store, back, {f"c{n}": {"status": "verified"} for n in (1, 2, 3, 4)})
    assert len(record(store, made, "Ines").done) == 4
    assert set(history(store, "claim", "c4")["value"]) == {"verified"}


def test_however_many_came_back_at_once_one_undo_takes_all_back(store: Store, back: Path):
    ids = flood(store, 1200)
    made = brought(store, back, {id_: {"status": "verified"} for id_ in ids})
    said(store, ids[0], "disputed")  # between preview and button
    done = record(store, made, "Ines").done
    decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    assert len(done) == 1199 > 2 * returning.CHUNK
    assert {one.batch for one in done} == {done[0].seq}
    last = last_by(store, "Ines")
    assert last is not None
    together = made_together(store, last)
    assert together == done
    undo_some(store, [one.seq for one in together], "Ines")
    statuses = {row["claim_id"]: row["status"] for row in table(store)}
    assert {statuses[id_] for id_ in ids[1:]} == {"unreviewed"}
    assert (statuses[ids[0]], statuses["c1"]) == ("disputed", "verified")
    assert len(redo(store, "Ines").done) == 1199
    assert audit.audit(store) == []


def test_what_no_database_holds_is_replaced(store: Store, tmp_path: Path):
    edits = {"c1": {"status": "verified", "note": "a\0b\ud800c"},
             "c2": {"claim_id": "c\0\ud800"}}  # fmt: skip
    made = brought(store, tmp_path / "r.jsonl", edits)
    assert [fault[:2] for fault in faults(made)] == [(2, "claim_id")]
    assert changes(made) == [("c1", "status", "verified", "a\ufffdb\ufffdc")]
    assert record(store, made, "Ines").refused == []
