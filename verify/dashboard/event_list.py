"""The table of events, each row a link to its comparison.

One component draws it: rows are named by their event's id, titles are set as text, and a link
opens in a new tab where the reader asks for one. Its script and style are beside this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypedDict

import streamlit as st

from verify.dashboard import wording
from verify.records import Row

MOST_PLACES: Final = 3


class Part(TypedDict):
    """The claims of one side in an event."""

    side: str
    claims: int
    color: str


class Line(TypedDict):
    """One event as its row shows it; all texts are shown as they stand."""

    id: str
    title: str
    when: str
    where: str
    corrected: str
    parts: list[Part]
    claims: int
    sources: str
    conflicts: int
    supports: int
    reviewed: str
    done: float


def line(event: Row, colors: Mapping[str, str], corrected: str = "") -> Line:
    """Turn a row of EVENT_VIEW into a line; sides in the lasting order of ``colors``.

    ``corrected``: what people did to the event, in words.
    """
    sides = event["sides"]
    order = sorted(sides, key=lambda side: (wording.side_order(side), list(colors).index(side)))
    return {
        "id": event["event_id"],
        "title": event["title"] or "Event without a title",
        "when": wording.days(event["starts"], event["ends"]),
        "where": places(event["places"]),
        "corrected": corrected,
        "parts": [{"side": s, "claims": sides[s], "color": colors[s]} for s in order],
        "claims": event["claims"],
        "sources": wording.counted(event["sources"], "source"),
        "conflicts": event["conflicts"],
        "supports": event["supports"],
        "reviewed": f"{event['reviewed']:,} of {event['claims']:,}",
        "done": event["reviewed"] / event["claims"] if event["claims"] else 0.0,
    }


def places(names: Sequence[str]) -> str:
    """Say the first places of an event, and how many more there are."""
    told = list({name.casefold(): name for name in reversed(names)}.values())[::-1]
    more = len(told) - MOST_PLACES
    return ", ".join(told[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def event_list(lines: Sequence[Line], address: str, *, key: str) -> str | None:
    """Draw the table; return the id of the event that was opened in this run, or None.

    ``address``: of the page that shows an event, for links into new tabs.
    """
    result = _component()(
        key=key, data={"lines": list(lines), "address": address}, on_opened_change=_opened
    )
    return str(result.opened) if result.opened else None


def _opened() -> None:
    """Trigger values reach the script only for names that have a callback."""


@cache
def _component() -> Any:
    here = files("verify.dashboard")
    return st.components.v2.component(
        "counterclaim_events",
        html='<div class="events"></div>',
        css=(here / "event_list.css").read_text(encoding="utf-8"),
        js=(here / "event_list.js").read_text(encoding="utf-8"),
    )
