"""The desk over the dispute about the bridge, driven without a browser (see `screen.Screen`)."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from tests.made import Made
from tests.store.bridge import fill
from verify.settings import Settings
from verify.store.store import Store

ENTRY = Path(__file__).parents[2] / "dashboard.py"


@pytest.fixture
def forgotten() -> None:
    """Nothing is remembered of the test before."""
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def empty(desk_settings: Settings, made: Made, forgotten: None) -> Store:
    """The store of the desk, with nothing in it."""
    return made.opened(desk_settings)


@pytest.fixture
def store(desk_settings: Settings, made: Made, forgotten: None) -> Store:
    """The store of the desk, holding the dispute about the bridge."""
    return made.opened(desk_settings, fill)
