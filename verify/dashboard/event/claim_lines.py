"""A claim as a line of a list: its words, its side, who is credited, the day, and a way to it."""

from __future__ import annotations

from html import escape

import streamlit as st

from verify.dashboard import addresses, charts, wording
from verify.dashboard.cards import dated
from verify.dashboard.parts import styled
from verify.records import UNKNOWN, Row


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


def draw(claim: Row, more: str = "", *, strong: bool = False) -> None:
    """Draw a claim with a link that opens it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(gap=None):
            st.html(words(claim, more, strong=strong))
        st.page_link(
            addresses.file("claim"),
            label="Open",
            query_params=addresses.claim(claim["claim_id"]),
            width="content",
        )


def repeats(number: int) -> str:
    """Say how many claims repeat this one; nothing for none."""
    return f"+ {wording.counted(number, 'repeat')}" if number else ""
