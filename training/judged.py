"""Figures of the model that reads pairs, on pairs that it did not learn from."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pairs as sources
from cross import Coder, Relation, chances
from invented import invented
from numpy.typing import NDArray
from pairs import LABELS, Pair, part
from read_pairs import read_pairs
from sklearn.metrics import accuracy_score, precision_recall_fscore_support

SEED = 20
KEPT_APART = 5
"""One story in so many is kept apart: the weights beside the model's reading are fitted on it."""


def split(pairs: Sequence[tuple[Pair, set[str]]], judged: bool) -> list[Pair]:
    """Keep the pairs to judge on, or those to learn from: no story is in both.

    What is paired across stories, without a name of one, is only learned from.
    """
    return [
        pair
        for pair, stories in pairs
        if any(part(story, KEPT_APART) == 0 for story in stories) == judged
    ]


def told(truth: Sequence[int], guess: Sequence[int]) -> str:
    """Say accuracy, macro-F1 and, for supports and conflicts, precision, recall and F1."""
    marks = precision_recall_fscore_support(truth, guess, labels=[0, 1, 2], zero_division=0.0)
    macro = float(np.mean(marks[2]))
    words = [f"accuracy {accuracy_score(truth, guess):.3f} macro-F1 {macro:.3f}"]
    for code in (0, 1):
        words.append(f"{LABELS[code]} " + " ".join(f"{mark[code]:.2f}" for mark in marks[:3]))
    return ", ".join(words)


def _guess(read: NDArray[np.float64], conflict_from: float) -> NDArray[np.int64]:
    """Call a conflict only from a chance on; the likelier of the other two else."""
    rest = np.where(read[:, 0] >= read[:, 2], 0, 2)
    return np.where((read[:, 1] >= conflict_from) & (read[:, 1] >= read[:, 0]), 1, rest)


def measure(model: Relation, coder: Coder, folder: Path, asked: Path | None) -> None:
    """Print figures on pairs that were not trained on."""
    kept = {
        "desk_pairs kept apart": split(sources.found(folder), judged=True),
        "read_pairs kept apart": split(read_pairs(folder), judged=True),
        "written_pairs kept apart": split(
            sources.written(folder, random.Random(SEED)), judged=True
        ),
        "invented kept apart": split(invented(random.Random(SEED))[0], judged=True),
        "emergent": sources.rumours(folder),
    }
    for name in ("lingnli", "cad_nli"):
        rows = sources.rows(folder / f"stance/{name}.jsonl.gz")
        kept[name] = [sources.paired(row) for row in rows if row["split"] == "dev"][:800]
    for name, pairs in kept.items():
        read, _ = chances(model, coder, pairs)
        print(f"{name} ({len(pairs)}):", told([pair.label for pair in pairs], read.argmax(1)))
    for name in ("fever_symmetric", "fool_me_twice"):
        pairs = [sources.paired(row) for row in sources.rows(folder / f"stance/{name}.jsonl.gz")]
        _two_way(name, model, coder, pairs)
    pairs = [sources.paired(row) for row in sources.rows(folder / "stance/syria_pairs.jsonl.gz")]
    truth = [pair.label for pair in pairs]
    read, together = chances(model, coder, pairs)
    print("syria_pairs:", told(truth, read.argmax(1)))
    for floor in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        print(f"  conflict from {floor}:", told(truth, _guess(read, floor)))
    for floor in (0.3, 0.5, 0.7):
        alone = np.where(together[:, None] >= floor, read, [[0.0, 0.0, 1.0]]).argmax(1)
        print(f"  one incident from {floor}:", told(truth, alone))
    known = [at for at, pair in enumerate(pairs) if pair.together >= 0]
    right = [(together[at] >= 0.5) == (pairs[at].together > 0.5) for at in known]
    print(f"  one incident: accuracy {np.mean(right):.3f}", flush=True)
    if asked:
        given = [json.loads(line) for line in _lines(asked)]
        for kind in sorted({row["meta"]["kind"] for row in given}):
            those = [sources.paired(row) for row in given if row["meta"]["kind"] == kind]
            _two_way(f"diagnostics, {kind}", model, coder, those)


def _lines(path: Path) -> list[str]:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).decode().splitlines()
    return path.read_text(encoding="utf-8").splitlines()


def _two_way(name: str, model: Relation, coder: Coder, pairs: Sequence[Pair]) -> None:
    read, _ = chances(model, coder, pairs)
    guess = np.where(read[:, 0] >= read[:, 1], 0, 1)
    truth = np.array([pair.label for pair in pairs])
    three = (read.argmax(1) == truth).mean()
    print(f"{name} ({len(pairs)}): two-way {(guess == truth).mean():.3f}, three-way {three:.3f}")
