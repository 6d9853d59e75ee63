"""Time the board of one large event in a real browser: its first drawing, and a filter.

    python -m benchmarks.compare_board [--claims 1000] [--pairs 400] [--rounds 15] [--data FOLDER]

The event is made up from one seed: claims of three sides, pairs across them, some claims repeated.
The clock runs inside the page. First drawing: from the call of the address (the start of the
navigation) to the first frame with every card that is to be there, and the links of those in view.
Filter: from the press on a pill, or a letter more in the words, to the first frame of the board
that shows the result. The server is warm: the event was drawn once before. Printed: median, 95th
percentile and slowest in milliseconds, and the load of the machine before and after.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from benchmarks.dashboard import FLAGS, served
from verify.records import CLAIMS, DOCUMENTS, EVENTS, MEMBERSHIP, PAIRS, frame, pair_id
from verify.settings import Settings
from verify.store.store import Store

SIDES: Final = ("North", "South", "independent")
KINDS: Final = ("killed", "wounded", "captured", "displaced")
RELATIONS: Final = ("conflicts", "conflicts", "supports")
CONFLICTS: Final = ("number", "denial", "outcome")
PLACES: Final = ("Ashford", "Milltown", "Harbour", "Eastgate", "Fairwater", "Oldbridge")
REPEATED: Final = 20
"""Every so many claims one is told again in the same words."""
EVENT: Final = "e0"
TARGETS: Final = {"first drawing": 1500, "filter": 300}
"""Medians that are aimed at, milliseconds."""

MARK: Final = "board drawn"
"""What board.js marks on the page's own clock whenever cards and links stand."""
DRAWN: Final = """(mark) => new Promise((resolve) => {
  const look = () => {
    const found = performance.getEntriesByName(mark);
    if (found.length) requestAnimationFrame(() => resolve(performance.now()));
    else setTimeout(look, 5);
  };
  look();
})"""
PRESSED: Final = """(button, mark) => new Promise((resolve, reject) => {
  performance.clearMarks(mark);
  const started = performance.now();
  const look = () => {
    if (performance.getEntriesByName(mark).length) {
      requestAnimationFrame(() => resolve(performance.now() - started));
    } else if (performance.now() - started > 10000) reject(new Error('not drawn within 10 s'));
    else setTimeout(look, 5);
  };
  button.click();
  look();
})"""


def fill(store: Store, claims: int, pairs: int) -> None:
    """Write one event of so many claims and pairs of them."""
    chance = np.random.default_rng(7)
    told = [_claim(n, chance) for n in range(claims)]
    documents = [
        {"doc_id": f"d{n}", "kind": "text", "text": one["text"], "source": f"Gazette {n % 50}",
         "title": f"Report {n}", "language": "en",
         "published_at": f"2021-08-{n % 28 + 1:02d}T{n % 24:02d}:30:00Z"}
        for n, one in enumerate(told)
    ]  # fmt: skip
    store.add_documents(frame(documents, DOCUMENTS), None)
    store.add_claims(frame(told, CLAIMS), None)
    repeats = pd.DataFrame(
        [
            {"claim_id": f"c{n}", "origin_id": f"c{n - n % REPEATED}"}
            for n in range(claims)
            if 0 < n % REPEATED < 4
        ],
        columns=["claim_id", "origin_id"],
    )
    store.replace_events(
        frame([{"event_id": EVENT, "title": "The long fight", "claims": claims}], EVENTS),
        frame([{"claim_id": f"c{n}", "event_id": EVENT} for n in range(claims)], MEMBERSHIP),
        frame(_pairs(claims, pairs, chance), PAIRS),
        None,
        repeats,
    )


