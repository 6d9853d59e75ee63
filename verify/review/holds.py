"""Who has what on screen: a soft hold, which lapses by itself and keeps nobody from deciding.

A hold tells others that somebody is looking at a claim or pair. The queue goes past it and bulk
leaves it out; that a verdict is stale is caught by its version, held or not. Holds are no part of
the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from verify.store.counts import chunks
from verify.store.shared_work import KEYS
from verify.store.store import Store
from verify.store.team_tables import holds

HOLD_S: Final = 120
"""Seconds for which a hold lasts unless it is taken again; a page that is open takes it again, and
a browser that was closed frees it by then."""


@dataclass(frozen=True)
class Hold:
    """Who holds a claim or pair, since when and until when (ISO 8601, UTC, seconds)."""

    holder: str
    since: str
    until: str


def take(
    store: Store,
    kind: str,
    target_id: str,
    holder: str,
    seconds: float = HOLD_S,
    at: datetime | None = None,
) -> Hold:
    """Hold a claim or pair, or hold it on; what the holder held before is free again.

    Returns the hold that stands: the caller's, or that of whoever has it already.
    """
    now = at or datetime.now(UTC)
    with store.writing(fleeting=True) as connection:
        found = connection.execute(select(holds).where(*_is(kind, target_id))).one_or_none()
        if found is not None and found.until > _text(now) and found.holder != holder:
            return Hold(found.holder, found.since, found.until)
        mine = found is not None and found.until > _text(now)
        since = found.since if found is not None and mine else _text(now)
        made = Hold(holder, since, _text(now + timedelta(seconds=seconds)))
        connection.execute(delete(holds).where(holds.c.holder == holder))
        connection.execute(delete(holds).where(*_is(kind, target_id)))
        row = {"target_kind": kind, "target_id": target_id, **made.__dict__}
        connection.execute(insert(holds).values(row))
    return made


def release(store: Store, holder: str) -> None:
    """Free what somebody holds."""
    with store.writing(fleeting=True) as connection:
        connection.execute(delete(holds).where(holds.c.holder == holder))


def held(
    connection: Connection,
    kind: str,
    ids: Sequence[str],
    by_others_than: str = "",
    at: datetime | None = None,
) -> dict[str, Hold]:
    """Return id -> hold for those of ``ids`` that somebody else has on screen now."""
    found: dict[str, Hold] = {}
    for some in chunks(ids):
        statement = select(holds).where(
            holds.c.target_kind == kind,
            holds.c.target_id.in_(some),
            holds.c.holder != by_others_than,
            holds.c.until > _text(at or datetime.now(UTC)),
        )
        for row in connection.execute(statement):
            found[row.target_id] = Hold(row.holder, row.since, row.until)
    return found


def free_for(holder: str, kind: str, at: datetime | None = None) -> ColumnElement[bool]:
    """Build the condition on ``claims`` or ``pairs`` that nobody else has it on screen."""
    key = KEYS[kind]
    others = select(holds.c.target_id).where(
        holds.c.target_kind == kind,
        holds.c.holder != holder,
        holds.c.until > _text(at or datetime.now(UTC)),
    )
    return key.not_in(others)


def now_held(store: Store, at: datetime | None = None) -> Mapping[tuple[str, str], Hold]:
    """Return (kind, id) -> hold for everything that somebody has on screen now."""
    statement = select(holds).where(holds.c.until > _text(at or datetime.now(UTC)))
    with store.reading() as connection:
        return {
            (row.target_kind, row.target_id): Hold(row.holder, row.since, row.until)
            for row in connection.execute(statement)
        }


def _is(kind: str, target_id: str) -> tuple[ColumnElement[bool], ...]:
    return holds.c.target_kind == kind, holds.c.target_id == target_id


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
