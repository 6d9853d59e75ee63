"""A small table of words, as HTML that any reader can walk through; all of it escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

_CELL: Final = (
    "padding:4px 14px 4px 0;vertical-align:top;text-align:start;overflow-wrap:break-word;"
)
_LINE: Final = "border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent);"


def draw(title: str, heads: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    """Draw a table; ``title`` names it to who hears it, the first column names each row."""
    head = "".join(
        f'<th scope="col" style="{_CELL}font-weight:600">{escape(name)}</th>' for name in heads
    )
    st.html(
        f'<div style="overflow-x:auto" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table style="border-collapse:'
        f'collapse;font-size:.9rem;width:100%"><thead><tr style="{_LINE}">{head}</tr></thead>'
        f"<tbody>{''.join(_row(cells) for cells in body)}</tbody></table></div>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in cells)
    return (
        f'<tr style="{_LINE}"><th scope="row" dir="auto" style="{_CELL}font-weight:600">{first}'
        + "</th>"
        + "".join(f'<td dir="auto" style="{_CELL}">{cell}</td>' for cell in others)
        + "</tr>"
    )
