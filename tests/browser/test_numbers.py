"""The Numbers view in a real browser: its address, its links and its file."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, claims_of, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_the_address_keeps_view_and_rule_and_a_figure_leads_to_its_claim(
    desk: Desk, page: Page
) -> None:
    event = next(claim["event_id"] for claim in claims_of(desk) if "two Taliban" in claim["text"])
    desk.open(page, f"compare?event={event}")
    page.get_by_role("radio", name="Numbers").click()
    page.get_by_role("heading", name="Low, best and high").wait_for()
    page.get_by_role("combobox", name="Best figure").click()
    page.get_by_role("option", name="Latest").click()
    page.get_by_text("The count that was published last.").wait_for()
    expect(page).to_have_url(re.compile(r"(?=.*view=numbers)(?=.*best=Latest)"))
    page.reload()
    settled(page)
    page.get_by_text("The count that was published last.").wait_for()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as CSV").click()
    written = Path(started.value.path()).read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(written.splitlines())
    assert (row["event_id"], row["low"], row["best"]) == (event, "2", "85")
    page.get_by_role("link", name=re.compile("Low 2:")).click()
    page.get_by_text("Only two Taliban fighters were killed").first.wait_for()
    expect(page).to_have_url(re.compile("claim"))
