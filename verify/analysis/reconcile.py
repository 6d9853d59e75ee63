"""The numbers of an event reconciled: low, best and high of each count, and who sets them.

The names low, best and high are those of the UCDP Georeferenced Event Dataset; how they come about
here is told in docs/numbers.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

import pandas as pd

from verify import records
from verify.analysis.stated import SideOf, Stated, independent_origins, later, stated
from verify.analysis.stepping import Followed, Standing, follow

RECONCILED: Final = (
    "kind", "counted", "group", "whose", "low", "best", "high", "open_low", "open_high",
    "low_claim_id", "best_claim_id", "high_claim_id", "claims", "sources", "sides", "superseded",
)  # fmt: skip
STEPS: Final = (
    "claim_id", "source", "side", "voice", "at", "kind", "counted", "group", "whose", "low", "high",
    "step", "earlier_claim_id", "stands",
)  # fmt: skip
RULES: Final = {
    "middle": "The middle of all counts that stand; of two in the middle, the lower.",
    "latest": "The count that was published last.",
    "independent": "The middle of the counts of independents; where there are none, of all.",
    "reliable": "The middle of the counts of the sources graded most reliable; where none is "
    "graded, of all.",
}
"""How the best figure is chosen, each rule in one sentence."""
_BESIDE: Final = re.compile(r"^(?:other|another|more)\s+(?=\w)", re.IGNORECASE)
"""Words that set a count beside another one of its claim; they name nothing that is counted."""
GRADED: Final = records.SOURCE_GRADES[:-1]
"""Grades that rank a source; of one graded F its reliability cannot be judged."""


def reconcile(
    claims: pd.DataFrame, rule: str = "middle", side_of: SideOf | None = None
) -> pd.DataFrame:
    """Reconcile the counts of one event: one row a kind, class counted, and whose people they are.

    Takes CLAIMS with source and published_at and, where known, status, origin_id, source_grade and
    credited; returns ``RECONCILED``. ``low`` and ``high`` are the lowest and the highest figure
    among the counts that stand, ``open_low`` and ``open_high`` say that its bound is open there;
    ``best`` is chosen by ``rule`` (a key of `RULES`). A count stands until its own source replaces
    it; ``superseded`` counts those replaced. A repeat sets nothing. Where a claim marked verified
    states a count of the row, only such claims set it. ``claims`` counts claims, ``sources``
    independent origins, ``sides`` lists on whose side it is stated. Raises ``ValueError`` for a
    rule that is none.
    """
    return _table([], ((row, {}) for row in _rows(stated(claims, side_of))), rule)


def by_side(
    claims: pd.DataFrame, rule: str = "middle", side_of: SideOf | None = None
) -> pd.DataFrame:
    """Reconcile what each side states: ``RECONCILED`` for each side alone, with ``side``."""
    return _by(stated(claims, side_of), "side", lambda one: one.side, rule)


def by_source(
    claims: pd.DataFrame, rule: str = "middle", side_of: SideOf | None = None
) -> pd.DataFrame:
    """Reconcile what each source states: ``RECONCILED`` for each source alone, with ``source``."""
    return _by(stated(claims, side_of), "source", lambda one: one.claim.get("source"), rule)


def steps(claims: pd.DataFrame, side_of: SideOf | None = None) -> pd.DataFrame:
    """Tell each stated count over time: columns ``STEPS``, in order of time, undated ones last.

    ``at`` is when it was published, else when it happened; ``voice`` whose later count may take
    the place of this one. ``step``: "first" of its source and
    neither said nor contradicted before; "same" as was said; "update" of what its own source said,
    higher or lower; "contradicts" what another source says, or its own on the same day; "repeat"
    of another claim's words. ``earlier_claim_id`` is the claim that it is held against.
    ``stands``: whether it may set low, best or high.
    """
    found: list[dict[str, Any]] = []
    for row in _rows(stated(claims, side_of)):
        standing = {id(said) for one in _pooled(row).standing for said in one.said}
        found += [
            {
                "claim_id": one.stated.claim_id,
                "source": one.stated.claim.get("source"),
                "side": one.stated.side,
                "voice": f"{one.stated.source}, {one.stated.side}",
                "at": one.stated.at,
                "kind": one.stated.kind,
                "counted": one.stated.counted,
                "group": one.stated.group,
                "whose": one.stated.whose,
                "low": one.stated.low,
                "high": one.stated.high,
                "step": one.move,
                "earlier_claim_id": one.earlier.claim_id if one.earlier else None,
                "stands": id(one.stated) in standing and one.move != "repeat",
            }
            for one in follow(row).steps
        ]
    found.sort(key=lambda one: (one["at"] is None, one["at"] or "", one["claim_id"], one["kind"]))
    return pd.DataFrame(found, columns=list(STEPS), dtype=object).astype({"stands": bool})


def _rows(counts: Iterable[Stated]) -> list[list[Stated]]:
    """Part counts by what is counted; those of a row stay in order of time."""
    parted = groupby(sorted(counts, key=lambda one: one.row), key=lambda one: one.row)
    return [list(row) for _, row in parted]


def _by(counts: list[Stated], name: str, key: Any, rule: str) -> pd.DataFrame:
    def parted() -> Iterable[tuple[list[Stated], dict[str, Any]]]:
        for row in _rows(counts):
            counted = _usual(one.counted for one in row)  # all who count the same name it alike
            for value in dict.fromkeys(sorted(map(key, row), key=lambda one: one or "")):
                yield [one for one in row if key(one) == value], {name: value, "counted": counted}

    return _table([name], parted(), rule)


def _table(
    names: list[str], rows: Iterable[tuple[Sequence[Stated], dict[str, Any]]], rule: str
) -> pd.DataFrame:
    if rule not in RULES:
        raise ValueError(f"{rule!r} is no rule; choose one of {', '.join(RULES)}")
    found = [_reconciled(row, rule) | own for row, own in rows]
    table = pd.DataFrame(found, columns=[*names, *RECONCILED], dtype=object)
    flags = dict.fromkeys(("open_low", "open_high"), bool)
    return table.astype(flags | dict.fromkeys(("claims", "sources", "superseded"), int))


def _pooled(row: Sequence[Stated]) -> Followed:
    """Follow the counts that may set anything: those of verified claims, where there are any."""
    verified = [one for one in row if one.claim.get("status") == "verified"]
    return follow(verified or row)


def _reconciled(row: Sequence[Stated], rule: str) -> dict[str, Any]:
    followed = _pooled(row)
    standing = followed.standing
    low = min(one.stated.point for one in standing)
    high = max(one.stated.top for one in standing)
    lowest = [one for one in standing if one.stated.point == low]
    open_low = all(one.stated.low is None for one in lowest)
    open_high = all(one.stated.high is None for one in standing if one.stated.top == high)
    best, best_claim = _best(standing, rule)
    sides = {one.side for one in row}
    return {
        "kind": row[0].kind,
        "counted": _usual(one.counted for one in row),
        "group": row[0].group,
        "whose": row[0].whose,
        "low": low,
        "best": best,
        "high": high,
        "open_low": open_low,
        "open_high": open_high,
        "low_claim_id": _earliest(lowest, lambda one: (one.low is None) == open_low),
        "best_claim_id": best_claim,
        "high_claim_id": _earliest(
            standing, lambda one: one.top == high and (one.high is None) == open_high
        ),
        "claims": len({one.claim_id for one in row}),
        "sources": independent_origins(row),
        "sides": sorted(sides, key=lambda side: (side == records.UNKNOWN,
                                                 side == records.INDEPENDENT, side)),
        "superseded": followed.superseded,
    }  # fmt: skip


def _earliest(standing: Iterable[Standing], sets: Any) -> str:
    said = [one for own in standing for one in own.said if sets(one)]
    return min(said, key=lambda one: one.order).claim_id


def _usual(words: Iterable[str | None]) -> str | None:
    """Return the words used most for what is counted, in the spelling used most."""
    told = [_BESIDE.sub("", one) for one in words if one]
    if not told:
        return None
    folded = Counter(one.casefold() for one in told)
    spelled = Counter(told)
    return min(spelled, key=lambda one: (-folded[one.casefold()], -spelled[one], one))


def _best(standing: Sequence[Standing], rule: str) -> tuple[int, str]:
    """Return the best figure and the claim that sets it."""
    pool = _POOLS[rule](standing) or list(standing)
    points = sorted(one.stated.point for one in pool)
    best = points[(len(points) - 1) // 2]
    setting = [one for one in pool if one.stated.point == best]
    if rule == "latest":
        return best, min((one.last for one in setting), key=lambda one: one.order).claim_id
    return best, _earliest(setting, lambda one: True)


def _all(standing: Sequence[Standing]) -> list[Standing]:
    return list(standing)


def _latest(standing: Sequence[Standing]) -> list[Standing]:
    dated = [one for one in standing if one.last.at]
    return [one for one in dated if not any(later(one.last.at, two.last.at) for two in dated)]


def _independent(standing: Sequence[Standing]) -> list[Standing]:
    return [one for one in standing if one.stated.side == records.INDEPENDENT]


def _reliable(standing: Sequence[Standing]) -> list[Standing]:
    grades = [one.stated.claim.get("source_grade") for one in standing]
    best = min((grade for grade in grades if grade in GRADED), default=None)
    return [one for one, grade in zip(standing, grades, strict=True) if grade == best and best]


_POOLS: Final = {
    "middle": _all, "latest": _latest, "independent": _independent, "reliable": _reliable,
}  # fmt: skip
