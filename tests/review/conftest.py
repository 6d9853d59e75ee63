"""The stores that the tests of the store use."""

from tests.store.conftest import empty, settings, store, unmade

__all__ = ["empty", "settings", "store", "unmade"]
