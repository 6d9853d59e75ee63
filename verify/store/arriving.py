"""Claims that a run read: the new ones are added, those known already are read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select, update

from verify.errors import InputError
from verify.records import rows
from verify.store import corrected, rereading, search, standing
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.runs import now
from verify.store.tables import claim_kinds, claims, documents


def add(
    connection: Connection, claims_: pd.DataFrame, run_id: str | None, read: Sequence[str]
) -> int:
    """Add claims and mark the documents ``read``; see `verify.store.store.Store.add_claims`."""
    wanted = {row["claim_id"]: row for row in rows(claims_)}
    known: set[str] = set()
    for some in chunks(list(wanted)):
        statement = select(claims.c.claim_id).where(claims.c.claim_id.in_(some))
        known.update(connection.scalars(statement))
    of_read = set(read)
    again = [
        row for row in wanted.values() if row["claim_id"] in known and row["doc_id"] in of_read
    ]
    new = [row for claim_id, row in wanted.items() if claim_id not in known]
    origin = _documents_of(connection, [row["doc_id"] for row in [*new, *again]])
    if new:
        _insert(connection, [_claim(row, origin[row["doc_id"]], run_id) for row in new])
    rereading.renew(connection, [_claim(row, origin[row["doc_id"]], run_id) for row in again])
    rereading.drop(connection, read, wanted)
    for some in chunks(read):
        marked = update(documents).where(documents.c.doc_id.in_(some))
        connection.execute(marked.values(read_by=run_id or ""))
    return len(new)


def _insert(connection: Connection, new: list[dict[str, Any]]) -> None:
    last = connection.scalar(select(func.max(claims.c.n))) or 0
    kinds = [
        kind for row in new for kind in corrected.kinds_of(row["claim_id"], row["quantities"] or [])
    ]
    came_at = now()
    connection.execute(insert(claims), [row | {"came_at": came_at} for row in new])
    search.add_new(connection)
    if kinds:
        connection.execute(insert(claim_kinds), kinds)
    standing.settle_speakers(connection, after=last)
    standing.settle_arrived(connection, [row["claim_id"] for row in new])
    standing.settle_sides(connection, after=last)


def _documents_of(connection: Connection, doc_ids: list[str]) -> dict[str, Mapping[str, Any]]:
    origin: dict[str, Mapping[str, Any]] = {}
    wanted = sorted(set(doc_ids))
    for some in chunks(wanted):
        statement = select(documents.c.doc_id, documents.c.source, documents.c.published_at)
        for row in fetch(connection, statement.where(documents.c.doc_id.in_(some))):
            origin[row["doc_id"]] = row
    missing = [doc_id for doc_id in wanted if doc_id not in origin]
    if missing:
        raise InputError(
            f"{len(missing)} documents of these claims are not in the store",
            missing[0],
            "Add the documents first.",
        )
    return origin


def _claim(row: dict[str, Any], document: Mapping[str, Any], run_id: str | None) -> dict[str, Any]:
    published_at = document["published_at"]
    side = row["side"] or "unknown"
    return row | {
        "side": side,
        "read_side": side,
        "read_side_reason": row["side_reason"],
        "quantities": row["quantities"] or [],
        "run_id": run_id,
        "source": document["source"],
        "published_at": published_at,
        **corrected.derived(row | {"published_at": published_at}),
    }
