"""The desk without a mouse: fields can be emptied, lists stay open, the focus is never lost."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.many_claims import fill
from tests.browser.conftest import Desk, claims_of, settled
from tests.browser.keys import focused, pick, ready_for_keys, tab_to
from verify.settings import Settings
from verify.store.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.model]


def built(desk: Desk, folder: Path, **texts: str) -> None:
    """Build a store of small reports, each of a source named like its file."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"---\nsource: Gazette {name}\n---\n{text}\n")
    desk.verify("build", *[str(folder / f"{name}.md") for name in texts])


def test_a_bound_is_opened_by_clearing_it(empty_desk: Desk, page: Page, tmp_path: Path) -> None:
    built(empty_desk, tmp_path, one="The mayor said 2,000 people were displaced by the flood.")
    (claim,) = claims_of(empty_desk)
    empty_desk.open(page, f"claim?claim={claim['claim_id']}")
    tab_to(page, "^INPUT .*Correct a reading")
    page.keyboard.type("numbers")
    expect(page.get_by_role("option", name="Numbers")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("At most", exact=True).first).to_have_value("2000")
    tab_to(page, "^INPUT At most")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    settled(page)
    expect(page.get_by_label("At most", exact=True).first).to_have_value("")
    tab_to(page, "Save the correction")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("^.? ?Recorded: numbers .*2,000 or more"))).to_be_visible()
    (quantity,) = json.loads(claims_of(empty_desk)[0]["quantities"])
    assert (quantity["low"], quantity["high"]) == (2000, None)


def on_focus(page: Page, wanted: str) -> None:
    """Wait until the focus is on something whose name matches."""
    for _ in range(60):
        if re.search(wanted, focused(page)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the focus is not on {wanted} but on {focused(page)[:200]}")


def test_the_focus_goes_to_the_next_name_or_to_what_was_recorded(
    empty_desk: Desk, page: Page, tmp_path: Path
) -> None:
    told = {"one": "The Syrian Observatory for Human Rights (SOHR)", "two": "SOHR",
            "three": "The White Helmets Union (WHU)", "four": "WHU"}  # fmt: skip
    said = "said 12 soldiers were killed at the dam on Monday."
    built(empty_desk, tmp_path, **{name: f"{who} {said}" for name, who in told.items()})
    empty_desk.open(page, "sources?part=speakers")
    page.get_by_text("Look for them in all claims").first.wait_for()
    tab_to(page, "^INPUT .*Look for them in all claims")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Same speaker")).to_have_count(2)
    tab_to(page, "^BUTTON Same speaker")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Recorded for .*: the same speaker as"))).to_be_visible()
    expect(page.get_by_role("button", name="Same speaker")).to_have_count(1)
    on_focus(page, "^BUTTON Same speaker")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Same speaker")).to_have_count(0)
    on_focus(page, "^DIV .*Recorded for .*: the same speaker as")
    tab_to(page, r"^BUTTON undo\s+Take back")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take back")).to_have_count(1)
    on_focus(page, r"^BUTTON undo\s+Take back")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    on_focus(page, "^DIV .*Recorded for .*: a speaker of its own again")
    settled(page)
    tab_to(page, "^INPUT .*Join two names by hand")
    page.keyboard.press("Space")
    page.get_by_role("combobox", name="This name").wait_for()
    settled(page)
    tab_to(page, "^INPUT .*This name")
    pick(page, "SOHR")
    expect(page.get_by_role("combobox", name="This name")).to_have_value("SOHR")
    tab_to(page, "^INPUT .*is the same speaker as")
    pick(page, "WHU")
    expect(page.get_by_role("combobox", name="is the same speaker as")).to_have_value("WHU")
    tab_to(page, "^BUTTON Join them")
    page.keyboard.press("Enter")
    on_focus(page, "^DIV .*Recorded for SOHR: the same speaker as WHU")


def test_the_focus_stays_with_a_correction_that_is_saved_and_taken_back(
    empty_desk: Desk, page: Page, tmp_path: Path
) -> None:
    built(empty_desk, tmp_path, one="The mayor said 2,000 people were displaced by the flood.")
    (claim,) = claims_of(empty_desk)
    empty_desk.open(page, f"claim?claim={claim['claim_id']}")
    tab_to(page, "^INPUT .*Correct a reading")
    page.keyboard.type("place")
    page.keyboard.press("Enter")
    tab_to(page, "^INPUT Correct reading")
    page.keyboard.type("Amber")
    tab_to(page, "^BUTTON Save the correction")
    page.keyboard.press("Enter")
    on_focus(page, "^DIV .*Recorded: place Amber")
    tab_to(page, r"^BUTTON undo\s+Take back: place")
    page.keyboard.press("Enter")
    on_focus(page, "^DIV .*Taken back: place is as read again")


def test_fifty_claims_are_worked_through_with_the_keyboard_alone(
    empty_desk: Desk, page: Page
) -> None:
    fill(Store.open(Settings(data_dir=empty_desk.data)), 52, with_vectors=False)
    empty_desk.open(page, "review")
    verdicts = [("v", "verified"), ("d", "disputed"), ("u", "unverifiable")]
    expected = {"verified": 0, "disputed": 0, "unverifiable": 0, "unreviewed": 2}
    heading = page.locator(".stMain h2").first
    for done in range(50):
        key, value = verdicts[done % 3]
        before = heading.inner_text()
        ready_for_keys(page)
        if done == 0:
            page.keyboard.press("m")
            on_focus(page, "^INPUT Note")  # what is typed before would be keys of the page
            page.keyboard.type("seen on video")
            page.keyboard.press("Enter")
        page.keyboard.press(key)
        expect(heading).not_to_have_text(before)
        expect(page.get_by_text(f"{done + 1} of 52 claims reviewed")).to_be_visible()
        expected[value] += 1
    assert _statuses(empty_desk) == expected
    page.keyboard.press("z")
    expect(page.get_by_text("49 of 52 claims reviewed")).to_be_visible()
    page.keyboard.press("Shift+Z")
    expect(page.get_by_text("50 of 52 claims reviewed")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("redo what I undid last")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)
    assert _statuses(empty_desk) == expected
    with sqlite3.connect(empty_desk.data / "verify.db") as store:
        noted = store.execute("SELECT note FROM decisions WHERE seq = 1").fetchone()
    assert noted == ("seen on video",)


def _statuses(desk: Desk) -> dict[str, int]:
    with sqlite3.connect(desk.data / "verify.db") as store:
        return dict(store.execute("SELECT status, count(*) FROM claims GROUP BY status"))
