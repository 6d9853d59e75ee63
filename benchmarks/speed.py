"""Time each stage beside the plain encoder in one run: machines are noisy, ratios hold better.

    python benchmarks/speed.py --data DIR [--documents 100]

DIR holds ``data/corpora/syria_news.jsonl.gz``. Printed: items a second, and the stage's time per
claim as a share of what ``SentenceTransformer.encode`` takes for one claim in the same run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from verify.analysis.embed import load_encoder
from verify.analysis.group import group
from verify.analysis.relate import candidates, relate
from verify.ingest.extract import extract
from verify.ingest.read import read


def timed(stage: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """Return what ``stage`` gives, and the seconds that it took."""
    began = time.perf_counter()
    result = stage(*arguments)
    return result, time.perf_counter() - began


def main() -> None:
    """Run the chain once in memory and print one line a stage."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--documents", type=int, default=100)
    chosen = options.parse_args()
    corpus = chosen.data / "data/corpora/syria_news.jsonl.gz"
    frames = [reading.documents for reading in islice(read(corpus), 1 + chosen.documents // 1000)]
    documents = pd.concat(frames, ignore_index=True).drop_duplicates("doc_id")
    documents = documents.head(chosen.documents)

    extract(documents.head(2))  # word lists and the gazetteer are read once
    encoder = load_encoder()
    claims, extracting = timed(extract, documents)
    published = documents.set_index("doc_id")[["source", "title", "published_at"]]
    claims = claims.join(published, on="doc_id")
    vectors, encoding = timed(encoder.encode, claims["text"].tolist())
    grouping, grouped = timed(group, claims, vectors)
    proposed, proposing = timed(candidates, claims, grouping.membership, vectors)
    _, relating = timed(relate, proposed, claims)

    characters = documents["text"].str.len().sum()
    print(f"{len(documents):,} documents, {characters:,} characters, {len(claims):,} claims")
    for name, seconds, items, unit in (
        ("extract", extracting, len(claims), "claims"),
        ("embed", encoding, len(claims), "claims"),
        ("group", grouped, len(claims), "claims"),
        ("propose", proposing, len(proposed), "pairs"),
        ("relate", relating, len(proposed), "pairs"),
    ):
        share = seconds / encoding
        print(f"{name:<9}{items / seconds:>10,.0f} {unit}/s   {share:.3f} of the encoder's time")


if __name__ == "__main__":
    main()
