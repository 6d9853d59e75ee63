"""The review table out, edited, and its decisions in again, with the keyboard alone at the end."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SETTLED_MS, Desk, settled
from tests.browser.keys import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_decisions_made_in_a_spreadsheet_are_previewed_and_recorded(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "review.csv"
    desk.verify("export", "--out", str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"status": "verified", "note": "two films"}
    rows[1]["status"] = "verifed"
    rows[2]["information_grade"] = "2"
    with table.open("w", encoding="cp1252", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)

    desk.open(page, "imports")
    page.locator(".st-key-spreadsheet_file_0 input[type=file]").set_input_files(table)
    expect(page.get_by_role("heading", name="Cannot be taken: 1")).to_be_visible(timeout=SETTLED_MS)
    expect(page.get_by_text("signed by Tester")).to_be_visible(timeout=SETTLED_MS)
    settled(page)
    tab_to(page, "^BUTTON Record 2 decisions")  # the whole page holds these words too
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 decisions recorded from review.csv; 1 not taken")).to_be_visible(
        timeout=SETTLED_MS
    )
    settled(page)

    desk.verify("export", "--out", str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        after = {row["claim_id"]: row for row in csv.DictReader(file)}
    first, third = after[rows[0]["claim_id"]], after[rows[2]["claim_id"]]
    assert (first["status"], first["note"], first["reviewer"]) == (
        "verified", "two films", "Tester",
    )  # fmt: skip
    assert third["information_grade"] == "2"
    assert desk.verify("audit").endswith("the record is whole.\n")
