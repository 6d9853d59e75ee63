"""A real server over a real store, and a real Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

SEEDS = Path(__file__).parents[2] / "seeds" / "panjshir"
START_S = 60
SETTLED_MS = 30_000
"""A first page imports what it draws; a machine that trains a model beside it takes its time."""
AT_REST = """wait => new Promise((done, fail) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const look = () => app.dataset.testScriptState === "notRunning" && done();
  new MutationObserver(look).observe(app, { attributes: true });
  setTimeout(() => fail(new Error("the script did not come to its end")), wait);
  look();
})"""
"""Watches, where others look now and then: on a busy machine a page that polls the store rests for
moments only."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Desk:
    """One dashboard with a store of its own."""

    data: Path
    process: subprocess.Popen[bytes] | None = None
    url: str = ""
    asked: list[str] = field(default_factory=list)  # addresses that the browser asked for
    port: int = 0  # 0: a free one
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "VERIFY_DATA": str(self.data), "VERIFY_REVIEWER": "Tester"} | (
            self.variables
        )

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def verify(self, *arguments: str, expected: int = 0) -> str:
        """Run the command line on this store."""
        done = subprocess.run(
            [sys.executable, "-m", "verify.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expected, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Serve on a free port, read from the log; wait until it is healthy."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "verify.cli", "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            found = re.search(r"http://127\.0\.0\.1:(\d+)", self.log.read_text())
            if found and found[1] != "0" and _healthy(found[0]):
                self.url = found[0]
                return
            time.sleep(0.1)
        raise AssertionError(f"the server did not come up:\n{self.log.read_text()}")

    def kill(self) -> None:
        """Kill -9, as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def open(self, page: Page, path: str = "") -> None:
        """Open a page of the dashboard and wait until it has been drawn."""
        page.goto(f"{self.url}/{path}")
        settled(page)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def claims_of(desk: Desk) -> list[sqlite3.Row]:
    with sqlite3.connect(desk.data / "verify.db") as store:
        store.row_factory = sqlite3.Row
        return store.execute("SELECT * FROM claims ORDER BY n").fetchall()


def settled(page: Page) -> None:
    """Wait until the script has run to its end; fail on an exception shown on the page."""
    page.get_by_test_id("stAppViewContainer").wait_for()
    page.evaluate(AT_REST, SETTLED_MS)
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.fixture(scope="session")
def built_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the seeds, built once by the command line."""
    desk = Desk(tmp_path_factory.mktemp("seeds"))
    desk.verify("build", str(SEEDS))
    return desk.data


@pytest.fixture
def desk(built_seeds: Path, tmp_path: Path) -> Iterator[Desk]:
    """A dashboard over a copy of the seeds' store."""
    yield from _served(tmp_path, built_seeds)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A dashboard over a store with nothing in it."""
    yield from _served(tmp_path, None)


def _served(folder: Path, copied: Path | None) -> Iterator[Desk]:
    data = folder / "data"
    if copied is not None:
        shutil.copytree(copied, data)
    data.mkdir(exist_ok=True)
    desk = Desk(data)
    desk.start()
    yield desk
    if desk.process is not None and desk.process.poll() is None:
        desk.kill()
    assert "Traceback" not in desk.log.read_text()


@pytest.fixture(scope="package")  # its event loop must not outlive these tests
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "The browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()