def _claim(n: int, chance: np.random.Generator) -> dict[str, Any]:
    number, kind = int(chance.integers(2, 400)), KINDS[n % 4]
    begin = f"Report {n - n % REPEATED if n % REPEATED < 4 else n}: "
    text = (
        f"{begin}{number} people were {kind} near {PLACES[n % 6]} when the second column crossed "
        f"the river, and the road to the north stayed closed through the night."
    )
    if 0 < n % REPEATED < 4:
        text = f"{begin}again the same words as in the first report of that day were printed."
    quantity = {"text": str(number), "start": len(begin), "end": len(begin) + len(str(number)),
                "low": number, "high": number, "kind": kind, "counted": "people"}  # fmt: skip
    return {
        "claim_id": f"c{n}", "doc_id": f"d{n}", "start": 0, "end": len(text), "text": text,
        "sentence_start": 0, "sentence_end": len(text), "speaker": f"speaker {n % 90}",
        "cue": "said", "side": SIDES[n % 3], "quantities": [quantity], "place": PLACES[n % 6],
        "checkable": "fact",
    }  # fmt: skip


def _pairs(claims: int, count: int, chance: np.random.Generator) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    while len(found) < count:
        a, b = sorted(f"c{n}" for n in chance.choice(claims, 2, replace=False))
        relation = RELATIONS[len(found) % 3]
        sure = float(chance.uniform(0.6, 0.99))
        conflict = relation == "conflicts"
        reasons = [
            {"name": "base", "words": "any two claims of one event", "supports": -1.0,
             "conflicts": -2.0},
            {"name": "number", "words": "the numbers differ", "supports": -1.0, "conflicts": 3.0},
        ]  # fmt: skip
        found[pair_id(a, b)] = {
            "pair_id": pair_id(a, b), "event_id": EVENT, "a": a, "b": b, "relation": relation,
            "same_event": 0.9, "p_supports": 0.02 if conflict else sure,
            "p_conflicts": sure if conflict else 0.02, "reasons": reasons,
            "conflict_kind": CONFLICTS[len(found) % 3] if conflict else None,
        }  # fmt: skip
    return list(found.values())


def first_drawings(page: Page, address: str, rounds: int) -> list[float]:
    """Call the address so often; milliseconds each."""
    took = []
    for _ in range(rounds + 1):
        page.goto(address, wait_until="commit")
        took.append(float(page.evaluate(DRAWN, MARK)))
        page.wait_for_timeout(1500)  # what is drawn after the board belongs to no other round
    return took[1:]


def filters(page: Page, rounds: int) -> list[float]:
    """Press "supports" on and off, and one side; milliseconds each."""
    took = []
    for n in range(rounds):
        name = ("supports", "South", "supports", "South")[n % 4]
        place = ".st-key-links" if name == "supports" else '[class*="st-key-sides"]'
        button = page.locator(f"{place} button", has_text=name).first
        took.append(float(button.evaluate(PRESSED, MARK)))
        page.wait_for_timeout(1000)
    return took


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made) / "data"


def main() -> None:
    """Print one line a measurement."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--data", type=Path, help="folder for the store; kept")
    for name, usual in (("claims", 1000), ("pairs", 400), ("rounds", 15)):
        options.add_argument(f"--{name}", type=int, default=usual)
    chosen = options.parse_args()
    with _place(chosen.data) as data:
        if not (data / "verify.db").exists():
            fill(Store.open(Settings(data_dir=data)), chosen.claims, chosen.pairs)
        print(f"{chosen.claims:,} claims, {chosen.pairs:,} pairs; load {os.getloadavg()[0]:.1f}")
        with served(data) as url, sync_playwright() as playwright:
            chromium = shutil.which("chromium")
            page = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS)).new_page()
            page.set_viewport_size({"width": 1440, "height": 1000})
            page.set_default_timeout(60_000)
            drawn = first_drawings(page, f"{url}/compare?event={EVENT}", chosen.rounds)
            told = {"first drawing": drawn, "filter": filters(page, chosen.rounds)}
        for name, took in told.items():
            print(
                f"{name:<16}median {np.median(took):>5.0f} ms (aim {TARGETS[name]})  "
                f"p95 {np.percentile(took, 95):.0f}  slowest {max(took):.0f}"
            )
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
