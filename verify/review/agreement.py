"""How far two reviewers agree: raw agreement and Cohen's kappa, by month and by who they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from verify.records import Row, Schema, frame, rows
from verify.review.seconds import verdicts_of_two
from verify.store.store import Store

AGREEMENT: Final[Schema] = {
    "group": "text",
    "kind": "text",  # claim or pair
    "judged": "int",  # things that two people gave a verdict on
    "agreed": "int",
    "raw": "float",  # agreed / judged
    "kappa": "float",  # None where it is not defined
}


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Cohen's kappa: agreement beyond what chance gives, 1 at most, 0 no better than it.

    Cohen (1960), "A Coefficient of Agreement for Nominal Scales": (p_o - p_e) / (1 - p_e), where
    p_e comes from how often each of the two gives each verdict. None where nothing was judged, and
    where both gave one and the same verdict throughout, for which it is not defined.
    """
    if not first:
        return None
    total = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / total
    values = {*first, *second}
    expected = sum(first.count(value) * second.count(value) for value in values) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def by_period(store: Store) -> pd.DataFrame:
    """Return the agreement (AGREEMENT) of each month, "2026-11", newest first."""
    found = _grouped(rows(verdicts_of_two(store)), lambda row: str(row["decided_at"])[:7])
    return frame(sorted(found, key=lambda row: str(row["group"]), reverse=True), AGREEMENT)


def by_people(store: Store) -> pd.DataFrame:
    """Return the agreement (AGREEMENT) of each two reviewers, whoever was the first."""
    both = [_by_name(row) for row in rows(verdicts_of_two(store))]
    return frame(_grouped(both, lambda row: f"{row['first_by']} and {row['second_by']}"), AGREEMENT)


def _by_name(row: Row) -> Row:
    """Turn a row round so that of two people the same one always comes first."""
    if row["first_by"] <= row["second_by"]:
        return row
    turned = {"first": row["second"], "second": row["first"]}
    return {**row, **turned, "first_by": row["second_by"], "second_by": row["first_by"]}


def _grouped(both: Sequence[Row], group_of: Callable[[Row], str]) -> list[Row]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in both:
        groups.setdefault((group_of(row), row["target_kind"]), []).append(row)
    return [_row(group, kind, those) for (group, kind), those in sorted(groups.items())]


def _row(group: str, kind: str, those: Sequence[Row]) -> Row:
    first, second = [row["first"] for row in those], [row["second"] for row in those]
    agreed = sum(a == b for a, b in zip(first, second, strict=True))
    return {
        "group": group,
        "kind": kind,
        "judged": len(those),
        "agreed": agreed,
        "raw": agreed / len(those),
        "kappa": kappa(first, second),
    }


FEW: Final = 20
"""Things judged by two people below which an agreement says too little to be told as a number: at
20 the raw agreement is still uncertain by about 20 in a hundred either way (Wilson's interval)."""
EXPLAINED: Final = (
    "Kappa (Cohen) is the agreement beyond what chance alone would give: "
    "1 is full agreement, 0 is no better than chance."
)


def told(row: Row) -> str:
    """Say a row of AGREEMENT in words: counts always, shares only where there are enough."""
    counted = f"{row['agreed']:,} of {row['judged']:,} {row['kind']}s alike"
    if row["judged"] < FEW:
        return f"{counted}: too few to tell how far they agree"
    share = f"{counted}, {100 * row['raw']:.0f} %"
    if row["kappa"] is None:
        return f"{share}; kappa is not defined: both gave one and the same verdict throughout"
    return f"{share}; kappa {row['kappa']:.2f}"
