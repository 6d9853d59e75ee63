"""Fit the weights of ``verify.analysis.edges``: how likely two claims are about one incident.

    python benchmarks/fit_same_event.py --data DIR

DIR holds ``data/``. Fitted on desk_pairs, the neighbours inside ECB+ train, and two thirds of the
claimdiff stories; judged on syria_pairs, which takes no part. Each collection has an intercept of
its own, since pairs were picked differently in each; ``BASE`` is that of the pairs about one war.
Printed: the weights to write into the code, and how well they are calibrated.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
from labelled import Row, claims_of, read
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from verify.analysis.blocking import neighbours
from verify.analysis.embed import Encoder, load_encoder
from verify.analysis.evidence import FEATURES, claim_days, evidence

Sample = tuple[pd.DataFrame, np.ndarray]
SHARES = {"ecbplus": 1, "claimdiff": 1, "desk, other": 1, "desk, one war": 3}
"""How much each collection weighs in the fit, however many pairs it has."""
PAIRS_EACH = 1200
"""Pairs that a collection of share 1 counts as; sets how strong the regularisation is."""


def labelled(rows: list[Row], encoder: Encoder) -> Sample:
    """Evidence and truth of pairs that were judged by people."""
    claims = claims_of([row[end] for row in rows for end in "ab"], towns=True)
    vectors = encoder.encode(claims["text"].tolist())
    ids = claims["claim_id"]
    pairs = pd.DataFrame({"a": ids[0::2].to_numpy(), "b": ids[1::2].to_numpy()})
    pairs["similarity"] = (vectors[0::2] * vectors[1::2]).sum(axis=1)
    return evidence(pairs, claims), np.array([bool(row["same_event"]) for row in rows])


def nearest(rows: list[Row], encoder: Encoder) -> Sample:
    """Evidence and truth of the pairs that grouping would look at, in grouped texts."""
    claims = claims_of(rows, towns=True)
    near = neighbours(
        encoder.encode(claims["text"].tolist()), claim_days(claims), count=30, window_days=7
    )
    ids = claims["claim_id"].to_numpy()
    pairs = pd.DataFrame({"a": ids[near.a], "b": ids[near.b], "similarity": near.similarity})
    cluster = np.array([row["cluster"] for row in rows])
    return evidence(pairs, claims), cluster[near.a] == cluster[near.b]


def collections(folder: Path, encoder: Encoder) -> dict[str, Sample]:
    """Gather the samples of the fit, by the names in ``SHARES``."""
    articles = [row for row in read(folder / "events/ecbplus.jsonl.gz") if row["split"] == "train"]
    articles = [{**row, "text": row["text_validated"] or row["text"]} for row in articles]
    short = [
        {**row, "date": None}  # a story has one date: it would give the answer away
        for row in read(folder / "events/claimdiff_claims.jsonl.gz")
        if int(hashlib.md5(row["cluster"].encode()).hexdigest(), 16) % 3
    ]
    desk = read(folder / "stance/desk_pairs.jsonl.gz")
    war = [row for row in desk if row["meta"]["set"] == "syria"]
    other = [row for row in desk if row["meta"]["set"] != "syria"]
    return {
        "ecbplus": nearest(articles, encoder),
        "claimdiff": nearest(short, encoder),
        "desk, other": labelled(other, encoder),
        "desk, one war": labelled(war, encoder),
    }


def fit(samples: dict[str, Sample]) -> tuple[float, np.ndarray]:
    """Return the base of the last collection and the weight of each of ``FEATURES``."""
    tables, truths, weights = [], [], []
    for number, (name, (table, truth)) in enumerate(samples.items()):
        own = np.zeros((len(table), len(samples) - 1))
        own[:, number : number + 1] = 3  # large, so that intercepts are hardly held back
        tables.append(np.hstack([table.to_numpy(), own]))
        truths.append(truth)
        weights.append(np.full(len(truth), SHARES[name] * PAIRS_EACH / len(truth)))
    model = LogisticRegression(max_iter=9000)
    model.fit(np.concatenate(tables), np.concatenate(truths), np.concatenate(weights))
    return float(model.intercept_[0]), model.coef_[0][: len(FEATURES)]


def main() -> None:
    """Fit, and print the weights and their calibration on pairs kept apart."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    folder = options.parse_args().data / "data"
    encoder = load_encoder()
    base, weights = fit(collections(folder, encoder))
    print(f"base {base:.2f}")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name} {weight:.2f}")
    judged = read(folder / "stance/syria_pairs.jsonl.gz")
    table, truth = labelled([row for row in judged if row["same_event"] is not None], encoder)
    odds = base + table.to_numpy() @ weights
    given = 1 / (1 + np.exp(-odds))
    print(f"kept apart: {len(truth)} pairs, area under the curve {roc_auc_score(truth, odds):.3f}")
    for low, high in ((0, 0.1), (0.1, 0.4), (0.4, 0.8), (0.8, 1.01)):
        inside = (given >= low) & (given < high)
        share = truth[inside].mean() if inside.any() else float("nan")
        print(f"given {low:.1f} to {min(high, 1.0):.1f}: {inside.sum()} pairs, true of {share:.2f}")


if __name__ == "__main__":
    main()
