"""Time the relation in one run: facts alone, facts and model on the open pairs, model on all.

    python benchmarks/relating.py --data DIR [--documents 200] [--pairs 10000]

Pairs are those that a build of ``syria_news`` proposes. "model" is the cross-encoder by itself, as
it is used plainly: every pair is read. What reading fewer pairs costs is shown on ``syria_pairs``:
macro-F1 and F1 of supports, where only the open pairs are read and where all are.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import labelled
import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from verify.analysis.cross_encoder import PairReader, load_reader
from verify.analysis.embed import load_encoder
from verify.analysis.group import group
from verify.analysis.relate import RelateSettings, candidates, relate
from verify.ingest.extract import extract
from verify.ingest.read import read

SEED = 4
LABELS = ("supports", "conflicts", "neither")


class Counting:
    """A reader that counts the pairs it is asked for."""

    def __init__(self, reader: PairReader) -> None:
        self.reader, self.name, self.asked = reader, reader.name, 0

    def read(self, a, b, progress=None):  # noqa: ANN001, ANN201 - as PairReader
        """Read pairs of texts; see `PairReader`."""
        self.asked += len(a)
        return self.reader.read(a, b, progress)


def main() -> None:
    """Print a line a way of relating, then what reading fewer pairs costs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--pairs", type=int, default=10_000)
    asked = options.parse_args()
    claims, pairs = proposed(asked.data / "data/corpora/syria_news.jsonl.gz", asked.documents)
    rng = np.random.default_rng(SEED)
    kept = rng.permutation(len(pairs))[: asked.pairs]
    pairs = pairs.iloc[np.sort(kept)].reset_index(drop=True)
    packaged = load_reader()
    assert packaged is not None
    reader = Counting(packaged)
    settings = RelateSettings()
    relate(pairs.head(50), claims, settings, packaged)  # what is loaded once is loaded
    took = {}
    for name, given in (("facts alone", None), ("facts, model on open pairs", reader)):
        began = time.perf_counter()
        relate(pairs, claims, settings, given)
        took[name] = time.perf_counter() - began
    texts = claims.set_index("claim_id")["text"]
    began = time.perf_counter()
    packaged.read(texts[pairs["a"]].tolist(), texts[pairs["b"]].tolist())
    took["model on all pairs"] = time.perf_counter() - began
    for name, seconds in took.items():
        print(f"{name:<28}{len(pairs) / seconds:>8.0f} pairs/s")
    print(f"read: {reader.asked} of {len(pairs)} pairs ({reader.asked / len(pairs):.0%})")
    for name, chosen in (("open pairs", settings), ("all pairs", replace(settings, read_from=0.0))):
        print(f"syria_pairs, {name} read:", figures(asked.data, chosen, packaged))


def proposed(corpus: Path, documents: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return claims with their sources, and the pairs that a build of them relates."""
    frames = [reading.documents for reading in islice(read(corpus), 1 + documents // 1000)]
    told = pd.concat(frames, ignore_index=True).drop_duplicates("doc_id").head(documents)
    claims = extract(told).join(told.set_index("doc_id")[["source", "published_at"]], on="doc_id")
    vectors = load_encoder().encode(claims["text"].tolist())
    return claims, candidates(claims, group(claims, vectors).membership, vectors)


def figures(data: Path, settings: RelateSettings, reader: PairReader) -> str:
    """Say macro-F1 and F1 of supports on ``syria_pairs``."""
    rows = labelled.read(data / "data/stance/syria_pairs.jsonl.gz")
    claims = labelled.claims_of([row[end] for row in rows for end in "ab"])
    vectors = load_encoder().encode(claims["text"].tolist())
    ids = claims["claim_id"].to_numpy()
    similarity = (vectors[0::2] * vectors[1::2]).sum(axis=1)
    pairs = pd.DataFrame(
        {"a": ids[0::2], "b": ids[1::2], "event_id": None, "similarity": similarity}
    )
    found = relate(pairs, claims, settings, reader)["relation"]
    guess = ["neither" if one in ("related", "unrelated") else one for one in found]
    truth = [row["label"] if row["label"] in LABELS else "neither" for row in rows]
    each = f1_score(truth, guess, labels=LABELS, average=None)
    return f"macro-F1 {np.mean(each):.4f}, supports F1 {each[0]:.4f}"


if __name__ == "__main__":
    main()
