"""Stores for tests, each on both databases: SQLite in a temporary folder, and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made import Made
from tests.store.bridge import fill
from verify.settings import Settings
from verify.store.store import Store

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a store that is empty."""
    on_server = request.param == "postgresql"
    url = request.getfixturevalue("postgresql_url") if on_server else ""
    return Settings(data_dir=tmp_path, database_url=url)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Settings:
    """As `settings` for tests of what a file's form is, which is the same whatever keeps it."""
    return Settings(data_dir=tmp_path)


@pytest.fixture
def unmade(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings of a store whose tables nobody has made yet."""
    if settings.database_url:
        request.getfixturevalue("databases").unmade()
    return settings


@pytest.fixture
def empty(settings: Settings, made: Made) -> Iterator[Store]:
    opened = made.opened(settings)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def store(settings: Settings, made: Made) -> Iterator[Store]:
    """The dispute about the bridge."""
    opened = made.opened(settings, fill)
    yield opened
    opened.engine.dispose()
