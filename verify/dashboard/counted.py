"""Figures about the whole store: counted once for all sessions, and anew when something changed.

What takes long is counted beside the pages: until it is done they show the figures before, if there
are any, and say of when they are.
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
"""What took longer the last time is not waited for: a click should not take so long."""
PATIENCE_S: Final = 2.0
"""How long is waited for anything else: by who asks first of all, and for what took no time."""
KEPT: Final = 64
"""Figures that are kept; the one that nobody asked for longest goes first."""
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
        self._faults: dict[Hashable, Exception] = {}
        self._busy: dict[Hashable, threading.Thread] = {}
        self._one_by_one: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def now(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> Any:
        """Return a figure of this state; whoever asks while it is being counted waits for it."""
        with self._lock:
            own = self._one_by_one.setdefault(name, threading.Lock())
        with own:
            found = self._known(name)
            if found is None or not found.holds(state):
                found = self._count(name, state, count)
        return found.value

    def lately(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> Figures | None:
        """Return a figure of this state, or one of before while it is being counted; None: none.

        Raises what the count raised, to whoever asks first after that.
        """
        found = self._known(name)
        if found is not None and found.holds(state):
            return found
        with self._lock:
            beside = self._busy.get(name)
            first = beside is None or not beside.is_alive()
            if beside is None or first:
                beside = self._busy[name] = threading.Thread(
                    target=self._beside, args=(name, state, count), name=f"count {name}",
                    daemon=True,
                )  # fmt: skip
                beside.start()
        if first if found is None else found.seconds <= QUICK_S:
            beside.join(PATIENCE_S)
        return self._known(name)

    def _known(self, name: Hashable) -> Figures | None:
        with self._lock:
            fault = self._faults.pop(name, None)
            if fault is not None:
                raise fault
            found = self._found.pop(name, None)
            if found is not None:
                self._found[name] = found  # the one that was asked for last goes last
            return found

    def _beside(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> None:
        try:
            self._count(name, state, count)
        except Exception as fault:
            with self._lock:
                self._faults[name] = fault

    def _count(self, name: Hashable, state: Hashable, count: Callable[[], Any]) -> Figures:
        at, began = datetime.now(UTC), time.perf_counter()
        value = count()
        found = Figures(value, state, time.perf_counter() - began, at)
        with self._lock:
            self._found.pop(name, None)
            self._found[name] = found
            while len(self._found) > KEPT:
                oldest = next(iter(self._found))
                del self._found[oldest]
                self._one_by_one.pop(oldest, None)
        return found


@st.cache_resource(show_spinner=False)
def counter(url: str) -> Counter:
    """Return what counts for all sessions of the store at this address."""
    return Counter()
