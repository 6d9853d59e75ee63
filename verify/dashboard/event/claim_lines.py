"""A claim as a line of a list: its words, its side, who is credited, the day, and a way to it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from verify.dashboard import addresses, charts, wording
from verify.dashboard.cards import dated
from verify.dashboard.parts import styled
from verify.records import UNKNOWN, Row

STYLE: Final = """<style>
[class*="st-key-points_pair_"] button p { text-decoration: underline; }
[class*="st-key-points_pair_"] button { min-height: 1.6rem; padding-block: 0; }
</style>"""
"""What opens a pair looks like what opens a claim."""


def words(claim: Row, more: str = "", *, strong: bool = False) -> str:
    """Write a claim as HTML, all of it escaped; ``more``: words behind its credit."""
    side = claim["side"] or UNKNOWN
    color = charts.side_colors([side])[side]
    told = f"{side}  ·  {dated(claim)}" + (f"  ·  {more}" if more else "")
    return (
        f'<div style="border-inline-start:4px solid {escape(color)};padding-inline-start:10px">'
        + styled(wording.stated(claim["text"], claim["cue"]), strong=strong)
        + styled(told, quiet=True)
        + "</div>"
    )


def draw(
    claim: Row, more: str = "", *, strong: bool = False, beside: Callable[[], None] | None = None
) -> None:
    """Draw a claim with a link that opens it; ``beside`` draws what else may be opened."""
    with row():
        with st.container(gap=None):
            st.html(words(claim, more, strong=strong))
        if beside:
            beside()
        open_link(claim)


def open_link(claim: Row) -> None:
    """Draw the link that opens a claim."""
    query = addresses.claim(claim["claim_id"])
    st.page_link(addresses.file("claim"), label="Open", query_params=query, width="content")


def row() -> DeltaGenerator:
    """Return a container whose parts stand beside each other, the last ones at its end."""
    return st.container(horizontal=True, vertical_alignment="center", gap="medium")


def repeats(number: int) -> str:
    """Say how many claims repeat this one; nothing for none."""
    return f"+ {wording.counted(number, 'repeat')}" if number else ""
