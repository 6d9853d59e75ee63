"""Repeats of one origin: ten outlets with one agency's sentence are one source, not ten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    short = [len(wording.words) < FEWEST_WORDS for wording in wordings]
    documents = claims["doc_id"].tolist()
    origin = list(range(len(texts)))
    agencies = _agencies(claims, bylines or {})
    told = [(wording.text, wording.denied) for wording in wordings]
    for a, b in [*_equal(told), *sorted({*_shared_shingles(told), *_near(vectors)})]:
        if short[a] or short[b] or documents[a] == documents[b]:
            continue
        if wordings[a].denied != wordings[b].denied:
            continue
        shared = agencies[a] is not None and agencies[a] == agencies[b]
        if _alike(wordings[a], wordings[b], shared) or is_cut(wordings[a], wordings[b]):
            _unite(origin, a, b)
    return _by_origin(claims, origin, agencies)


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


def _equal(told: list[Told]) -> Iterator[tuple[int, int]]:
    """Chain the rows that hold one text, so that they need no comparing of all with all."""
    last: dict[Told, int] = {}
    for row, one in enumerate(told):
        if one in last:
            yield last[one], row
        last[one] = row


def _shared_shingles(told: list[Told]) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[str, ...], list[int]] = {}
    for (text, _), row in {one: row for row, one in enumerate(told)}.items():
        words = text.split()
        for shingle in {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}:
            holders.setdefault(shingle, []).append(row)
    for rows in holders.values():
        if len(rows) <= CROWDED:
            yield from ((a, b) for at, a in enumerate(rows) for b in rows[at + 1 :])


def _near(vectors: NDArray[np.floating] | None) -> Iterator[tuple[int, int]]:
    if vectors is None or len(vectors) < 2:
        return iter(())
    anytime = np.full((len(vectors), 2), np.nan)
    near = neighbours(vectors.astype(np.float32), anytime, count=10, window_days=np.inf)
    close = near.similarity > 0.9
    return zip(near.a[close].tolist(), near.b[close].tolist(), strict=True)


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
