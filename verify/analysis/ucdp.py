"""An event's dead under the names of the UCDP Georeferenced Event Dataset.

The names are those of its codebook (https://ucdp.uu.se/downloads/): best, low and high are
estimates of the dead of an event; ``best`` is the sum of the dead of side A, of side B, of
civilians and of those of unknown status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from verify import records
from verify.analysis.counted import held_by
from verify.analysis.reconcile import reconcile
from verify.analysis.shares import LONGER, PART
from verify.analysis.stated import SideOf, independent_origins, stated

UCDP: Final = (
    "low", "best", "high", "number_of_sources", "side_a", "side_b", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown",
)  # fmt: skip
_FIGURES: Final = ("low", "best", "high")
_ARMED: Final = frozenset({"fighter", "soldier", "militant", "bomber", "police", "person"})


def ucdp(
    claims: pd.DataFrame,
    rule: str = "middle",
    side_of: SideOf | None = None,
    sides: Sequence[str] = (),
) -> pd.DataFrame:
    """Sum up the dead of one event: one row, columns ``UCDP``.

    Takes CLAIMS as `reconcile` does. Side A and B are the first two of ``sides``, else the two
    parties that most claims are of, by name. Fighters, soldiers and police of a side are its dead,
    and so are people counted by its name alone; children, women, medics and their like are
    civilians, each class counted only where the wider one is not. A count of people without a
    class is the toll of all; of it what no class accounts for is unknown, and so are fighters of
    whom nobody says whose they are. All figures are None where nobody counts the dead.
    """
    killed = reconcile(claims, rule, side_of)
    killed = killed[(killed["kind"] == "killed") & (killed["group"] != LONGER)]
    side_a, side_b = _two_sides(claims, killed, sides)
    counts = [one for one in stated(claims, side_of) if one.kind == "killed"]
    counts = [one for one in counts if one.group != LONGER]
    found: dict[str, Any] = {
        **dict.fromkeys(UCDP),
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": independent_origins(counts),
    }
    if len(killed):
        found |= _deaths(records.rows(killed), side_a, side_b)
    return pd.DataFrame([found], columns=list(UCDP), dtype=object)


def _two_sides(
    claims: pd.DataFrame, killed: pd.DataFrame, sides: Sequence[str]
) -> tuple[str | None, str | None]:
    no_party = {records.INDEPENDENT, records.UNKNOWN, None}
    named = [side for side in sides if side not in no_party]
    told = Counter(side for side in [*claims["side"], *killed["whose"]] if side not in no_party)
    most = sorted(told, key=lambda side: (-told[side], side))[:2]
    two = [*(named or sorted(most)), None, None]
    return two[0], two[1]


def _deaths(killed: list[records.Row], side_a: str | None, side_b: str | None) -> dict[str, Any]:
    low, best, high = (_split(killed, name, side_a, side_b) for name in _FIGURES)
    shares = {name: best[name] for name in ("deaths_a", "deaths_b", "deaths_civilians")}
    total = max(_known(best), best["all"] or 0, best["part"])
    least = max(_known(low), low["part"])
    if low["all"] is not None:  # classes that make up the whole toll may bring it down
        least = min(least, low["all"]) if _known(best) >= best["all"] else low["all"]
    return {
        **shares,
        "deaths_unknown": total - sum(shares.values()),
        "low": min(total, least),
        "best": total,
        "high": max(total, _known(high), high["all"] or 0, high["part"]),
    }


def _known(split: dict[str, Any]) -> int:
    return sum(split[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "others"))


def _split(
    killed: list[records.Row], name: str, side_a: str | None, side_b: str | None
) -> dict[str, Any]:
    """Split one figure (low, best or high) by whose dead they are; "all": the toll of all."""
    armed = [row for row in killed if row["group"] in _ARMED]
    of_none = [
        {**row, name: max(0, row[name] - _named(row, armed, name))}
        for row in armed
        if row["whose"] not in (side_a, side_b) or not row["whose"]
    ]
    toll = [row[name] for row in of_none if row["group"] == "person" and not row["whose"]]
    others: dict[Any, list[records.Row]] = {}
    for row in of_none:
        others.setdefault(row["whose"], []).append(row)
    civilians = [row for row in killed if _is_civilian(row["group"])]
    return {
        "deaths_a": _total([row for row in armed if side_a and row["whose"] == side_a], name),
        "deaths_b": _total([row for row in armed if side_b and row["whose"] == side_b], name),
        "deaths_civilians": _civilians(civilians, name),
        "others": sum(
            _total([row for row in own if whose or row["group"] != "person"], name)
            for whose, own in others.items()
        ),
        "all": max(toll, default=None),
        "part": max((row[name] for row in killed if row["group"] == PART), default=0),
    }


def _named(row: records.Row, armed: list[records.Row], name: str) -> int:
    """Sum those of a class of whom it is told whose they are: one told of nobody holds them too."""
    if row["whose"] or row["group"] == "person":
        return 0
    of_a_side = [one for one in armed if one["whose"]]
    return sum(
        one[name]
        for one in of_a_side
        if one["group"] == row["group"] or _held(one["group"], {row["group"]})
    )


def _is_civilian(group: str) -> bool:
    return "civilian" in (group, held_by(group))


def _civilians(rows: list[records.Row], name: str) -> int:
    """Take the dead counted as civilians; narrower classes are summed only where nobody does."""
    whole = [row for row in rows if row["group"] == "civilian"]
    of_all = [row for row in whole if not row["whose"]]
    return sum(row[name] for row in of_all or whole or rows)


def _total(rows: list[records.Row], name: str) -> int:
    """Sum the dead of one party: a class counts only where no wider one is counted."""
    groups = {row["group"] for row in rows}
    return sum(row[name] for row in rows if not _held(row["group"], groups))


def _held(group: str, groups: set[str]) -> bool:
    wider = held_by(group)
    return wider is not None and (wider in groups or _held(wider, groups))
