"""What others decided since a page was drawn: the newest decisions on what is on screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import func, select

from verify.store.connect import fetch
from verify.store.store import Store
from verify.store.tables import claims, decisions, runs

MOST: Final = 500
"""Decisions looked through at a time, newest first: a page that missed more is old anyway."""


def newest(store: Store) -> int:
    """Return the number of the newest decision; 0 where there is none."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(decisions.c.seq))) or 0


def state(store: Store) -> tuple[str, ...]:
    """Return what tells the store from what it was: newest decision, claim and run, and how far.

    While a run labels sides anew, and before one that sets them has begun, it stays the same.
    """
    told = (runs.c.run_id, runs.c.state, runs.c.stage, runs.c.done)
    newest_run = select(*told).order_by(runs.c.started_at.desc(), runs.c.run_id.desc()).limit(1)
    with store.reading() as connection:
        newest = [connection.scalar(select(func.max(one))) for one in (decisions.c.seq, claims.c.n)]
        run = connection.execute(newest_run).first()
    return tuple(str(value) for value in (*newest, *(run or ())))


def since(
    store: Store, seq: int, on: Mapping[str, Collection[str]], field: str | None = None
) -> list[dict[str, Any]]:
    """Return decisions behind ``seq`` on these targets (kind -> ids), as DECISIONS, newest first.

    ``field``: only of that field.
    """
    statement = select(decisions).where(decisions.c.seq > seq)
    if field is not None:
        statement = statement.where(decisions.c.field == field)
    with store.reading() as connection:
        found = fetch(connection, statement.order_by(decisions.c.seq.desc()).limit(MOST))
    return [row for row in found if row["target_id"] in on.get(row["target_kind"], ())]
