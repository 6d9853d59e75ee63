"""What the screens show, each a page of rows and how many there are in all.

A page is found by its index first and filled in after, so that its cost does not grow with the
store. Frames hold text columns as ``object`` with None, counts as ``Int64``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, Literal

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, func, select

from verify.errors import InputError
from verify.records import DOCUMENTS, Row, Schema, frame, shaped
from verify.store import where
from verify.store.connect import fetch
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store
from verify.store.tables import claims as claims_table
from verify.store.tables import documents
from verify.store.tables import events as events_table
from verify.store.tables import pairs as pairs_table
from verify.store.view_rows import (
    CLAIM_VIEW,
    PAIR_VIEW,
    claim_rows,
    claims_by_id,
    pair_rows,
    pairs_by_id,
)
from verify.store.view_sources import facets, left_out, names, runs, sources, speakers

__all__ = [
    "CLAIM_VIEW", "EVENT_VIEW", "PAIR_VIEW", "claim", "claims", "count", "document", "event",
    "events", "facets", "left_out", "names", "pairs", "pairs_of", "runs", "sources", "speakers",
    "timeline",
]  # fmt: skip

EVENT_VIEW: Final[Schema] = {
    "event_id": "text",
    "title": "text",
    "topic": "text",
    "starts": "text",
    "ends": "text",
    "places": "list",
    "claims": "int",
    "sources": "int",  # independent ones: a repeat counts as the source of its origin
    "conflicts": "int",
    "supports": "int",
    "reviewed": "int",  # claims with a status other than unreviewed
    "sides": "dict",  # side -> number of claims, most first
}

_c, _e, _p = claims_table.c, events_table.c, pairs_table.c
EVENT_SORTS: Final[Mapping[str, Sequence[ColumnElement[Any]]]] = {
    "conflicts": (_e.conflicts.desc(), _e.claims.desc(), _e.event_id),
    "claims": (_e.claims.desc(), _e.event_id),
    "sources": (_e.sources.desc(), _e.event_id),
    "newest": (_e.starts.desc().nulls_last(), _e.event_id.desc()),
    "oldest": (_e.starts.asc().nulls_last(), _e.event_id),
    "unreviewed": ((_e.claims - _e.reviewed).desc(), _e.event_id),
    "title": (_e.title.asc().nulls_first(), _e.event_id),
}
CLAIM_SORTS: Final[Mapping[str, Sequence[ColumnElement[Any]]]] = {
    "conflicts": (_c.conflicts.desc(), _c.voices.desc(), _c.n),
    "newest": (_c.published_at.desc().nulls_last(), _c.n.desc()),
    "oldest": (_c.published_at.asc().nulls_last(), _c.n),
    "arrival": (_c.n,),
}
PAIR_SORTS: Final[Mapping[str, Sequence[ColumnElement[Any]]]] = {
    "conflicts": (_p.p_conflicts.desc(), _p.pair_id),
    "supports": (_p.p_supports.desc(), _p.pair_id),
}


_COUNTED: Final = {
    "events": (events_table, where.of_events),
    "claims": (claims_table, where.of_claims),
    "pairs": (pairs_table, where.of_pairs),
}


def events(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    sort: str = "conflicts",
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """Return a page of events (EVENT_VIEW) and how many match; ``sort``: a key of EVENT_SORTS."""
    order = _order(EVENT_SORTS, sort)
    statement = select(*[_e[name] for name in EVENT_VIEW])
    with store.reading() as connection:
        conditions = where.of_events(filters, connection.dialect.name)
        total = _count(connection, events_table, conditions)
        page = statement.where(*conditions).order_by(*order).limit(limit).offset(offset)
        return frame(fetch(connection, page), EVENT_VIEW), total


def count(
    store: Store, what: Literal["events", "claims", "pairs"], filters: Filters = EVERYTHING
) -> int:
    """Count the events, claims or pairs that match, and read none."""
    table, conditions = _COUNTED[what]
    with store.reading() as connection:
        return _count(connection, table, conditions(filters, connection.dialect.name))


def event(store: Store, event_id: str) -> Row | None:
    """Return one event (EVENT_VIEW) or None."""
    with store.reading() as connection:
        return _only(shaped(fetch(connection, _one_event(), {"id": event_id}), EVENT_VIEW))


@cache
def _one_event() -> Select[Any]:
    return select(*[_e[name] for name in EVENT_VIEW]).where(_e.event_id == bindparam("id"))


def claims(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    sort: str = "conflicts",
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """Return a page of claims (CLAIM_VIEW) and how many match; ``sort``: a key of CLAIM_SORTS."""
    order = _order(CLAIM_SORTS, sort)
    with store.reading() as connection:
        conditions = where.of_claims(filters, connection.dialect.name)
        total = _count(connection, claims_table, conditions)
        page = select(_c.claim_id).where(*conditions).order_by(*order).limit(limit).offset(offset)
        return claims_by_id(connection, list(connection.scalars(page))), total


def claim(store: Store, claim_id: str) -> Row | None:
    """Return one claim (CLAIM_VIEW) or None."""
    with store.reading() as connection:
        return _only(claim_rows(connection, [claim_id]))


def document(store: Store, doc_id: str) -> Row | None:
    """Return one document (DOCUMENTS) or None."""
    with store.reading() as connection:
        return _only(shaped(fetch(connection, _one_document(), {"id": doc_id}), DOCUMENTS))


@cache
def _one_document() -> Select[Any]:
    columns = [documents.c[name] for name in DOCUMENTS]
    return select(*columns).where(documents.c.doc_id == bindparam("id"))


def pairs(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    claim_id: str | None = None,
    sort: str = "conflicts",
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """Return a page of pairs (PAIR_VIEW) and how many match; ``sort``: a key of PAIR_SORTS."""
    with store.reading() as connection:
        ids, total = _paired(connection, filters, claim_id, sort, limit, offset)
        return pairs_by_id(connection, ids), total


def pairs_of(store: Store, claim_id: str, *, limit: int | None = 50) -> tuple[list[Row], int]:
    """As `pairs` of one claim, the likeliest conflicts first, as plain rows."""
    with store.reading() as connection:
        ids, total = _paired(connection, EVERYTHING, claim_id, "conflicts", limit, 0)
        return pair_rows(connection, ids), total


def _paired(
    connection: Connection,
    filters: Filters,
    claim_id: str | None,
    sort: str,
    limit: int | None,
    offset: int,
) -> tuple[list[str], int]:
    order = _order(PAIR_SORTS, sort)
    conditions = where.of_pairs(filters, connection.dialect.name, claim_id)
    page = select(_p.pair_id).where(*conditions).order_by(*order).limit(limit).offset(offset)
    return list(connection.scalars(page)), _count(connection, pairs_table, conditions)


def timeline(store: Store, filters: Filters = EVERYTHING) -> pd.DataFrame:
    """Count claims by day and side: columns day (ISO date), side, claims; undated ones are out."""
    with store.reading() as connection:
        conditions = where.of_claims(filters, connection.dialect.name)
        statement = (
            select(_c.day, _c.side, func.count().label("claims"))
            .where(_c.day.is_not(None), *conditions)
            .group_by(_c.day, _c.side)
            .order_by(_c.day, _c.side)
        )
        found = fetch(connection, statement)
    return frame(found, {"day": "text", "side": "text", "claims": "int"})


def _order(
    sorts: Mapping[str, Sequence[ColumnElement[Any]]], sort: str
) -> Sequence[ColumnElement[Any]]:
    if sort not in sorts:
        raise InputError(f"No such order: {sort!r}", "sort", f"Say one of {', '.join(sorts)}.")
    return sorts[sort]


def _count(connection: Connection, table: Table, conditions: where.Conditions) -> int:
    statement = select(func.count()).select_from(table).where(*conditions)
    return connection.scalar(statement) or 0


def _only(found: Sequence[Row]) -> Row | None:
    return found[0] if found else None
