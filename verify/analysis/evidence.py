"""What two claims share: each fact that speaks for or against one incident, as a number a pair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verify.analysis.rarity import Rarity, content_words, name_matrix, word_matrix
from verify.records import QUANTITY_KINDS

Floats = NDArray[np.float64]

FEATURES: Final = (
    "similarity", "words", "names", "place_same", "place_other", "time_gap", "number_same",
    "number_other",
)  # fmt: skip

_EPOCH: Final = date(1970, 1, 1)
_NUMBERS_COMPARED: Final = tuple(kind for kind in QUANTITY_KINDS if kind != "other")
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_NOT_THE_PLACE: Final = re.compile(
    r"(province|city|town|village|district|area|region|countryside|outskirts|suburbs?|near|central|"
    r"(north|south|east|west)(ern)?)"
)


def evidence(
    pairs: pd.DataFrame, claims: pd.DataFrame, rarity: Rarity | None = None
) -> pd.DataFrame:
    """Measure ``FEATURES`` of each pair (a, b, similarity), in the order of ``pairs``.

    ``rarity``: of words, as counted before; None: as ``claims`` have it.
    ``words`` and ``names`` are 0..1, ``time_gap`` is ln(1 + days between), the others are 0 or 1.
    What is unknown on either side is 0. Raises ``KeyError`` for a claim that ``claims`` lacks.
    """
    table = claims if "claim_id" not in claims.columns else claims.set_index("claim_id")
    a, b = _positions(pairs["a"], table.index), _positions(pairs["b"], table.index)
    found: dict[str, Any] = {"similarity": pairs["similarity"].to_numpy(dtype=float)}
    texts = table["text"].tolist()
    found["words"] = _products(word_matrix(texts, rarity), a, b)
    found["names"] = _products(name_matrix(texts, rarity), a, b)
    found["place_same"], found["place_other"] = _places(_column(table, "place"), a, b)
    found["time_gap"] = _time_gaps(table, a, b)
    found["number_same"], found["number_other"] = _numbers(_column(table, "quantities"), a, b)
    return pd.DataFrame(found)[list(FEATURES)]


def day_span(when: Any, more: int = 0) -> tuple[float, float]:
    """Turn an ISO date of a year, a month, a day or a moment into its first and last day.

    ``more`` days are added to the last one. Days count from 1970-01-01; what is no ISO date is
    (nan, nan).
    """
    match = _ISO.match(when) if isinstance(when, str) else None
    if match is None:
        return np.nan, np.nan
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
        if day:
            last = first
        else:
            following = date(first.year + (month in (None, 12)), ((month or 12) % 12) + 1, 1)
            last = following - timedelta(days=1)
    except ValueError:
        return np.nan, np.nan
    return float((first - _EPOCH).days), float((last - _EPOCH).days + more)


def claim_days(claims: pd.DataFrame) -> Floats:
    """Give the (n, 2) first and last day of each claim: its event's time, else its publication.

    A time that is exact to the week ("at the weekend") is a span of seven days.
    """
    spans = [
        claim_days_of(*told)
        for told in zip(
            _column(claims, "event_time"),
            _column(claims, "time_precision"),
            _column(claims, "published_at"),
            strict=True,
        )
    ]
    return np.array(spans, dtype=float).reshape(-1, 2)


def claim_days_of(event: Any, precision: Any, published: Any) -> tuple[float, float]:
    """Give the first and last day of one claim; see `claim_days`."""
    return day_span(event, 6 if precision == "week" else 0) if event else day_span(published)


def _positions(ids: pd.Series, index: pd.Index) -> NDArray[np.intp]:
    found = index.get_indexer(pd.Index(ids))
    if (found < 0).any():
        raise KeyError(f"no such claim: {ids.iloc[int(np.argmin(found))]}")
    return np.asarray(found)


def _column(table: pd.DataFrame, name: str) -> list[Any]:
    return table[name].tolist() if name in table.columns else [None] * len(table)


def place_words(place: str) -> list[str]:
    """Words of a place's name that tell it from another place: "outskirts of" is none."""
    return [word for word in content_words(place) if not _NOT_THE_PLACE.fullmatch(word)]


def _products(matrix: csr_matrix, a: NDArray[np.intp], b: NDArray[np.intp]) -> Floats:
    return np.asarray(matrix[a].multiply(matrix[b]).sum(axis=1), dtype=float).ravel()


def _places(
    values: Iterable[Any], a: NDArray[np.intp], b: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Whether both name a place and share a word of it, and whether both do and share none."""
    marks = _marks([place_words(value) if value else [] for value in values])
    known = np.asarray(marks.sum(axis=1)).ravel() > 0
    same = _products(marks, a, b) > 0
    return same.astype(float), (known[a] & known[b] & ~same).astype(float)


def _marks(words: list[list[str]]) -> csr_matrix:
    codes: dict[str, int] = {}
    cells = [(row, codes.setdefault(w, len(codes))) for row, own in enumerate(words) for w in own]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    shape = (len(words), max(len(codes), 1))
    return csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)


def _time_gaps(table: pd.DataFrame, a: NDArray[np.intp], b: NDArray[np.intp]) -> Floats:
    days = claim_days(table)
    first, last = days[:, 0], days[:, 1]
    gap = np.maximum(np.maximum(first[a] - last[b], first[b] - last[a]), 0.0)
    return np.asarray(np.log1p(np.nan_to_num(gap)))


def _numbers(
    quantities: list[Any], a: NDArray[np.intp], b: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Whether one kind has equal bounds in both, else whether no kind that both count overlaps."""
    names: list[list[str]] = []
    low = np.full((len(quantities), len(_NUMBERS_COMPARED)), np.nan)
    high = low.copy()
    for row, own in enumerate(quantities):
        counts = [q for q in own or [] if q.get("kind") in _NUMBERS_COMPARED]
        names.append([f"{q['kind']} {q['low']} {q['high']}" for q in counts])
        for count in counts:
            kind = _NUMBERS_COMPARED.index(count["kind"])
            bottom = 0.0 if count["low"] is None else float(count["low"])
            top = np.inf if count["high"] is None else float(count["high"])
            low[row, kind] = np.fmin(low[row, kind], bottom)
            high[row, kind] = np.fmax(high[row, kind], top)
    same = _products(_marks(names), a, b) > 0
    both = ~np.isnan(low[a]) & ~np.isnan(low[b])
    overlap = both & (low[a] <= high[b]) & (low[b] <= high[a])
    other = both.any(axis=1) & ~overlap.any(axis=1) & ~same
    return same.astype(float), other.astype(float)
