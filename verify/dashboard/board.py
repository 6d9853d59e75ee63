"""The board: sides as columns, claims as cards, pairs as links drawn between them.

One component draws the whole board, so that a thousand cards stay fluid. Its scripts and style are
the files beside this module; data reaches them as JSON and is shown as text only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from statistics import fmean
from typing import Any, Final

import streamlit as st

from verify.dashboard.cards import Card, Link
from verify.dashboard.wording import counted

PASSES: Final = 4
"""Sweeps of the barycentre ordering, back and forth; each costs one sort of every column."""
_SCRIPTS: Final = (
    "board_cards.js",
    "board_keys.js",
    "board_links.js",
    "board_list.js",
    "board.js",
)
"""Set together as one script, since a component has one; the last one is what Streamlit calls."""
_HTML: Final = '<div class="board" role="group" aria-label="Claims by side"></div>'
MOST_CLAIMS: Final = 1000
MOST_PAIRS: Final = 2000
"""What the board was measured to draw within a second; what is beyond is said above it. Only the
drawing stops there: numbers and answers are those of the whole event."""


def board(
    cards: Sequence[Card],
    links: Sequence[Link],
    sides: Sequence[str],
    colors: Mapping[str, str],
    *,
    key: str,
) -> tuple[str, str] | None:
    """Draw the board; return what was opened in this run: ("claim", id), ("pair", id) or None.

    Links whose two cards are not both on the board are not drawn.
    """
    here = {card["id"] for card in cards}
    drawn = [link for link in links if link["a"] in here and link["b"] in here]
    columns = [
        {
            "side": side,
            "color": colors[side],
            "cards": ids,
            "summary": _summary([card for card in cards if card["side"] == side]),
        }
        for side, ids in arrange(cards, drawn, sides).items()
    ]
    result = _component()(
        key=key,
        data={"columns": columns, "cards": list(cards), "links": drawn},
        on_opened_change=_opened,
    )
    opened: dict[str, Any] | None = result.opened
    return (str(opened["kind"]), str(opened["id"])) if opened else None


def arrange(
    cards: Sequence[Card], links: Sequence[Link], sides: Sequence[str]
) -> dict[str, list[str]]:
    """Order the cards of each side so that linked ones stand near each other: side -> claim ids.

    Barycentre heuristic for layered drawings (Sugiyama, Tagawa and Toda 1981): a card moves to the
    mean row of the cards it is linked to. Conflicting cards start on top, unlinked ones stay below.
    """
    start = sorted(cards, key=lambda card: (-card["conflicts"], -card["supports"]))
    columns = {side: [card["id"] for card in start if card["side"] == side] for side in sides}
    home = {one: side for side, ids in columns.items() for one in ids}
    others: dict[str, list[str]] = {one: [] for one in home}
    for link in links:
        a, b = link["a"], link["b"]
        if a in home and b in home and home[a] != home[b]:
            others[a].append(b)
            others[b].append(a)
    for sweep in range(PASSES):
        for side in sides[1:] if sweep % 2 == 0 else reversed(sides[:-1]):
            row = {one: at for ids in columns.values() for at, one in enumerate(ids)}
            columns[side].sort(key=lambda one: _height(row, others[one]))
    return columns


def _height(row: Mapping[str, int], others: Sequence[str]) -> float:
    return fmean(row[other] for other in others) if others else float("inf")


def _summary(cards: Sequence[Card]) -> str:
    conflicts = sum(card["conflicts"] > 0 for card in cards)
    contested = f", {conflicts} in conflict" if conflicts else ""
    return counted(len(cards), "claim") + contested


def _opened() -> None:
    """Trigger values reach the script only for names that have a callback."""


@cache
def _component() -> Any:
    here = files("verify.dashboard")
    return st.components.v2.component(
        "counterclaim_board",
        html=_HTML,
        css=(here / "board.css").read_text(encoding="utf-8"),
        js="\n".join((here / name).read_text(encoding="utf-8") for name in _SCRIPTS),
    )


def cut(drawn: list[Card], links: list[Link]) -> tuple[list[Card], list[Link]]:
    """Keep what the board can draw, most conflicts first, and say what is beyond it."""
    kept = drawn[:MOST_CLAIMS]
    shown = {card["id"] for card in kept}
    ends = [one for one in links if one["a"] in shown and one["b"] in shown]
    for name, here, all_ in (
        ("claims", len(kept), len(drawn)),
        ("links between them", min(len(ends), MOST_PAIRS), len(ends)),
    ):
        if here < all_:
            st.text(
                f"Drawn are {here:,} of {all_:,} {name}, those with most conflicts. "
                "Narrow the fields to see others."
            )
    return kept, ends[:MOST_PAIRS]
