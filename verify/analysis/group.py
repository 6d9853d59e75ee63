"""Claims to events: neighbours in time, weighed by what they share, merged while they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, identity
from sklearn.preprocessing import normalize

from verify import records
from verify.analysis.answers import join_answers
from verify.analysis.blocking import Neighbours, farthest, neighbours
from verify.analysis.edges import CONTRIBUTIONS, same_event
from verify.analysis.evidence import claim_days
from verify.analysis.linkage import average_linkage
from verify.analysis.rarity import Rarity
from verify.analysis.titles import headings, topics

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GroupSettings:
    """Knobs of grouping, one set of defaults for every kind of input.

    ``threshold``, ``local`` and ``shared`` were tried in 88 combinations on ECB+ (train and dev),
    short claims by story, and 1,200 labelled pairs from news of one war; these part incidents of
    one kind best while holding stories together: B-cubed F1 on ECB+ train 0.90 -> 0.93, dev 0.86
    -> 0.95, short claims 0.81 -> 0.83. Of the labelled war pairs put into one event 0.54 instead
    of 0.51 are about one incident, of those about one incident 0.48 instead of 0.51 end in one.
    """

    window_days: float = 7.0
    """Claims whose times lie further apart are never compared, nor told of one incident."""
    neighbours: int = 30
    """Claims that each claim is compared with: the nearest by vector inside the window."""
    threshold: float = -0.5
    """Mean weight (log-odds) between two groups of claims from which on they are merged."""
    local: float = 0.35
    """How far a pair counts beside the nearest ``local_neighbours`` of its two claims."""
    local_neighbours: int = 10
    shared: float = 3.0
    """Weight of having the same nearest neighbours (1: all of them)."""
    context: float = 0.25
    """Share of its document's middle in the vector of a short claim, and of none in a long one:
    "most of the dead were children" says of what only beside its neighbours."""
    topic_similarity: float = 0.6
    """Mean cosine of two groups of events from which on they are one topic."""


@dataclass(frozen=True)
class Grouping:
    """Events (EVENTS) and which claim is in which (MEMBERSHIP, one row a claim)."""

    events: pd.DataFrame
    membership: pd.DataFrame


def group(
    claims: pd.DataFrame,
    vectors: NDArray[np.floating],
    *,
    previous: pd.DataFrame | None = None,
    settings: GroupSettings = GroupSettings(),
) -> Grouping:
    """Bring claims about one incident together; a claim that fits nowhere is an event of one.

    ``claims`` has the columns of CLAIMS and ``source``, ``title``, ``published_at`` of the
    document; ``vectors`` is (n, dimension), row i for claim i, of unit length. ``previous`` is the
    MEMBERSHIP of the last run: an event keeps the id of the old event that it shares most claims
    with. Neither the order of the rows nor whether vectors come fresh or from the store (float16)
    changes the result. Raises ``ValueError`` where there is not one vector for each claim, or a
    claim occurs twice.
    """
    if len(claims) != len(vectors):
        raise ValueError(f"{len(claims)} claims but {len(vectors)} vectors")
    twice = claims["claim_id"][claims["claim_id"].duplicated()]
    if len(twice):
        raise ValueError(f"{len(twice)} claims occur more than once, first {twice.iloc[0]}")
    if claims.empty:
        return Grouping(records.frame([], records.EVENTS), records.frame([], records.MEMBERSHIP))
    found = incidents(claims, vectors, settings)
    names = event_ids(found.index.tolist(), found.to_numpy(), _held(previous))
    membership = pd.DataFrame({"claim_id": found.index, "event_id": names}, dtype=object)
    return Grouping(describe(claims, vectors, membership, settings), membership)


def incidents(
    claims: pd.DataFrame,
    vectors: NDArray[np.floating],
    settings: GroupSettings = GroupSettings(),
    rarity: Rarity | None = None,
) -> pd.Series:
    """Tell the incident of each claim by a number, from 0 by first appearance.

    ``claims`` and ``vectors`` as for `group`; ``rarity`` as for `same_event`. Returns int64 by
    claim_id, in the order of the ids.
    """
    ordered, exact = _in_order(claims, vectors)
    days = claim_days(ordered)
    placed = in_context(ordered, exact, settings.context)
    labels = np.array(_labels(ordered, placed, days, settings, rarity), dtype=np.int64)
    if len(labels):
        labels = join_answers(ordered, days, labels)
    return pd.Series(labels, index=pd.Index(ordered["claim_id"], dtype=object), dtype="int64")


def _held(membership: pd.DataFrame | None) -> dict[str, str]:
    if membership is None:
        return {}
    return dict(zip(membership["claim_id"], membership["event_id"], strict=True))


def describe(
    claims: pd.DataFrame,
    vectors: NDArray[np.floating],
    membership: pd.DataFrame,
    settings: GroupSettings = GroupSettings(),
) -> pd.DataFrame:
    """Describe events (EVENTS) that somebody put together otherwise, as `group` describes its own.

    ``claims`` and ``vectors`` as for `group`, all of them in ``membership`` (MEMBERSHIP).
    """
    if claims.empty:
        return records.frame([], records.EVENTS)
    ordered, exact = _in_order(claims, vectors)
    event_of = membership.set_index("claim_id")["event_id"]
    labels, ids = pd.factorize(ordered["claim_id"].map(event_of))
    return _events(ordered, exact, labels, list(ids), settings)


def _in_order(
    claims: pd.DataFrame, vectors: NDArray[np.floating]
) -> tuple[pd.DataFrame, NDArray[np.float32]]:
    """Sort claims by id, and give their vectors as exact as the store keeps them."""
    order = np.argsort(claims["claim_id"].to_numpy(dtype=str), kind="stable")
    exact = vectors[order].astype(np.float16).astype(np.float32)
    return claims.iloc[order].reset_index(drop=True), exact


def _labels(
    claims: pd.DataFrame,
    vectors: NDArray[np.float32],
    days: Floats,
    settings: GroupSettings,
    rarity: Rarity | None,
) -> list[int]:
    near = neighbours(vectors, days, count=settings.neighbours, window_days=settings.window_days)
    ids = claims["claim_id"].to_numpy()
    pairs = pd.DataFrame({"a": ids[near.a], "b": ids[near.b], "similarity": near.similarity})
    odds = same_event(pairs, claims, rarity)[list(CONTRIBUTIONS)].sum(axis=1).to_numpy()
    weights = np.round(weigh(near, odds, len(claims), settings), 6)
    return average_linkage(
        list(zip(near.a.tolist(), near.b.tolist(), weights.tolist(), strict=True)),
        farthest(near, weights, len(claims)).tolist(),
        threshold=settings.threshold,
    )


def in_context(
    claims: pd.DataFrame, vectors: NDArray[np.float32], share: float
) -> NDArray[np.float32]:
    """Move each claim's vector towards the middle of its document's claims, the shorter the more.

    Up to 7 words by ``share``, down to a fifth of it from 28 words on. Returns unit vectors.
    """
    documents, codes = np.unique(claims["doc_id"].to_numpy(dtype=str), return_inverse=True)
    sums = np.zeros((len(documents), vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, codes, vectors)
    middles = sums / np.bincount(codes)[:, None]
    words = np.array([text.count(" ") + 1 for text in claims["text"]])
    part = (share * np.clip(1.3 - words / 25, 0.2, 1.0)).astype(np.float32)[:, None]
    moved = (1 - part) * vectors + part * middles[codes]
    return np.asarray(normalize(moved), dtype=np.float32)


def weigh(near: Neighbours, odds: Floats, size: int, settings: GroupSettings) -> Floats:
    """Correct the log-odds of each pair for how close its two claims are to others.

    In a corpus about one war everything is similar, in a mixed one nothing is: a pair counts by
    how far it stands out from the nearest neighbours of its claims (the idea of cross-domain
    similarity local scaling, Conneau et al. 2018), and by how many of these both have in common.
    Where there are fewer than ``local_neighbours``, both corrections shrink with their number.
    """
    count = settings.local_neighbours
    ends, others = np.concatenate([near.a, near.b]), np.concatenate([near.b, near.a])
    both = np.concatenate([odds, odds])
    order = np.lexsort((others, -both, ends))
    ends, others, both = ends[order], others[order], both[order]
    rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
    close = rank < count
    level = np.bincount(ends[close], both[close], minlength=size) / count
    nearest = csr_matrix((np.ones(close.sum()), (ends[close], others[close])), shape=(size, size))
    circle = ((nearest + nearest.T + identity(size)) > 0).astype(float).tocsr()
    degree = np.asarray(circle.sum(axis=1)).ravel()
    common = np.asarray(circle[near.a].multiply(circle[near.b]).sum(axis=1)).ravel()
    union = np.maximum(degree[near.a] + degree[near.b] - common, count + 1)
    shared: Floats = common / union
    corrected: Floats = odds - settings.local * (level[near.a] + level[near.b])
    return corrected + settings.shared * shared


def event_ids(
    claim_ids: Sequence[str], labels: NDArray[np.int_], previous: Mapping[str, str]
) -> NDArray[np.object_]:
    """Name the event of each claim by its claims, or as the old event whose claims it mostly holds.

    ``claim_ids`` in their order; ``labels`` numbers the event of each; ``previous`` holds claim ->
    event.
    """
    members: list[list[str]] = [[] for _ in range(int(labels.max(initial=-1)) + 1)]
    for name, label in zip(claim_ids, labels.tolist(), strict=True):
        members[label].append(name)
    overlaps = Counter(
        (label, previous[name])
        for label, own in enumerate(members)
        for name in own
        if name in previous
    )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for (label, event), _ in sorted(
        overlaps.items(), key=lambda item: (-item[1], item[0][1], item[0][0])
    ):
        if label not in ids and event not in taken:
            ids[label] = event
            taken.add(event)
    taken |= set(previous.values())
    for label, own in enumerate(members):
        if label not in ids:
            ids[label] = _new_id(sorted(own), taken)
            taken.add(ids[label])
    names = np.array([ids[label] for label in range(len(members))], dtype=object)
    return names[labels] if len(labels) else names


def _new_id(members: list[str], taken: set[str]) -> str:
    name = records.content_id("e", members)
    return name if name not in taken else records.content_id("e", members, sorted(taken))


def _events(
    claims: pd.DataFrame,
    vectors: NDArray[np.float32],
    labels: NDArray[np.int_],
    ids: list[str],
    settings: GroupSettings,
) -> pd.DataFrame:
    """Describe each event: when, where, how many claims, its heading and its topic."""
    order = np.argsort(labels, kind="stable")
    rows = np.split(order, np.cumsum(np.bincount(labels))[:-1])
    times = [_span(claims, own) for own in rows]
    places = [_places(claims, own) for own in rows]
    titles = headings(claims, vectors, rows, [start for start, _ in times], places)
    themes = topics(claims, vectors, rows, settings.topic_similarity)
    return records.frame(
        (
            {"event_id": ids[i], "title": titles[i], "topic": themes[i], "starts": times[i][0],
             "ends": times[i][1], "places": places[i], "claims": len(rows[i])}
            for i in range(len(ids))
        ),
        records.EVENTS,
    )  # fmt: skip


def _span(claims: pd.DataFrame, rows: NDArray[np.intp]) -> tuple[str | None, str | None]:
    """First and last day: of the incident where the claims say it, else of publication."""
    for column in ("event_time", "published_at"):
        if column in claims.columns:
            days = sorted(str(value)[:10] for value in claims[column].iloc[rows] if value)
            if days:
                return days[0], days[-1]
    return None, None


def _places(claims: pd.DataFrame, rows: NDArray[np.intp]) -> list[str]:
    """Places that the claims name, the most frequent first."""
    named = Counter(place for place in claims["place"].iloc[rows] if place)
    return [place for place, _ in sorted(named.items(), key=lambda item: (-item[1], item[0]))]
