"""Time each stage beside the plain encoder in one run: machines are noisy, ratios hold better.

    python benchmarks/speed.py --data DIR [--documents 100]

DIR holds ``data/corpora/syria_news.jsonl.gz``. Printed: items a second, and the stage's time as
a share of what ``SentenceTransformer.encode`` takes for all claims in the same run. "encode" is
that over every sentence, "embed" the program's own encoder over the claims, "rules" extraction
without the trained model, "read" the rules and
the model that find who said what, and "extract" the whole stage with it, facts and all.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from sentence_transformers import SentenceTransformer

from verify.analysis.embed import load_encoder, packaged_folder
from verify.analysis.group import group
from verify.analysis.relate import candidates, relate
from verify.ingest.attribution import attributions
from verify.ingest.extract import extract
from verify.ingest.read import read
from verify.ingest.sentences import sentence_spans
from verify.ingest.sides import NO_SIDES
from verify.ingest.tagger import packaged


def timed(stage: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """Return what ``stage`` gives, and the seconds that it took."""
    began = time.perf_counter()
    result = stage(*arguments)
    return result, time.perf_counter() - began


def peak() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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

    tagger = packaged()
    extract(documents.head(2), tagger=tagger)  # word lists and the gazetteer are read once
    encoder = load_encoder()
    spans = [sentence_spans(text) for text in documents["text"]]
    sentences = [
        text[slice(*span)]
        for text, each in zip(documents["text"], spans, strict=True)
        for span in each
    ]
    plain = SentenceTransformer(str(packaged_folder()), device="cpu")
    _, plainly = timed(plain.encode, sentences)
    _, by_rules = timed(extract, documents)
    read_all = [
        partial(attributions, text, each, tagger)
        for text, each in zip(documents["text"], spans, strict=True)
    ]
    _, reading = timed(lambda: [one() for one in read_all])
    before = peak()
    claims, extracting = timed(extract, documents, NO_SIDES, tagger)
    after = peak()
    published = documents.set_index("doc_id")[["source", "title", "published_at"]]
    claims = claims.join(published, on="doc_id")
    _, encoding = timed(plain.encode, claims["text"].tolist())
    vectors, embedding = timed(encoder.encode, claims["text"].tolist())
    grouping, grouped = timed(group, claims, vectors)
    proposed, proposing = timed(candidates, claims, grouping.membership, vectors)
    _, relating = timed(relate, proposed, claims)

    characters = documents["text"].str.len().sum()
    print(
        f"{len(documents):,} documents, {characters:,} characters,"
        f" {len(sentences):,} sentences, {len(claims):,} claims"
    )
    print(f"memory at its peak: {before:,.0f} MB before extraction, {after:,.0f} MB after it")
    for name, seconds, items, unit in (
        ("encode", plainly, len(sentences), "sentences"),
        ("rules", by_rules, len(sentences), "sentences"),
        ("read", reading, len(sentences), "sentences"),
        ("extract", extracting, len(sentences), "sentences"),
        ("embed", embedding, len(claims), "claims"),
        ("group", grouped, len(claims), "claims"),
        ("propose", proposing, len(proposed), "pairs"),
        ("relate", relating, len(proposed), "pairs"),
    ):
        share = seconds / encoding
        print(f"{name:<9}{items / seconds:>10,.0f} {unit + '/s':<12} {share:.3f} of encoding")


if __name__ == "__main__":
    main()
