"""The other methods: what groups texts into events, and what relates pairs, beside the program.

Events: BERTopic, community detection of sentence-transformers, average linkage. Relations: a
threshold of cosine, a threshold of word overlap, and the packaged cross-encoder read alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.metrics import f1_score

from verify.analysis.cross_encoder import LABELS, PACKAGED, load_reader
from verify.analysis.embed import Encoder

Row = dict[str, Any]
Vectors = NDArray[np.float32]
Events = list[str | None]

SEED = 20
TOPIC_SIZES = (5, 10)
COMMUNITY_FROM = (0.5, 0.6, 0.75)
"""Cosine from which on community detection puts two texts together."""
LINK_WITHIN = (0.3, 0.4, 0.5, 0.6)
"""Mean cosine distance up to which average linkage merges."""
STEPS = np.round(np.arange(0.0, 1.01, 0.02), 2)
"""Thresholds tried on ``desk_pairs``."""
NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE
)
NEITHER, NEUTRAL = "neither", "neutral"
"""How the packaged model calls a pair that is neither, and how DIR/score.py reads it."""


@dataclass(frozen=True)
class Pairs:
    """Labelled pairs and what the peers see of each: cosine, overlap, a lone negation."""

    rows: list[Row]
    cosine: NDArray[np.float64]
    overlap: NDArray[np.float64]
    lone: NDArray[np.bool_]
    """Whether just one of both texts has a negation word."""
    truth: list[str]


def warm_up() -> None:
    """Compile what BERTopic uses and load the packaged model, so that no data set pays for it."""
    noise = np.random.default_rng(SEED).normal(size=(120, 384)).astype(np.float32)
    _bertopic(5).fit_transform([f"word{number}" for number in range(120)], noise)
    load_reader(PACKAGED)


def event_peers(texts: list[str], vectors: Vectors) -> dict[str, list[Callable[[], list[Events]]]]:
    """Name the peers; each has its settings, and each of those its readings of the result."""
    return {
        **{f"BERTopic, min_topic_size {n}": [partial(topics, texts, vectors, n)]
           for n in TOPIC_SIZES},
        "community detection, best threshold":
            [partial(communities, vectors, least) for least in COMMUNITY_FROM],
        "average linkage, best threshold":
            [partial(linked, vectors, most) for most in LINK_WITHIN],
    }  # fmt: skip


def topics(texts: list[str], vectors: Vectors, smallest: int) -> list[Events]:
    """BERTopic's topics; its outliers are events of one each, or one event."""
    model = _bertopic(smallest)
    found, _ = model.fit_transform(texts, vectors)
    whole: Events = [str(topic) for topic in found]
    return [[None if topic == "-1" else topic for topic in whole], whole]


def _bertopic(smallest: int) -> Any:
    from bertopic import BERTopic
    from umap import UMAP

    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine",
                   low_memory=False, random_state=SEED, n_jobs=1)  # fmt: skip
    return BERTopic(embedding_model=None, min_topic_size=smallest, umap_model=reduced)


def communities(vectors: Vectors, least: float) -> list[Events]:
    """Communities of sentence-transformers; a text on its own is one too."""
    from sentence_transformers.util import community_detection

    found: Events = [None] * len(vectors)
    for name, members in enumerate(community_detection(vectors, least, min_community_size=1)):
        for member in members:
            found[member] = str(name)
    return [found]


def linked(vectors: Vectors, most: float) -> list[Events]:
    """Clusters of average linkage on cosine distance."""
    model = AgglomerativeClustering(
        n_clusters=None, distance_threshold=most, metric="cosine", linkage="average"
    )
    return [[str(name) for name in model.fit_predict(vectors)]]


def pairs_of(rows: list[Row], encoder: Encoder) -> Pairs:
    """Reckon what the peers see of labelled pairs."""
    a, b = ([row[end]["text"] for row in rows] for end in "ab")
    return Pairs(
        rows,
        (encoder.encode(a) * encoder.encode(b)).sum(axis=1).astype(np.float64),
        np.array([overlapping(one, other) for one, other in zip(a, b, strict=True)]),
        np.array([bool(NEGATION.search(one)) != bool(NEGATION.search(other))
                  for one, other in zip(a, b, strict=True)]),
        [row["label"] if row["label"] in LABELS else NEITHER for row in rows],
    )  # fmt: skip


def overlapping(a: str, b: str) -> float:
    """Share of the content words of both texts that both have (Jaccard)."""
    one, other = (
        {word for word in re.findall(r"\w+", text.lower()) if word not in ENGLISH_STOP_WORDS}
        for text in (a, b)
    )
    return len(one & other) / max(1, len(one | other))


def cosine_says(pairs: Pairs, least: float) -> NDArray[np.str_]:
    """Call pairs as near as ``least`` supports, others neither."""
    return np.where(pairs.cosine >= least, "supports", NEITHER)


def overlap_says(pairs: Pairs, least: float, denied: float) -> NDArray[np.str_]:
    """Call pairs by their overlap, and from ``denied`` on a lone negation a conflict."""
    found = np.where(pairs.overlap >= least, "supports", NEITHER)
    return np.where(pairs.lone & (pairs.overlap >= denied), "conflicts", found)


def _fit(truth: list[str], guess: NDArray[np.str_]) -> float:
    return float(f1_score(truth, guess, labels=LABELS, average="macro", zero_division=0))


def best_supports(desk: Pairs) -> float:
    """Cosine from which on macro-F1 is best."""
    return float(max(STEPS, key=lambda at: _fit(desk.truth, cosine_says(desk, at))))


def best_overlap(desk: Pairs) -> tuple[float, float]:
    """Overlap from which on a pair supports, and a lone negation conflicts, by macro-F1."""
    tried = [(float(one), float(two)) for one in STEPS for two in STEPS[::2]]
    return max(tried, key=lambda both: _fit(desk.truth, overlap_says(desk, *both)))


def by_cosine(pairs: Pairs, least: float) -> list[Row]:
    """Relate by cosine alone."""
    return _answers(pairs, cosine_says(pairs, least))


def by_overlap(pairs: Pairs, least: float, denied: float) -> list[Row]:
    """Relate by words alone."""
    return _answers(pairs, overlap_says(pairs, least, denied))


def _answers(pairs: Pairs, found: NDArray[np.str_]) -> list[Row]:
    """Where a set has two classes, what is not called supports counts as a conflict."""
    return [
        _answer(row, str(relation), float(relation == "supports"), float(relation != "supports"))
        for row, relation in zip(pairs.rows, found, strict=True)
    ]


def read_alone(pairs: Pairs) -> list[Row]:
    """Relate by the packaged relation model without rules: its likeliest class."""
    reader = load_reader(PACKAGED)
    assert reader is not None
    read = reader.read(*([row[end]["text"] for row in pairs.rows] for end in "ab"))
    odds = np.stack([read.supports, read.conflicts, np.zeros(len(pairs.rows))], axis=1)
    return [
        _answer(row, LABELS[int(chances.argmax())], float(chances[0]), float(chances[1]))
        for row, chances in zip(pairs.rows, softmax(odds, axis=1), strict=True)
    ]


def _answer(row: Row, relation: str, supports: float, conflicts: float) -> Row:
    return {
        "id": row["id"],
        "relation": NEUTRAL if relation == NEITHER else relation,
        "p_supports": supports,
        "p_conflicts": conflicts,
    }
