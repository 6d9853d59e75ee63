"""One quiet line of what changed since the reviewer's last visit, which opens the list of it."""

from __future__ import annotations

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
    """Draw the line, of one event or of all; nothing on a first visit, or where nothing changed."""
    since: str | None = st.session_state.get(_BEFORE)
    if since is None:
        return
    asked = changed.Asked(since, event_id, but_by=who.drawn_for().name)
    counts = changed.counts(store, asked)
    if not counts.any:
        return
    told = summary(counts, others=True)
    label = f"Since your last visit, {wording.moment(since)}: {told}"
    key = f"changed_{event_id or 'all'}"
    with st.expander(label, key=key, on_change="rerun", type="compact") as opened:
        if opened.open:
            _list(store, asked, counts)


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
    kinds = {kind: _title(kind, count) for kind, count in counts.by_kind().items() if count}
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


def _title(kind: str, count: int) -> str:
    words = number(kind, count)
    return f"{words} by others" if kind == "decision" else words


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
