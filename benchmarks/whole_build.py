"""Time a whole build beside the reference stack, on the same claims in one run.

    python benchmarks/whole_build.py [--claims 20000] [--data DIR] [--sample 2000]

The stack is what one would put together instead: ``SentenceTransformer.encode`` in 32 bits,
BERTopic on its vectors, and a CrossEncoder as large as the packaged one over the ten nearest
neighbours of each claim, one way round. It keeps nothing: no sides, no reasons, no store. Its
CrossEncoder reads ``--sample`` of the pairs, drawn by chance, and its time is taken times their
share: it reads one pair like another. The build is ``verify build`` from a claims table into a new
store, with all that it does; the same build once more, and one after 1 % of new claims, follow.

Claims are made up (``corpus.py``), or with DIR those of ``data/corpora/syria_news.jsonl.gz``, as
many as it holds. Needs the extra "bench".
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from corpus import write
from peer_methods import topics, warm_up
from sentence_transformers import CrossEncoder, SentenceTransformer
from sklearn.neighbors import NearestNeighbors

from verify.analysis.embed import packaged_folder
from verify.ingest.extract import extract
from verify.ingest.read import read
from verify.ingest.tagger import packaged

NEAREST: Final = 10
BATCH: Final = 32
SMALLEST_TOPIC: Final = 5
SEED: Final = 7

Row = dict[str, Any]


def main() -> int:
    """Print the seconds of each step, and how many times as long the stack takes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=20_000)
    options.add_argument("--data", type=Path)
    options.add_argument("--sample", type=int, default=2000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, late = tables(Path(folder), chosen.claims, chosen.data)
        claims = [json.loads(line)["claim"] for line in table.open(encoding="utf-8")]
        print(f"{len(claims):,} claims", flush=True)
        stack = sum(told(name, took) for name, took in reference(claims, chosen.sample))
        told("the reference stack", stack)
        store = Path(folder, "store")
        whole = told("verify build", build(store, table))
        again = told("verify build, nothing new", build(store, table))
        more = told("verify build, 1 % more", build(store, late))
    print(f"the stack takes {stack / whole:.1f} times as long as the build")
    print(f"of the build, one with nothing new takes {again / whole:.3f}, with 1 % more "
          f"{more / whole:.3f}")  # fmt: skip
    return 0


def told(name: str, seconds: float) -> float:
    """Print a step and give its seconds back."""
    print(f"{name:<40}{seconds:8.1f} s", flush=True)
    return seconds


def tables(folder: Path, count: int, data: Path | None) -> tuple[Path, Path]:
    """Write the claims, and 1 % more of later days, each as one table."""
    if data is None:
        write(folder / "made", count + count // 100)
        parts = sorted((folder / "made").glob("claims-*.jsonl"))
        lines = [line for part in parts for line in part.open(encoding="utf-8")]
    else:
        corpus = data / "data/corpora/syria_news.jsonl.gz"
        lines = [json.dumps(row) + "\n" for row in real(corpus)]
        count = min(count, round(len(lines) / 1.01))
    lines = sorted(lines[: count + count // 100], key=lambda line: str(json.loads(line)["date"]))
    table, late = folder / "claims.jsonl", folder / "late.jsonl"
    table.write_text("".join(lines[:count]), encoding="utf-8")
    late.write_text("".join(lines[count:]), encoding="utf-8")
    return table, late


def real(corpus: Path) -> Iterator[Row]:
    """Read the claims of a corpus of articles, each once for a source."""
    tagger, seen = packaged(), set[tuple[str, str]]()
    for reading in read(corpus):
        documents = reading.documents.drop_duplicates("doc_id").set_index("doc_id", drop=False)
        for claim in extract(documents, tagger=tagger).to_dict("records"):
            document = documents.loc[claim["doc_id"]]
            key = claim["text"], document["source"]
            if claim["checkable"] == "fact" and key not in seen:
                seen.add(key)
                yield {"id": claim["claim_id"], "claim": claim["text"],
                       "speaker": claim["speaker_name"] or claim["speaker"] or document["source"],
                       "source": document["source"], "date": document["published_at"],
                       "place": claim["place"]}  # fmt: skip


def reference(texts: list[str], sample: int) -> Iterator[tuple[str, float]]:
    """Run the stack; yield its steps and their seconds."""
    folder = str(packaged_folder())
    encoder = SentenceTransformer(folder, device="cpu")
    reader = CrossEncoder(folder, num_labels=3, device="cpu", max_length=160)
    warm_up()
    encoder.encode(texts[:BATCH])
    began = time.perf_counter()
    vectors = encoder.encode(texts, batch_size=BATCH, normalize_embeddings=True)
    yield "SentenceTransformer.encode", time.perf_counter() - began
    began = time.perf_counter()
    topics(texts, np.asarray(vectors), SMALLEST_TOPIC)
    yield "BERTopic", time.perf_counter() - began
    began = time.perf_counter()
    near = NearestNeighbors(n_neighbors=NEAREST + 1, metric="cosine").fit(vectors)
    _, found = near.kneighbors(vectors)
    pairs = sorted({(min(a, b), max(a, b)) for a, row in enumerate(found.tolist())
                    for b in row if a != b})  # fmt: skip
    yield f"its {len(pairs):,} neighbours", time.perf_counter() - began
    drawn = random.Random(SEED).sample(pairs, min(sample, len(pairs)))
    asked = [(texts[a], texts[b]) for a, b in drawn]
    reader.predict(asked[:BATCH], batch_size=BATCH)
    began = time.perf_counter()
    reader.predict(asked, batch_size=BATCH, show_progress_bar=False)
    took = time.perf_counter() - began
    yield f"CrossEncoder ({len(drawn):,} read)", took * len(pairs) / max(1, len(drawn))


def build(store: Path, table: Path) -> float:
    """Build a table into a store in a process of its own, as a desk would."""
    environment = os.environ | {"VERIFY_DATA": str(store)}
    command = [sys.executable, "-m", "verify.cli", "build", str(table)]
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    sys.exit(main())
