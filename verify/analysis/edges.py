"""How likely two claims are about one incident, as log-odds that add up and can be shown."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from verify.analysis.evidence import evidence
from verify.analysis.rarity import Rarity

BASE: Final = -3.9

WEIGHTS: Final = {
    "similarity": {"similarity": 3.9},
    "words": {"words": 7.0},
    "names": {"names": 1.5},
    "place": {"place_same": 1.1, "place_other": -0.3},
    "time": {"time_gap": -0.4},
    "numbers": {"number_same": 0.7, "number_other": -0.45},
}
"""Contribution -> feature of ``evidence`` -> log-odds for each unit of it.

Fitted by ``benchmarks/fit_same_event.py``: logistic regression on 2,800 labelled pairs of news
sentences, the neighbours of 575 articles (ECB+) and of 800 short claims, with an intercept for
each collection; ``BASE`` is that of the pairs about one war, found by likeness. Counts that differ
were fitted at -0.9: halved here, since two counts of one incident are what a desk must see
together. Sharing an actor, and standing in one document, said nothing beside the rest.

On 572 pairs about that war which took no part in the fit: area under the curve 0.80; pairs given
below 0.1, 0.1-0.4, 0.4-0.8 and above were of one incident in 0.11, 0.30, 0.50 and 0.91 of cases.
"""

CONTRIBUTIONS: Final = ("base", *WEIGHTS)


def same_event(
    pairs: pd.DataFrame, claims: pd.DataFrame, rarity: Rarity | None = None
) -> pd.DataFrame:
    """Give the probability that both claims of each pair are about one incident.

    ``pairs`` has columns a, b (claim ids) and similarity (cosine of their vectors). ``claims`` has
    the columns of CLAIMS, with ``published_at`` where it is known, by ``claim_id`` as a column or
    as the index; the rarity of words is counted over all of them, unless ``rarity`` is as it was
    counted before. Returns a, b, probability and one column of log-odds for each of
    ``CONTRIBUTIONS``, in the order of ``pairs``:
    ``probability = 1 / (1 + exp(-sum of contributions))``. What is unknown contributes nothing.
    Raises ``KeyError`` for a claim that ``claims`` lacks.
    """
    features = evidence(pairs, claims, rarity)
    terms = {"base": np.full(len(pairs), BASE)}
    for name, weights in WEIGHTS.items():
        parts = [features[feature].to_numpy() * weight for feature, weight in weights.items()]
        terms[name] = np.sum(parts, axis=0)
    total = np.sum(list(terms.values()), axis=0)
    ends = {"a": pairs["a"].to_numpy(), "b": pairs["b"].to_numpy()}
    return pd.DataFrame({**ends, "probability": 1 / (1 + np.exp(-total)), **terms})
