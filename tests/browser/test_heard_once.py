"""A press at the very moment in which the page looks for what others did is heard once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, settled
from verify.dashboard.live import POLL_S

pytestmark = [pytest.mark.browser, pytest.mark.model]

PRESS_LATE = """([label, seconds]) => {
  const until = performance.now() + 1000 * seconds;
  while (performance.now() < until);
  [...document.querySelectorAll("button")].find((one) => one.innerText.includes(label)).click();
}"""
"""Keeps the page busy until its clock is overdue, so that this comes first after the press."""


def reviewed(page: Page, count: int) -> None:
    """Wait until ``count`` claims are reviewed, and let a second hearing come right behind."""
    told = page.get_by_text(re.compile(rf"^{count} of \d+ claims reviewed"))
    expect(told).to_be_visible()
    page.wait_for_timeout(1000)
    settled(page)
    expect(told).to_be_visible()


def test_a_verdict_and_its_undoing_while_the_page_looks_are_done_once(
    desk: Desk, page: Page
) -> None:
    desk.open(page, "review")
    for count in range(1, 9):
        page.wait_for_timeout(600)  # a key before the claim could be read does not count
        page.evaluate(PRESS_LATE, ["Verified", POLL_S + 0.5])
        expect(page.get_by_text("Recorded: verified")).to_be_visible()
        reviewed(page, count)
        expect(page.get_by_text("Not recorded")).to_have_count(0)
        # of the claim before none is left that would hear the next key
        expect(page.locator("[class*=st-key-claim_queue_verified_]")).to_have_count(1)
    page.evaluate(PRESS_LATE, ["Undo my last", POLL_S + 0.5])
    reviewed(page, 7)
