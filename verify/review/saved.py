"""Saved views: the filters of a screen under a name, of one person or shared with the team.

They are no part of the record: who saved one, or a lead, may rename, share and delete it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from verify.errors import InputError, NotAllowed
from verify.review.people import LEAD, READER, roles
from verify.store.connect import fetch
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.team_tables import saved_views

SCREENS: Final = ("review", "events")
LONGEST_NAME: Final = 80
"""Characters; it must fit on a button."""
BESIDE: Final = ("mode",)
"""What a view keeps beside filters: how to review."""


@dataclass(frozen=True)
class View:
    """One saved view; ``query`` is what the page's address says."""

    view_id: str
    screen: str
    name: str
    query: str
    owner: str
    shared: bool
    saved_at: str

    def read(self) -> tuple[Filters, dict[str, str], list[str]]:
        """Return the filters, what is kept beside them, and the names that no filter has now."""
        said = dict(parse_qsl(self.query))
        known = {item.name for item in fields(Filters)}
        beside = {name: said[name] for name in BESIDE if name in said}
        unknown = sorted(set(said) - known - set(BESIDE))
        return Filters.from_query(said), beside, unknown


def save(
    store: Store,
    screen: str,
    name: str,
    filters: Filters,
    owner: str,
    *,
    shared: bool = False,
    beside: Mapping[str, str] | None = None,
) -> View:
    """Keep the filters of a screen under a name that the owner has not given to another view.

    Raises ``InputError`` for a name that is empty, too long or taken.
    """
    if screen not in SCREENS:
        raise InputError(f"Nothing is saved of {screen!r}", "screen", f"Say one of {SCREENS}.")
    if not owner.strip():
        raise InputError("A view needs an owner", name, "Give your name.")
    query = urlencode({**(beside or {}), **filters.to_query()})
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = View(uuid4().hex[:12], screen, _named(name), query, owner.strip(), shared, at)
    with store.writing() as connection:
        _check_free(connection, made.owner, screen, made.name)
        connection.execute(insert(saved_views).values(asdict(made)))
    return made


def listed(store: Store, screen: str, reviewer: str) -> list[View]:
    """Return the views of a screen that are the reviewer's or shared, own ones first, by name."""
    own = saved_views.c.owner == reviewer
    statement = select(saved_views).where(
        saved_views.c.screen == screen, or_(own, saved_views.c.shared)
    )
    with store.reading() as connection:
        found = [View(**row) for row in fetch(connection, statement)]
    return sorted(found, key=lambda view: (view.owner != reviewer, view.name.casefold()))


def opened(store: Store, view_id: str, reviewer: str) -> View | None:
    """Return a view that is the reviewer's or shared; None where there is none such."""
    with store.reading() as connection:
        found = _found(connection, view_id)
    return found if found and (found.shared or found.owner == reviewer) else None


def may_change(store: Store, view: View, name: str) -> bool:
    """Whether ``name`` may rename, share and delete the view."""
    with store.reading() as connection:
        return _may(connection, view, name)


def rename(store: Store, view_id: str, name: str, by: str) -> None:
    """Call a view otherwise; errors as those of `save`, and ``NotAllowed``."""
    with store.writing() as connection:
        view, wanted = _own(connection, view_id, by), _named(name)
        if wanted != view.name:
            _check_free(connection, view.owner, view.screen, wanted)
            _change(connection, view_id, {"name": wanted})


def share(store: Store, view_id: str, shared: bool, by: str) -> None:
    """Share a view with the team, or keep it to its owner; raises ``NotAllowed``."""
    with store.writing() as connection:
        _own(connection, view_id, by)
        _change(connection, view_id, {"shared": shared})


def remove(store: Store, view_id: str, by: str) -> None:
    """Delete a view; raises ``NotAllowed``."""
    with store.writing() as connection:
        _own(connection, view_id, by)
        connection.execute(delete(saved_views).where(saved_views.c.view_id == view_id))


def _found(connection: Connection, view_id: str) -> View | None:
    rows = fetch(connection, select(saved_views).where(saved_views.c.view_id == view_id))
    return View(**rows[0]) if rows else None


def _own(connection: Connection, view_id: str, by: str) -> View:
    view = _found(connection, view_id)
    if view is None or not (view.shared or view.owner == by):
        raise InputError("There is no such view", view_id, "Load the page again.")
    if not _may(connection, view, by):
        raise NotAllowed(f"“{view.name}” is {view.owner}'s", by, "Ask them or a lead.")
    return view


def _may(connection: Connection, view: View, name: str) -> bool:
    known = roles(connection)
    return view.owner == name or not known or known.get(name, READER) == LEAD


def _change(connection: Connection, view_id: str, values: dict[str, Any]) -> None:
    here = saved_views.c.view_id == view_id
    connection.execute(update(saved_views).where(here).values(values))


def _named(name: str) -> str:
    clean = " ".join(name.replace("\0", " ").encode("utf-8", "ignore").decode().split())
    if not 0 < len(clean) <= LONGEST_NAME:
        raise InputError(
            "A view needs a name", repr(name[:20]), f"Say 1 to {LONGEST_NAME} characters."
        )
    return clean


def _check_free(connection: Connection, owner: str, screen: str, name: str) -> None:
    taken = select(func.count()).where(
        saved_views.c.owner == owner, saved_views.c.screen == screen, saved_views.c.name == name
    )
    if connection.scalar(taken):
        raise InputError(f"{owner} has a view “{name}” here", screen, "Choose another name.")
