"""Two people at two browsers: one sees what the other does, soon and without being disturbed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, settled
from tests.browser.keys import ready_for_keys

pytestmark = [pytest.mark.browser, pytest.mark.model]

SEEN_S = 2.0
"""Seconds within which what one decides is told to the other."""


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def choose(page: Page, name: str) -> None:
    """Take a name from the sidebar's list."""
    page.get_by_role("combobox", name="Reviewer").click()
    page.get_by_role("option", name=name, exact=True).click()
    expect(page.get_by_text("reviewer, not signed in")).to_be_visible()
    page.get_by_role("heading", level=1).click()  # out of the list, where letters are typed
    settled(page)


def at_work(desk: Desk, *pages: tuple[Page, str]) -> None:
    desk.variables = {"VERIFY_REVIEWER": "Lea"}
    for name, role in (("Lea", "lead"), ("Ada", "reviewer"), ("Ben", "reviewer")):
        desk.verify("people", "add", name, "--role", role)
    for page, name in pages:
        desk.open(page, "review")
        choose(page, name)


def test_what_one_decides_the_other_sees_within_two_seconds_and_nothing_moves(
    desk: Desk, page: Page, other: Page
) -> None:
    at_work(desk, (page, "Ada"), (other, "Ben"))
    page.get_by_role("link", name="Whole document, history").click()
    expect(page.get_by_role("heading", name="In its document")).to_be_visible()
    settled(page)
    address = page.url
    other.goto(address)
    settled(other)
    choose(other, "Ben")
    expect(page.get_by_text("Ben has this claim on screen too")).to_have_count(0)
    expect(other.get_by_text("Ada has this claim on screen too")).to_be_visible()
    note = page.get_by_placeholder("Note, kept with the verdict")
    note.fill("half a thought")
    before = note.bounding_box()
    ready_for_keys(other)
    other.keyboard.press("d")
    expect(other.get_by_text("Recorded: disputed")).to_be_visible()
    started = time.monotonic()
    expect(page.get_by_text("Ben marked this disputed just now")).to_be_visible(timeout=10_000)
    took = time.monotonic() - started
    assert took < SEEN_S, f"{took:.2f} s"
    assert note.input_value() == "half a thought"
    assert note.bounding_box() == before
    expect(page.get_by_text("disputed by Ben")).to_have_count(0)  # nothing was drawn anew
    page.get_by_role("button", name="Load again").click()
    expect(page.get_by_text("disputed by Ben").first).to_be_visible()


def test_a_late_verdict_is_refused_and_both_stand_beside_each_other(
    desk: Desk, page: Page, other: Page
) -> None:
    at_work(desk, (page, "Ada"), (other, "Ben"))
    page.get_by_role("link", name="Whole document, history").click()
    expect(page.get_by_role("heading", name="In its document")).to_be_visible()
    settled(page)
    other.goto(page.url)
    settled(other)
    choose(other, "Ben")
    ready_for_keys(other)
    other.keyboard.press("d")
    expect(other.get_by_text("Recorded: disputed")).to_be_visible()
    ready_for_keys(page)
    page.keyboard.press("v")
    expect(page.get_by_text("What I wanted to record")).to_be_visible()
    expect(page.get_by_text("What stands now")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_text("Left as it is: disputed")).to_be_visible()
    ready_for_keys(page)
    page.keyboard.press("u")
    expect(page.get_by_text("Recorded: unverifiable")).to_be_visible()
