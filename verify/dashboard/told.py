"""Who sets the ends of each side's numbers, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from verify.analysis import stated
from verify.dashboard import cards, wording
from verify.records import Row

AT_ODDS: Final = "Counts that can hardly both hold"
"""What the program holds against each other; people decide whether the claims conflict."""


def set_aside(claims: pd.DataFrame) -> str:
    """Say how many claims count nothing since a reviewer disputes them; "" where none does."""
    number = len(stated.set_aside(claims))
    told = f"{wording.counted(number, 'claim')} with a number that reviewers marked as disputed"
    return f"Not counted: {told}." if number else ""


def setters(numbers: Sequence[Row], claims: Sequence[Row]) -> list[tuple[str, str]]:
    """Name each number of a side (rows of `reconcile.by_side`) and the claims that set its ends."""
    by_id = {claim["claim_id"]: claim for claim in claims}
    return [(_name(row), _words(row, by_id)) for row in numbers]


def _name(row: Row) -> str:
    return f"{row['side']}, {wording.kind(row['kind'])} {wording.people(row)}"


def _words(row: Row, by_id: dict[str, Row]) -> str:
    told = (
        f"{wording.figures(row)}, in {wording.counted(row['claims'], 'claim')} "
        f"of {wording.counted(row['sources'], 'source')}"
    )
    low, high = (by_id.get(row[f"{end}_claim_id"]) for end in ("low", "high"))
    if low is not None and high is not None and row["low"] != row["high"]:
        return f"{told}. Lowest: {cards.dated(low)}. Highest: {cards.dated(high)}."
    setter = low or high
    if setter is None:
        return f"{told}."
    return f"{told}. {'By' if row['claims'] == 1 else 'Among them'}: {cards.dated(setter)}."


def who(claim: Row) -> str:
    """Say shortly who states a claim: the Observatory, in Gazette."""
    source = claim["source"] or "source not given"
    credited = claim["credited"] or claim["speaker"]
    known = credited and credited.casefold() != source.casefold()
    return f"{credited}, in {source}" if known else source


def moves(steps: Sequence[Row], claims: Mapping[str, Row]) -> dict[str, list[str]]:
    """Tell updates and counts at odds (rows of `reconcile.steps`) in words, one line each.

    "Observatory: 31 on 2 May 2013, 58 on 4 May 2013: update".
    """
    before: dict[str, Row] = {}
    updates: list[str] = []
    clashes: list[str] = []
    for step in steps:
        earlier = before.get(step["earlier_claim_id"] or "")
        before[step["claim_id"]] = step
        if step["step"] not in ("update", "contradicts") or earlier is None:
            continue
        one, two = who(claims[earlier["claim_id"]]), who(claims[step["claim_id"]])
        then = f"{two}: {_count(step)}"
        if step["step"] == "update":
            lower = _figure(step) < _figure(earlier)
            then = _count(step) if one == two else then
            updates.append(f"{one}: {_count(earlier)}, {then}: update{', lower' if lower else ''}")
        else:
            then = _count(step) if one == two else then
            clashes.append(f"{one}: {_count(earlier)}; {then}")
    return {
        "Updates": list(dict.fromkeys(updates)),
        AT_ODDS: list(dict.fromkeys(clashes)),
    }


def _figure(step: Row) -> int:
    """Take the figure a count names: its lower bound, else the upper one ("fewer than 5")."""
    return int(step["high"] if step["low"] is None else step["low"])


def _count(step: Row) -> str:
    day = wording.day(step["at"])
    number = wording.bounds(step["low"], step["high"])
    return f"{number} on {day}" if day else number
