"""Labelled pairs as the strengths that weights are fitted to, and which of them are kept from what.

The cross-encoder learned from most stories of ``desk_pairs``, of ``written_pairs`` and of the
invented ones; what it says of the others is what weights beside it can be fitted to.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import labelled
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify import records
from verify.analysis import relate
from verify.analysis.cross_encoder import PairReader
from verify.analysis.embed import load_encoder
from verify.analysis.reading import as_read, circumstances

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from invented import invented
from pairs import LABELS, part, stories, story
from read_pairs import read_rows

Floats = NDArray[np.float64]
Weight = Callable[[records.Row], float]

KEPT_APART, SEED = 5, 20
"""As in ``training/judged.py``, which loads torch and is not imported here."""
CLASSES = {"supports": 0, "conflicts": 1}
OF_CONFLICTS, OF_WAR = 3.0, 2.0
"""Weights of a found conflict and of a found pair from the war corpus; other found pairs: 1."""


@dataclass(frozen=True)
class Pairs:
    """One file of labelled pairs: strengths (pairs, 1 + rules), classes and weights of rows.

    ``known``: `verify.analysis.reading.circumstances` of the pairs.
    """

    rows: list[records.Row]
    strengths: Floats
    known: Floats
    classes: NDArray[np.int64]
    weights: Floats

    def beside(self, readings: Floats) -> Pairs:
        """Add the columns of READ."""
        return replace(self, strengths=np.hstack([self.strengths, readings]))

    def only(self, kept: NDArray[np.bool_]) -> Pairs:
        """Keep some of the pairs."""
        rows = [row for row, keep in zip(self.rows, kept, strict=True) if keep]
        return Pairs(rows, self.strengths[kept], self.known[kept], self.classes[kept],
                     self.weights[kept])  # fmt: skip


def readings(pairs: Pairs, reader: PairReader) -> Floats:
    """Read pairs with the cross-encoder: (pairs, READ)."""
    texts = [[row[end]["text"] for row in pairs.rows] for end in "ab"]
    read = reader.read(*texts)
    return as_read(read, pairs.known)


def kept_apart(pairs: Pairs, folder: Path) -> NDArray[np.bool_]:
    """Say which pairs tell of a story that the cross-encoder did not learn from."""
    return np.array([
        any(part(name, KEPT_APART) == 0 for name in names) for names in _stories(pairs, folder)
    ])  # fmt: skip


def folds(pairs: Pairs, folder: Path, count: int) -> NDArray[np.int64]:
    """Deal pairs to folds by their first story, the same fold in every set."""
    return np.array([part(f"fold {min(names)}", count) for names in _stories(pairs, folder)])


def _stories(pairs: Pairs, folder: Path) -> list[set[str]]:
    known = stories(folder)

    def about(row: records.Row) -> set[str]:
        ref = row["meta"].get("ref")
        documents = [ref.split(":")[1]] if ref else [row[end]["doc_id"] for end in "ab"]
        return {story(document, known) for document in documents}

    return [about(row) for row in pairs.rows]


def invented_apart() -> list[records.Row]:
    """Rows of the invented stories that the cross-encoder did not learn from."""
    told, _ = invented(random.Random(SEED))
    apart = [pair for pair, keys in told if part(min(keys), KEPT_APART) == 0]
    return [
        {"a": {"text": pair.a}, "b": {"text": pair.b}, "label": LABELS[pair.label], "meta": {}}
        for pair in apart
    ]


def weight_of_found(row: records.Row) -> float:
    """Weigh a pair that was found in news."""
    weight = OF_CONFLICTS if row["label"] == "conflicts" else 1.0
    return weight * (OF_WAR if row["meta"]["set"] == "syria" else 1.0)


def measuring() -> Callable[[list[records.Row], Weight], Pairs]:
    """Return what turns labelled rows into Pairs; its encoder is loaded once."""
    encoder = load_encoder()

    def measured(rows: list[records.Row], weight: Weight) -> Pairs:
        claims = labelled.claims_of([row[end] for row in rows for end in "ab"])
        vectors = encoder.encode(claims["text"].tolist())
        ids = claims["claim_id"].to_numpy()
        similarity = (vectors[0::2] * vectors[1::2]).sum(axis=1)
        pairs = pd.DataFrame(
            {"a": ids[0::2], "b": ids[1::2], "event_id": None, "similarity": similarity}
        )
        placed = relate.side_by_side(pairs, claims)
        found = relate.strengths(placed)
        return Pairs(
            rows=rows,
            known=circumstances(placed),
            strengths=np.hstack([np.ones((len(rows), 1)), found]),
            classes=np.array([CLASSES.get(row["label"], 2) for row in rows]),
            weights=np.array([weight(row) for row in rows]),
        )

    return measured


class Sets(NamedTuple):
    """The labelled pairs, by where they come from."""

    found: Pairs
    """``desk_pairs``."""
    drawn: Pairs
    """``training/read_pairs.csv``."""
    written: Pairs
    rumours: Pairs
    judged: Pairs
    """``syria_pairs``: never fitted."""
    invented: Pairs
    """Only what the cross-encoder did not learn from."""


def sets(data: Path) -> Sets:
    """Measure all labelled pairs."""
    measured = measuring()

    def read(name: str, weight: Weight) -> Pairs:
        return measured(labelled.read(data / f"data/stance/{name}.jsonl.gz"), weight)

    return Sets(
        found=read("desk_pairs", weight_of_found),
        drawn=measured(read_rows(data / "data"), weight_of_found),
        written=read("written_pairs", lambda row: 0.2),
        rumours=read("emergent", lambda row: 0.1 if row["split"] == "train" else 0.0),
        judged=read("syria_pairs", lambda row: 1.0),
        invented=measured(invented_apart(), lambda row: 0.3),
    )
