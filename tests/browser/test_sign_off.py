"""A file is signed off on the Export page, and comes back there after more was decided."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_a_signed_off_file_is_built_again_and_downloaded(desk: Desk, page: Page) -> None:
    desk.open(page, "exports?side=Resistance")
    page.get_by_role("textbox", name="Note").fill("for the editor")
    page.get_by_role("button", name=re.compile("Sign off")).click()
    expect(page.get_by_text("Signed off:")).to_be_visible()
    expect(page.get_by_text("narrowed to side Resistance")).to_be_visible()
    expect(page.get_by_text("“for the editor”")).to_be_visible()
    signed = page.get_by_text(re.compile("SHA-256")).inner_text().split()[-1]

    told = desk.verify("audit")
    assert "the record is whole" in told
    desk.verify("build", "--reread", "--rules-only")

    page.reload()
    settled(page)
    page.get_by_role("button", name="Build it again").click()
    expect(page.get_by_text("the same bytes as signed off")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download", exact=True).click()
    got = Path(waiting.value.path()).read_bytes()
    assert hashlib.sha256(got).hexdigest() == signed
    assert got.startswith(b"\xef\xbb\xbfclaim_id,")
