"""Every page, in light and dark, held against axe-core: no serious or critical fault."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Desk, settled

pytestmark = [pytest.mark.browser, pytest.mark.model]

GRAVE = ("serious", "critical")
FADED_IN = """() => !document.querySelector('[data-stale="true"]')
  && document.getAnimations().every((one) => one.playState !== "running"
    || one.effect.getComputedTiming().iterations === Infinity)"""
"""Nothing fades any more: text that is still paler than it will be is no fault of its colour."""
PAGES = (
    "", "?show=matrix", "compare", "compare?event=EVENT",
    *(f"compare?event=EVENT&view={view}" for view in ("numbers", "points", "spread", "days")),
    "review", "review?mode=pairs", "review?mode=table", "review?mode=seconds",
    "claim", "claim?claim=CLAIM", "sources", "sources?part=speakers", "team", "imports", "exports",
)  # fmt: skip


@pytest.fixture(scope="module")
def busy(built_seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with people, second verdicts asked for and one given."""
    data = tmp_path_factory.mktemp("busy") / "data"
    shutil.copytree(built_seeds, data)
    desk = Desk(data, variables={"VERIFY_REVIEWER": "Lea"})
    for name, role in (("Lea", "lead"), ("Ada", "reviewer")):
        desk.verify("people", "add", name, "--role", role)
    desk.verify("policy", "--second", "everything")
    desk.start()
    yield desk
    desk.kill()


def address(desk: Desk, path: str) -> str:
    with sqlite3.connect(desk.data / "verify.db") as store:
        found = store.execute(
            "SELECT event_id, claim_id FROM claims ORDER BY conflicts DESC, n LIMIT 1"
        ).fetchone()
    return path.replace("EVENT", found[0]).replace("CLAIM", found[1])


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, color_scheme=request.param
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_serious_fault(busy: Desk, themed: Page, path: str) -> None:
    busy.open(themed, address(busy, path))
    themed.wait_for_timeout(400)
    settled(themed)
    told = faults(themed)
    if told:  # a look takes seconds, in which the page may be drawn anew; a fault stays
        told = faults(themed)
    assert not told, json.dumps(told, indent=1)


def faults(page: Page) -> list[dict[str, object]]:
    """Return the grave faults that axe finds on a page that has faded in."""
    for _ in range(100):  # not by wait_for_function, which the page's policy bars from polling
        if page.evaluate(FADED_IN):
            break
        page.wait_for_timeout(100)
    found = Axe().run(page).response["violations"]
    return [
        {"rule": one["id"], "help": one["help"], "where": [
            {"target": node["target"], "why": node.get("failureSummary", "")[:240],
             "html": node["html"][:200]} for node in one["nodes"][:4]]}
        for one in found
        if one["impact"] in GRAVE
    ]  # fmt: skip
