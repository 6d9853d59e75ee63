"""What LibreOffice and Excel make of the review table is told from what a person wrote into it."""

import csv
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.review import spreadsheet
from tests.review.dispute import told
from tests.review.spreadsheet import as_csv, brought, cell, changes, edited, in_excel, said, table
from tests.store.conftest import on_sqlite as settings  # noqa: F401
from verify.errors import InputError
from verify.review import returned
from verify.review.export import COLUMNS, MAX_CELL
from verify.review.returning import plan, record
from verify.store.store import Store

FILES = Path(__file__).parent / "files"
MADE_BY_CALC = ("calc-en.xlsx", "calc-from-excel.xlsx", "calc-de.csv", "calc-en.tsv",
                "calc-quoted.csv")  # fmt: skip
EDITS = {
    "c1": {"status": "verified", "note": 'He said "yes"; then\nleft, at 5:30'},
    "c2": {"side": "Hill People"},
    "c3": {"information_grade": "2"},
    "c4": {"status": "disputed"},
    "c6": {"information_grade": ""},
    "c7": {"note": "08, not 07"},
}
"""The edits of files/edits.bas."""


@pytest.fixture
def rich(empty: Store) -> Store:
    """The dispute with claims and notes that a spreadsheet likes to rewrite."""
    told(empty)
    return empty


