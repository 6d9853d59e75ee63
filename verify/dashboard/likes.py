"""Claims like the one on screen, each with its event and how alike it is; a click opens it.

One component draws them: six claims as elements of their own took a third of the page's time. Its
script and style are beside this module.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from threading import Lock, Thread
from typing import Any, Final, TypedDict

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from verify.dashboard import addresses, boot, cards, focus, wording
from verify.dashboard.parts import styled
from verify.errors import VerifyError
from verify.records import Row
from verify.review import alike
from verify.review.alike import Alike
from verify.store.store import Store

MOST: Final = 6
_KEY: Final = "likes"
_LOOKING: Final = Lock()
"""Held while somebody looks ahead."""


class Like(TypedDict):
    """One claim as its row shows it; all texts are shown as they stand."""

    id: str
    text: str
    about: str
    number: str


@st.cache_resource(show_spinner=False)
def _alike(url: str) -> Alike:
    return Alike(boot.store())


def show(store: Store, claim: Row, *, here: bool = False) -> None:
    """List the claims of other documents that are most like this one; ``here``: on their page."""
    found = _alike(store.engine.url.render_as_string()).nearest(claim["claim_id"], MOST)
    if not found.complete:
        told = "All claims are being read in to compare; what is alike comes with a later click."
        st.html(styled(told, quiet=True))
    elif not found.claims:
        st.text("No claim of another document is much like this one.")
    if not found.claims:
        return
    st.html(styled(f"How alike two texts are, by their vectors: {alike.MEANING}.", quiet=True))
    rows = [_like(one, claim) for one in found.claims]
    _component()(
        key=_KEY,
        data={"rows": rows, "address": addresses.SCREENS["claim"].path},
        on_opened_change=_stay if here else _leave,
    )


def look_ahead(store: Store, coming: Callable[[], list[Row]]) -> None:
    """Look up, beside the page that is drawn, what the claims to come are like.

    Where claims are so many that it takes long. ``coming`` names them, in a thread of its own: what
    it asks costs the page nothing. A failure is that of the page that asks next.
    """
    among = _alike(store.engine.url.render_as_string())
    if not among.many or not _LOOKING.acquire(blocking=False):
        return  # one at a time: whoever goes on quickly has what is nearest looked up by the page

    def look() -> None:
        try:
            with suppress(VerifyError, SQLAlchemyError):
                for claim in coming():
                    among.look_ahead(claim["claim_id"], MOST)
        finally:
            _LOOKING.release()

    Thread(target=look, name="look ahead", daemon=True).start()


def _stay() -> None:
    """Show the claim that was opened on the Claim page itself.

    A link from a page to itself leaves the address as it is (Streamlit 1.67), so that the next
    button would bring the claim before it back.
    """
    focus.after(["verdict_row"], st.query_params.from_dict, _opened())


def _leave() -> None:
    """Show the claim that was opened on the Claim page."""
    st.switch_page(addresses.file("claim"), query_params=_opened())


def _opened() -> dict[str, str]:
    return addresses.claim(str(st.session_state[_KEY]["opened"]))


def _like(one: Row, claim: Row) -> Like:
    same = one["event_id"] is not None and one["event_id"] == claim["event_id"]
    event = "the same event" if same else (one["event_title"] or "no event")
    return {
        "id": one["claim_id"],
        "text": wording.stated(one["text"], one["cue"]),
        "about": f"{one['side']}  ·  {cards.published(one)}  ·  in {event}",
        "number": f"{alike.words(one['likeness'])}, {one['likeness']:.2f}",
    }


@cache
def _component() -> Any:
    here = files("verify.dashboard")
    return st.components.v2.component(
        "counterclaim_likes",
        html='<ul class="likes" role="list" aria-label="Claims like this"></ul>',
        css=(here / "likes.css").read_text(encoding="utf-8"),
        js=(here / "likes.js").read_text(encoding="utf-8"),
    )
