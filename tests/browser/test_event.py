"""An event is corrected in a real browser: merged by the keyboard, taken back, split, kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SEEDS, Desk, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]
SLOW = 20_000
"""Milliseconds that a busy machine may take to draw a page."""


def test_an_event_is_merged_by_the_keyboard_outlives_a_build_and_is_taken_back(
    desk: Desk, page: Page
) -> None:
    desk.open(page)
    page.get_by_role("link", name=re.compile("Taliban fighters were killed")).first.click()
    expect(page.get_by_role("group", name="Claims by side")).to_be_visible(timeout=SLOW)
    settled(page)
    page.locator(".st-key-event_merge button").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.locator(".st-key-event_with input").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    told = dialog.get_by_text(re.compile("Together they are one event"))
    expect(told).to_be_visible(timeout=SLOW)
    moved = re.match(r"\d+ claims?", told.inner_text())
    assert moved
    confirm = dialog.locator(".st-key-event_confirm button")
    expect(confirm).to_be_enabled()  # it is drawn after the words, and takes no focus before
    settled(page)
    confirm.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{moved[0]} merged with this event.")).to_be_visible(timeout=SLOW)
    expect(dialog).to_have_count(0, timeout=SLOW)
    settled(page)

    desk.verify("build", str(SEEDS))
    desk.open(page)
    corrected = page.locator("tr", has_text="merged by hand")  # it may be called otherwise by now
    corrected.get_by_role("link").click()
    back = page.get_by_role("button", name=re.compile("Take back"))
    back.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Taken back: {moved[0]} merged.")).to_be_visible(timeout=SLOW)
    expect(back).to_have_count(0, timeout=SLOW)
    assert desk.verify("audit")


def test_claims_are_split_off_and_the_new_event_says_so(desk: Desk, page: Page) -> None:
    desk.open(page)
    page.get_by_role("link", name=re.compile("Taliban fighters were killed")).first.click()
    page.locator(".st-key-event_split button").click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".st-key-event_claims input").click()
    page.keyboard.type("victory pictures")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(re.compile("an event of (its|their) own"))).to_be_visible(
        timeout=SLOW
    )
    page.keyboard.press("Escape")  # the list; the dialog stays
    dialog.locator(".st-key-event_confirm button").click()
    expect(page.get_by_text(re.compile("split off as an event"))).to_be_visible(timeout=SLOW)
    settled(page)
    desk.open(page)
    expect(page.get_by_text("split off by hand")).to_be_visible(timeout=SLOW)
