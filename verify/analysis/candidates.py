"""Which pairs of claims are worth relating: inside one event, from two documents or two mouths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify.analysis.edges import same_event
from verify.analysis.rarity import Rarity
from verify.records import INDEPENDENT, UNKNOWN

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_ROWS_AT_ONCE = 1024
_FIELDS = ["a", "b", "event_id", "similarity", "same_event"]


@dataclass(frozen=True)
class CandidateSettings:
    """How far the pairing inside an event goes."""

    whole: int = 150
    """Claims of an event up to which every pair is proposed (11,175 pairs)."""
    nearest: int = 12
    """In a larger event, each claim meets so many nearest claims of each of three sorts: any,
    with a count of the same kind, from an opposed side. So 20,000 claims propose at most 720,000
    pairs, which is some minutes of relating."""


def candidates(
    claims: pd.DataFrame,
    membership: pd.DataFrame,
    vectors: NDArray[np.float32],
    settings: CandidateSettings | None = None,
    rarity: Rarity | None = None,
) -> pd.DataFrame:
    """Propose pairs of claims to relate.

    ``claims``: CLAIMS; ``vectors``: (claims, dimension), unit length, row i for claim i;
    ``membership``: claim_id, event_id. Two claims of one document in one mouth are no pair, nor are
    two whose spans meet, unless they are one span that one denies and the other states.

    ``rarity`` as for `same_event`.

    Returns a, b (claim ids, a < b), event_id, similarity (cosine) and same_event (probability),
    each pair once. ``attrs["possible"]`` holds event_id -> pairs that it holds: more than are
    proposed only where an event has more than ``settings.whole`` claims. Raises ``ValueError``
    where claims and vectors do not match.
    """
    settings = settings or CandidateSettings()
    if len(claims) != len(vectors):
        raise ValueError(f"{len(claims)} claims but {len(vectors)} vectors")
    ids = claims["claim_id"].to_numpy()
    events = claims["claim_id"].map(membership.set_index("claim_id")["event_id"])
    traits = _Traits.of(claims)
    left, right = [], []
    possible = Counter[str]()
    of_event = events.reset_index(drop=True).groupby(events.to_numpy(), sort=True).indices
    for event, rows in of_event.items():
        members = np.asarray(rows, dtype=np.int64)
        possible[str(event)] = _allowed_pairs(traits.mouth[members])
        for one, other in _pairs(members, vectors, traits, settings):
            left.append(one)
            right.append(other)
    table = _table(ids, events.to_numpy(), vectors, left, right)
    again = _one_passage(table, claims)
    possible.subtract(table.loc[again, "event_id"])
    table = table[~again].reset_index(drop=True)
    if len(table):
        table["same_event"] = same_event(table, claims, rarity)["probability"].to_numpy()
    else:
        table["same_event"] = pd.Series(dtype="float64")
    table.attrs["possible"] = dict(possible)
    return table[_FIELDS]


@dataclass(frozen=True)
class _Traits:
    """What decides whether two claims are paired, as arrays over the claims."""

    mouth: Ints
    """Equal for claims of one document that one speaker (or the source) makes."""
    kinds: Flags
    """(claims, kinds): whether the claim counts something of the kind."""
    side: Ints
    """Code of the side; -1 for none that is party to the dispute."""

    @classmethod
    def of(cls, claims: pd.DataFrame) -> _Traits:
        name = claims["speaker_name"].where(claims["speaker_name"].notna(), claims["speaker"])
        mouth = claims["doc_id"].astype(str) + "\n" + name.fillna("").astype(str).str.casefold()
        counted = [
            {q["kind"] for q in quantities} - {"other"} for quantities in claims["quantities"]
        ]
        kinds = sorted(set().union(*counted)) if counted else []
        flags = [[kind in found for kind in kinds] for found in counted]
        side = claims["side"].where(~claims["side"].isin([INDEPENDENT, UNKNOWN]))
        return cls(
            mouth=pd.factorize(mouth)[0].astype(np.int64),
            kinds=np.array(flags, dtype=bool).reshape(len(claims), len(kinds)),
            side=pd.factorize(side)[0].astype(np.int64),
        )


def _one_passage(table: pd.DataFrame, claims: pd.DataFrame) -> Flags:
    """Which pairs are one passage of a document read twice: it does not bear itself out."""
    index = pd.Index(claims["claim_id"])
    a, b = index.get_indexer(table["a"]), index.get_indexer(table["b"])
    documents, denied = claims["doc_id"].to_numpy(), claims["denied"].fillna(False).to_numpy(bool)
    starts, ends = claims["start"].to_numpy(), claims["end"].to_numpy()
    meet = (documents[a] == documents[b]) & (starts[a] < ends[b]) & (starts[b] < ends[a])
    alike = (starts[a] == starts[b]) & (ends[a] == ends[b])  # "denied reports that": two claims
    return np.asarray(meet & ~(alike & (denied[a] != denied[b])), dtype=bool)


def _allowed_pairs(mouths: Ints) -> int:
    own = np.unique(mouths, return_counts=True)[1]
    return int(len(mouths) * (len(mouths) - 1) // 2 - (own * (own - 1) // 2).sum())


def _pairs(
    members: Ints, vectors: NDArray[np.float32], traits: _Traits, settings: CandidateSettings
) -> Iterator[tuple[Ints, Ints]]:
    if len(members) <= settings.whole:
        one, other = np.triu_indices(len(members), k=1)
        kept = traits.mouth[members[one]] != traits.mouth[members[other]]
        yield members[one[kept]], members[other[kept]]
        return
    for start in range(0, len(members), _ROWS_AT_ONCE):
        rows = members[start : start + _ROWS_AT_ONCE]
        similarity = vectors[rows] @ vectors[members].T
        other_mouth = traits.mouth[rows][:, None] != traits.mouth[members][None, :]
        side, sides = traits.side[rows][:, None], traits.side[members][None, :]
        opposed = (side != sides) & (side >= 0) & (sides >= 0)
        same_kind = (traits.kinds[rows].astype(np.float32) @ traits.kinds[members].T) > 0
        for sort in (other_mouth, other_mouth & same_kind, other_mouth & opposed):
            yield _nearest(rows, members, np.where(sort, similarity, -np.inf), settings.nearest)


def _nearest(
    rows: Ints, members: Ints, similarity: NDArray[np.float32], nearest: int
) -> tuple[Ints, Ints]:
    """Take each row's most similar members; -inf marks those that are not of the sort."""
    count = min(nearest, similarity.shape[1])
    best = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
    found = np.take_along_axis(similarity, best, axis=1) > -np.inf
    return np.repeat(rows, count).reshape(-1, count)[found], members[best][found]


def _table(
    ids: NDArray[np.object_],
    events: NDArray[np.object_],
    vectors: NDArray[np.float32],
    left: list[Ints],
    right: list[Ints],
) -> pd.DataFrame:
    """Put the pairs into one frame, each once and with the smaller id first."""
    none = np.empty(0, dtype=np.int64)
    one, other = np.concatenate([none, *left]), np.concatenate([none, *right])
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.argsort(ids)] = np.arange(len(ids))
    swap = rank[one] > rank[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    pairs = np.unique(np.stack([one, other], axis=1), axis=0)
    one, other = pairs[:, 0], pairs[:, 1]
    return pd.DataFrame(
        {
            "a": ids[one],
            "b": ids[other],
            "event_id": events[one],
            "similarity": _cosines(vectors, one, other),
        }
    )


def _cosines(vectors: NDArray[np.float32], one: Ints, other: Ints) -> NDArray[np.float64]:
    parts = [
        np.einsum("ij,ij->i", vectors[one[i : i + 65536]], vectors[other[i : i + 65536]])
        for i in range(0, len(one), 65536)
    ]
    return np.concatenate([np.empty(0), *parts]).astype(np.float64)
