"""Pages of a list, cut by SQL or here: which one is on screen, and the row of numbers below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from verify.dashboard import wording

T = TypeVar("T")


def offset(key: str, size: int) -> int:
    """Return how many rows come before the page that ``key`` stands on."""
    return (max(1, int(st.session_state.get(key) or 1)) - 1) * size


def cut(key: str, found: Sequence[T], size: int) -> Sequence[T]:
    """Return the page of ``found`` that ``key`` stands on, the last one where it is beyond."""
    start = min(offset(key, size), max(0, len(found) - 1) // size * size)
    return found[start : start + size]


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
