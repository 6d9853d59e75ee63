"""The row of fields that narrows a screen; what they say stands in the page's address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

import streamlit as st

from verify.dashboard import boot, verdicts, wording
from verify.dashboard.addresses import NARROWED
from verify.dashboard.paging import back_to_first
from verify.store.filters import Filters

NARROW: Final = 130
"""Width of a choice in px, so that a row of them fits a laptop's screen."""
BARRED: Final = (
    "search",
    "side",
    "source",
    "status",
    "checkable",
    "conflicts_only",
    "since",
    "until",
)
"""Filters that have a field here; the others come by a link and are named beside them."""


def fields(page_key: str = "") -> Filters:
    """Draw the fields in one row and return the filters that hold, those of the link included.

    ``page_key``: of the list (`verify.dashboard.paging`) that a change takes back to its start.
    """
    linked = Filters.from_query(st.query_params.to_dict())
    facets = boot.facets()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        search = st.text_input(
            "Words", key="search", bind="query-params", placeholder="in claim or title",
            icon=":material/search:", on_change=back_to_first, args=(page_key,), width=190,
        )  # fmt: skip
        side = _choice("Side", _known(facets["side"], "side"), "side", page_key)
        source = _choice("Source", _known(facets["source"], "source"), "source", page_key)
        status = _choice("Status", facets["status"], "status", page_key, wording.status)
        checkable = _choice("Checkable", facets["checkable"], "checkable", page_key)
        since = _day("From", "since", page_key)
        until = _day("To", "until", page_key)
        conflicts = st.toggle(
            "Only with conflicts",
            key="conflicts_only",
            bind="query-params",
            on_change=back_to_first,
            args=(page_key,),
        )
    return replace(
        linked,
        search=search or None,
        side=side,
        source=source,
        status=status,
        checkable=checkable,
        since=since,
        until=until,
        conflicts_only=bool(conflicts),
    ).of(verdicts.reviewer())


def _choice(
    label: str,
    values: list[str],
    key: str,
    page_key: str,
    words: Callable[[str], str] = str,
) -> str | None:
    chosen: str | None = st.selectbox(
        label, values, index=None, key=key, bind="query-params", placeholder="any",
        format_func=words, on_change=back_to_first, args=(page_key,), width=NARROW,
    )  # fmt: skip
    return chosen


def _known(values: list[str], key: str) -> list[str]:
    """Add what the address names though no claim has it (yet), so that it still narrows."""
    linked = st.query_params.get(key)
    return values if not linked or linked in values else [*values, linked]


def _day(label: str, key: str, page_key: str) -> str | None:
    chosen = st.date_input(
        label, value=None, key=key, bind="query-params", format="YYYY-MM-DD", width=132,
        min_value=date(1900, 1, 1), max_value=date(2100, 1, 1), on_change=back_to_first,
        args=(page_key,),
    )  # fmt: skip
    return chosen.isoformat() if isinstance(chosen, date) else None


def named(filters: Filters) -> str:
    """Name the filters that have no field here; "" when there are none."""
    query = filters.to_query()
    return ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in query.items() if name not in BARRED
    )


def arrive() -> None:
    """Take the filters of a link (`addresses.filtered`) into the fields, once.

    They stay in the address, so that it can be shared; what a field says there stands above them.
    """
    told = st.query_params.get(NARROWED)
    if told is None or st.session_state.get(NARROWED) == told:
        return
    st.session_state[NARROWED] = told
    filters = Filters.from_query(dict(parse_qsl(told)))
    for name, value in filters.to_query().items():
        if name not in BARRED:
            st.query_params[name] = value
    if not any(name in st.query_params for name in BARRED):
        show(filters)


def show(filters: Filters) -> None:
    """Put filters into the fields before these are drawn; the others stand in the address."""
    for name in BARRED:
        value = getattr(filters, name)
        if name in ("since", "until"):
            value = date.fromisoformat(value[:10]) if value else None
        st.session_state[name] = (value or "") if name == "search" else value


def linked(filters: Filters) -> Filters:
    """Give what the fields say, and of the others what the address says: "me" stays "me"."""
    said = Filters.from_query(st.query_params.to_dict())
    return replace(said, **{name: getattr(filters, name) for name in BARRED})


def clear() -> None:
    """Take all filters away, those of the link too."""
    for name in BARRED:
        st.session_state[name] = {"search": "", "conflicts_only": False}.get(name)
    for name in Filters.__dataclass_fields__:
        if name not in BARRED and name in st.query_params:
            del st.query_params[name]
    st.session_state.pop(NARROWED, None)
    if NARROWED in st.query_params:
        del st.query_params[NARROWED]
