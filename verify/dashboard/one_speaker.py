"""Names that may be one speaker, on the Sources page: proposed, confirmed, or joined by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from verify.analysis.speakers import same_speakers
from verify.dashboard import boot, focus, paging, sourcing, verdicts, who, wording
from verify.dashboard.parts import heading
from verify.dashboard.parts import line as sentence
from verify.records import content_id, rows
from verify.review import same
from verify.store.folded import NOT_SAME, SAME
from verify.store.store import Store

LOOK: Final = "same_speakers"
FOUND: Final = "same_speakers_found"
BY_HAND: Final = "join_by_hand"
"""Its lists hold every speaker's name twice: drawn when asked for."""
PAGE, PROPOSED_PAGE = 8, "same_page"
FIELD: Final = 240
"""Width of a name's field, px: two stand beside each other on a narrow screen, the note below."""
ANSWERED: Final = {
    SAME: ("Confirmed as one speaker", "credited to", "Confirmed", "fold"),
    NOT_SAME: ("Told apart", "not the same as", "Told apart", "apart"),
}
"""Answer -> heading of its list, words between the names, verb, and what its keys begin with."""


def draw(store: Store) -> None:
    """Draw what the program proposes, the form for what it does not see, and what was confirmed."""
    heading("Names that may be one speaker")
    sentence(
        "Claims of a confirmed name are credited to its speaker, on every screen and in exports, "
        "and take that speaker's side. What each claim reads itself is kept.",
        quiet=True,
    )
    verdicts.notice(sourcing.NAMES)
    if who.may_decide():
        with st.container(horizontal=True, gap="medium"):
            look = st.toggle(
                "Look for them in all claims and documents", key=LOOK, on_change=_look_anew
            )
            by_hand = st.toggle("Join two names by hand", key=BY_HAND)
        if look:
            _proposed(store)
        if by_hand:
            _by_hand(store)
    for field in ANSWERED:
        _answered(store, field)


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
    listed = rows(found.iloc[start : start + PAGE + 1])
    places = [place("same", row["name"]) for row in listed]
    for at, row in enumerate(listed[:PAGE]):
        told, answers = beside(places[at])
        name, same_as = row["name"], row["same_as"]
        next_one = onward(places, at, sourcing.NAMES)
        with told:
            counted = wording.counted(row["claims"], "claim")
            st.text(f"{name}  ·  {counted}  ·  may be {same_as}")
            sentence(f"Why: {row['reason']}.", quiet=True)
        with answers, st.container(horizontal=True, gap="small"):
            st.button(
                "Same speaker", key=f"same_{name}",
                help=wording.plain_label(f"{name} is {same_as}"),
                on_click=focus.after,
                args=(next_one, sourcing.fold, store, name, SAME, same_as, row),
            )  # fmt: skip
            st.button(
                "Not the same", key=f"not_same_{name}", help="Do not ask again",
                on_click=focus.after,
                args=(next_one, sourcing.fold, store, name, NOT_SAME, same_as, row),
            )  # fmt: skip
    paging.bar(PROPOSED_PAGE, len(found), PAGE, "name")


def _by_hand(store: Store) -> None:
    """Draw the form that joins any two names."""
    names = boot.facets()["speaker"]
    if len(names) < 2:
        st.text("There are no two names to join.")
        return
    # a form: drawing the page anew after each choice would close a list that one is typing into
    with (
        st.form("join", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.selectbox(
            "This name", names, index=None, key=sourcing.JOINED, placeholder="a speaker",
            width=FIELD,
        )  # fmt: skip
        st.selectbox(
            "is the same speaker as", names, index=None, key=sourcing.JOINED_INTO,
            placeholder="the name to credit", width=FIELD,
        )  # fmt: skip
        st.text_input("Note", key=sourcing.JOINED_NOTE, placeholder="why; kept")
        st.form_submit_button(
            "Join them", key="join_save", on_click=focus.onto,
            args=(onward([], 0, sourcing.NAMES), sourcing.join, store),
        )  # fmt: skip


def _answered(store: Store, field: str) -> None:
    """Draw the names that people folded into a speaker or told apart, each with its way back."""
    found = same.answered(store, field)
    if not len(found):
        return
    title, between, verb, kind = ANSWERED[field]
    heading(title, level=3)
    start = paging.offset(f"{kind}_page", PAGE)
    listed = rows(found.iloc[start : start + PAGE + 1])
    places = [place(kind, row["name"]) for row in listed]
    for at, row in enumerate(listed[:PAGE]):
        told, answers = beside(places[at])
        with told:
            counted = wording.counted(row["claims"], "claim")
            st.text(f"{row['name']}  ·  {counted}  ·  {between} {row['other']}")
            note = f": {row['note']}" if row["note"] else ""
            when = wording.moment(row["decided_at"])
            sentence(f"{verb} by {row['reviewer']}, {when}{note}", quiet=True)
        if not who.may_decide():
            continue
        with answers:
            st.button(
                "Take back", key=f"un{kind}_{row['name']}", icon=":material/undo:",
                on_click=focus.after,
                args=(onward(places, at, sourcing.NAMES), sourcing.fold, store, row["name"], field,
                      None, row),
            )  # fmt: skip
    paging.bar(f"{kind}_page", len(found), PAGE, "name")


def place(kind: str, name: str) -> str:
    """Key the row of a name in a list of that kind; names of any script have keys of their own."""
    return f"beside_{content_id(kind, name)}"


def onward(places: Sequence[str], at: int, part: str) -> list[str]:
    """Say where the focus goes when a row is answered: the next, the one before, else the notice.

    ``places``: of the rows in order; ``part``: of the page, whose notice says what was done.
    """
    rows_near = [*places[at + 1 : at + 2], *places[max(0, at - 1) : at]]
    return [*rows_near, *(f"{part}_notice_{kind}" for kind in ("done", "refused"))]


def beside(key: str) -> list[st.delta_generator.DeltaGenerator]:
    """Return the place of a row's words and that of its buttons, below them on a narrow screen."""
    with st.container(key=key):
        return st.columns([7, 3], gap="medium")
