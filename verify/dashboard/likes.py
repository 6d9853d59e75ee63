"""Claims like the one on screen, each with its event and how alike it is."""

from __future__ import annotations

from html import escape

import streamlit as st

from verify.dashboard import addresses, boot, cards, wording
from verify.dashboard.parts import styled
from verify.records import Row, rows
from verify.review import alike
from verify.review.alike import Alike
from verify.store.store import Store

MOST = 6


@st.cache_resource(show_spinner=False)
def _alike(url: str) -> Alike:
    return Alike(boot.store())


def show(store: Store, claim: Row) -> None:
    """List the claims of other documents that are most like this one."""
    found = rows(_alike(store.engine.url.render_as_string()).nearest(claim["claim_id"], MOST))
    if not found:
        st.text("No claim of another document is much like this one.")
        return
    told = styled(f"How alike two texts are, by their vectors: {alike.MEANING}.", quiet=True)
    st.html(told + "".join(_html(one, claim) for one in found))


def _html(one: Row, claim: Row) -> str:
    """Write one of them; all that comes from data is escaped, ids are hashes of our own."""
    same = one["event_id"] is not None and one["event_id"] == claim["event_id"]
    event = "the same event" if same else (one["event_title"] or "no event")
    where = f"{one['side']}  ·  {cards.published(one)}  ·  in {event}"
    number = f"{alike.words(one['likeness'])}, {one['likeness']:.2f}"
    link = f"{addresses.SCREENS['claim'].path}?claim={escape(one['claim_id'], quote=True)}"
    return (
        '<div style="border:1px solid color-mix(in srgb,currentColor 22%,transparent);'
        'border-radius:6px;padding:8px 12px;margin-bottom:8px">'
        + styled(wording.stated(one["text"], one["cue"]))
        + styled(where, quiet=True)
        + f'<div style="font-size:.875rem;opacity:.85">{escape(number)}  ·  '
        + f'<a href="{link}" style="color:inherit;text-decoration:underline">Open</a></div></div>'
    )
