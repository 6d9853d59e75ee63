"""The row of fields that narrows a screen; what they say stands in the page's address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import streamlit as st

from verify.dashboard import boot, wording
from verify.store.filters import Filters

NARROW: Final = 150
"""Width of a choice in px, so that a row of them fits a laptop's screen."""
BARRED: Final = ("search", "side", "source", "status", "conflicts_only", "since", "until")
"""Filters that have a field here; the others come by a link and are named beside them."""


def fields(*, on_change: Callable[[], None] | None = None) -> Filters:
    """Draw the fields in one row and return the filters that hold, those of the link included."""
    linked = Filters.from_query(st.query_params.to_dict())
    facets = boot.facets()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        search = st.text_input(
            "Words", key="search", bind="query-params", placeholder="in claim or title",
            icon=":material/search:", on_change=on_change, width=240,
        )  # fmt: skip
        side = _choice("Side", facets["side"], "side", on_change)
        source = _choice("Source", facets["source"], "source", on_change)
        status = _choice("Status", facets["status"], "status", on_change, wording.status)
        since = _day("From", "since", linked.since, on_change)
        until = _day("To", "until", linked.until, on_change)
        conflicts = st.toggle(
            "Only with conflicts", key="conflicts_only", bind="query-params", on_change=on_change
        )
    return replace(
        linked,
        search=search or None,
        side=side,
        source=source,
        status=status,
        since=since,
        until=until,
        conflicts_only=bool(conflicts),
    )


def _choice(
    label: str,
    values: list[str],
    key: str,
    on_change: Callable[[], None] | None,
    words: Callable[[str], str] = str,
) -> str | None:
    chosen: str | None = st.selectbox(
        label, values, index=None, key=key, bind="query-params", placeholder="any",
        format_func=words, on_change=on_change, width=NARROW,
    )  # fmt: skip
    return chosen


def _day(label: str, key: str, linked: str | None, on_change: Any) -> str | None:
    chosen = st.date_input(
        label, value=None, key=key, bind="query-params", format="YYYY-MM-DD", width=130,
        min_value=date(1900, 1, 1), max_value=date(2100, 1, 1), on_change=on_change,
    )  # fmt: skip
    return chosen.isoformat() if isinstance(chosen, date) else None


def named(filters: Filters) -> str:
    """Name the filters that have no field here; "" when there are none."""
    query = filters.to_query()
    return ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in query.items() if name not in BARRED
    )


def clear() -> None:
    """Take all filters away."""
    for name in (*BARRED, *Filters.__dataclass_fields__):
        st.session_state.pop(name, None)
    st.query_params.clear()
