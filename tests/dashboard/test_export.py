"""The file holds what the filters show, and a spreadsheet cannot be made to run any of it."""

import csv
import io
import json

from openpyxl import load_workbook

from tests.dashboard.screen import Screen
from verify.dashboard import addresses, downloads
from verify.review import decisions, signed, signing
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


def test_a_link_from_events_keeps_the_status_that_they_were_narrowed_to(store):
    decisions.decide(store, "claim", "c3", "disputed", reviewer="Ines", seen_version=0)
    page = Screen("export", **addresses.filtered(Filters(status="disputed")))
    assert page.test.dataframe[0].value["claim_id"].tolist() == ["c3"]


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


def test_a_file_is_signed_off_listed_and_built_again(store):
    page = Screen("export", side="North")
    page.remember(reviewer="Ines")
    page.write("sign_off_note", "for *the* desk")
    page.press("sign_off")
    assert "Signed off: 2 claims, decision 1" in page.words
    (one,) = signed.sign_offs(store)
    assert (one.reviewer, one.note, one.content.filters) == (
        "Ines",
        "for *the* desk",
        {"side": "North"},
    )
    assert "1 sign-off" in page.words
    assert "narrowed to side North" in page.words
    assert one.content.sha256 in page.words
    page.press(f"again-{one.id}")
    assert "the same bytes as signed off" in page.words


def test_a_sign_off_whose_rows_are_gone_says_so_instead_of_a_file(store):
    made = signing.sign_off(store, Filters(), io.BytesIO(), reviewer="Ines")
    (store.originals / made.content.rows_sha256).unlink()
    page = Screen("export")
    page.press(f"again-{made.id}")
    assert "cannot be read" in page.words
    assert "the same bytes" not in page.words


def test_the_same_file_is_not_signed_off_by_a_second_press(store, monkeypatch):
    page = Screen("export")
    page.remember(reviewer="Ines")
    page.press("sign_off")
    content = signed.sign_offs(store)[0].content
    monkeypatch.setattr(signing, "_make", lambda *_: content)
    monkeypatch.setattr(signing, "copy", lambda *_: None)
    monkeypatch.setattr(type(store), "keep_original", lambda *_: None)
    page.press("sign_off")
    assert "already" in page.words
    assert len(signed.sign_offs(store)) == 1


def test_fact_checks_hold_decided_claims_alone_and_cannot_be_signed_off(store):
    decisions.decide(store, "claim", "c3", "disputed", reviewer="Ines", seen_version=0)
    page = Screen("export")
    page.pick("format", "claimreview")
    assert "3 claims that nobody has decided on will not be in the file" in page.words
    assert not page.has("sign_off")
    assert "Notes and grades are not in it" in page.words
    assert '"identifier": "c3"' in page.test.code[0].value
    page.choose("status", "unreviewed")
    assert not page.test.code
    page.choose("status", None)
    page.pick("format", "annotation")
    assert '"value": "disputed"' in page.test.code[0].value
    told = json.loads(downloads.write(store, Filters(), "claimreview"))
    assert [one["identifier"] for one in told["@graph"]] == ["c3"]
    assert downloads.file_name("claimreview").endswith(".claimreview.jsonld")
