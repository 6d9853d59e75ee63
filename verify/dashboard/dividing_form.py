"""Dividing work among people, on the Team page: what, among whom, the numbers first, and back."""

from __future__ import annotations

from typing import Final, Literal

import streamlit as st

from verify.dashboard import boot, plain_table, verdicts, wording
from verify.dashboard.parts import heading, line
from verify.errors import VerifyError
from verify.review import dividing
from verify.review.dividing import Division
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

SCREEN: Final = "dividing"
PREVIEW: Final = "dividing_preview"
KINDS: Final = {"claim": "Claims", "pair": "Pairs"}
AT_FIRST: Final = 50
"""Things a person is given unless another number is said: about a day's work."""
MOST_EVENTS: Final = 200


def draw(store: Store) -> None:
    """Draw the fields, the numbers of a division when they are asked for, and the way back."""
    heading("Divide what waits")
    verdicts.notice(SCREEN)
    names = boot.decides() or [verdicts.reviewer()]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kind = st.segmented_control("What", list(KINDS), default="claim", required=True,
                                    key="dividing_kind", format_func=KINDS.__getitem__)  # fmt: skip
        second = st.toggle("For a second verdict", key="dividing_second",
                           disabled=not boot.policy().twice)  # fmt: skip
        st.multiselect("Among", names, key="dividing_names", placeholder="choose people")
        st.number_input("At most each", min_value=1, value=AT_FIRST, key="dividing_each", width=120)
    filters = _filters(store)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Show how it divides", key="dividing_show", on_click=preview,
                  args=(store, "pair" if kind == "pair" else "claim", filters, second))  # fmt: skip
        mine = dividing.last_given(store, verdicts.reviewer())
        if mine:
            st.button(f"Take back the last {len(mine):,} given", key="dividing_back",
                      icon=":material/undo:", on_click=take_back, args=(store,))  # fmt: skip
    found: Division | None = st.session_state.get(PREVIEW)
    if found is not None:
        _numbers(store, found)


def _filters(store: Store) -> Filters:
    facets, events = boot.facets(), views.events(store, limit=MOST_EVENTS)[0]
    titles = dict(zip(events["event_id"], events["title"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input("Words in the claim", key="dividing_words", placeholder="any",
                              width=190)  # fmt: skip
        event = st.selectbox(
            "Event", list(titles), index=None, key="dividing_event", placeholder="any", width=240,
            format_func=lambda event_id: titles.get(event_id) or "without a title",
        )  # fmt: skip
        side, source = (
            st.selectbox(name.capitalize(), facets[name], index=None, key=f"dividing_{name}",
                         placeholder="any", width=170)
            for name in ("side", "source")
        )  # fmt: skip
        conflicts = st.toggle("Only in conflict", key="dividing_conflicts")
    return Filters(search=words or None, event_id=event, side=side, source=source,
                   conflicts_only=conflicts)  # fmt: skip


def _numbers(store: Store, found: Division) -> None:
    """Draw what each would be given, and the button that gives it."""
    noun = found.kind
    body = [
        [name, wording.counted(len(share.pieces), noun), f"{share.conflicts:,}", f"{share.reach:,}"]
        for name, share in found.shares.items()
    ]
    plain_table.draw("How it divides", ["Name", "Given", "Conflicts", "Reach"], body)
    told = ["Reach: sources that say the same, added up." if noun == "claim"
            else "Reach: sources that tell of the event, added up."]  # fmt: skip
    if found.left:
        told.append(f"{found.left:,} more wait beyond that.")
    if found.barred:
        told.append(f"{found.barred:,} have their first verdict from all of these.")
    line(" ".join(told), quiet=True)
    with st.container(horizontal=True, gap="small"):
        st.button(f"Give {found.given:,}", key="dividing_give", type="primary",
                  disabled=not found.given, on_click=give, args=(store, found))  # fmt: skip
        st.button("Not so", key="dividing_not", on_click=forget)


def preview(store: Store, kind: Literal["claim", "pair"], filters: Filters, second: bool) -> None:
    """Work out a division and keep its numbers for the page; nothing is recorded."""
    names = list(st.session_state.get("dividing_names") or [])
    each = int(st.session_state.get("dividing_each") or AT_FIRST)
    forget()
    try:
        found = dividing.divide(store, kind, names, filters, each=each, second=second)
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", str(error))
        return
    st.session_state[PREVIEW] = found


def give(store: Store, found: Division) -> None:
    """Record the division that was shown."""
    forget()
    try:
        made = dividing.give(store, found, verdicts.reviewer())
    except VerifyError as error:
        told = verdicts.why(error, "whose work one of these is")
        verdicts.say(SCREEN, "refused", told)
    else:
        verdicts.say(SCREEN, "done", f"Given: {wording.counted(len(made), found.kind)}.")


def take_back(store: Store) -> None:
    """Take my last division back as a whole."""
    forget()
    mine = verdicts.reviewer()
    try:
        made = dividing.take_back(store, dividing.last_given(store, mine), mine)
    except VerifyError as error:
        told = verdicts.why(error, "whose work one of these is")
        verdicts.say(SCREEN, "refused", f"Nothing was taken back. {told}")
    else:
        verdicts.say(SCREEN, "done", f"Taken back: {len(made):,}.")


def forget() -> None:
    """Put the numbers away."""
    st.session_state.pop(PREVIEW, None)
