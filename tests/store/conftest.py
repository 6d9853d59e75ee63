"""Stores for tests: SQLite in a temporary folder, or what VERIFY_TEST_DATABASE_URL names."""

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.store.bridge import fill
from verify.settings import Settings
from verify.store.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = os.environ.get("VERIFY_TEST_DATABASE_URL", "")
    if url:
        with create_engine(url).begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    return Settings(data_dir=tmp_path, database_url=url)


@pytest.fixture
def empty(settings: Settings) -> Store:
    return Store.open(settings)


@pytest.fixture
def store(empty: Store) -> Store:
    """The dispute about the bridge."""
    fill(empty)
    return empty
