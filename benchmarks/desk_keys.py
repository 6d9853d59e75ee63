"""Time a verdict's key: from the press to the next claim's text on screen, in a large store.

    python benchmarks/desk_keys.py [--data FOLDER] [--claims 100000] [--presses 60]

Without FOLDER a store is made up (`benchmarks/many_claims.py`) and thrown away; a FOLDER is copied,
so that no verdict of the benchmark stays in it. The clock runs inside the page: it starts with the
key and stops at the first frame after the heading of the claim on screen is another one. Between
two presses a claim stays on screen as long as the desk asks for (`verdicts.DWELL_S`), and a little
longer, as for a reader. Not a timed test: figures hold for one machine and what else it does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from playwright.sync_api import Page, sync_playwright

from benchmarks.dashboard import FLAGS, _address
from benchmarks.many_claims import fill
from verify.dashboard import server
from verify.settings import Settings
from verify.store.store import Store

CLAIM, PAIR = ".stMain h2", '.stMain [data-testid="stColumn"]'
"""Where the text of the claim is, and of the first claim of a pair."""
READ_MS = 900
"""Between two presses; more than the desk's dwell."""
KEY_TO_TEXT = """([press, where]) => new Promise((resolve, reject) => {
  const words = () => document.querySelector(where)?.innerText;
  const before = words();
  const started = performance.now();
  const look = () => {
    const now = words();
    if (now && now !== before) resolve(performance.now() - started);
    else if (performance.now() - started > 15000) reject(new Error('nothing came within 15 s'));
    else requestAnimationFrame(look);
  };
  const key = { key: press, code: 'Key' + press.toUpperCase(), bubbles: true };
  document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Print one line a key."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path)
    options.add_argument("--claims", type=int, default=100_000)
    options.add_argument("--presses", type=int, default=60)
    chosen = options.parse_args()
    with store(chosen.data, chosen.claims) as data, served(data) as url, sync_playwright() as play:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        page = play.chromium.launch(executable_path=path, args=list(FLAGS)).new_page()
        page.set_viewport_size({"width": 1440, "height": 1000})
        load = os.getloadavg()[0]
        print(f"load of the machine: {load:.1f} on {os.cpu_count()} cores")
        for name, address, press, where in (
            ("Claims: verdict", "review", "v", CLAIM),
            ("Claims: next", "review", "n", CLAIM),
            ("Claims of a side: verdict", "review?side=North", "v", CLAIM),
            ("Pairs: verdict", "review?mode=pairs", "y", PAIR),
        ):
            took = measure(page, f"{url}/{address}", press, where, chosen.presses)
            print(line(name, took), flush=True)


def line(name: str, took: list[float]) -> str:
    """Say the median and the 95th percentile."""
    p95 = statistics.quantiles(took, n=20)[-1]
    return (
        f"{name:<28}median {statistics.median(took):>5.0f} ms   p95 {p95:>5.0f} ms   n {len(took)}"
    )


def measure(page: Page, address: str, press: str, where: str, presses: int) -> list[float]:
    """Press a key again and again; the first two, which load what the page needs, are left out."""
    page.goto(address)
    page.locator('[data-test-script-state="notRunning"]').wait_for()
    page.locator(where).first.wait_for()
    took: list[float] = []
    for _ in range(presses + 2):
        page.wait_for_timeout(READ_MS)
        took.append(float(page.evaluate(KEY_TO_TEXT, [press, where])))
        if page.get_by_test_id("stException").count():
            sys.exit(f"{address}: {page.get_by_test_id('stException').inner_text()}")
    return took[2:]


@contextmanager
def store(given: Path | None, count: int) -> Iterator[Path]:
    """Give a folder with a store: a copy of the given one, or one made up."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if given is not None:
            shutil.copytree(given, data)
        else:
            fill(Store.open(Settings(data_dir=data)), count)
        yield data


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve the desk over this folder."""
    with TemporaryFile("w+") as log:
        command = server.command(Settings(data_dir=data, reviewer="Bench"), 0)
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield _address(process, log)
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
