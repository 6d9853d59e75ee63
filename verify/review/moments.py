"""The moment that `verify export --as-of` names: an entry of the decision log, or a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from verify.errors import InputError
from verify.store.store import Store
from verify.store.tables import decisions

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Moment:
    """The last decision that counts, and when it was made."""

    seq: int
    decided_at: str | None

    def told(self) -> str:
        """Say in words what stood then."""
        if self.decided_at is None:
            return "Nobody had decided anything yet"
        return f"What people decided is as decision {self.seq} ({self.decided_at}) left it"


def moment(store: Store, asked: str) -> Moment:
    """Find the moment that ``asked`` names: the number of a decision, or a time in ISO 8601.

    A time without a zone is UTC; a day is its end. Of a time it is the last decision before the
    first one made later. Raises ``InputError`` for a number that the log does not have, and for
    anything that is neither.
    """
    with store.reading() as connection:
        if asked.isascii() and asked.isdigit():
            return _numbered(connection, int(asked))
        return _by_time(connection, _utc(asked))


def _numbered(connection: Connection, seq: int) -> Moment:
    newest = connection.scalar(select(func.max(decisions.c.seq))) or 0
    if seq > newest:
        remedy = f"The newest is {newest}." if newest else "Nobody has decided yet."
        raise InputError(f"There is no decision {seq}", "--as-of", remedy)
    return _at(connection, seq)


def _by_time(connection: Connection, time: str) -> Moment:
    later = select(func.min(decisions.c.seq)).where(decisions.c.decided_at > time)
    newest = connection.scalar(select(func.max(decisions.c.seq))) or 0
    first_later = connection.scalar(later)
    return _at(connection, newest if first_later is None else first_later - 1)


def _at(connection: Connection, seq: int) -> Moment:
    made = connection.scalar(select(decisions.c.decided_at).where(decisions.c.seq == seq))
    return Moment(seq, made)


def _utc(asked: str) -> str:
    try:
        time = datetime.fromisoformat(asked)
    except ValueError as error:
        remedy = "Give the id of a sign-off, the number of a decision, or 2026-05-04T10:00:00Z."
        raise InputError(f"{asked!r} is no moment", "--as-of", remedy) from error
    if _DAY.fullmatch(asked):
        time += timedelta(days=1, seconds=-1)
    if time.tzinfo is not None:
        time = time.astimezone(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
