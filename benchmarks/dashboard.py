"""Time clicks in a real browser, from the click to the page that shows its result.

    python benchmarks/dashboard.py --data FOLDER [--rounds 9]

FOLDER is a built store (VERIFY_DATA). Each click is repeated; the median and the slowest are
printed in milliseconds. The clock runs inside the page: it starts at the click and stops at the
first frame after the script has run to its end. Before that the first page of a server that has
just come up is timed, and how long it takes until it has read in and counted all that it keeps;
after that, what its memory grows by with each of ``--sessions`` more tabs that show events, an
event and the review.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.request import urlopen

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from verify.dashboard import server
from verify.settings import Settings, from_environment
from verify.store import views
from verify.store.store import Store

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
SCREEN = {"width": 1440, "height": 1000}
STILL_AT_IT = re.compile("being (read in|counted)")
IDLE = '[data-test-script-state="notRunning"]'
CLICK_TO_CONTENT = """(element, press) => new Promise((resolve, reject) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const state = () => app.getAttribute('data-test-script-state');
  let ran = false;
  const started = performance.now();
  const watch = new MutationObserver((changes) => {
    ran = ran || state() === 'running' || changes.some((one) => one.oldValue === 'running');
    if (ran && state() === 'notRunning') {
      watch.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - started));
    }
  });
  watch.observe(app, { attributes: true, attributeOldValue: true });
  setTimeout(() => reject(new Error('nothing ran within 10 s')), 10000);
  if (press) {
    const key = { key: press, code: 'Key' + press.toUpperCase(), bubbles: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  } else element.click();
})"""


def main() -> None:
    """Print one line a click."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--sessions", type=int, default=12)
    chosen = options.parse_args()
    store = Store.open(Settings(data_dir=chosen.data))
    events, total = views.events(store, limit=1)
    claims, claimed = views.claims(store, limit=1)
    print(f"{total:,} events, {claimed:,} claims")
    event, claim = events.loc[0, "event_id"], claims.loc[0, "claim_id"]
    with served(chosen.data) as (url, pid), sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport=SCREEN)
        print(f"{'first page':<30}{first_page(page, url):>12.0f} ms")
        print(f"{'all read in and counted':<30}{warmed(page, url):>12.0f} s")
        for name, address, act in (
            ("Events: only with conflicts", "", toggle("Only with conflicts")),
            ("Compare: related links", f"compare?event={event}", pill("links", "related")),
            ("Review: next", "review", key("n")),
            ("Review: verdict and next", "review", key("v")),
            ("Claim: disputed", f"claim?claim={claim}", key("d")),
            ("Sources: open the page", "", link("Sources & sides")),
            ("Sources: the speakers", "sources", pill("part", "Speakers")),
            ("Import: open the page", "", link("Import")),
            ("Export: open the page", "", link("Export")),
            ("Export: another format", "exports", other_format),
        ):
            took = measure(page, f"{url}/{address}", act, chosen.rounds)
            print(f"{name:<30}median {statistics.median(took):>5.0f} ms  slowest {max(took):.0f}")
        if chosen.sessions:
            grown = session_mb(browser, url, pid, str(event), chosen.sessions)
            print(f"{'a session':<30}{grown:>12.1f} MB")


Act = Callable[[Page], tuple[Locator, str]]


def toggle(label: str) -> Act:
    """Switch a toggle."""
    return lambda page: (page.get_by_role("checkbox", name=label).or_(
        page.get_by_role("switch", name=label)).first, "")  # fmt: skip


def pill(group: str, label: str) -> Act:
    """Press a pill of a group, named by its key."""
    return lambda page: (page.locator(f".st-key-{group} button", has_text=label).first, "")


def link(label: str) -> Act:
    """Follow a link of the navigation."""
    return lambda page: (page.get_by_role("link", name=label).first, "")


def key(letter: str) -> Act:
    """Press a key."""
    return lambda page: (page.locator("body"), letter)


def other_format(page: Page) -> tuple[Locator, str]:
    """Choose the format that is not chosen."""
    choices = page.locator(".st-key-format button")
    return choices.locator("xpath=self::*[not(@aria-checked='true')]").first, ""


def measure(page: Page, address: str, act: Act, rounds: int) -> list[float]:
    """Repeat one click; a click that leaves its page starts from it anew."""
    took: list[float] = []
    for _ in range(rounds):
        if page.url != address:
            page.goto(address)
            page.locator(IDLE).wait_for()
        page.wait_for_timeout(700)  # a verdict needs its claim to have been on screen
        element, press = act(page)
        took.append(float(element.evaluate(CLICK_TO_CONTENT, press)))
        if page.get_by_test_id("stException").count():
            raise SystemExit(f"{address}: {page.get_by_test_id('stException').inner_text()}")
    return took


def first_page(page: Page, url: str) -> float:
    """Open the first page; return the milliseconds until its script has run to its end."""
    began = time.perf_counter()
    page.goto(url)
    page.locator(IDLE).wait_for()
    page.locator("h1").first.wait_for()
    return (time.perf_counter() - began) * 1000


def warmed(page: Page, url: str) -> float:
    """Open what a new server reads in and counts beside its pages, until it has; return seconds."""
    began = time.perf_counter()
    for address in ("review", "sources"):
        for _ in range(300):
            page.goto(f"{url}/{address}")
            page.locator(IDLE).wait_for()
            page.wait_for_timeout(200)
            if not page.get_by_text(STILL_AT_IT).count():
                break
            page.wait_for_timeout(1000)
        else:
            raise SystemExit(f"{address}: still at it after {time.perf_counter() - began:.0f} s")
    return time.perf_counter() - began


def session_mb(browser: Browser, url: str, pid: int, event: str, sessions: int) -> float:
    """Return by how many megabytes a session makes the server's memory grow, after five of them.

    Each is a tab that stays open and has shown the events, one event and a claim to review.
    """
    before = 0.0
    for number in range(5 + sessions):
        if number == 5:
            before = _resident_mb(pid)
        page = browser.new_page(viewport=SCREEN)
        for address in ("", f"compare?event={event}", "review"):
            page.goto(f"{url}/{address}")
            page.locator(IDLE).wait_for()
            page.wait_for_timeout(300)
    return (_resident_mb(pid) - before) / sessions


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


@contextmanager
def served(data: Path) -> Iterator[tuple[str, int]]:
    """Serve a copy of the store, so that the verdicts of the benchmark stay out of it."""
    copy = data.with_name(f"{data.name}-benchmark")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data, copy)
    settings = Settings(data_dir=copy, reviewer=from_environment().reviewer)
    with TemporaryFile("w+") as log:
        process = subprocess.Popen(server.command(settings, 0), stdout=log, stderr=log)
        try:
            yield _address(process, log), process.pid
        finally:
            process.kill()
            process.wait()
            shutil.rmtree(copy)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=30) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _address(process: subprocess.Popen[bytes], log: IO[str]) -> str:
    for _ in range(300):
        log.seek(0)
        found = re.search(r"http://127\.0\.0\.1:[1-9]\d*", log.read())
        if found and _answers(found[0]):
            return found[0]
        if process.poll() is not None:
            sys.exit("the server ended before it served")
        time.sleep(0.1)
    sys.exit("the server named no address within 30 s")


if __name__ == "__main__":
    main()
