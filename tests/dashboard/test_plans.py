"""What each page asks of the store is found by indexes: it reads no large table row by row."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.dashboard.screen import Screen
from verify.dashboard import addresses
from verify.store import views
from verify.store.store import Store

LARGE = "claims|pairs|documents|claim_kinds|vectors"
"""Tables that grow with what is read in. Those of decisions grow with people's work alone."""
ALIAS = re.compile(rf"\b(?:{LARGE}) AS (\w+)")
COUNTED_ONCE = "WITH own AS"
"""How the statement begins that counts the record of all sources: once for a state of the store,
beside the pages where that takes long (`verify.dashboard.counted`)."""

Asked = list[tuple[str, Any]]


@contextmanager
def overheard() -> Iterator[Asked]:
    """Collect what is asked of any store, with its values."""
    found: Asked = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        found.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def walks(store: Store, asked: Asked) -> list[str]:
    """Say which of these queries walk a large table row by row."""
    found = []
    with sqlite3.connect(str(store.engine.url.database)) as connection:
        for statement, values in asked:
            if not statement.lstrip().startswith(("SELECT", "WITH")):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", tuple(values))
            steps = [step for *_, step in plan]
            sorts = any("TEMP B-TREE" in step for step in steps)
            if "LIMIT" in statement and "WHERE" not in statement and not sorts:
                continue  # it stops after a page
            names = "|".join([LARGE, *ALIAS.findall(statement)])
            walked = re.compile(rf"SCAN (?:{names})\b(?! USING COVERING INDEX)")
            found += [f"{step}: {statement}" for step in steps if walked.search(step)]
    return found


def query_of(store: Store, name: str) -> dict[str, str]:
    """Return the address's parameters with which a page shows something."""
    if name == "compare":
        return addresses.event(views.events(store, limit=1)[0].loc[0, "event_id"])
    if name == "claim":
        return addresses.claim(views.claims(store, limit=1)[0].loc[0, "claim_id"])
    return {}


@pytest.mark.parametrize("name", sorted(addresses.SCREENS))
def test_no_page_walks_a_large_table(store: Store, name: str) -> None:
    query = query_of(store, name)
    with overheard() as asked:
        page = Screen(name, **query)
        page.run()
    assert len(asked) > 10
    assert not [one for one in walks(store, asked) if COUNTED_ONCE not in one]


@pytest.mark.parametrize("chosen", ["pairs", "table"])
def test_no_way_of_reviewing_does(store: Store, chosen: str) -> None:
    with overheard() as asked:
        Screen("review", mode=chosen)
    assert not walks(store, asked)


def test_nor_do_the_speakers(store: Store) -> None:
    with overheard() as asked:
        Screen("sources", part="speakers")
    assert any("credited" in statement for statement, _ in asked)
    assert not walks(store, asked)


def test_what_would_walk_is_found(store: Store) -> None:
    assert walks(store, [("SELECT text FROM claims WHERE cue = ?", ("said",))])
    aliased = "SELECT other.text FROM claims AS other WHERE other.cue = ?"
    assert walks(store, [(aliased, ("said",))])
    assert not walks(store, [("SELECT text FROM claims WHERE claim_id = ?", ("c1",))])
    assert not walks(store, [(aliased.replace("cue", "claim_id"), ("c1",))])
