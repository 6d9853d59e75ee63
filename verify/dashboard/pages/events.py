"""All events: when, who spoke, how much of it is contested and how much is reviewed."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    changed_view,
    charts,
    events_matrix,
    filter_bar,
    paging,
    switch,
    view_menu,
    wording,
)
from verify.dashboard.event_list import event_list, line
from verify.dashboard.parts import heading
from verify.dashboard.parts import line as sentence
from verify.records import INDEPENDENT, UNKNOWN, rows
from verify.review import by_hand
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

PAGE = 25
"""Events a page: what fits on two screens."""
PAGE_KEY = "events_page"
LIST, MATRIX = "list", "matrix"
MODES = {LIST: "List", MATRIX: "Matrix"}
PAGES = {LIST: (PAGE_KEY, PAGE), MATRIX: (events_matrix.PAGE_KEY, events_matrix.PAGE)}
SORTS = {
    "conflicts": "Most conflicts first",
    "claims": "Most claims first",
    "sources": "Most sources first",
    "unreviewed": "Most unreviewed first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "title": "By title",
}


def state(store: Store) -> str:
    """Say in one line what the store holds and when it was last added to."""
    told = boot.totals()
    words = [
        wording.counted(told.events, "event"),
        wording.counted(told.claims, "claim"),
        f"{wording.counted(told.conflicts, 'conflict')} suggested or confirmed",
        f"{wording.share(told.claims - told.unreviewed, told.claims)} of claims reviewed",
    ]
    for run in rows(views.runs(store, limit=1)):
        when = wording.moment(run["finished_at"] or run["started_at"])
        words.append(f"last run {when}, {wording.RUN_WORDS[run['state']]}")
    return "  ·  ".join(words)


def draw(store: Store) -> None:
    """Draw filters, timeline and table."""
    view_menu.arrive(store, "events", filter_bar.show)
    view_menu.notice("events")
    filters = filter_bar.fields(PAGES[mode()][0])
    view_menu.leave(store, "events", filter_bar.linked(filters))
    others = filter_bar.named(filters)
    if others:
        sentence(f"Also narrowed to {others}.", quiet=True)
    sort = str(st.session_state.get("sort") or "conflicts")
    page_key, page = PAGES[mode()]
    start = paging.offset(page_key, page)
    found, total = views.events(store, filters, sort=sort, limit=page, offset=start)
    if not total:
        st.text("No event matches. Widen or clear the filters.")
        st.button("Clear the filters", key="clear_filters", on_click=filter_bar.clear)
        return
    if not set(boot.sides()) - {INDEPENDENT, UNKNOWN}:
        no_sides()
    days = boot.of_now(("timeline", filters), partial(views.timeline, store, filters))
    charts.timeline(days, on_stretch=stretch)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        heading(wording.counted(total, "event"))
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            switch.draw("Show as", "show", MODES)
            view_menu.menu(store, "events", filter_bar.linked(filters))
            exported(filters)
            st.selectbox(
                "Order", list(SORTS), key="sort", format_func=SORTS.__getitem__, width=190,
                label_visibility="collapsed",
            )  # fmt: skip
    if mode() == MATRIX:
        events_matrix.draw(store, found, total)
    else:
        draw_table(found)
        paging.bar(PAGE_KEY, total, PAGE, "event")


def mode() -> str:
    """Return how the events are shown, as the switch or the address says."""
    return switch.now("show", MODES)


def stretch(since: date, until: date) -> None:
    """Narrow to a stretch of time that was drawn over the chart: the fields say it."""
    st.session_state["since"], st.session_state["until"] = since, until
    for page_key, _ in PAGES.values():
        paging.back_to_first(page_key)


def no_sides() -> None:
    """Say how to name the sides, without which claims cannot be held against each other by side."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(
            "No sides are named yet. Name them in a sides.toml beside the texts, or say who speaks "
            "for whom on"
        )
        st.page_link(addresses.file("sources"), label="Sources & sides")


def exported(filters: Filters) -> None:
    """Link to the export of the claims that these filters show."""
    st.page_link(
        addresses.file("export"),
        label="Export these claims",
        icon=":material/download:",
        query_params=addresses.filtered(filters),
    )


def draw_table(found: pd.DataFrame) -> None:
    """Draw the rows and open the event that was clicked."""
    events = rows(found)
    colors = charts.side_colors(boot.sides() + [side for one in events for side in one["sides"]])
    corrected = by_hand.words(boot.store(), found["event_id"].tolist())
    lines = [line(event, colors, corrected.get(event["event_id"], "")) for event in events]
    opened = event_list(lines, "compare", key="event_list")
    if opened:
        st.switch_page(addresses.file("compare"), query_params=addresses.event(opened))


def welcome() -> None:
    """Say what to do on an empty desk."""
    st.text(
        "Nothing has been read in yet. Open the Import page and give it files, or run this in a "
        "terminal:"
    )
    st.code("verify build PATH", language=None)
    st.page_link(addresses.file("import"), label="Open Import", icon=":material/upload_file:")


store = boot.store()
heading("Events", level=1)
if boot.totals().claims:
    sentence(state(store), quiet=True)
    changed_view.draw(store)
    draw(store)
else:
    welcome()
