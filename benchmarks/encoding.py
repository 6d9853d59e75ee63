"""Time the encoder beside the full model in one run, and count the neighbours that it keeps.

    python benchmarks/encoding.py --data DIR             compare with the floor; exit 1 below it
    python benchmarks/encoding.py --data DIR --raise     write a figure that rose into the floors
    options: [--documents 500] [--timed 3000] [--rounds 3]

The texts are the different claims of so many documents of ``syria_news``. Fidelity is recall@10:
the part of a claim's ten nearest by the full model (32 bits) that are among its ten nearest by the
encoder. Speed is the median of the rounds, one after the other, over ``--timed`` of the claims;
the full model is ``SentenceTransformer.encode`` at the best of its batch sizes. The share of the
machine's peak holds what the encoder multiplies a second against a large product of the same kind
(8 bits) and against one in 32 bits, both measured in this run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify.analysis.embed import load_encoder, packaged_folder
from verify.analysis.quick_encoder import GROUP, QuickEncoder
from verify.ingest.extract import extract
from verify.ingest.read import read
from verify.ingest.tagger import packaged
from verify.quick_bert import bits, openvino_alone

FLOORS: Final = Path(__file__).parent / "floors.json"
TASK: Final = "encoding/syria_news"
SEED: Final = 7
BATCHES: Final = (32, 64)
NEAREST: Final = 10
STEP: Final = 2000
"""Claims whose neighbours are looked for at once."""
SIDE: Final = 4096
"""Of the square that is multiplied for the machine's peak."""
A_TOKEN: Final = 2 * 6 * (4 * 384 * 384 + 2 * 384 * 1536)
"""Operations a word piece, of the products with weights in all-MiniLM-L6-v2."""

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


def main() -> int:
    """Print fidelity, speeds and shares of the peak; fail below the floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--documents", type=int, default=500)
    options.add_argument("--timed", type=int, default=3000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--raise", dest="raises", action="store_true")
    chosen = options.parse_args()
    if chosen.raises and bits() != 8:
        options.error("the floors are those of 8 bits, which every machine runs by default")
    corpus = chosen.data / "data/corpora/syria_news.jsonl.gz"
    texts = claims_of(corpus, chosen.documents)
    quick = load_encoder()
    if not isinstance(quick, QuickEncoder):
        raise SystemExit("A GPU encodes here; this compares encoders on the CPU.")
    full = full_model()
    ours, theirs = quick.encode(texts), full(32)(texts)
    recall = kept(ours, theirs)
    near = float((ours * theirs).sum(axis=1).mean())
    print(f"{len(texts):,} claims  recall@{NEAREST} {recall:.4f}  mean cosine {near:.4f}")

    rng = np.random.default_rng(SEED)
    some = [texts[row] for row in rng.permutation(len(texts))[: chosen.timed]]
    ways: dict[str, Encode] = {f"full, batch {size}": full(size) for size in BATCHES}
    seconds = raced(ways | {"encoder": quick.encode}, some, chosen.rounds)
    best = min(seconds[name] for name in ways)
    for name, took in seconds.items():
        print(
            f"{name:<16}{len(some) / took:>8,.0f} claims/s   {best / took:.2f} times the full model"
        )
    pieces = sum(map(len, quick.pieces(some)))
    done = pieces * A_TOKEN / seconds["encoder"] / 1e9
    for name, peak in (("8 bits", peak_of_8_bits()), ("32 bits", peak_of_32_bits())):
        print(
            f"{done:,.0f} of {peak:,.0f} billion operations a second in {name}: {done / peak:.2f}"
        )
    return held(recall, corpus, raises=chosen.raises)


def claims_of(corpus: Path, number: int) -> list[str]:
    """Return the different claims of the first documents of a corpus."""
    frames = [reading.documents for reading in islice(read(corpus), 1 + number // 1000)]
    documents = pd.concat(frames, ignore_index=True).drop_duplicates("doc_id").head(number)
    claims = extract(documents, tagger=packaged())
    return sorted(set(claims["text"]))


def full_model() -> Callable[[int], Encode]:
    """Load the full model; return what gives its encoder of a batch size."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(os.cpu_count() or 1)
    model = SentenceTransformer(str(packaged_folder()), device="cpu")

    def of_batch(size: int) -> Encode:
        return lambda texts: np.asarray(
            model.encode(list(texts), batch_size=size, normalize_embeddings=True), np.float32
        )

    return of_batch


