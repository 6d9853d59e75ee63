"""One quiet line of what changed since the last visit, or a chosen day; it opens a list."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from verify.dashboard import addresses, paging, who, wording
from verify.dashboard.parts import line, lines, styled
from verify.errors import StoreError
from verify.records import Row, rows
from verify.review import changed, visits
from verify.review.changed_told import HIDDEN, number, summary
from verify.store.store import Store

PAGE: Final = 10
"""Changes listed at a time."""
_BEFORE: Final = "visit_before"
"""Key of the session: when the visit before this one ended."""


def draw(store: Store, event_id: str | None = None) -> None:
    """Draw the line, of one event or of all; opened, it asks for another day and lists."""
    visit: str | None = st.session_state.get(_BEFORE)
    asked = changed.Asked(visit, event_id, but_by=who.drawn_for().name) if visit else None
    counts = changed.counts(store, asked) if asked else None
    label = "What changed since a day of your choice"
    if asked and counts:
        label = _said(asked, counts)
    key = f"changed_{event_id or 'all'}"
    # The label stays while a day is chosen: another one would close what is open.
    with st.expander(label, key=key, on_change="rerun", type="compact") as opened:
        if opened.open:
            if chosen := _chosen(event_id):
                asked, counts = chosen, changed.counts(store, chosen)
                line(_said(asked, counts), strong=True)
            if asked and counts and counts.any:
                _list(store, asked, counts)


def _chosen(event_id: str | None) -> changed.Asked | None:
    """Draw the choice of a day; where one is chosen, ask for all that was done since."""
    day = st.date_input(
        "Since", value=None, key=f"changed_since_{event_id or 'all'}", width=200,
        min_value=date(1900, 1, 1), max_value="today", format="YYYY-MM-DD",
        help="A day begins at 00:00 UTC; one that is typed counts once the calendar is closed "
        "(Esc). Empty: since your last visit, where there was one.",
    )  # fmt: skip
    return changed.Asked(changed.moment(day.isoformat()), event_id) if day else None


def _said(asked: changed.Asked, counts: changed.Counts) -> str:
    """Say in a line how much changed."""
    visit = asked.but_by is not None
    since = f"your last visit, {wording.moment(asked.since)}" if visit else wording.day(asked.since)
    if not counts.any:
        return f"Nothing changed since {since}"
    return f"Since {since}: {summary(counts, others=visit)}"


def note(store: Store) -> None:
    """Note that whoever acts is at the desk, and keep when their visit before this one ended.

    A store that is busy is not waited for twice: the visit is noted by a later page.
    """
    name = who.drawn_for().name
    try:
        st.session_state[_BEFORE] = visits.seen(store, name)
    except StoreError:
        st.session_state[_BEFORE] = visits.last(store, name)


def _list(store: Store, asked: changed.Asked, counts: changed.Counts) -> None:
    if counts.hidden:
        line(HIDDEN, quiet=True)
    others = asked.but_by is not None
    kinds = {kind: _title(kind, count, others) for kind, count in counts.by_kind().items() if count}
    about = asked.event_id or "all"
    chosen = st.pills(
        "Changes", list(kinds), key=f"changed_kind_{about}", required=True,
        default=next(iter(kinds)), format_func=kinds.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    kind = chosen if chosen in kinds else next(iter(kinds))
    key = f"changed_page_{about}_{kind}"
    start = paging.offset(key, PAGE)
    for row in rows(changed.changed(store, asked, PAGE, kinds=[kind], offset=start)):
        _change(row, asked.event_id is None)
    paging.bar(key, counts.by_kind()[kind], PAGE, "change")


def _title(kind: str, count: int, others: bool) -> str:
    words = number(kind, count)
    return f"{words} by others" if kind == "decision" and others else words


def _change(row: Row, with_event: bool) -> None:
    """Draw one change, and the link to what changed."""
    where = f"in {row['event_title']}" if with_event and row["event_title"] else ""
    about = [wording.moment(row["at"]), row["by"] or "", where]
    texts = [text for text in (row["text"], row["other"]) if text]
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        with st.container(gap=None):
            lines(
                *([styled(row["what"])] if row["what"] else []),
                styled(" ≠ ".join(texts) if row["kind"] == "conflict" else " · ".join(texts)),
                styled("  ·  ".join(part for part in about if part), quiet=True),
            )
        link = _link(row)
        if link:
            st.page_link(
                addresses.file(link[0]), label="Open", query_params=link[1], width="content"
            )


def _link(row: Row) -> tuple[str, dict[str, str]] | None:
    """Say which page shows what changed, and with which parameters."""
    if row["target_kind"] == "claim":
        return "claim", addresses.claim(row["target_id"])
    if row["event_id"]:
        return "compare", addresses.event(row["event_id"])
    return None
