"""What the dashboard's process does once: open the store and settle its memory."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from itertools import count as counting
from typing import NamedTuple, TypeVar

import altair as alt
import streamlit as st

from verify.dashboard import counted
from verify.review import news, people
from verify.review.policy import Policy
from verify.review.policy import policy as standing_policy
from verify.settings import Settings, from_environment
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

T = TypeVar("T")
SETTLED_AFTER = frozenset((10, 30, 100, 300, 1000))
"""Runs of this process after which its memory is settled once more: few, since each has a price."""
_RUNS = counting(1)
_OPENED: list[Store] = []


def settings() -> Settings:
    """Return the settings of this process."""
    told = tuple(sorted(item for item in os.environ.items() if item[0].startswith("VERIFY_")))
    return _settings(told)


@lru_cache(maxsize=1)
def _settings(_told: tuple[tuple[str, str], ...]) -> Settings:
    return from_environment()


@st.cache_resource(show_spinner=False)
def _open(_chosen: Settings, told: tuple[str, str]) -> Store:
    opened = Store.open(_chosen, lasting=True)
    _OPENED.append(opened)
    # Vega's limit guards against charts that nobody aggregated; ours are bounded by SQL.
    alt.data_transformers.disable_max_rows()
    _keep_for_good()
    return opened


def close() -> None:
    """Close what this process holds open of its stores; SQLite puts its log into the file then."""
    while _OPENED:
        _OPENED.pop().engine.dispose()


def _keep_for_good() -> None:
    """Let garbage collection, which Streamlit does after every run, pass by what is there by now.

    Measured: after what is imported a minimal rerun fell from 106 to 13 ms; after what the pages
    prepare when they are first drawn a collection falls from 20 to 70 ms to 5 to 10. The price is
    what open sessions hold at such a time: of it, what hangs together in a circle is never freed.
    """
    gc.collect()
    gc.freeze()


def settle() -> None:
    """Count a run of the script; after some of the first ones, keep what is there for good."""
    if next(_RUNS) in SETTLED_AFTER:
        _keep_for_good()


def store() -> Store:
    """Return the store of this process, opened once."""
    chosen = settings()
    return _open(chosen, (repr(chosen), chosen.url))  # as texts: their hash is quick to make


def of_now(name: Hashable, count: Callable[[], T]) -> T:
    """Return figures of the whole store as it is now, counted once for whoever looks."""
    found: T = counter().now(name, news.state(store()), count)
    return found


def counter() -> counted.Counter:
    """Return what counts figures of this process's store for all sessions."""
    return counted.counter(settings().url)


def facets() -> dict[str, list[str]]:
    """Return the values that each filter may take."""
    return of_now("facets", partial(views.facets, store()))


def names() -> list[str]:
    """Return who decided anything or has work."""
    return of_now("names", partial(views.names, store()))


def decides() -> list[str]:
    """Return who may decide, by the roles that stand; [] while nobody has one."""
    return [name for name, (role, _) in people.people(store()).items() if role != people.READER]


def sides() -> list[str]:
    """Return all sides in a lasting order: as the analyst declared them, then by name."""
    return of_now("sides", _sides)


def _sides() -> list[str]:
    declared = list(dict.fromkeys(store().sides()["side"]))
    return declared + sorted(set(facets()["side"]) - set(declared))


def policy() -> Policy:
    """Return how the desk works now: what is looked at twice, what is hidden."""
    return standing_policy(store())


class Totals(NamedTuple):
    """What the whole store holds."""

    events: int
    claims: int
    unreviewed: int
    conflicts: int
    """Suggested or confirmed ones."""


def totals() -> Totals:
    """Return what the store holds."""
    return of_now("totals", _totals)


def _totals() -> Totals:
    return Totals(
        events=views.count(store(), "events"),
        claims=views.count(store(), "claims"),
        unreviewed=views.count(store(), "claims", Filters(status="unreviewed")),
        conflicts=views.count(store(), "pairs", Filters(conflicts_only=True)),
    )
