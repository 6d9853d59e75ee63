"""The fields that narrow the review, kept in the page's address so that a view can be shared.

Streamlit's own binding writes what a field shows into the address; these write its value, under
the names of `verify.store.filters.Filters`, as every link in the program does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from verify.dashboard import boot, more_filters, verdicts
from verify.dashboard.parts import line
from verify.records import CLAIM_STATUSES, rows
from verify.store import views
from verify.store.filters import CHECKABLE, Filters
from verify.store.store import Store

MOST_EVENTS = 200
"""Events that the field offers, most conflicts first; a link may name any other one."""

KEPT: Final = ("mode", "view")
"""Parameters of the address that are no filters."""
FIXED: Final = ("status", "checkable", "kind", "relation", "second")
"""Fields whose values never change; of others, a link may name one that is not there (yet)."""


def fields(store: Store, screen: str, *, with_status: bool) -> Filters:
    """Draw the fields, and what they say in words; a change starts the queue anew.

    The filters returned name the reviewer where the address says "me".
    """
    linked = Filters.from_query(st.query_params.to_dict())
    facets = boot.facets()
    titles = _titles(store, linked.event_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _seed("search", linked.search or "")
        search = st.text_input(
            "Words in the claim", key="search", placeholder="any",
            on_change=verdicts.start_over, args=(screen,),
        )  # fmt: skip
        event = choice("Event", titles, "event_id", screen)
        side = choice("Side", facets["side"], "side", screen)
        source = choice("Source", facets["source"], "source", screen)
        status = choice("Status", CLAIM_STATUSES, "status", screen) if with_status else None
        checkable = choice("Checkable", CHECKABLE, "checkable", screen)
        _seed("conflicts_only", linked.conflicts_only)
        conflicts = st.toggle(
            "Only in conflict", key="conflicts_only",
            on_change=verdicts.start_over, args=(screen,),
        )  # fmt: skip
        more = more_filters.popover(linked, screen, choice)
    chosen = replace(
        more,
        search=search or None,
        event_id=event,
        side=side,
        source=source,
        status=status,
        checkable=checkable,
        conflicts_only=conflicts,
    )
    others = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    st.query_params.from_dict({**others, **chosen.to_query()})
    _in_words(chosen, titles, screen)
    return chosen.of(verdicts.reviewer())


def _in_words(chosen: Filters, titles: Mapping[str, str], screen: str) -> None:
    """Say what the list is narrowed to, with the way to clear it."""
    said = more_filters.told(chosen, titles)
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="narrowed"):
        line(f"Narrowed to: {'  ·  '.join(said)}", quiet=True)
        st.button(
            "Clear filters", key="clear_filters", type="tertiary",
            on_click=more_filters.clear, args=(screen,),
        )  # fmt: skip


def choice(
    label: str, values: Sequence[str] | Mapping[str, str], key: str, screen: str
) -> str | None:
    """Draw one choice, "any" at first or what the address says; a mapping holds value -> words.

    ``key``: the filter's name, which is that of the address; see `more_filters.field_of`.
    """
    words = values if isinstance(values, Mapping) else {value: value for value in values}
    linked = st.query_params.get(key)
    if linked and key not in FIXED:
        words = {**words, linked: words.get(linked, f"{linked} (not found)")}
    field = more_filters.field_of(key)
    if linked in words:
        _seed(field, linked)
    chosen: str | None = st.selectbox(
        label,
        list(words),
        index=None,
        key=field,
        placeholder="any",
        format_func=lambda value: words.get(value, value),
        on_change=verdicts.start_over,
        args=(screen,),
    )
    return chosen


def show(filters: Filters) -> None:
    """Put filters into the fields, before these are drawn; the address holds them already."""
    more_filters.fill(filters)
    for screen in ("claim_queue", "pair_queue"):
        verdicts.start_over(screen)


def mode(modes: Mapping[str, str]) -> str:
    """Draw the ways to review, value -> words, and keep the one chosen in the address."""
    linked = st.query_params.get("mode")
    _seed("mode", linked if linked in modes else next(iter(modes)))
    chosen = st.segmented_control(
        "How to review",
        list(modes),
        required=True,
        key="mode",
        format_func=modes.__getitem__,
        label_visibility="collapsed",
    )
    st.query_params["mode"] = str(chosen)
    return str(chosen)


def _seed(key: str, value: object) -> None:
    """Give a field its first value; afterwards it is the person's."""
    if key not in st.session_state:
        st.session_state[key] = value


def _titles(store: Store, linked: str | None) -> dict[str, str]:
    found = rows(views.events(store, limit=MOST_EVENTS)[0])
    wanted = linked or st.session_state.get("event_id")
    if wanted and wanted not in {event["event_id"] for event in found}:
        one = views.event(store, wanted)
        found += [one] if one else []
    return {event["event_id"]: event["title"] or "without a title" for event in found}
