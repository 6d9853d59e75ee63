"""Claims like the one on screen, each with its event and how alike it is."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import addresses, boot, cards, claim_view, wording
from verify.dashboard.parts import lines, styled
from verify.records import Row, rows
from verify.review import alike
from verify.review.alike import Alike
from verify.store.store import Store

MOST = 6


@st.cache_resource(show_spinner=False)
def _alike(url: str) -> Alike:
    return Alike(boot.store())


def show(store: Store, claim: Row, *, here: bool = False) -> None:
    """List the claims of other documents that are most like this one; ``here``: on their page."""
    nearest = _alike(store.engine.url.render_as_string()).nearest(claim["claim_id"], MOST)
    found = rows(nearest)
    if not nearest.attrs["complete"]:
        told = "All claims are being read in to compare; what is alike comes with a later click."
        st.html(styled(told, quiet=True))
    elif not found:
        st.text("No claim of another document is much like this one.")
    if not found:
        return
    st.html(styled(f"How alike two texts are, by their vectors: {alike.MEANING}.", quiet=True))
    for one in found:
        with st.container(border=True, gap="xxsmall"):
            _row(one, claim, here)


def _row(one: Row, claim: Row, here: bool) -> None:
    same = one["event_id"] is not None and one["event_id"] == claim["event_id"]
    event = "the same event" if same else (one["event_title"] or "no event")
    number = f"{alike.words(one['likeness'])}, {one['likeness']:.2f}"
    lines(
        styled(wording.stated(one["text"], one["cue"])),
        styled(f"{one['side']}  ·  {cards.published(one)}  ·  in {event}", quiet=True),
        styled(number, quiet=True),
    )
    if here:
        claim_view.open_button(one["claim_id"], "Open", f"alike_{one['claim_id']}")
    else:
        query = addresses.claim(one["claim_id"])
        st.page_link(addresses.file("claim"), label="Open", query_params=query)
