"""The button "Views" of a screen: open, save, share, rename and delete views, each with an address.

An address that names a view is turned into its filters before the page draws its fields.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from verify.dashboard import addresses, verdicts, wording
from verify.errors import VerifyError
from verify.review import saved
from verify.review.saved import View
from verify.store.filters import Filters
from verify.store.store import Store

Show = Callable[[Filters], None]
"""Puts filters into the fields of a screen."""


def arrive(store: Store, screen: str, show: Show) -> None:
    """Where the address names a view that is not on screen yet, show what it holds."""
    view_id = st.query_params.get("view")
    if not view_id or st.session_state.get(_on(screen)) == view_id:
        return
    view = saved.opened(store, view_id, verdicts.reviewer())
    if view is None:
        del st.query_params["view"]
        verdicts.say(_said(screen), "refused", "There is no such view, or it is not shared.")
        return
    filters, beside, unknown = view.read()
    st.query_params.from_dict({**beside, **filters.to_query(), "view": view_id})
    for name, value in beside.items():
        st.session_state[name] = value
    show(filters)
    st.session_state[_on(screen)] = view_id
    if unknown:
        names = ", ".join(name.replace("_", " ") for name in unknown)
        told = f"The view “{view.name}” also narrowed to {names}, which this version does not know."
        verdicts.say(_said(screen), "refused", told)


def leave(store: Store, screen: str, shown: Filters) -> None:
    """Take the view out of the address where the fields say something else by now."""
    view_id = st.query_params.get("view")
    view = saved.opened(store, view_id, verdicts.reviewer()) if view_id else None
    if view_id and (view is None or view.read()[0] != shown):
        del st.query_params["view"]
        st.session_state.pop(_on(screen), None)


def menu(store: Store, screen: str, shown: Filters) -> None:
    """Draw the button and, while it is open, the views and the fields that save ``shown``."""
    opened = st.popover(
        "Views", key=f"{screen}_views", icon=":material/bookmark:", on_change="rerun"
    )
    if opened.open:
        with opened:
            _save_fields(store, screen, shown)
            for view in saved.listed(store, screen, verdicts.reviewer()):
                _row(store, screen, view)


def notice(screen: str) -> None:
    """Show what came of the last change to a view."""
    verdicts.notice(_said(screen))


def _row(store: Store, screen: str, view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        of = "" if view.owner == verdicts.reviewer() else f" (by {view.owner})"
        st.page_link(
            addresses.file(screen),
            label=wording.plain_label(f"{view.name}{of}"),
            query_params={"view": view.view_id},
        )
        if not saved.may_change(store, view, verdicts.reviewer()):
            return
        key = f"{screen}_view_{view.view_id}"
        st.text_input(
            "New name", value=view.name, key=f"{key}_name", label_visibility="collapsed",
            on_change=_rename, args=(store, screen, view, f"{key}_name"), width=180,
        )  # fmt: skip
        st.session_state.setdefault(f"{key}_shared", view.shared)
        st.toggle(
            "Shared", key=f"{key}_shared",
            on_change=_share, args=(store, screen, view, f"{key}_shared"),
        )  # fmt: skip
        st.button(
            "Delete", key=f"{key}_delete", on_click=_remove, args=(store, screen, view),
        )  # fmt: skip


def _save_fields(store: Store, screen: str, shown: Filters) -> None:
    with st.form(f"{screen}_view_form", clear_on_submit=True, border=False):
        st.text_input("Name for what is shown now", key=f"{screen}_view_name")
        st.toggle("Share with the team", key=f"{screen}_view_shared")
        st.form_submit_button("Save", on_click=_save, args=(store, screen, shown))


def _save(store: Store, screen: str, shown: Filters) -> None:
    name = str(st.session_state.get(f"{screen}_view_name") or "")
    query = st.query_params.to_dict()
    beside = {key: query[key] for key in saved.BESIDE if key in query}

    def made() -> str:
        shared = bool(st.session_state.get(f"{screen}_view_shared"))
        view = saved.save(
            store, screen, name, shown, verdicts.reviewer(),
            shared=shared, beside=beside,
        )  # fmt: skip
        return f"Saved the view “{view.name}”."

    _told(screen, made)


def _rename(store: Store, screen: str, view: View, key: str) -> None:
    name = str(st.session_state[key])

    def made() -> str:
        saved.rename(store, view.view_id, name, verdicts.reviewer())
        return f"“{view.name}” is called “{name}” now."

    _told(screen, made)


def _share(store: Store, screen: str, view: View, key: str) -> None:
    shared = bool(st.session_state[key])

    def made() -> str:
        saved.share(store, view.view_id, shared, verdicts.reviewer())
        return f"“{view.name}” is {'shared with the team' if shared else f'only {view.owner}’s'}."

    _told(screen, made)


def _remove(store: Store, screen: str, view: View) -> None:
    def made() -> str:
        saved.remove(store, view.view_id, verdicts.reviewer())
        return f"Deleted the view “{view.name}”."

    _told(screen, made)


def _told(screen: str, act: Callable[[], str]) -> None:
    try:
        verdicts.say(_said(screen), "done", act())
    except VerifyError as error:
        verdicts.say(_said(screen), "refused", str(error))


def _on(screen: str) -> str:
    return f"{screen}_view_on"


def _said(screen: str) -> str:
    return f"{screen}_views"
