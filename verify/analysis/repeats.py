"""Repeats of one origin: ten outlets with one agency's sentence are one source, not ten."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz

from verify import records
from verify.analysis.agencies import agency_named, agency_of_source
from verify.analysis.blocking import neighbours
from verify.analysis.cuts import Wording, is_cut, same_figures

ALIKE: Final = 90.0
"""Likeness (0 to 100, rapidfuzz ``token_sort_ratio``) of two texts from which on one repeats the
other; below it, pairs of sentences about one fact are mostly two people's own words."""

ALIKE_BY_AGENCY: Final = 85.0
"""Likeness from which on two texts that name one agency are its sentence, cut by an editor."""

FEWEST_WORDS: Final = 6
"""Shorter sentences are alike by chance."""

SHINGLE: Final = 4
"""Words in a row that two texts must share to be compared at all."""

CROWDED: Final = 200
"""Different texts that share one shingle beyond which it is a set phrase and blocks nothing."""

MOST_WAITING: Final = 4_000_000
"""Pairs, many of them found more than once, that wait to be told apart: 32 MB."""

Rows = NDArray[np.int64]
"""(pairs, 2): rows of two claims."""
Flags = NDArray[np.bool_]
Told = tuple[str, bool]
"""A text, and whether it is denied from outside."""
_READ: Final = ("quantities", "published_at", "cue", "denied", "negated")
_WORD: Final = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*")


