"""Who sets the ends of each side's numbers, in words."""

from __future__ import annotations

from collections.abc import Sequence

from verify.dashboard import cards, wording
from verify.records import Row


def setters(numbers: Sequence[Row], claims: Sequence[Row]) -> list[tuple[str, str]]:
    """Name each number of a side (rows of `compare.numbers`) and the claims that set its ends."""
    by_id = {claim["claim_id"]: claim for claim in claims}
    return [(_name(row), _words(row, by_id)) for row in numbers]


def _name(row: Row) -> str:
    counted = f" {row['counted']}" if row["counted"] else ""
    return f"{row['side']}, {wording.kind(row['kind'])}{counted}"


def _words(row: Row, by_id: dict[str, Row]) -> str:
    told = (
        f"{wording.bounds(row['low'], row['high'])}, in {wording.counted(row['claims'], 'claim')} "
        f"of {wording.counted(row['sources'], 'source')}"
    )
    low, high = (by_id.get(row[f"{end}_claim_id"]) for end in ("low", "high"))
    if low is not None and high is not None and row["low"] != row["high"]:
        return f"{told}. Lowest: {cards.dated(low)}. Highest: {cards.dated(high)}."
    setter = low or high
    if setter is None:
        return f"{told}."
    return f"{told}. {'By' if row['claims'] == 1 else 'Among them'}: {cards.dated(setter)}."
