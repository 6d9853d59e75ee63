"""Figures about the whole store: counted once for all sessions, and anew when something changed.

What is quick to count is counted when it is asked for. What takes long is counted beside the pages:
until it is done they show the figures before, and say of when they are.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import streamlit as st

QUICK_S: Final = 0.15
"""What took longer the last time is counted beside the pages: a click should not wait for it."""
KEPT: Final = 64
"""Figures that are kept; the oldest goes first."""
OLD_S: Final = 600
"""After so long all is counted anew, should something have changed that left no trace."""


@dataclass(frozen=True)
class Figures:
    """What was counted."""

    value: Any
    of: Hashable
    """State of the store that was counted."""
    seconds: float
    """How long it took."""
    at: datetime
    """When counting began, in UTC."""

    def holds(self, state: Hashable) -> bool:
        """Say whether these figures are of this state, and young enough to be trusted."""
        return self.of == state and datetime.now(UTC) - self.at < timedelta(seconds=OLD_S)


class Counter:
    """Counts each figure once for a state of the store, whoever asks."""

    def __init__(self) -> None:
        self._found: dict[Hashable, Figures] = {}
        self._busy: set[Hashable] = set()
        self._lock = threading.Lock()

    def now(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> Any:
        """Return a figure of this state, however long it takes to count."""
        with self._lock:
            found = self._found.get(name)
        if found is None or not found.holds(state):
            found = self._count(name, state, count)
        return found.value

    def lately(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> Figures:
        """Return a figure of this state, or one of before while a slow one is being counted."""
        with self._lock:
            found = self._found.get(name)
            if found is not None and found.holds(state):
                return found
            slow = found is not None and found.seconds > QUICK_S
            start = slow and name not in self._busy
            if start:
                self._busy.add(name)
        if found is None or not slow:
            return self._count(name, state, count)
        if start:
            beside = threading.Thread(
                target=self._beside, args=(name, state, count), name=f"count {name}", daemon=True
            )
            beside.start()
        return found

    def _beside(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> None:
        try:
            self._count(name, state, count)
        except Exception:  # whoever asks next counts it then and there, and is told what fails
            with self._lock:
                self._found.pop(name, None)
        finally:
            with self._lock:
                self._busy.discard(name)

    def _count(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> Figures:
        at, began = datetime.now(UTC), time.perf_counter()
        value = count()
        found = Figures(value, state, time.perf_counter() - began, at)
        with self._lock:
            self._found.pop(name, None)
            self._found[name] = found
            while len(self._found) > KEPT:
                self._found.pop(next(iter(self._found)))
        return found


@st.cache_resource(show_spinner=False)
def counter(url: str) -> Counter:
    """Return what counts for all sessions of the store at this address."""
    return Counter()
