"""Headings and lines that hold people's words: escaped, so that nothing in them is markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

TONES: Final = {
    "supports": "#2f9e5b",
    "conflicts": "#d1493f",
    "related": "#80868b",
    "unrelated": "#80868b",
}
"""Colours of the bar before a line of that relation; the relation stands in words beside it."""


def heading(text: str, level: int = 2) -> None:
    """Draw a heading; ``level`` 1 is the page's title, levels are not skipped."""
    st.html(heading_html(text, level))


def heading_html(text: str, level: int = 2) -> str:
    """Write a heading as HTML, its text escaped."""
    size = {1: "1.75rem", 2: "1.25rem", 3: "1rem"}[level]
    return (
        f'<h{level} dir="auto" style="font-size:{size};font-weight:600;line-height:1.3;margin:0;'
        f'padding:0;overflow-wrap:anywhere">{escape(text)}</h{level}>'
    )


def line(text: str, *, strong: bool = False, quiet: bool = False, tone: str = "") -> None:
    """Draw one line or paragraph; see `styled`."""
    st.html(styled(text, strong=strong, quiet=quiet, tone=tone))


def styled(text: str, *, strong: bool = False, quiet: bool = False, tone: str = "") -> str:
    """Write a paragraph as HTML, its text escaped; ``tone``: a relation, as a bar before it."""
    style = "overflow-wrap:anywhere;white-space:pre-wrap;"
    style += "font-weight:600;" if strong or tone else ""
    style += "font-size:.875rem;opacity:.85;" if quiet else ""
    if tone:
        style += f"border-inline-start:4px solid {TONES[tone]};padding-inline-start:8px;"
    return f'<div dir="auto" style="{style}">{escape(text)}</div>'


def lines(*paragraphs: str) -> None:
    """Draw paragraphs made by `styled` close under each other."""
    st.html("".join(paragraphs))


def pairs_of_words(entries: Sequence[tuple[str, str]]) -> None:
    """Draw names and what they hold as a definition list; what holds nothing is left out."""
    flat = "margin:0;padding:0;"
    body = "".join(
        f'<dt style="opacity:.8;font-weight:400;{flat}">{escape(name)}</dt>'
        f'<dd dir="auto" style="white-space:pre-wrap;overflow-wrap:anywhere;{flat}">'
        f"{escape(words)}</dd>"
        for name, words in entries
        if words
    )
    st.html(
        '<dl style="display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;'
        f'font-size:.9rem;{flat}">{body}</dl>'
    )
