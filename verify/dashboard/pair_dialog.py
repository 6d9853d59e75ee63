"""A pair opened over the board: its verdicts by key, and the next conflict of the event by key."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import clash, focus, pair, verdicts
from verify.dashboard.parts import line
from verify.store.store import Store

NEXT_KEY = "N"


def open_on(store: Store, pair_id: str, screen: str, conflicts: tuple[str, ...]) -> None:
    """Open a pair; ``conflicts``: ids of those that the key for the next one goes through."""
    st.session_state[_key(screen)] = pair_id
    _dialog(store, screen, conflicts)


def changed(screen: str) -> bool:
    """Say, once, whether verdicts were recorded in the dialog since this was last asked."""
    return bool(st.session_state.pop(f"{screen}_changed", False))


def _key(screen: str) -> str:
    return f"{screen}_pair"


@st.dialog("Two claims", width="large", on_dismiss="rerun")
def _dialog(store: Store, screen: str, conflicts: tuple[str, ...]) -> None:
    """Draw the pair; a verdict stays on it and says what was recorded, closing shows the board."""
    pair_id = st.session_state[_key(screen)]
    said = st.session_state.get(f"{screen}_notice")
    decided = said is not None and said.kind == "done"
    if decided:
        st.session_state[f"{screen}_changed"] = True
    clash.draw(store, screen, pair_id)
    verdicts.notice(screen)
    found = pair.pair_by_id(store, pair_id)
    if found is None:
        st.text("This pair is gone: it is no longer suggested.")
    else:
        pair.show_pair(store, found, screen)
        if decided:  # drawn anew as the chosen one, the button lost the focus, and Escape with it
            focus.back([f"{screen}_{found['status']}_{pair_id}"], f"{screen}_dialog_focus")
    _go_on(store, screen, pair_id, conflicts)


def _go_on(store: Store, screen: str, pair_id: str, conflicts: tuple[str, ...]) -> None:
    others = [one for one in conflicts if one != pair_id]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Next conflict", key=f"{screen}_next_conflict", shortcut=NEXT_KEY,
            on_click=go_on, args=(store, screen, pair_id, conflicts),
        )  # fmt: skip
        if pair_id in conflicts:
            place = conflicts.index(pair_id) + 1
            told = f"Pair {place} of {len(conflicts)} in conflict in this event, repeats among them"
            line(told, quiet=True)


def go_on(store: Store, screen: str, pair_id: str, conflicts: tuple[str, ...]) -> None:
    """Bring up the next conflict of the event that nobody has rejected meanwhile."""
    at = conflicts.index(pair_id) + 1 if pair_id in conflicts else 0
    for following in (*conflicts[at:], *conflicts[:at]):
        found = pair.pair_by_id(store, following)
        if following != pair_id and found is not None and found["status"] != "rejected":
            st.session_state[_key(screen)] = following
            return
    verdicts.say(screen, "refused", "No other conflict of this event is left.")