def repeats(
    claims: pd.DataFrame,
    vectors: NDArray[np.floating] | None,
    bylines: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Find claims that repeat a claim of another document nearly word for word.

    Takes CLAIMS with ``published_at`` and ``source``; returns claim_id and origin_id, one row a
    repeat, in the order of ``claims``. The origin has no row: of all that hang together it is what
    the agency itself published that another one names, else the earliest published (undated ones
    last, on one day agencies first, then by id). ``bylines``: doc_id -> agency whose text a
    document prints. Two texts that differ in a number or in a denial are not repeats however alike
    they are, nor is what one speaker denies a repeat of what another says; who is credited may
    differ, since claims are compared without it. What an editor cut
    repeats too (``cuts.is_cut``). Texts are compared that share a run of ``SHINGLE`` words; with
    ``vectors`` (row i for claim i) also the ten nearest of each.
    """
    texts = [" ".join(_WORD.findall(text.casefold())) for text in claims["text"]]
    read = records.rows(claims[list(_READ)])
    wordings = [Wording(text, claim) for text, claim in zip(texts, read, strict=True)]
    origin = list(range(len(texts)))
    agencies = _agencies(claims, bylines or {})
    told = [(wording.text, wording.denied) for wording in wordings]
    compared = np.concatenate([_equal(told), _shared_shingles(told), _near(vectors)])
    for a, b in compared[_possible(wordings, claims["doc_id"], compared)].tolist():
        if _find(origin, a) == _find(origin, b):
            continue
        shared = agencies[a] is not None and agencies[a] == agencies[b]
        if _alike(wordings[a], wordings[b], shared) or is_cut(wordings[a], wordings[b]):
            _unite(origin, a, b)
    return _by_origin(claims, origin, agencies)


def _possible(wordings: Sequence[Wording], documents: pd.Series, compared: Rows) -> Flags:
    """Say which pairs of rows may be repeats at all, by what `_alike` and `is_cut` both ask."""
    short = np.array([len(wording.words) < FEWEST_WORDS for wording in wordings], dtype=bool)
    alike = [
        pd.factorize(np.array([*map(repr, values)], dtype=object))[0]
        for values in (
            [(wording.denied, wording.denials) for wording in wordings],
            [wording.figures for wording in wordings],
            [wording.counts for wording in wordings],
        )
    ]
    document = pd.factorize(documents)[0]
    a, b = compared.T
    denials, figures, counts = (codes[a] == codes[b] for codes in alike)
    possible = ~short[a] & ~short[b] & (document[a] != document[b])
    return np.asarray(possible & denials & (figures | counts), dtype=bool)


def _alike(a: Wording, b: Wording, one_agency: bool) -> bool:
    least = ALIKE_BY_AGENCY if one_agency else ALIKE
    return same_figures(a, b) and bool(fuzz.token_sort_ratio(a.text, b.text, score_cutoff=least))


def _agencies(claims: pd.DataFrame, bylines: Mapping[str, str]) -> list[str | None]:
    """Name the agency that each claim comes from: as credited, else as its document's byline."""
    credits = zip(claims["via"], claims["speaker"], claims["doc_id"], strict=True)
    return [
        agency_named(via) or agency_named(speaker) or bylines.get(doc_id)
        for via, speaker, doc_id in credits
    ]


def _equal(told: list[Told]) -> Rows:
    """Chain the rows that hold one text, so that they need no comparing of all with all."""
    last: dict[Told, int] = {}
    chained = []
    for row, one in enumerate(told):
        if one in last:
            chained.append((last[one], row))
        last[one] = row
    return _rows(chained)


def _shared_shingles(told: list[Told]) -> Rows:
    holders: dict[tuple[str, ...], list[int]] = {}
    for (text, _), row in {one: row for row, one in enumerate(told)}.items():
        words = text.split()
        for shingle in {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}:
            holders.setdefault(shingle, []).append(row)
    every, waiting = [np.empty(0, dtype=np.int64)], 0
    for rows in holders.values():
        if 1 < len(rows) <= CROWDED:
            one, other = _two_of(len(rows))
            held = np.array(rows, dtype=np.int64)
            every.append(held[one] * len(told) + held[other])
            waiting += len(one)
            if waiting > MOST_WAITING:
                every, waiting = [np.unique(np.concatenate(every))], 0
    return np.stack(np.divmod(np.unique(np.concatenate(every)), max(1, len(told))), axis=1)


@cache
def _two_of(count: int) -> tuple[Any, Any]:
    return np.triu_indices(count, k=1)


def _near(vectors: NDArray[np.floating] | None) -> Rows:
    if vectors is None or len(vectors) < 2:
        return _rows([])
    anytime = np.full((len(vectors), 2), np.nan)
    near = neighbours(vectors.astype(np.float32), anytime, count=10, window_days=np.inf)
    close = near.similarity > 0.9
    return np.stack([near.a[close], near.b[close]], axis=1).astype(np.int64)


def _rows(pairs: Sequence[tuple[int, int]]) -> Rows:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _find(origin: list[int], row: int) -> int:
    while origin[row] != row:
        origin[row] = origin[origin[row]]
        row = origin[row]
    return row


def _unite(origin: list[int], a: int, b: int) -> None:
    first, second = sorted((_find(origin, a), _find(origin, b)))
    origin[second] = first


def _by_origin(claims: pd.DataFrame, origin: list[int], agencies: list[str | None]) -> pd.DataFrame:
    ids = claims["claim_id"].tolist()
    published: list[Any] = claims["published_at"].tolist()
    groups: dict[int, list[int]] = {}
    for row in range(len(ids)):
        groups.setdefault(_find(origin, row), []).append(row)
    own = [agency_of_source(source) for source in claims["source"]]

    def order(row: int, named: set[str | None]) -> tuple[bool, bool, str, bool, str, str]:
        when = published[row] or ""
        quoted = own[row] is not None and own[row] in named
        return not quoted, not when, when[:10], own[row] is None, when, ids[row]

    first = {}
    for root, rows in groups.items():
        named = {agencies[row] for row in rows if own[row] is None}
        first[root] = min(rows, key=lambda row: order(row, named))
    found = [
        {"claim_id": ids[row], "origin_id": ids[first[_find(origin, row)]]}
        for row in range(len(ids))
        if first[_find(origin, row)] != row
    ]
    return records.frame(found, {"claim_id": "text", "origin_id": "text"})
