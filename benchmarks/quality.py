"""Score the three stage commands over the labelled data and hold them to ``floors.json``.

    python benchmarks/quality.py --data DIR             compare with the floors; exit 1 below one
    python benchmarks/quality.py --data DIR --raise     write figures that rose into the floors

DIR holds ``data/`` and ``score.py``. A floor is pinned together with the SHA-256 of its gold file:
another file is another floor, and a gold file without floors is a fault. ``claimdiff_claims`` and
``emergent`` hold training rows alone, so their figures are not held out. Floors only rise; a lower
one has to be argued for in a commit that changes ``floors.json`` by hand.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.quick_bert import bits

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005
"""Figures are rounded to four digits by the scorer; a difference below this is no fall."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One gold file, the stage that answers it, and the figures that count."""

    name: str
    gold: str
    scorer: str
    stage: str
    figures: tuple[str, ...]
    keep: Callable[[Row], bool] = lambda row: True
    shape: Callable[[Row], Row] = lambda row: row


def _dev(row: Row) -> bool:
    return bool(row.get("split") == "dev")


def _as_document(row: Row) -> Row:
    given = {key: row.get(key) for key in ("text", "source", "date", "location")}
    return {"doc_id": row["id"], **given}


def _validated(row: Row) -> Row:
    return {**row, "text": row.get("text_validated") or row["text"]}


EVENTS = ("b3.f1", "ari")
"""Precision and recall are two ends of one trade: pinned each, they forbid a better balance."""
RELATIONS = ("macro_f1", "accuracy", "classes.supports.f1", "classes.conflicts.p",
             "classes.conflicts.r")  # fmt: skip
TASKS = (
    Task("attribution/polnear", "attribution/polnear", "attribution", "extract",
         ("char_f1.source", "char_f1.cue", "char_f1.content", "attributions.f1"), _dev,
         lambda row: {"doc_id": row["doc_id"], "text": row["text"]}),
    Task("facts/syria_facts", "facts/syria_facts", "facts", "extract",
         ("casualties.f1", "quantities.f1", "numbers.f1", "speaker.f1"),
         shape=_as_document),
    Task("events/ecbplus", "events/ecbplus", "events", "group", EVENTS, _dev, _validated),
    Task("events/ecbplus_mentions", "events/ecbplus_mentions", "events", "group", EVENTS, _dev),
    Task("events/claimdiff_claims", "events/claimdiff_claims", "events", "group", EVENTS),
    Task("stance/syria_pairs", "stance/syria_pairs", "relations", "relate", RELATIONS),
    Task("stance/emergent", "stance/emergent", "relations", "relate", RELATIONS),
    Task("stance/fever_symmetric", "stance/fever_symmetric", "relations", "relate",
         ("accuracy", "macro_f1")),
)  # fmt: skip


def main() -> int:
    """Run every task; print one line each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--only", help="tasks whose name contains this")
    options.add_argument("--raise", dest="raises", action="store_true")
    chosen = options.parse_args()
    if chosen.raises and bits() != 8:
        options.error("the floors are those of 8 bits, which every machine runs by default")
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    wrong = []
    for task in TASKS:
        if chosen.only and chosen.only not in task.name:
            continue
        found, gold_hash = run(task, chosen.data)
        floor = floors.get(task.name, {})
        same_gold = floor.get("gold_sha256") == gold_hash
        if not same_gold and not chosen.raises:
            print(f"{task.name}: no floors for this gold file; set them with --raise")
            wrong.append(task.name)
        for figure, value in found.items():
            least = floor.get(figure, 0.0) if same_gold else 0.0
            mark = "" if value >= least - SLACK else "  BELOW THE FLOOR"
            print(f"{task.name:<26}{figure:<22}{value:.4f}  floor {least:.4f}{mark}")
            if mark:
                wrong.append(f"{task.name} {figure}")
        if chosen.raises:
            kept = floor if same_gold else {}
            raised = {name: max(value, kept.get(name, 0.0)) for name, value in found.items()}
            floors[task.name] = {"gold_sha256": gold_hash, **raised}
            FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
    return 1 if wrong else 0


def run(task: Task, data: Path) -> tuple[dict[str, float], str]:
    """Figures of one task, and the hash of its gold file."""
    gold = data / "data" / f"{task.gold}.jsonl.gz"
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if task.keep(row)]
    if not rows:
        raise SystemExit(f"{task.name}: no row of {gold} is kept; look at its splits")
    with tempfile.TemporaryDirectory() as folder:
        asked, wanted, answered = (Path(folder, name) for name in ("in.jsonl", "gold", "out.jsonl"))
        wanted = wanted.with_suffix(".jsonl")
        asked.write_text("".join(json.dumps(task.shape(row)) + "\n" for row in rows))
        wanted.write_text("".join(json.dumps(row) + "\n" for row in rows))
        stage = [sys.executable, "-m", "verify.cli", task.stage, str(asked), "--out", str(answered)]
        done = subprocess.run(stage, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{task.name}: {done.stdout}{done.stderr}")
        scorer = [sys.executable, str(data / "score.py"), task.scorer, str(wanted), str(answered)]
        scores = json.loads(subprocess.check_output(scorer, text=True))
    return {f: _at(scores, f) for f in task.figures}, hashlib.sha256(gold.read_bytes()).hexdigest()


def _at(scores: Row, path: str) -> float:
    value: Any = scores
    for key in path.split("."):
        value = value[key]
    return float(value)


if __name__ == "__main__":
    sys.exit(main())
