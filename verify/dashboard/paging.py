"""Pages of a list that SQL cuts: which one is on screen, and the row of numbers below it."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import wording


def offset(key: str, size: int) -> int:
    """Return how many rows come before the page that ``key`` stands on."""
    return (max(1, int(st.session_state.get(key) or 1)) - 1) * size


def back_to_first(key: str) -> None:
    """Stand on the first page again, as after a change of filters; no key: there are no pages."""
    if key:
        st.session_state.pop(key, None)


def bar(key: str, total: int, size: int, noun: str) -> None:
    """Draw the numbers of the pages, where there are several, and which rows are shown."""
    pages = -(-total // size)
    if pages < 2:
        return
    first = min(offset(key, size), total)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.pagination(pages, key=key)
        st.text(f"{first + 1:,} to {min(first + size, total):,} of {wording.counted(total, noun)}")
