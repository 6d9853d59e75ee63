"""The desk over the dispute about the bridge, driven without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.store.bridge import fill
from verify.dashboard import addresses
from verify.settings import Settings
from verify.store.store import Store

ENTRY = Path(__file__).parents[2] / "dashboard.py"

OpenPage = Callable[..., AppTest]


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


@pytest.fixture
def open_page(empty: Store) -> OpenPage:
    """Open a page by its name in `addresses.SCREENS`, with the parameters of a link."""

    def opened(name: str, **query: str) -> AppTest:
        desk = AppTest.from_file(str(ENTRY), default_timeout=20)
        for key, value in query.items():
            desk.query_params[key] = value
        desk.switch_page(str(addresses.file(name)))
        desk.run()
        assert not desk.exception, desk.exception
        return desk

    return opened


def shown(desk: AppTest) -> str:
    """Return every text on the page that people read, line by line, HTML as its source."""
    kinds = ("title", "header", "subheader", "text", "markdown", "caption", "html", "code")
    texts = [str(element.value) for kind in kinds for element in desk.get(kind)]
    return "\n".join(texts)
