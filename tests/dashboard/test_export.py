"""The file holds what the filters show, and a spreadsheet cannot be made to run any of it."""

import csv
import io
import json

from openpyxl import load_workbook

from tests.dashboard.screen import Screen
from verify.dashboard import addresses, downloads
from verify.review import decisions
from verify.review.export import COLUMNS
from verify.store.filters import Filters


def test_the_preview_shows_the_filtered_claims_with_all_columns(store):
    page = Screen("export", side="North")
    table = page.test.dataframe[0].value
    assert tuple(table.columns) == COLUMNS
    assert sorted(table["claim_id"]) == ["c1", "c2"]
    assert "2 claims" in page.words


def test_a_field_narrows_the_export(store):
    page = Screen("export")
    assert "4 claims" in page.words
    page.choose("status", "disputed")
    assert "No claim matches" in page.words


def test_a_link_from_an_event_narrows_to_it(store):
    page = Screen("export", event_id="e2")
    assert page.test.dataframe[0].value["claim_id"].tolist() == ["c4"]
    assert "Also narrowed to event id e2" in page.words


def test_a_link_made_of_filters_is_read_back(store):
    page = Screen("export", **addresses.filtered(Filters(conflicts_only=True, until="2020-05-30")))
    assert "3 claims" in page.words
    assert page.test.toggle(key="conflicts_only").value is True


def test_the_file_is_written_only_when_asked_for(store, monkeypatch):
    monkeypatch.setattr(downloads, "write", lambda *_: 1 / 0)
    monkeypatch.setattr(downloads, "preview", lambda *_: [{"claim_id": "c1"}])
    assert Screen("export").words


def test_a_decision_is_in_the_file(store):
    decisions.decide(store, "claim", "c3", "disputed", reviewer="Ines", note="=2+2", seen_version=0)
    text = downloads.write(store, Filters(status="disputed"), "csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["claim_id"], row["status"], row["reviewer"]) == ("c3", "disputed", "Ines")
    assert row["note"] == "'=2+2"


def test_all_formats_hold_the_same_claims(store):
    sheet = load_workbook(io.BytesIO(downloads.write(store, Filters(), "xlsx"))).active
    lines = downloads.write(store, Filters(), "jsonl").splitlines()
    in_sheet = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert in_sheet == [json.loads(line)["claim_id"] for line in lines]
    assert len(in_sheet) == 4


def test_an_empty_desk_says_what_to_do(empty):
    assert "nothing to export yet" in Screen("export").words