def lasting(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave away what changes with every decision."""
    changing = ("reviewer", "decided_at", "versions")
    return [{k: v for k, v in row.items() if k not in changing} for row in rows]


@pytest.mark.parametrize("name", MADE_BY_CALC)
def test_export_libreoffice_import_export_loses_nothing_but_the_edits(rich: Store, name: str):
    before = table(rich)
    made = plan(rich, FILES / name, name)
    assert changes(made) == [
        ("c1", "status", "verified", 'He said "yes"; then\nleft, at 5:30'),
        ("c2", "side", "Hill People", ""),
        ("c3", "information_grade", "2", ""),
        ("c4", "status", "disputed", ""),
        ("c6", "information_grade", None, ""),
        ("c7", "status", "unverifiable", "08, not 07"),
    ]
    assert made.left_out == []
    assert record(rich, made, "Ines").refused == []
    assert lasting(table(rich)) == lasting(edited(before, EDITS))


def test_the_file_that_libreoffice_was_given_is_what_the_export_writes(rich: Store):
    given = as_rows(FILES / "exported.csv")
    assert lasting(given) == [{k: row[k] for k in lasting(given)[0]} for row in table(rich)]


def as_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_any_encoding_separator_and_line_end(
    rich: Store, tmp_path: Path, encoding: str, delimiter: str, line_end: str
):
    rows = edited(table(rich), {"c1": {"status": "verified", "note": "“é”, so; it\tsays"}})
    how = {"delimiter": delimiter, "lineterminator": line_end, "quoting": csv.QUOTE_ALL}
    path = as_csv(tmp_path / "r.csv", rows, encoding, **how)
    made = plan(rich, path)
    assert changes(made) == [("c1", "status", "verified", "“é”, so; it\tsays")]
    assert made.left_out == []


def test_a_first_line_that_names_the_separator(store: Store, tmp_path: Path):
    path = as_csv(tmp_path / "r.csv", edited(table(store), {"c2": {"status": "verifed"}}),
                  encoding="utf-8", delimiter=";")  # fmt: skip
    path.write_text("sep=;\n" + path.read_text())
    assert [fault.row for fault in plan(store, path).left_out] == [3]


def test_empty_rows_and_columns_around_the_table(store: Store, tmp_path: Path):
    rows = edited(table(store), {"c2": {"status": "verifed"}})
    path = as_csv(tmp_path / "r.csv", rows, encoding="utf-8")
    lines = [f"{line},,," for line in path.read_text().splitlines()]
    width = "," * (len(COLUMNS) + 2)
    path.write_text("\n".join([f"Claims of May{width}", width, *lines, width, width]))
    made = plan(store, path)
    assert (made.rows, [fault.row for fault in made.left_out]) == (4, [5])
    assert made.notes == []


def test_a_quote_that_is_never_closed_costs_its_rows_and_no_other(store: Store, tmp_path: Path):
    path = as_csv(tmp_path / "r.csv", edited(table(store), {"c1": {"status": "verified"}}))
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], lines[3].replace("Nobody", '"Nobody" "', 1), lines[4]]))
    made = plan(store, path)
    assert changes(made) == [("c1", "status", "verified", "")]
    assert made.left_out


def test_a_cell_with_the_separator_and_no_quotes_shifts_its_row(store: Store, tmp_path: Path):
    path = as_csv(tmp_path / "r.csv", table(store), encoding="utf-8")
    path.write_text(path.read_text().replace("Nobody was", "Nobody, was"))
    (fault,) = plan(store, path).left_out
    assert (fault.row, "cells, the header" in fault.what) == (4, True)


def test_dates_numbers_and_truth_values_in_cells_of_their_kind(rich: Store, tmp_path: Path):
    book = in_excel(rich, tmp_path / "r.xlsx")
    kinds = {
        (6, "event_time"): date(2020, 5, 3), (7, "event_time"): date(2020, 5, 1),
        (6, "published_at"): datetime(2020, 5, 4, 10), (7, "note"): datetime(2020, 5, 3),
        (8, "note"): 7, (3, "note"): 100000.0, (4, "note"): date(2026, 4, 3), (9, "note"): True,
        (2, "negated"): False, (7, "negated"): True, (7, "information_grade"): 2.0,
        (2, "quantity_low"): "40,0", (9, "quantity_low"): "1,200", (2, "start"): 0.0,
    }  # fmt: skip
    for (row, column), value in kinds.items():
        cell(book, row, column).value = value
    book.save(tmp_path / "r.xlsx")
    made = plan(rich, tmp_path / "r.xlsx")
    assert (made.changes, made.left_out) == ([], [])


def test_rows_that_a_filter_hides_are_rows(store: Store, tmp_path: Path):
    book = in_excel(store, tmp_path / "r.xlsx")
    cell(book, 3, "status").value = "verified"
    book["claims"].row_dimensions[3].hidden = True
    book["claims"].auto_filter.ref = "A1:AM5"
    book.save(tmp_path / "r.xlsx")
    assert changes(plan(store, tmp_path / "r.xlsx")) == [("c2", "status", "verified", "")]


def test_the_sheet_with_the_claims_is_found_among_others(store: Store, tmp_path: Path):
    book = in_excel(store, tmp_path / "r.xlsx")
    cell(book, 3, "status").value = "verified"
    book.create_sheet("Notes", 0)["A1"] = "claim 1"
    book.save(tmp_path / "r.xlsx")
    assert changes(plan(store, tmp_path / "r.xlsx")) == [("c2", "status", "verified", "")]


def test_two_sheets_with_claims_are_not_chosen_between(store: Store, tmp_path: Path):
    book = in_excel(store, tmp_path / "r.xlsx")
    book.copy_worksheet(book["claims"])
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(InputError, match="2 sheets have a column claim_id: claims, claims Copy"):
        plan(store, tmp_path / "r.xlsx")


def test_a_workbook_without_claims_names_its_sheets(store: Store, tmp_path: Path):
    openpyxl.Workbook().save(tmp_path / "r.xlsx")
    with pytest.raises(InputError, match="there are: Sheet"):
        plan(store, tmp_path / "r.xlsx")


def formula(path: Path, row: int, column: str, shown: str | None) -> None:
    """Turn a text cell of a written workbook into a formula with what it last showed."""
    letters = openpyxl.utils.get_column_letter(COLUMNS.index(column) + 1)
    cached = f"<v>{shown}</v>" if shown is not None else ""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    cells = re.compile(rf'<c r="{letters}{row}"[^>]*?(?:/>|>.*?</c>)')
    assert cells.search(sheet)
    made = f'<c r="{letters}{row}" t="str"><f>A1&amp;B1</f>{cached}</c>'
    parts["xl/worksheets/sheet1.xml"] = cells.sub(made, sheet, count=1).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_formula_is_what_it_last_showed(store: Store, tmp_path: Path):
    spreadsheet.written(store, tmp_path / "r.xlsx", {})
    formula(tmp_path / "r.xlsx", 3, "status", "disputed")
    assert changes(plan(store, tmp_path / "r.xlsx")) == [("c2", "status", "disputed", "")]


def test_a_formula_that_was_never_worked_out_is_no_empty_cell(store: Store, tmp_path: Path):
    said(store, "c2", "4", field="information_grade")
    spreadsheet.written(store, tmp_path / "r.xlsx", {})
    formula(tmp_path / "r.xlsx", 3, "information_grade", None)
    made = plan(store, tmp_path / "r.xlsx")
    assert made.changes == []
    assert "never worked out" in made.left_out[0].what


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_text_that_a_spreadsheet_would_run_comes_back_without_its_apostrophe(
    store: Store, tmp_path: Path, ending: str
):
    made = brought(store, tmp_path / f"r.{ending}", {"c1": {"status": "verified", "note": "'=1+1"}})
    assert changes(made) == [("c1", "status", "verified", "=1+1")]
    record(store, made, "Ines")
    again = brought(store, tmp_path / f"again.{ending}", {})
    assert (again.changes, again.left_out) == ([], [])


def test_a_cell_that_was_full_is_no_edit(store: Store, tmp_path: Path):
    said(store, "c1", "verified", note="long " * 8000)
    made = brought(store, tmp_path / "r.xlsx", {})
    assert (made.changes, made.left_out) == ([], [])
    cut = table(store)[0]["note"][:MAX_CELL]
    made = brought(store, tmp_path / "r.csv", {"c1": {"note": cut}})
    assert (made.changes, made.left_out) == ([], [])


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "r.xlsx"
    spreadsheet.written(store, path, {})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/huge.bin", bytes(40_000_000))
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(returned, "MAX_UNPACKED", 30_000_000)
    with pytest.raises(InputError, match="unpacks to 40,"):
        plan(store, path)


def test_a_file_that_is_too_large_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(returned, "MAX_FILE", 100)
    with pytest.raises(InputError, match="more than 100"):
        brought(store, tmp_path / "r.csv", {})


@pytest.mark.parametrize(
    ("name", "content", "said_of_it"),
    [
        ("r.xlsx", b"PK\x03\x04 and no more", "damaged"),
        ("r.csv", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file"),
        ("r.csv", b"", "no review table"),
        ("r.csv", b"a,b\n1,2\n", "no review table"),
        ("r.jsonl", b"", "no review table"),
    ],
)
def test_what_is_no_table_is_refused(
    store: Store, tmp_path: Path, name: str, content: bytes, said_of_it: str
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said_of_it):
        plan(store, tmp_path / name)


def test_an_open_document_says_how_to_save_it(store: Store, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "r.ods", "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(InputError, match=r"Save it as \.xlsx or as CSV"):
        plan(store, tmp_path / "r.ods")


def test_a_file_that_is_not_there_is_named(store: Store, tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        plan(store, tmp_path / "nowhere.csv")


def test_json_lines_come_back_and_a_broken_line_costs_itself(store: Store, tmp_path: Path):
    path = tmp_path / "r.jsonl"
    spreadsheet.written(store, path, {"c1": {"information_grade": 3}, "c2": {"status": None},
                                      "c3": {"note": ["a"]}})  # fmt: skip
    path.write_text(path.read_text() + "{broken\n[1]\n")
    made = plan(store, path)
    assert changes(made) == [("c1", "information_grade", "3", "")]
    assert [(fault.row, fault.column) for fault in made.left_out] == [
        (3, "note"), (5, None), (6, None),
    ]  # fmt: skip
