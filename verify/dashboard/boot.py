"""What the dashboard's process does once: open the store and settle its memory."""

from __future__ import annotations

import gc

import altair as alt
import streamlit as st

from verify.settings import Settings, from_environment
from verify.store import views
from verify.store.store import Store

FRESH_S = 5
"""Seconds for which lists of filter values and of sides are reused; a build adds to them."""


def settings() -> Settings:
    """Return the settings of this process."""
    return from_environment()


@st.cache_resource(show_spinner=False)
def _open(chosen: Settings) -> Store:
    opened = Store.open(chosen)
    # Vega's limit guards against charts that nobody aggregated; ours are bounded by SQL.
    alt.data_transformers.disable_max_rows()
    # Streamlit collects garbage after every run; what was imported by now never becomes any.
    # Measured: a minimal rerun fell from 106 to 13 ms.
    gc.collect()
    gc.freeze()
    return opened


def store() -> Store:
    """Return the store of this process, opened once."""
    return _open(settings())


@st.cache_data(ttl=FRESH_S, show_spinner=False)
def _facets(url: str) -> dict[str, list[str]]:
    return views.facets(store())


def facets() -> dict[str, list[str]]:
    """Return the values that each filter may take, at most `FRESH_S` old."""
    return _facets(settings().url)


@st.cache_data(ttl=FRESH_S, show_spinner=False)
def _sides(url: str) -> list[str]:
    declared = list(dict.fromkeys(store().sides()["side"]))
    return declared + sorted(set(_facets(url)["side"]) - set(declared))


def sides() -> list[str]:
    """Return all sides in a lasting order: as the analyst declared them, then by name."""
    return _sides(settings().url)
