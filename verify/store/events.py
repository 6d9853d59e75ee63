"""Replace events, membership and pairs by those of a new run."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from verify.records import Row, rows
from verify.store.connect import fetch, writing
from verify.store.counts import recount
from verify.store.standing import settle_pairs
from verify.store.tables import claims, events, pairs


def replace_events(
    engine: Engine,
    events_: pd.DataFrame,
    membership: pd.DataFrame,
    pairs_: pd.DataFrame,
    run_id: str | None,
) -> None:
    """Replace all events (EVENTS), membership (MEMBERSHIP) and pairs (PAIRS) in one transaction.

    Decisions stand by pair id. A pair that a person confirmed or rejected and that the new run does
    not propose is kept and marked. Killed in the middle, the store holds the old state.
    """
    new_events = [_event(row, run_id) for row in rows(events_)]
    new_pairs = [_pair(row, run_id) for row in rows(pairs_)]
    with writing(engine) as connection:
        connection.execute(delete(events))
        if new_events:
            connection.execute(insert(events), new_events)
        event_of = dict(zip(membership["claim_id"], membership["event_id"], strict=True))
        _move_claims(connection, event_of)
        kept = _decided(connection, {row["pair_id"] for row in new_pairs})
        connection.execute(delete(pairs))
        all_pairs = new_pairs + kept
        if all_pairs:
            told_by = _sources_by_event(connection)
            for row in all_pairs:
                row["sources"] = told_by.get(row["event_id"], 0)
            connection.execute(insert(pairs), all_pairs)
        settle_pairs(connection)
        recount(connection)


def _event(row: Row, run_id: str | None) -> Row:
    shown = {name: row[name] for name in ("event_id", "title", "topic", "starts", "ends")}
    return shown | {"places": row["places"] or [], "run_id": run_id}


def _pair(row: Row, run_id: str | None) -> Row:
    added = {"reasons": row["reasons"] or [], "run_id": run_id, "status": "suggested"}
    return row | added | {"kept": False}


def _sources_by_event(connection: Connection) -> dict[str | None, int]:
    counted = func.count(claims.c.source.distinct()).label("sources")
    statement = select(claims.c.event_id, counted).group_by(claims.c.event_id)
    return {row.event_id: row.sources for row in connection.execute(statement)}


def _move_claims(connection: Connection, event_of: dict[str, str]) -> None:
    statement = select(claims.c.claim_id, claims.c.event_id)
    moved = [
        {"key": row.claim_id, "event_id": event_of.get(row.claim_id)}
        for row in connection.execute(statement)
        if row.event_id != event_of.get(row.claim_id)
    ]
    if moved:
        connection.execute(update(claims).where(claims.c.claim_id == bindparam("key")), moved)


def _decided(connection: Connection, proposed: set[Any]) -> list[Row]:
    decided = select(pairs).where(pairs.c.status.in_(("confirmed", "rejected")))
    found = fetch(connection, decided)
    kept = [row | {"kept": True} for row in found if row["pair_id"] not in proposed]
    statement = select(claims.c.claim_id, claims.c.event_id).where(
        claims.c.claim_id.in_([row["a"] for row in kept])
    )
    place = {row.claim_id: row.event_id for row in connection.execute(statement)}
    return [row | {"event_id": place[row["a"]]} for row in kept]
