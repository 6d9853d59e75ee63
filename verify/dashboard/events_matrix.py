"""The Events page as a matrix: events by sides, and below it the events that were chosen in it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from verify.dashboard import addresses, boot, charts, matrix, paging, wording
from verify.dashboard.event_list import event_list, line
from verify.dashboard.parts import heading
from verify.dashboard.parts import line as sentence
from verify.records import rows
from verify.review import by_hand
from verify.store.matrix import cells
from verify.store.store import Store

PAGE = 20
"""Events a page: what fits on two screens."""
PAGE_KEY = "matrix_page"


def draw(store: Store, found: pd.DataFrame, total: int) -> None:
    """Draw one page of events (EVENT_VIEW) of ``total`` as a matrix, and what is chosen in it."""
    events = rows(found)
    hidden = boot.policy().hide_scores
    colors = charts.side_colors(boot.sides() + [side for one in events for side in one["sides"]])
    heads = matrix.columns(events, colors)
    told = matrix.lines(
        events, cells(store, found["event_id"].tolist(), decided_only=hidden), heads
    )
    sentence(explained(hidden, matrix.REST in heads), quiet=True)
    chosen = matrix.draw(told, heads, "compare", key="matrix")
    paging.bar(PAGE_KEY, total, PAGE, "event")
    open_event(chosen.opened)
    if chosen.events:
        picked = [event for event in events if event["event_id"] in chosen.events]
        heading(f"{wording.counted(len(chosen.cells), 'cell')} chosen")
        corrected = by_hand.words(store, chosen.events)
        listed = [line(one, colors, corrected.get(one["event_id"], "")) for one in picked]
        open_event(event_list(listed, "compare", key="matrix_events"))


def explained(hidden: bool, joined: bool) -> str:
    """Say what a cell shows."""
    words = [
        "A cell: claims of that side; conflicts among the linked pairs that they stand in "
        "(the stronger the tint, the larger their share); how many claims are reviewed.",
        "Rejected pairs count nowhere.",
    ]
    if hidden:
        words[1] = "Only confirmed pairs count: suggestions are hidden until they are decided."
    if joined:
        words.append(f"The sides with fewest claims here are joined as “{matrix.REST}”.")
    return " ".join([*words, "Choose cells, or draw over several, to list their events below."])


def open_event(event_id: str | None) -> None:
    """Open an event that was clicked."""
    if event_id:
        st.switch_page(addresses.file("compare"), query_params=addresses.event(event_id))
