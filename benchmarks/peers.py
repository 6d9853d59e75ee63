"""Score events and relations beside other methods, on the same data in one run.

    python benchmarks/peers.py --data DIR [--out docs/peers.md]

DIR holds ``data/`` and ``score.py``. Without ``--out`` the page is printed. Every method gets the
same vectors, encoded once. BERTopic comes with the extra "bench"; without it this ends with 2.
The methods are in ``peer_methods.py``, the page in ``peer_page.py``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import labelled
import numpy as np
import peer_methods
from peer_methods import Row, Vectors
from peer_page import ALONE, GROUP, MODEL, RULES, Line, page
from quality import TASKS, Task

from verify import stages
from verify.analysis import embed
from verify.analysis.cross_encoder import NONE, PACKAGED
from verify.progress import Silent
from verify.settings import Settings

Stage = Callable[..., Any]

INSTALL = "BERTopic is missing: .venv/bin/python -m pip install -c constraints.txt -e '.[bench]'"
SHELLED = (
    {"text": "Shelling killed ten people in Aleppo on Monday.", "date": "2016-08-01"},
    {"text": "Nobody died in Aleppo, a doctor said.", "date": "2016-08-02"},
)
"""Two texts to warm up with."""


class Remembering:
    """An encoder that encodes each text once in this process."""

    def __init__(self, encoder: embed.Encoder) -> None:
        self._encoder, self._known = encoder, dict[str, Vectors]()
        self.name, self.dimension = encoder.name, encoder.dimension

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Give vectors as the encoder does; see `verify.analysis.embed.Encoder`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._encoder.encode(new), strict=True))
        if progress is not None:
            progress(len(texts))
        return np.stack([self._known[text] for text in texts])


def main() -> int:
    """Run every method; print one line each, and write or print the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path)
    chosen = options.parse_args()
    if importlib.util.find_spec("bertopic") is None:
        print(INSTALL, file=sys.stderr)
        return 2
    warnings.filterwarnings("ignore", category=FutureWarning)
    began = time.perf_counter()
    encoder = Remembering(embed.load_encoder())
    with mock.patch.object(embed, "load_encoder", return_value=encoder):
        peer_methods.warm_up()
        warm_up()
        lines = [*events(chosen.data, encoder), *relations(chosen.data, encoder)]
    text = page(lines)
    if chosen.out:
        chosen.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    print(f"{time.perf_counter() - began:.0f} s in all")
    return 0


def warm_up() -> None:
    """Let both stages load what they keep, so that no data set pays for it."""
    one, other = SHELLED
    staged(stages.group_file, [{"id": "a", **one}, {"id": "b", **other}], Settings())
    staged(stages.relate_file, [{"id": "a", "a": one, "b": other}], Settings())


def timed(stage: Stage, *arguments: Any) -> tuple[Any, float]:
    """Return what ``stage`` gives, and the seconds that it took."""
    began = time.perf_counter()
    result = stage(*arguments)
    return result, time.perf_counter() - began


def told(line: Line) -> Line:
    """Print a line and give it back."""
    figures = "  ".join(f"{name} {value:.3f}" for name, value in line.figures.items())
    print(f"{line.data:<26}{line.method:<50}{figures}  {line.seconds:.1f} s", flush=True)
    return line


def scored(kind: str, gold: Sequence[Row], answers: Sequence[Row], data: Path) -> Row:
    """Give what DIR/score.py makes of ``answers``."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("gold.jsonl", "answers.jsonl")]
        for file, rows in zip(files, (gold, answers), strict=True):
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        call = [sys.executable, str(data / "score.py"), kind, *map(str, files)]
        result: Row = json.loads(subprocess.check_output(call, text=True))
    return result


def staged(stage: Stage, rows: Sequence[Row], settings: Settings) -> list[Row]:
    """Rows that a stage of the command line gives for ``rows``."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        asked.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        stage(asked, answered, Silent(), settings)
        return [json.loads(line) for line in answered.read_text(encoding="utf-8").splitlines()]


def gold_of(task: Task, data: Path) -> list[Row]:
    """Rows of a gold file that `quality` keeps."""
    path = data / "data" / f"{task.gold}.jsonl.gz"
    return [row for row in labelled.read(path) if task.keep(row)]


def events(data: Path, encoder: Remembering) -> Iterator[Line]:
    """Group every set of `quality.TASKS` with each method."""
    for task in (task for task in TASKS if task.stage == "group"):
        gold = gold_of(task, data)
        asked = [task.shape(row) for row in gold]
        texts = [row["text"] for row in asked]
        vectors, encoding = timed(encoder.encode, texts)
        print(f"{task.name}: {len(gold)} texts, vectors in {encoding:.1f} s", flush=True)
        grouped, seconds = timed(staged, stages.group_file, asked, Settings())
        score = scored("events", gold, grouped, data)
        yield told(_event_line(task.name, GROUP, score, seconds))
        for method, settings in peer_methods.event_peers(texts, vectors).items():
            tried = []
            for stage in settings:
                found, seconds = timed(stage)
                for each in found:
                    answers = [
                        {"id": row["id"], "event_id": event}
                        for row, event in zip(gold, each, strict=True)
                    ]
                    tried.append((scored("events", gold, answers, data), seconds))
            best, seconds = max(tried, key=lambda one: one[0]["b3"]["f1"])
            yield told(_event_line(task.name, method, best, seconds))


def _event_line(data: str, method: str, score: Row, seconds: float) -> Line:
    figures = {"B-cubed F1": score["b3"]["f1"], "ARI": score["ari"]}
    return Line("events", data, score["n"], method, figures, seconds)


def relations(data: Path, encoder: Remembering) -> Iterator[Line]:
    """Relate the pairs of every set of `quality.TASKS` with each method."""
    desk = peer_methods.pairs_of(labelled.read(data / "data/stance/desk_pairs.jsonl.gz"), encoder)
    supports = peer_methods.best_supports(desk)
    overlap, denied = peer_methods.best_overlap(desk)
    print(f"desk_pairs: cosine from {supports}, overlap from {overlap}, negation from {denied}")
    for task in (task for task in TASKS if task.stage == "relate"):
        gold = gold_of(task, data)
        pairs = peer_methods.pairs_of(gold, encoder)
        asked = [task.shape(row) for row in gold]
        methods: dict[str, Callable[[], list[Row]]] = {
            RULES:
                partial(staged, stages.relate_file, asked, Settings(relation_model=NONE)),
            MODEL:
                partial(staged, stages.relate_file, asked, Settings(relation_model=PACKAGED)),
            ALONE: partial(peer_methods.read_alone, pairs),
            f"cosine from {supports:.2f}": partial(peer_methods.by_cosine, pairs, supports),
            f"word overlap from {overlap:.2f}, lone negation from {denied:.2f}":
                partial(peer_methods.by_overlap, pairs, overlap, denied),
        }  # fmt: skip
        for method, stage in methods.items():
            answers, seconds = timed(stage)
            score = scored("relations", gold, answers, data)
            yield told(_relation_line(task.name, method, score, seconds))


def _relation_line(data: str, method: str, score: Row, seconds: float) -> Line:
    supports, conflicts = score["classes"]["supports"], score["classes"]["conflicts"]
    figures = {
        "macro-F1": score["macro_f1"],
        "accuracy": score["accuracy"],
        "supports F1": supports["f1"],
        "conflicts precision": conflicts["p"],
        "conflicts recall": conflicts["r"],
    }
    return Line("relations", data, score["n"], method, figures, seconds)


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    sys.exit(main())
