import csv
import hashlib
import io
import json
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update

from tests.store.bridge import DENIAL, claim, document, killed
from verify.errors import InputError
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review import export as module
from verify.review.decisions import decide
from verify.review.evidence import attach_file, attach_link, detach
from verify.review.export import COLUMNS, export, guarded
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store
from verify.store.tables import claims


def table(store: Store, filters: Filters = EVERYTHING) -> list[dict[str, str]]:
    out = io.BytesIO()
    export(store, filters, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def add(store: Store, text: str, **more: object) -> None:
    store.add_documents(frame([document("d9", text)], DOCUMENTS), "r2")
    store.add_claims(frame([claim("c9", "d9", text, **more)], CLAIMS), "r2")


def test_a_claim_is_one_row_with_all_that_is_known(store: Store):
    decide(store, "claim", "c1", "verified", reviewer="Ada", note="two films", seen_version=0)
    decide(store, "source", "North Post", "B", field="reliability", reviewer="Ada", seen_version=0)
    row = table(store)[0]
    assert list(row) == list(COLUMNS)
    assert row["claim_id"] == "c1"
    assert row["event_title"] == "Deaths at the bridge"
    assert (row["side"], row["speaker"], row["source"]) == ("North", "General Ode", "North Post")
    assert row["claim_text"] == "Forty soldiers fell at the bridge."
    assert (row["quantity_low"], row["quantity_kind"], row["counted"]) == (
        "40", "killed", "soldiers",
    )  # fmt: skip
    assert (row["status"], row["reviewer"], row["note"]) == ("verified", "Ada", "two films")
    assert row["decided_at"].endswith("Z")
    assert (row["source_grade"], row["run_id"]) == ("B", "r1")
    assert (row["supporting_claim_ids"], row["conflicting_claim_ids"]) == ("c2", "c3")


def test_rows_come_by_event_and_arrival_every_time(store: Store):
    assert [row["claim_id"] for row in table(store)] == ["c1", "c2", "c3", "c4"]


def test_filters_narrow_the_rows_but_not_what_they_are_linked_to(store: Store):
    rows = table(store, Filters(side="South"))
    assert [row["claim_id"] for row in rows] == ["c3"]
    assert rows[0]["conflicting_claim_ids"] == "c1 c2"


def test_a_rejected_pair_is_not_listed(store: Store):
    decide(store, "pair", DENIAL, "rejected", reviewer="Ada", seen_version=0)
    assert [row["conflicting_claim_ids"] for row in table(store)] == ["", "c3", "c2", ""]


def test_several_quantities_stand_at_the_same_place_in_each_column(store: Store):
    open_ended = {**killed(12)[0], "high": None, "kind": "wounded", "counted": "men; women"}
    add(store, "Forty fell and over 12 were hurt.", quantities=[*killed(40), open_ended])
    row = table(store)[-1]
    assert row["quantity_low"] == "40; 12"
    assert row["quantity_high"] == "40; "
    assert row["quantity_kind"] == "killed; wounded"
    assert row["counted"] == "soldiers; men, women"


def test_pages_change_nothing(store: Store, monkeypatch: pytest.MonkeyPatch):
    whole = table(store)
    monkeypatch.setattr(module, "chunks", lambda ids: ([one] for one in ids))
    assert table(store) == whole


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "  =1", "\u00a0@x", "＝1", "\u200b+1",
     "﹣1", "−5 degrees"],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Forty fell.", "2-1", "'quoted'", "", " a=b", None, 40])
def test_other_cells_stay_as_they_are(text: object):
    assert guarded(text) == text


def test_csv_is_what_rfc_4180_says_and_excel_knows_its_encoding(store: Store):
    add(store, '=HYPERLINK("https://a.test"), “so”\nhe said')
    out = io.BytesIO()
    assert export(store, EVERYTHING, out) == 5
    assert out.getvalue().startswith(b"\xef\xbb\xbfclaim_id,event_id,")
    assert out.getvalue().count(b"\r\n") == 6
    assert table(store)[-1]["claim_text"] == '\'=HYPERLINK("https://a.test"), “so”\nhe said'


def test_the_byte_order_mark_may_be_left_away(store: Store):
    out = io.BytesIO()
    export(store, EVERYTHING, out, bom=False)
    assert out.getvalue().startswith(b"claim_id,")


