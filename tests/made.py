"""Stores on SQLite that are made once and copied: making one costs more than most tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from verify.settings import Settings
from verify.store.store import Store


class Made:
    """Files of stores, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def opened(self, settings: Settings, fill: Callable[[Store], None] | None = None) -> Store:
        """Open a store as new, empty or filled; a server's is filled where it is.

        ``fill`` must leave nothing beside the database, and is known by its name.
        """
        if settings.database_url:
            store = Store.open(settings)
            if fill:
                fill(store)
            return store
        settings.store_file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._file(fill), settings.store_file)
        return Store.open(settings)

    def _file(self, fill: Callable[[Store], None] | None) -> Path:
        name = f"{fill.__module__}.{fill.__name__}" if fill else "empty"
        made = Settings(data_dir=self._folder / name)
        if not made.store_file.exists():
            store = Store.open(made)
            if fill:
                fill(store)
            store.engine.dispose()
            assert not any(made.originals.iterdir())
        return made.store_file


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The stores of this process."""
    return Made(tmp_path_factory.mktemp("made"))
