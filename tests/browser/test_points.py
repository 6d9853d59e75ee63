"""The line below an event's heading leads to what it says, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, settled
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.model]
SLOW = 20_000
"""Milliseconds that a busy machine may take to draw a page."""


def opened(desk: Desk, page: Page) -> None:
    desk.open(page)
    page.get_by_role("link", name=re.compile("Taliban fighters were killed")).first.click()
    phrase = page.get_by_role("button", name=re.compile("suggested conflicts"))
    expect(phrase).to_be_visible(timeout=SLOW)
    settled(page)


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=SLOW)
    settled(page)


def test_a_phrase_opens_its_view_by_the_keyboard_and_the_address_keeps_it(
    desk: Desk, page: Page
) -> None:
    opened(desk, page)
    page.get_by_role("button", name=re.compile("suggested conflicts")).focus()
    page.keyboard.press("Enter")
    heading(page, "Contested")
    within = "document.querySelector('.st-key-points_contested').contains(document.activeElement)"
    page.wait_for_function(within)
    page.get_by_role("button", name=re.compile("claims repeat another")).click()
    heading(page, "One report repeated")
    page.reload()
    heading(page, "One report repeated")


def test_a_conflict_is_opened_decided_and_counted_as_confirmed(desk: Desk, page: Page) -> None:
    opened(desk, page)
    page.get_by_role("button", name=re.compile("suggested conflicts")).click()
    heading(page, "Contested")
    page.get_by_role("button", name="Pair", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=re.compile("Confirm conflict"))).to_be_visible(
        timeout=SLOW
    )
    page.wait_for_timeout(600)  # a key before the claims could be read does not count
    dialog.get_by_role("button", name=re.compile("Confirm conflict")).click()
    expect(dialog.get_by_text("Recorded: confirmed")).to_be_visible(timeout=SLOW)
    for _ in range(100):  # a function that the page polls itself would be one that its policy bars
        if page.evaluate(
            "() => document.querySelector('[role=dialog]').contains(document.activeElement)"
        ):
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the focus left the dialog")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0, timeout=SLOW)
    expect(page.get_by_role("button", name=re.compile("1 of them confirmed"))).to_be_visible(
        timeout=SLOW
    )


def test_a_late_verdict_in_the_dialog_stands_beside_the_one_that_stands(
    desk: Desk, page: Page
) -> None:
    opened(desk, page)
    page.get_by_role("button", name=re.compile("suggested conflicts")).click()
    heading(page, "Contested")
    page.get_by_role("button", name="Pair", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    confirm = dialog.locator("[class*=st-key-compare_confirmed_]")
    expect(confirm).to_be_visible(timeout=SLOW)
    (pair_id,) = re.findall(r"st-key-compare_confirmed_(\w+)", confirm.get_attribute("class") or "")
    store = Store.open(Settings(data_dir=desk.data))
    decide(store, "pair", pair_id, "rejected", reviewer="Ben", note="two rivers", seen_version=0)
    page.wait_for_timeout(600)  # a key before the claims could be read does not count
    confirm.get_by_role("button").click()
    expect(dialog.get_by_role("heading", name="What stands now")).to_be_visible(timeout=SLOW)
    expect(dialog.get_by_text("two rivers", exact=True)).to_be_visible()
    settled(page)
    dialog.get_by_role("button", name="Set confirmed all the same").click()
    expect(dialog.get_by_text("Recorded: confirmed")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("in another window")).to_have_count(0)


def test_a_claim_is_opened_from_the_list(desk: Desk, page: Page) -> None:
    opened(desk, page)
    page.get_by_role("button", name=re.compile("have no answer|has no answer")).click()
    heading(page, "No answer from another side")
    page.locator(".st-key-points_unanswered").get_by_role("link", name="Open").first.click()
    expect(page).to_have_url(re.compile(r"/claim\?claim="), timeout=SLOW)
    settled(page)
