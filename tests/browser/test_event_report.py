"""The report of an event in a real browser: from disk, with no network, on screen and paper."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Desk, claims_of
from tests.review.reported import LONG_WORD, NOTE, TEXTS, told
from verify.cli import main
from verify.settings import Settings
from verify.store.store import Store

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
POINTS_A_MM = 72 / 25.4
PIXELS_A_MM = 96 / 25.4
A4_MM = (210, 297)
MARGIN_MM = 15
TEXT_MM = A4_MM[0] - 2 * MARGIN_MM
HALF_A_MM = 0.5


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of an event whose texts are long, right to left, and try to be markup."""
    folder = tmp_path_factory.mktemp("report")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERIFY_DATA", str(folder))
        patch.delenv("VERIFY_DATABASE_URL", raising=False)
        told(Store.open(Settings(data_dir=folder)))
        assert main(["compare", "e1", "--out", str(folder / "report.html")]) == 0
    return folder / "report.html"


@pytest.fixture(params=["light", "dark"])
def opened(request: pytest.FixtureRequest, browser: Browser, report: Path) -> Iterator[Page]:
    """The file, opened from disk with the network off; it asks for nothing and says nothing."""
    context = browser.new_context(
        viewport={"width": 800, "height": 1000}, color_scheme=request.param, offline=True
    )
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(report.as_uri())
    yield page
    assert asked
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    context.close()


def test_it_is_read_from_disk_with_the_network_off(opened: Page) -> None:
    expect(opened.get_by_role("heading", level=1)).to_have_text("Deaths at the bridge")
    for text in (*TEXTS.values(), NOTE):
        assert text in (opened.locator("body").text_content() or "")
    assert opened.evaluate("document.styleSheets.length") == 1
    width = opened.evaluate("getComputedStyle(document.body).maxWidth")
    assert float(width.removesuffix("px")) == pytest.approx(TEXT_MM * PIXELS_A_MM, abs=1)


def test_it_has_no_serious_fault(opened: Page) -> None:
    found = Axe().run(opened).response["violations"]
    grave = [
        (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in GRAVE
    ]
    assert not grave, json.dumps(grave, indent=1)


@pytest.mark.parametrize("width", [360, 800, 1440])
def test_nothing_is_wider_than_the_window(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_light_paper_is_printed_whatever_the_screen(opened: Page) -> None:
    opened.emulate_media(media="print")
    paper = opened.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"


def test_nothing_runs_out_of_the_paper(opened: Page) -> None:
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": int(TEXT_MM * PIXELS_A_MM), "height": 900})
    wide = opened.evaluate(
        """width => [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > width + 1
                        || one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
            .map(one => one.tagName + ': ' + one.textContent.slice(0, 80))""",
        TEXT_MM * PIXELS_A_MM,
    )
    assert wide == []


def test_every_letter_is_inside_the_margins_of_an_a4_page(opened: Page) -> None:
    pdf = PdfReader(io.BytesIO(opened.pdf(format="A4", prefer_css_page_size=True)))
    outside: list[str] = []
    words: list[str] = []

    def look(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        x = (cm[0] * tm[4] + cm[4]) / POINTS_A_MM
        y = (cm[3] * tm[5] + cm[5]) / POINTS_A_MM
        words.append(text)
        inside = MARGIN_MM - HALF_A_MM <= x <= A4_MM[0] - MARGIN_MM + HALF_A_MM
        if text.strip() and not (inside and 5 <= y <= A4_MM[1] - MARGIN_MM + HALF_A_MM):
            outside.append(f"{x:.0f} mm, {y:.0f} mm: {text[:60]}")

    for page in pdf.pages:
        assert float(page.mediabox.width) == pytest.approx(A4_MM[0] * POINTS_A_MM, abs=1)
        assert float(page.mediabox.height) == pytest.approx(A4_MM[1] * POINTS_A_MM, abs=1)
        page.extract_text(visitor_text=look)
    assert not outside
    printed = unicodedata.normalize("NFKC", "".join("".join(words).split()))
    assert LONG_WORD in printed
    assert "".join(NOTE.split()) in printed


@pytest.mark.model
def test_one_click_on_compare_gives_the_report(desk: Desk, page: Page) -> None:
    event_id = claims_of(desk)[0]["event_id"]
    desk.open(page, f"compare?event={event_id}")
    for words, ending in (("HTML", "html"), ("JSON", "json"), ("Markdown", "md")):
        page.get_by_role("button", name="Report").click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name=words, exact=True).click()
        name = waiting.value.suggested_filename
        assert re.fullmatch(rf"event-[a-z0-9-]+-{event_id}\.{ending}", name), name
        out = desk.data / f"again.{ending}"
        desk.verify("compare", event_id, "--out", str(out))
        assert Path(waiting.value.path()).read_bytes() == out.read_bytes()
        page.keyboard.press("Escape")