def test_a_sheet_holds_texts_as_texts(store: Store, tmp_path: Path):
    add(store, "=1+1", place="https://a.test/x")
    export(store, EVERYTHING, tmp_path / "review.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "review.xlsx")["claims"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    cells = dict(zip(COLUMNS, sheet[6], strict=True))
    assert (cells["claim_text"].value, cells["claim_text"].data_type) == ("=1+1", "s")
    assert cells["place"].hyperlink is None
    assert (sheet.cell(2, COLUMNS.index("quantity_low") + 1).value) == 40


def test_a_text_that_fills_a_sheets_cell_says_that_it_goes_on(store: Store):
    add(store, "long " * 10_000)
    out = io.BytesIO()
    export(store, EVERYTHING, out, "xlsx")
    sheet = openpyxl.load_workbook(out)["claims"]
    shown = sheet.cell(6, COLUMNS.index("claim_text") + 1).value
    assert len(shown) <= 32_767
    assert shown.endswith("the whole text is in the CSV export]")


def test_more_claims_than_a_sheet_holds_are_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(module, "MAX_SHEET_ROWS", 3)
    with pytest.raises(InputError, match="Write CSV"):
        export(store, EVERYTHING, tmp_path / "review.xlsx", "xlsx")


def test_json_lines_hold_the_values_unchanged(store: Store):
    add(store, "-5 degrees")
    out = io.BytesIO()
    export(store, EVERYTHING, out, "jsonl")
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert list(rows[0]) == list(COLUMNS)
    assert rows[-1]["claim_text"] == "-5 degrees"
    assert rows[-1]["place"] is None


def test_a_file_appears_whole_or_not_at_all(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "review.csv"
    out.write_text("the last one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "review_row", full)
    with pytest.raises(InputError, match="No space left"):
        export(store, EVERYTHING, out)
    assert out.read_text() == "the last one"
    assert [path.name for path in tmp_path.glob("*review*")] == ["review.csv"]


def test_a_folder_that_is_not_there_is_named(store: Store, tmp_path: Path):
    with pytest.raises(InputError, match="nowhere"):
        export(store, EVERYTHING, tmp_path / "nowhere" / "review.csv")


def test_an_unknown_format_is_refused(store: Store, tmp_path: Path):
    with pytest.raises(InputError, match="Say one of csv, xlsx, jsonl"):
        export(store, EVERYTHING, tmp_path / "review.ods", "ods")


def test_an_empty_selection_is_a_table_without_rows(store: Store):
    assert table(store, Filters(side="West")) == []


def test_a_corrected_reading_stands_in_its_column_and_says_what_was_read(store: Store):
    decide(store, "claim", "c1", "Ahmad Massoud", field="speaker_name", reviewer="Ana",
           seen_version=0)  # fmt: skip
    corrected = json.dumps([{**killed(40)[0], "high": None}], sort_keys=True, separators=(",", ":"))
    decide(store, "claim", "c1", corrected, field="quantities", reviewer="Ana", seen_version=0)
    first, second = table(store)[:2]
    assert first["speaker"] == "Ahmad Massoud"
    assert (first["quantity_low"], first["quantity_high"]) == ("40", "")
    assert first["corrected"] == (
        "speaker_name: Ahmad Massoud (was: General Ode), by Ana; "
        "quantities: “40”: 40 or more, killed, soldiers (was: “40”: 40, killed, soldiers), by Ana"
    )
    assert second["corrected"] == ""


def test_a_correction_that_was_taken_back_is_not_listed(store: Store):
    for seen, value in enumerate(("Ahmad Massoud", None)):
        decide(store, "claim", "c1", value, field="speaker_name", reviewer="Ana",
               seen_version=seen)  # fmt: skip
    assert (table(store)[0]["speaker"], table(store)[0]["corrected"]) == ("General Ode", "")


def test_a_row_says_what_can_be_checked_who_passed_it_on_and_what_it_repeats(store: Store):
    more = {
        "via": "Reuters",
        "denied": True,
        "hedged": True,
        "checkable": "fact",
        "time_precision": "day",
    }
    add(store, "Ten shells fell.", checkable_reason="states a number", **more)
    with store.writing() as connection:
        repeats = update(claims).where(claims.c.claim_id == "c9")
        connection.execute(repeats.values(origin_id="c1"))
    row = table(store)[-1]
    assert (row["via"], row["denied"], row["time_precision"]) == ("Reuters", "True", "day")
    assert row["hedged"] == "True"
    assert (row["checkable"], row["checkable_reason"]) == ("fact", "states a number")
    assert row["origin_id"] == "c1"


def test_evidence_stands_in_one_cell_and_in_json_lines_as_a_list(store: Store):
    made = decide(store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    given = {"name": "two; ledgers.txt", "reviewer": "Ada"}
    on_decision = ("decision", str(made.seq))
    attach_link(store, on_decision, "https://wire.test/1?a;b", reviewer="Ada")
    attach_file(store, ("claim", "c1"), io.BytesIO(b"Two ledgers agree."), **given)
    hidden = attach_link(store, ("claim", "c1"), "https://wire.test/2", reviewer="Ada")
    detach(store, hidden.evidence_id, reviewer="Ada", note="wrong")
    sha256 = hashlib.sha256(b"Two ledgers agree.").hexdigest()
    wanted = ["https://wire.test/1?a%3Bb", f"two, ledgers.txt sha256:{sha256}"]
    assert [row["evidence"] for row in table(store)] == ["; ".join(wanted), "", "", ""]
    out = io.BytesIO()
    export(store, EVERYTHING, out, "jsonl")
    told = [json.loads(line)["evidence"] for line in out.getvalue().splitlines()]
    assert told == [wanted, [], [], []]
    out = io.BytesIO()
    export(store, EVERYTHING, out, "xlsx")
    sheet = openpyxl.load_workbook(out).active
    column = COLUMNS.index("evidence") + 1
    assert [sheet.cell(row, column).value for row in (2, 3)] == ["; ".join(wanted), None]
