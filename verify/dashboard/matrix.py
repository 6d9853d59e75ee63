"""The table of events by sides: each cell says how much is claimed, contested and reviewed.

One component draws it. Cells are buttons, chosen by click, by keyboard, or by drawing the pointer
over several; what is chosen narrows the list of events below. Its script and style are beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypedDict

import pandas as pd
import streamlit as st

from verify.dashboard import wording
from verify.records import Row, rows

MOST_SIDES: Final = 6
"""Columns of sides that fit on a laptop's screen; the others are joined as `REST`."""
REST: Final = "other sides"


class Cell(TypedDict):
    """What one side has in one event; ``share``: conflicts among linked pairs, 0..1."""

    side: str
    claims: str
    conflicts: str
    share: float
    reviewed: str
    done: float
    words: str


class Line(TypedDict):
    """One event: its title, and its cells in the order of the columns; None: nothing is claimed."""

    id: str
    title: str
    when: str
    whole: Cell
    cells: list[Cell | None]


class Chosen(NamedTuple):
    """What was done in the table in this run."""

    opened: str | None
    """The event whose title was clicked."""
    events: list[str]
    """Events of which a cell is chosen, in the table's order."""
    cells: list[tuple[str, str]]
    """The chosen cells: event and side."""


def columns(found: Sequence[Row], colors: Mapping[str, str]) -> list[str]:
    """Choose the columns for these events (EVENT_VIEW): sides in lasting order, the small joined.

    Which sides are kept is decided by their claims; parties come first.
    """
    totals: dict[str, int] = {}
    for event in found:
        for side, number in event["sides"].items():
            totals[side] = totals.get(side, 0) + number
    order = sorted(totals, key=lambda side: (wording.side_order(side), list(colors).index(side)))
    if len(order) <= MOST_SIDES:
        return order
    largest = sorted(totals, key=lambda side: (-totals[side], side))[: MOST_SIDES - 1]
    return [*[side for side in order if side in largest], REST]


def lines(found: Sequence[Row], cells: pd.DataFrame, heads: Sequence[str]) -> list[Line]:
    """Make the rows of the table from events (EVENT_VIEW) and `verify.store.matrix.cells`."""
    told: dict[str, dict[str | None, Row]] = {}
    for row in rows(cells):
        told.setdefault(row["event_id"], {})[row["side"]] = row
    made: list[Line] = []
    for event in found:
        of_event = told.get(event["event_id"], {})
        title = event["title"] or "Event without a title"
        joined = _joined(of_event, heads)
        whole = of_event.get(None) or _nothing()
        made.append(
            {
                "id": event["event_id"],
                "title": title,
                "when": wording.days(event["starts"], event["ends"]),
                "whole": cell(title, "all sides", whole),
                "cells": [
                    cell(title, head, joined[head]) if head in joined else None for head in heads
                ],
            }
        )
    return made


def _joined(of_event: Mapping[str | None, Row], heads: Sequence[str]) -> dict[str, Row]:
    """Add up the sides that have no column of their own.

    A pair between two of them counts in both, so that these are sums of ends of pairs.
    """
    found: dict[str, Row] = {}
    for side, row in of_event.items():
        if side is None:
            continue
        head = side if side in heads else REST
        sums = found.setdefault(head, _nothing())
        for name in sums:
            sums[name] += row[name]
    return found


def _nothing() -> Row:
    return dict.fromkeys(("claims", "reviewed", "pairs", "conflicts"), 0)


def cell(title: str, side: str, row: Row) -> Cell:
    """Say one cell in short, and in words for who hears it."""
    pairs, conflicts = row["pairs"], row["conflicts"]
    share = conflicts / pairs if pairs else 0.0
    short = f"≠ {conflicts:,} of {pairs:,}" if pairs else "no pairs"
    compared = (
        f"{wording.counted(conflicts, 'conflict')} among {wording.counted(pairs, 'linked pair')}"
    )
    words = (
        f"{title}, {side}: {wording.counted(row['claims'], 'claim')}, "
        f"{compared if pairs else 'no pairs'}, {row['reviewed']:,} reviewed"
    )
    return {
        "side": side,
        "claims": f"{row['claims']:,}",
        "conflicts": short,
        "share": share,
        "reviewed": f"{wording.share(row['reviewed'], row['claims'])} reviewed",
        "done": row["reviewed"] / row["claims"] if row["claims"] else 0.0,
        "words": words,
    }


def draw(told: Sequence[Line], heads: Sequence[str], address: str, *, key: str) -> Chosen:
    """Draw the table and return what is chosen in it; ``address``: of the page of an event."""
    result = _component()(
        key=key,
        data={"lines": list(told), "heads": list(heads), "address": address},
        default={"chosen": []},
        on_chosen_change=_changed,
        on_opened_change=_changed,
    )
    here = {(line["id"], one["side"]) for line in told for one in line["cells"] if one}
    cells = [(str(event), str(side)) for event, side in result.chosen or []]
    cells = [one for one in cells if one in here]
    events = [line["id"] for line in told if any(line["id"] == event for event, _ in cells)]
    return Chosen(str(result.opened) if result.opened else None, events, cells)


def _changed() -> None:
    """Values reach the script only for names that have a callback."""


@cache
def _component() -> Any:
    here = files("verify.dashboard")
    return st.components.v2.component(
        "counterclaim_matrix",
        html='<div class="matrix"></div>',
        css=(here / "matrix.css").read_text(encoding="utf-8"),
        js=(here / "matrix.js").read_text(encoding="utf-8"),
    )
