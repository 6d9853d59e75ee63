"""A switch between ways to show a page, kept in the address by a word of its own.

Streamlit (1.67) binds a switch to the address by its label; here labels may be reworded, and links
stay good.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def now(key: str, options: Mapping[str, str]) -> str:
    """Return what the switch stands on, before it is drawn: as clicked, or as the address says.

    ``options``: word in the address -> label; the first one is meant where the address has none.
    """
    first = next(iter(options))
    linked = st.query_params.get(key)
    if linked != st.session_state.get(_written(key), first if linked is None else None):
        st.session_state[key] = linked if linked in options else first
        st.session_state[_written(key)] = linked
    said = str(st.session_state.get(key))
    return said if said in options else first


def draw(label: str, key: str, options: Mapping[str, str]) -> str:
    """Draw the switch, write the address, and return what it stands on."""
    chosen = now(key, options)
    st.session_state[key] = chosen
    st.segmented_control(
        label,
        list(options),
        key=key,
        required=True,
        format_func=options.__getitem__,
        label_visibility="collapsed",
    )
    word = None if chosen == next(iter(options)) else chosen
    if word is None and key in st.query_params:
        del st.query_params[key]
    elif word is not None:
        st.query_params[key] = word
    st.session_state[_written(key)] = word
    return chosen


def _written(key: str) -> str:
    """Name what the session keeps beside the switch: the address as it was last read or written."""
    return f"{key}_in_address"
