"""When somebody was last at the desk, so that it can say what changed since.

A visit ends after half an hour without a sign of life. Visits are no part of the record: of each
person one row is kept, with the end of the visit before this one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection, insert, select, update

from verify.store.store import Store
from verify.store.team_tables import visits

ENDS_AFTER_S: Final = 30 * 60
"""Seconds without a sign of life after which a visit has ended."""
NOTED_EVERY_S: Final = 60
"""Seconds between two signs of life that are written: not every click. What was seen within the
last minute of a visit may be told once more."""


class _Visit(NamedTuple):
    seen_at: str
    before_at: str | None


def seen(store: Store, person: str, at: datetime | None = None) -> str | None:
    """Note that somebody is at the desk; return when their visit before this one ended, or None.

    Times are ISO 8601, UTC, seconds. Nothing is written for who is nobody, nor more often than
    every `NOTED_EVERY_S`.
    """
    if not person:
        return None
    now = at or datetime.now(UTC)
    found = _found(store, person)
    if found is not None and now - _time(found.seen_at) < timedelta(seconds=NOTED_EVERY_S):
        return found.before_at
    with store.writing() as connection:
        found = _visit(connection, person)
        here = {"seen_at": _text(now)}
        if found is None:
            row = {"person": person, "began_at": _text(now), **here}
            connection.execute(insert(visits).values(row))
            return None
        before = found.before_at
        if now - _time(found.seen_at) > timedelta(seconds=ENDS_AFTER_S):
            before = found.seen_at
            here |= {"began_at": _text(now), "before_at": before}
        if _text(now) > found.seen_at:  # another window of theirs may have been later
            connection.execute(update(visits).filter_by(person=person).values(here))
    return before


def last(store: Store, person: str, at: datetime | None = None) -> str | None:
    """Return when somebody's last visit ended, the one that goes on now left aside; None: none."""
    found = _found(store, person)
    if found is None:
        return None
    over = (at or datetime.now(UTC)) - _time(found.seen_at) > timedelta(seconds=ENDS_AFTER_S)
    return found.seen_at if over else found.before_at


def _found(store: Store, person: str) -> _Visit | None:
    with store.reading() as connection:
        return _visit(connection, person)


def _visit(connection: Connection, person: str) -> _Visit | None:
    wanted = select(visits.c.seen_at, visits.c.before_at).filter_by(person=person)
    found = connection.execute(wanted).one_or_none()
    return _Visit(found.seen_at, found.before_at) if found else None


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
