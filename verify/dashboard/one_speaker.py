"""Names that may be one speaker, on the Sources page: proposed, confirmed, or joined by hand."""

from __future__ import annotations

from typing import Final

import streamlit as st

from verify.analysis.speakers import same_speakers
from verify.dashboard import paging, sourcing, wording
from verify.dashboard.parts import heading
from verify.dashboard.parts import line as sentence
from verify.records import Row, content_id, rows
from verify.review import same
from verify.store import views
from verify.store.folded import NOT_SAME, SAME
from verify.store.store import Store

LOOK: Final = "same_speakers"
FOUND: Final = "same_speakers_found"
PAGE, PROPOSED_PAGE, CONFIRMED_PAGE = 8, "same_page", "folded_page"


def draw(store: Store) -> None:
    """Draw what the program proposes, the form for what it does not see, and what was confirmed."""
    heading("Names that may be one speaker")
    sentence(
        "Claims of a confirmed name are credited to its speaker, on every screen and in exports, "
        "and take that speaker's side. What each claim reads itself is kept.",
        quiet=True,
    )
    if st.toggle("Look for them in all claims and documents", key=LOOK, on_change=_look_anew):
        _proposed(store)
    _by_hand(store)
    _confirmed(store)


def _look_anew() -> None:
    st.session_state.pop(FOUND, None)
    paging.back_to_first(PROPOSED_PAGE)


def _proposed(store: Store) -> None:
    """Draw the open proposals; the names are read once, when they are asked for."""
    if FOUND not in st.session_state:
        with st.spinner("Comparing the names of all speakers"):
            st.session_state[FOUND] = same_speakers(store.claims(), store.documents())
    found = same.open_proposals(store, st.session_state[FOUND])
    if not len(found):
        st.text("No two names that nobody answered look like one speaker.")
        return
    start = paging.offset(PROPOSED_PAGE, PAGE)
    for row in rows(found.iloc[start : start + PAGE]):
        told, answers = _beside(content_id("same", row["name"]))
        name, same_as = row["name"], row["same_as"]
        with told:
            counted = wording.counted(row["claims"], "claim")
            st.text(f"{name}  ·  {counted}  ·  may be {same_as}")
            sentence(f"Why: {row['reason']}.", quiet=True)
        with answers, st.container(horizontal=True, gap="small"):
            st.button(
                "Same speaker", key=f"same_{name}",
                help=wording.plain_label(f"{name} is {same_as}"),
                on_click=sourcing.fold, args=(store, name, SAME, same_as, row),
            )  # fmt: skip
            st.button(
                "Not the same", key=f"not_same_{name}", help="Do not ask again",
                on_click=sourcing.fold, args=(store, name, NOT_SAME, same_as, row),
            )  # fmt: skip
    paging.bar(PROPOSED_PAGE, len(found), PAGE, "name")


def _by_hand(store: Store) -> None:
    """Draw the form that joins any two names."""
    names = views.facets(store)["speaker"]
    if len(names) < 2:
        return
    with st.expander("Join two names by hand", key="join_names"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            name = st.selectbox(
                "This name", names, index=None, key=sourcing.JOINED, placeholder="a speaker"
            )
            same_as = st.selectbox(
                "is the same speaker as", [other for other in names if other != name], index=None,
                key=sourcing.JOINED_INTO, placeholder="the name to credit",
            )  # fmt: skip
        note = st.text_input("Note", key=sourcing.JOINED_NOTE, placeholder="why; kept")
        st.button(
            "Join them", key="join_save", disabled=not name or not same_as,
            on_click=sourcing.join, args=(store, name, same_as, note),
        )  # fmt: skip


def _confirmed(store: Store) -> None:
    """Draw the names that were folded into a speaker, each with its way back."""
    found = same.confirmed(store)
    if not len(found):
        return
    heading("Confirmed as one speaker", level=3)
    start = paging.offset(CONFIRMED_PAGE, PAGE)
    for row in rows(found.iloc[start : start + PAGE]):
        _one_confirmed(store, row)
    paging.bar(CONFIRMED_PAGE, len(found), PAGE, "name")


def _one_confirmed(store: Store, row: Row) -> None:
    told, answers = _beside(content_id("folded", row["name"]))
    with told:
        counted = wording.counted(row["claims"], "claim")
        st.text(f"{row['name']}  ·  {counted}  ·  credited to {row['same_as']}")
        note = f": {row['note']}" if row["note"] else ""
        when = wording.moment(row["decided_at"])
        sentence(f"Confirmed by {row['reviewer']}, {when}{note}", quiet=True)
    with answers:
        st.button(
            "Take back", key=f"unfold_{row['name']}", icon=":material/undo:",
            on_click=sourcing.fold, args=(store, row["name"], SAME, None, row),
        )  # fmt: skip


def _beside(name: str) -> list[st.delta_generator.DeltaGenerator]:
    with st.container(key=f"beside_{name}"):
        return st.columns([7, 3], gap="medium")
