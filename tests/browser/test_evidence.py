"""Evidence in a real browser: attached through the page, seen, fetched back, detached by keys."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk, settled
from tests.browser.keys import focused, tab_to
from tests.review.scenes import scene
from verify.records import rows
from verify.settings import Settings
from verify.store import views
from verify.store.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.model]
SLOW = 60_000
"""Milliseconds that a busy machine may take to open a picture apart and draw the page."""


def claims(desk: Desk) -> list[str]:
    found, _ = views.claims(Store.open(Settings(data_dir=desk.data)), limit=2)
    return [str(row["claim_id"]) for row in rows(found)]


def attach(page: Page, path: Path, note: str) -> Locator:
    """Choose a file in the form, send it, and return the notice that comes."""
    form = page.locator(".st-key-evidence_attach")
    if not form.get_by_role("button", name="Attach", exact=True).is_visible():
        form.locator("summary").click()
    form.locator("input[type=file]").set_input_files(path)
    expect(form.get_by_text(path.name)).to_be_visible(timeout=SLOW)
    settled(page)
    form.get_by_placeholder("What it shows").fill(note)
    form.get_by_role("button", name="Attach", exact=True).click()
    notice = page.locator("[class*=st-key-evidence_notice]")
    expect(notice).to_be_visible(timeout=SLOW)
    settled(page)
    return notice


def test_a_picture_is_attached_seen_found_elsewhere_fetched_back_and_detached(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    first, second = claims(desk)
    picture, again = tmp_path / "square.jpg", tmp_path / "messenger.png"
    image = scene(4)
    exif = image.getexif()
    exif.get_ifd(0x8769)[0x9003] = "2014:05:03 12:11:10"
    image.save(picture, quality=95, exif=exif)
    image.resize((240, 180)).save(again)

    desk.open(page, f"claim?claim={first}")
    notice = attach(page, picture, "from the <b>mayor</b>")
    expect(notice).to_contain_text("Attached: square.jpg")
    thumbnail = page.get_by_alt_text("Thumbnail of square.jpg: from the <b>mayor</b>")
    expect(thumbnail).to_be_visible()
    assert thumbnail.evaluate("shown => shown.naturalWidth") == 480
    expect(page.get_by_text("The file says (it may be wrong): taken 2014-05-03")).to_be_visible()

    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Download")).click()
    assert waiting.value.suggested_filename == "square.jpg"
    assert Path(waiting.value.path()).read_bytes() == picture.read_bytes()
    page.get_by_role("button", name=re.compile("SHA-256")).click()
    sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()
    expect(page.get_by_text(sha256)).to_be_visible()

    desk.open(page, f"claim?claim={second}")
    attach(page, again, "as it went round")
    expect(page.get_by_text(re.compile("A picture that looks the same"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Open that claim")).click()
    expect(page.get_by_alt_text(re.compile("square.jpg"))).to_be_visible(timeout=SLOW)
    settled(page)
    assert first in page.url

    tab_to(page, r"^BUTTON [\s\S]*Detach")
    page.keyboard.press("Enter")
    page.get_by_label("Why").focus()
    page.keyboard.type("another square")
    page.keyboard.press("Enter")
    notice = page.locator("[class*=st-key-evidence_notice]")
    expect(notice).to_contain_text("Detached: square.jpg", timeout=SLOW)
    expect(page.get_by_text("Nothing is attached to this claim.")).to_be_visible()
    assert "the record is whole" in desk.verify("audit")
    assert "BODY" not in focused(page)


def test_a_script_called_a_picture_is_refused_and_nothing_of_it_runs(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    script = tmp_path / "square.jpg"
    script.write_text("<script>window.ran = 1</script>")
    desk.open(page, f"claim?claim={claims(desk)[0]}")
    notice = attach(page, script, "<img src=x onerror='window.ran = 1'>")
    expect(notice).to_contain_text("Nothing attached. The file holds markup")
    assert page.evaluate("window.ran") is None
    expect(page.get_by_text("Nothing is attached to this claim.")).to_be_visible()
