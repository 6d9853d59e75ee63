"""Choosing in the overviews: by drawing over a chart, by cells of the matrix, by the keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Desk, claims_of, settled
from tests.browser.keys import focused, pick, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.model]
SLOW = 20_000
"""Milliseconds that a busy machine may take to draw a page."""


def largest(desk: Desk) -> str:
    found = [row["event_id"] for row in claims_of(desk)]
    return max(set(found), key=found.count)


def draw_over(page: Page, left: float, right: float, top: float = 0.05, low: float = 0.8) -> None:
    """Draw the pointer over the first chart, from one share of its width and height to another."""
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("canvas, svg").first).to_be_visible(timeout=SLOW)
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + right * box["width"], box["y"] + low * box["height"], steps=6)
    page.mouse.up()


def test_drawing_over_a_day_lists_its_claims_and_each_opens(desk: Desk, page: Page) -> None:
    event = largest(desk)
    said = [row["published_at"][:10] for row in claims_of(desk) if row["event_id"] == event]
    desk.open(page, f"compare?event={event}&view=days")
    draw_over(page, 0.65, 0.9)
    last = sum(day == max(said) for day in said)
    heading = page.get_by_role("heading", name=re.compile(rf"^{last} claims?$"))
    expect(heading).to_be_visible(timeout=SLOW)
    settled(page)
    page.locator("[class*='st-key-day_']").first.get_by_role("link", name="Open").click()
    expect(page).to_have_url(re.compile(r"/claim\?claim="), timeout=SLOW)
    settled(page)


def test_a_day_is_chosen_by_the_keyboard_alone(desk: Desk, page: Page) -> None:
    desk.open(page, f"compare?event={largest(desk)}&view=days")
    expect(page.get_by_text("to list its claims")).to_be_visible(timeout=SLOW)
    tab_to(page, "^INPUT .*First day")
    page.keyboard.press("ArrowDown")
    name = page.get_by_role("option").first.inner_text()
    pick(page, name)
    number = name.rpartition(": ")[2]
    expect(page.get_by_role("heading", name=number, exact=True)).to_be_visible(timeout=SLOW)


def press_over(page: Page, cells: Locator) -> None:
    """Press on the first cell and move over to the sixth, without letting go."""
    first, other = cells.nth(0).bounding_box(), cells.nth(5).bounding_box()
    assert first
    assert other
    page.mouse.move(first["x"] + 9, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(other["x"] + 9, other["y"] + 9, steps=8)


def test_cells_of_the_matrix_are_chosen_by_keyboard_and_by_drawing(desk: Desk, page: Page) -> None:
    desk.open(page, "?show=matrix")
    cells = page.locator("button.cell")
    cells.first.wait_for()
    cells.first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="1 cell chosen")).to_be_visible(timeout=SLOW)
    expect(page.locator(".events tbody tr")).to_have_count(1)
    assert "conflict" in focused(page)
    press_over(page, cells)
    page.mouse.up()
    expect(page.get_by_role("heading", name=re.compile("^[2-9] cells chosen"))).to_be_visible(
        timeout=SLOW
    )
    page.get_by_role("button", name="Choose nothing").click()
    expect(page.get_by_role("heading", name=re.compile("chosen"))).to_have_count(0, timeout=SLOW)


def test_a_drawing_that_ends_beside_the_matrix_is_told_and_swallows_no_key(
    desk: Desk, page: Page
) -> None:
    desk.open(page, "?show=matrix")
    cells = page.locator("button.cell")
    cells.first.wait_for()
    press_over(page, cells)
    page.mouse.move(3, 3)
    page.mouse.up()
    chosen = page.get_by_role("heading", name=re.compile("^[2-9] cells chosen"))
    expect(chosen).to_be_visible(timeout=SLOW)
    number = int(chosen.inner_text().split()[0])
    cells.first.focus()
    page.keyboard.press("Enter")
    left = f"{number - 1} cell{'s' if number > 2 else ''} chosen"
    expect(page.get_by_role("heading", name=left)).to_be_visible(timeout=SLOW)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_drawing_over_a_stretch_of_time_narrows_the_events(
    desk: Desk, browser: Browser, zone: str
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, timezone_id=zone)
    page = context.new_page()
    desk.open(page)
    draw_over(page, 0.96, 0.995)
    last = max(row["day"] for row in claims_of(desk) if row["day"])
    expect(page).to_have_url(re.compile(f"since={last}&until={last}"), timeout=SLOW)
    context.close()
