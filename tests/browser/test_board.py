"""The board of an event in a real browser: by keyboard, in its dialog, narrow, folded, filtered."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk, settled
from tests.browser.keys import focused

pytestmark = [pytest.mark.browser, pytest.mark.model]
SLOW = 20_000
"""Milliseconds that a busy machine may take to draw a page."""


def open_board(desk: Desk, page: Page) -> Locator:
    """Open the event with most claims."""
    with sqlite3.connect(desk.data / "verify.db") as store:
        (event,) = store.execute("SELECT event_id FROM events ORDER BY claims DESC").fetchone()
    desk.open(page, f"compare?event={event}")
    board = page.get_by_role("group", name="Claims by side")
    expect(board).to_be_visible(timeout=SLOW)
    settled(page)
    return board


def test_arrows_lead_from_a_card_to_its_link_and_on_and_enter_opens_the_pair(
    desk: Desk, page: Page
) -> None:
    board = open_board(desk, page)
    first = board.locator("section").first.locator(".card").first
    first.focus()
    page.keyboard.press("ArrowRight")
    assert re.search(r"^BUTTON (conflicts|supports), suggested", focused(page))
    on = focused(page)
    page.keyboard.press("ArrowRight")  # along the link to the card at its other end
    assert focused(page).startswith("DIV ")
    other = focused(page)
    assert other.removesuffix(" Opens the claim.").partition(": ")[2][:20] in on
    page.keyboard.press("ArrowDown")
    assert focused(page) != other
    page.keyboard.press("ArrowUp")
    assert focused(page) == other
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW)
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=SLOW)
    settled(page)
    page.wait_for_timeout(600)
    assert focused(page) == on  # the focus is back on the link that was opened


def test_verdicts_and_the_next_conflict_go_by_key_in_the_dialog_and_the_board_shows_them(
    desk: Desk, page: Page
) -> None:
    board = open_board(desk, page)
    board.locator("button.link.conflicts:visible").first.click()
    dialog = page.get_by_role("dialog")
    place = dialog.get_by_text(re.compile(r"^Pair \d+ of \d+ in conflict in this event"))
    expect(place).to_be_visible(timeout=SLOW)
    settled(page)
    page.wait_for_timeout(600)
    page.keyboard.press("y")
    expect(dialog.get_by_text("Recorded: confirmed")).to_be_visible(timeout=SLOW)
    at = place.inner_text()
    page.keyboard.press("n")
    expect(place).not_to_have_text(at, timeout=SLOW)
    settled(page)
    page.wait_for_timeout(600)
    page.keyboard.press("x")
    expect(dialog.get_by_text("Recorded: rejected")).to_be_visible(timeout=SLOW)
    page.keyboard.press("Escape")
    expect(board.locator("button.link.conflicts.confirmed")).to_have_count(1, timeout=SLOW)


def test_the_reasons_are_a_picture_that_says_in_words_what_it_shows(desk: Desk, page: Page) -> None:
    board = open_board(desk, page)
    board.locator("button.link.conflicts:visible").first.click()
    picture = page.get_by_role("dialog").get_by_role("img", name=re.compile("^How the chance"))
    expect(picture).to_be_visible(timeout=SLOW)
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    assert re.search(
        r"Sum [+−]\d.* of 100 can hardly both be right", picture.get_attribute("alt") or ""
    )


def test_a_narrow_screen_lists_pairs_and_then_what_has_no_link(desk: Desk, page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 1000})
    board = open_board(desk, page)
    expect(board.locator("section").first).to_be_hidden()
    pair = board.locator("article.pair").first
    expect(pair.locator(".card")).to_have_count(2)
    expect(pair.locator("button.link")).to_contain_text("conflicts")
    expect(pair.locator("button.link")).to_contain_text("suggested")
    parts = board.locator(".part").all_inner_texts()
    assert re.match(r"\d+ pairs", parts[0])
    assert re.match(r"\d+ claims? without a link", parts[1])
    listed = board.locator(".list > .placed .card").count()
    assert int(parts[1].split()[0]) == listed
    pair.locator("button.link").click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW)


def test_reprints_are_named_and_unfold_by_click_and_by_key(desk: Desk, page: Page) -> None:
    board = open_board(desk, page)
    fold = board.locator("button.repeats").first
    assert re.match(r"\d+ reprints? of \w+", fold.inner_text())
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    copies = board.locator(".copy:visible")
    assert copies.count() == int(fold.inner_text().split()[0])
    page.keyboard.press("Enter")
    expect(copies).to_have_count(0)
    board.locator(".card:has(+ .fold)").first.focus()
    page.keyboard.press("Space")
    expect(copies.first).to_be_visible()


def test_filters_stand_in_the_address_say_what_they_hid_and_are_cleared(
    desk: Desk, page: Page
) -> None:
    board = open_board(desk, page)
    before = board.locator(".card").count()
    page.get_by_label("Words", exact=True).fill("no such words anywhere")
    page.keyboard.press("Enter")
    hid = page.get_by_text(re.compile("without “Words: no such words anywhere” there would be"))
    expect(hid).to_be_visible(timeout=SLOW)
    expect(board.locator(".card")).to_have_count(0)
    assert "words=no" in page.url
    page.reload()
    expect(hid).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Clear the filters").click()
    expect(board.locator(".card")).to_have_count(before, timeout=SLOW)
    expect(page.get_by_role("button", name="Clear the filters")).to_have_count(0)
    assert "words=" not in page.url


def test_only_what_is_linked_leaves_no_card_without_a_link(desk: Desk, page: Page) -> None:
    board = open_board(desk, page)
    before = board.locator(".card").count()
    page.get_by_role("button", name="More filters").click()
    page.get_by_text("Only what is linked").click()
    expect(page.get_by_role("button", name="Clear the filters")).to_be_visible(timeout=SLOW)
    settled(page)
    left = board.locator(".card").count()
    assert 0 < left < before
    assert "linked=true" in page.url
