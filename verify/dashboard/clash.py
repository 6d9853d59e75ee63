"""A verdict that came too late: what I wanted to record and what stands now, side by side."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import verdicts, wording
from verify.dashboard.parts import heading, line, pairs_of_words
from verify.dashboard.verdicts import Clash
from verify.store.store import Store


def draw(store: Store, screen: str, shown_id: str) -> None:
    """Draw both verdicts with the keys that settle it, where one was refused on what is shown.

    It stands in the place of the line that says the same in short (`verdicts.notice`), and so is
    drawn before it.
    """
    clash: Clash | None = st.session_state.get(verdicts.clash_key(screen))
    if clash is None or clash.target.id != shown_id:
        forget(screen)
        return
    st.session_state.pop(f"{screen}_notice", None)
    stands, by = clash.stands, clash.stands.get("reviewer") or "someone"
    now = verdicts.value_words(clash.target.field, stands.get("value"))
    with st.container(border=True, key=f"{screen}_notice_refused"):
        line(f"{wording.REFUSED} Not recorded: {by} set this to {now} meanwhile.", strong=True)
        mine, theirs = st.columns(2, gap="medium")
        with mine:
            heading("What I wanted to record")
            pairs_of_words([("Verdict", clash.value), ("Note", clash.note or "none")])
            st.button(
                f"Set {clash.value} all the same", key=f"{screen}_clash_mine", shortcut="A",
                on_click=set_mine, args=(store, screen, clash),
            )  # fmt: skip
        with theirs:
            heading("What stands now")
            when = wording.moment(str(stands.get("decided_at") or ""))
            pairs_of_words(
                [
                    ("Verdict", now),
                    ("By", f"{by}, {when}" if when else str(by)),
                    ("Note", str(stands.get("note") or "none")),
                ]
            )
            st.button(
                "Leave it so", key=f"{screen}_clash_theirs", shortcut="T",
                on_click=take_theirs, args=(screen, clash),
            )  # fmt: skip


def set_mine(store: Store, screen: str, clash: Clash) -> None:
    """Record what I wanted after all, over what stands now; stale again where that has changed."""
    forget(screen)
    seen = clash.target._replace(version=int(clash.stands.get("version") or 0))
    if verdicts.record(store, screen, seen, clash.value, clash.note):
        _go_on(screen, clash)


def take_theirs(screen: str, clash: Clash) -> None:
    """Let what stands stand, and go on."""
    forget(screen)
    _go_on(screen, clash)
    verdicts.say(screen, "done", f"Left as it is: {clash.stands.get('value')}.")


def forget(screen: str) -> None:
    """Put the refused verdict away."""
    st.session_state.pop(verdicts.clash_key(screen), None)


def _go_on(screen: str, clash: Clash) -> None:
    st.session_state[f"{screen}_note_{clash.target.id}"] = ""
    if clash.go_on:
        st.session_state[f"{screen}_after"] = clash.target.id
        st.session_state.pop(f"{screen}_now", None)
