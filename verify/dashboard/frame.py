"""What stands around every page for whoever works at it: signing in, the name, and the way out."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import boot, who
from verify.dashboard.parts import heading, line
from verify.review import people
from verify.store.store import Store

NOBODY_YET = (
    "Nobody has a role at this desk yet. On its server: "
    "verify people add NAME --role lead --address ADDRESS"
)


def let_in(store: Store) -> bool:
    """Draw the way in where whoever is here may see nothing; whether the page may be drawn."""
    if not who.required():
        return True
    if not who.logged_in():
        _sign_in()
        return False
    here = who.acting(store)
    if not here.stranger:
        return True
    heading("Counterclaim", level=1)
    line(here.stranger)
    line(NOBODY_YET if people.is_open(store) else "Ask a lead of this desk for one.", quiet=True)
    st.button("Sign out", key="sign_out", on_click=st.logout)
    return False


def name(store: Store) -> None:
    """Draw who acts in the sidebar: who signed in, or the local name and how it is chosen."""
    if who.required():
        here = who.acting(store)
        st.text(f"{here.name}\n{here.role}, signed in")
        st.button("Sign out", key="sign_out", on_click=st.logout)
        return
    known = list(people.people(store))
    usual = boot.settings().reviewer
    if not known:
        st.session_state.setdefault(who.FIELD, usual)
        st.text_input(
            "Reviewer", key=who.FIELD, help="The name that your decisions are recorded under"
        )
        return
    chosen = st.session_state.get(who.FIELD)
    if chosen not in known:
        chosen = usual if usual in known else None
    st.session_state[who.FIELD] = chosen  # also where a field of text stood here before
    st.selectbox(
        "Reviewer", known, key=who.FIELD, placeholder="choose your name", help=LOCAL,
        index=None,
    )  # fmt: skip
    st.text(f"{who.acting(store).role}, not signed in")


LOCAL = (
    "The name that your decisions are recorded under. Nobody checks it: "
    "anybody at this machine can choose any name"
)


def _sign_in() -> None:
    heading("Counterclaim", level=1)
    line("Sign in to work at this desk.")
    st.button("Sign in", key="sign_in", type="primary", on_click=st.login)
