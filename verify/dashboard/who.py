"""Who acts: the person who signed in, else the local name that was chosen.

Everything that is decided on a screen is signed with `name`. Where signing in is configured, the
name follows from the verified address alone; no field, no link and no session can change it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st

from verify.dashboard import boot, sign_in
from verify.review import people
from verify.store.store import Store

FIELD: Final = "reviewer"
"""Key of the sidebar's field for a local name."""

_DRAWN: Final = "who_drawn_for"


class Acting(NamedTuple):
    """Who works at this screen."""

    name: str
    """The name that decisions are signed with; "" where nobody is known."""
    role: str
    """reader, reviewer or lead."""
    address: str = ""
    """Of who signed in."""
    stranger: str = ""
    """Why who signed in is nobody here; "" where they are somebody, or nobody need sign in."""

    @property
    def decides(self) -> bool:
        """Whether verdicts are theirs to give."""
        return self.role != people.READER

    @property
    def leads(self) -> bool:
        """Whether roles, rules and settling are theirs."""
        return self.role == people.LEAD


def required() -> bool:
    """Whether everybody signs in: where the desk says so, or Streamlit itself is set up for it."""
    return boot.settings().sign_in is not None or "is_logged_in" in st.user


def logged_in() -> bool:
    """Whether this browser has signed in with the provider."""
    return bool(st.user.get("is_logged_in"))


def acting(store: Store) -> Acting:
    """Say who acts now; roles are read anew each time, so that one that is taken away ends."""
    if not required():
        name = str(st.session_state.get(FIELD) or "").strip()
        return Acting(name, people.role_of(store, name))
    if not logged_in():
        return Acting("", people.READER, stranger="You are not signed in.")
    address = str(st.user.get("email") or "").strip()
    if not address:
        return Acting("", people.READER, stranger="The provider did not say your address.")
    if not _verified():
        unsure = f"You are signed in as {address}, but the provider has not verified that address."
        return Acting("", people.READER, address, unsure)
    return of_address(store, address)


def of_address(store: Store, address: str) -> Acting:
    """Say whom a verified address belongs to; only who has a role is somebody here."""
    name = people.signed_in(store, address)
    known = people.people(store)
    if name is None or name not in known:
        nobody = f"You are signed in as {address}, but nobody gave you a role."
        return Acting("", people.READER, address, nobody)
    return Acting(name, known[name][0], address)


def name() -> str:
    """Return the name that decisions are signed with; "" where nobody is known."""
    return acting(boot.store()).name


def look(store: Store) -> Acting:
    """Find out who acts, for the whole of this drawing of the page."""
    st.session_state[_DRAWN] = acting(store)
    return drawn_for()


def drawn_for() -> Acting:
    """Return who acts as this drawing began; it says what is drawn, never what is allowed."""
    found: Acting | None = st.session_state.get(_DRAWN)
    return found if found is not None else acting(boot.store())


def may_decide() -> bool:
    """Whether verdicts are drawn for whoever acts; the store refuses what is not theirs anyway."""
    return drawn_for().decides


def leads() -> bool:
    """Whether what only leads do is drawn."""
    return drawn_for().leads


def _verified() -> bool:
    said = st.user.get("email_verified")
    if said is None:
        file = boot.settings().sign_in
        return file is not None and sign_in.takes_unstated(file)
    return said is True or str(said).casefold() == "true"
