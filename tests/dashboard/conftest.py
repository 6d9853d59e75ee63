"""The desk over the dispute about the bridge, driven without a browser (see `screen.Screen`)."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from tests.store.bridge import fill
from verify.settings import Settings
from verify.store.store import Store

ENTRY = Path(__file__).parents[2] / "dashboard.py"


@pytest.fixture
def empty(desk_settings: Settings) -> Store:
    """The store of the desk, with nothing in it."""
    st.cache_resource.clear()
    st.cache_data.clear()
    return Store.open(desk_settings)


@pytest.fixture
def store(empty: Store) -> Store:
    """The store of the desk, holding the dispute about the bridge."""
    fill(empty)
    return empty
