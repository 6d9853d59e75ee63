"""How likely two claims are about one incident, as log-odds that add up and can be shown."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from verify.analysis.evidence import evidence

BASE: Final = -4.8

WEIGHTS: Final = {
    "similarity": {"similarity": 5.0},
    "words": {"words": 4.3},
    "names": {"names": 1.6},
    "place": {"place_same": 0.6, "place_other": -0.9},
    "time": {"time_same": 0.6, "time_gap": -0.55},
    "numbers": {"number_same": 0.7, "number_other": -0.3},
    "actors": {"actor_same": 0.4},
    "document": {"document_same": 0.6},
}
"""Contribution -> feature of ``evidence`` -> log-odds for each unit of it."""

CONTRIBUTIONS: Final = ("base", *WEIGHTS)


def same_event(pairs: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Give the probability that both claims of each pair are about one incident.

    ``pairs`` has columns a, b (claim ids) and similarity (cosine of their vectors). ``claims`` has
    the columns of CLAIMS, with ``published_at`` where it is known, by ``claim_id`` as a column or
    as the index; the rarity of words is counted over all of them. Returns a, b, probability and
    one column of log-odds for each of ``CONTRIBUTIONS``, in the order of ``pairs``:
    ``probability = 1 / (1 + exp(-sum of contributions))``. What is unknown contributes nothing.
    Raises ``KeyError`` for a claim that ``claims`` lacks.
    """
    features = evidence(pairs, claims)
    terms = {"base": np.full(len(pairs), BASE)}
    for name, weights in WEIGHTS.items():
        parts = [features[feature].to_numpy() * weight for feature, weight in weights.items()]
        terms[name] = np.sum(parts, axis=0)
    total = np.sum(list(terms.values()), axis=0)
    ends = {"a": pairs["a"].to_numpy(), "b": pairs["b"].to_numpy()}
    return pd.DataFrame({**ends, "probability": 1 / (1 + np.exp(-total)), **terms})