def kept(ours: Vectors, theirs: Vectors) -> float:
    """Return recall@10 of the neighbours by ``theirs`` among those by ``ours``."""
    shares = []
    for start in range(0, len(ours), STEP):
        rows = np.arange(start, min(start + STEP, len(ours)))
        one, other = (nearest(vectors, rows) for vectors in (ours, theirs))
        shares += [len({*a} & {*b}) / NEAREST for a, b in zip(one, other, strict=True)]
    return float(np.mean(shares))


def nearest(vectors: Vectors, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the ten nearest of each row, itself left out."""
    alike = vectors[rows] @ vectors.T
    alike[np.arange(len(rows)), rows] = -2
    return np.argpartition(-alike, NEAREST, axis=1)[:, :NEAREST]


def raced(ways: dict[str, Encode], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way, taken in turns."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, encode in ways.items():
            took[name].append(timed(lambda encode=encode: encode(texts)))
    return {name: float(np.median(seconds)) for name, seconds in took.items()}


def timed(act: Callable[[], Any]) -> float:
    """Return the seconds that it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def peak_of_32_bits() -> float:
    """Billion operations a second of a large product in 32 bits, the best of five."""
    square = np.random.default_rng(SEED).normal(size=(SIDE, SIDE)).astype(np.float32)
    return 2 * SIDE**3 / min(timed(lambda: square @ square) for _ in range(5)) / 1e9


def peak_of_8_bits() -> float:
    """Billion operations a second of a large product with weights in 8 bits, as the encoder's."""
    openvino = openvino_alone()
    ops = openvino.opset13

    rng = np.random.default_rng(SEED)
    weight = rng.integers(-127, 127, (SIDE, SIDE), dtype=np.int8)
    scale = np.full((SIDE, 1), 0.01, np.float32)
    x = ops.parameter([-1, SIDE], np.float32, "x")
    near = ops.multiply(ops.convert(ops.constant(weight), "f32"), ops.constant(scale))
    model = openvino.Model([ops.matmul(x, near, False, True)], [x], "peak")
    wanted = {"DYNAMIC_QUANTIZATION_GROUP_SIZE": GROUP, "INFERENCE_PRECISION_HINT": "f32",
              "NUM_STREAMS": 1, "INFERENCE_NUM_THREADS": os.cpu_count() or 1}  # fmt: skip
    request = openvino.Core().compile_model(model, "CPU", wanted).create_infer_request()
    batch = rng.normal(size=(SIDE, SIDE)).astype(np.float32)
    request.infer([batch])
    return 2 * SIDE**3 / min(timed(lambda: request.infer([batch])) for _ in range(5)) / 1e9


def held(recall: float, corpus: Path, *, raises: bool) -> int:
    """Compare with the floor, or raise it; 1 where the figure fell."""
    sha256 = hashlib.sha256(corpus.read_bytes()).hexdigest()
    floors = json.loads(FLOORS.read_text())
    floor = floors.get(TASK, {})
    least = floor.get("recall_at_10", 0.0) if floor.get("gold_sha256") == sha256 else 0.0
    if raises:
        floors[TASK] = {"gold_sha256": sha256, "recall_at_10": round(max(recall, least), 4)}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
        return 0
    print(f"floor of recall@{NEAREST} {least:.4f}")
    return 1 if recall < least - 0.0005 or not least else 0


if __name__ == "__main__":
    sys.exit(main())
