"""Documents whose claims are read once more, by a reader that reads better than the one before.

A claim that is found again keeps its id, its place in the order, its event and what was decided;
what the pipeline reads in it is renewed. One that is no longer found goes, unless somebody decided
on it or on one of its pairs: then it is kept as it is, and its ``run_id`` stays behind its
document's ``read_by``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text, update

from verify.store import corrected, stage_marks, standing
from verify.store.counts import chunks, recount
from verify.store.events import sweep
from verify.store.evidence_table import bearers, evidence
from verify.store.shared_work import ASSIGNED
from verify.store.stage_marks import Mark
from verify.store.tables import claim_kinds, claims, decisions, documents, pairs

REMOVED: Final = "removed"
"""In place of the run that read a document: its source was taken out, and something in it stays."""
ERASED: Final = "erased"
"""Stage whose mark counts how often claims were removed: whoever holds claims by their number looks
at it, since the newest number is given again once its claim is gone."""
_KEPT = ("claim_id", "doc_id", "side", "side_reason", "source", "published_at")
"""Columns that reading again leaves alone: settled afterwards, or the document's own."""


def forget(connection: Connection) -> int:
    """Mark every document as not read for claims; return how many were marked as read.

    Of a source that was taken out, documents that had to stay are not read again.
    """
    read = documents.c.read_by.is_not(None) & (documents.c.read_by != REMOVED)
    return connection.execute(update(documents).where(read).values(read_by=None)).rowcount


def renew(connection: Connection, again: Sequence[dict[str, Any]]) -> None:
    """Write what was read now into claims known already; what people corrected stays on top."""
    if not again:
        return
    ids = [row["claim_id"] for row in again]
    changed = [
        {"key": row["claim_id"], "read_as": None}
        | {name: value for name, value in row.items() if name not in _KEPT}
        for row in again
    ]
    connection.execute(update(claims).where(claims.c.claim_id == bindparam("key")), changed)
    for some in chunks(ids):
        connection.execute(delete(claim_kinds).where(claim_kinds.c.claim_id.in_(some)))
    kinds = [
        kind for row in again for kind in corrected.kinds_of(row["claim_id"], row["quantities"])
    ]
    if kinds:
        connection.execute(insert(claim_kinds), kinds)
    standing.settle_read(connection, ids)


class Lost(NamedTuple):
    """A claim that is found no more: where it stands."""

    n: int
    claim_id: str
    doc_id: str
    event_id: str | None


def drop(connection: Connection, read: Sequence[str], found: Collection[str]) -> None:
    """Remove the claims of the documents ``read`` that are not ``found`` and nobody decided on."""
    gone, _ = lost(connection, read, found)
    erase(connection, gone)


def lost(
    connection: Connection, read: Sequence[str], found: Collection[str]
) -> tuple[list[Lost], list[Lost]]:
    """Return the claims of the documents ``read`` that are not ``found``, in order of arrival.

    First those that nobody ever decided on, then those that have to be kept: somebody decided on
    them or on one of their pairs, or hung evidence on either. Whose work something is does not
    count.
    """
    missing: list[Lost] = []
    for some in chunks(read):
        columns = (claims.c.n, claims.c.claim_id, claims.c.doc_id, claims.c.event_id)
        stored = connection.execute(select(*columns).where(claims.c.doc_id.in_(some)))
        missing += [Lost(*row) for row in stored if row.claim_id not in found]
    missing.sort()
    decided = _decided(connection, [one.claim_id for one in missing])
    gone = [one for one in missing if one.claim_id not in decided]
    return gone, [one for one in missing if one.claim_id in decided]


def erase(connection: Connection, gone: Sequence[Lost]) -> None:
    """Remove claims with their pairs and the events that nothing is left of; count the others."""
    for part in chunks(gone):
        ids = [one.claim_id for one in part]
        connection.execute(delete(pairs).where(or_(pairs.c.a.in_(ids), pairs.c.b.in_(ids))))
        connection.execute(delete(claim_kinds).where(claim_kinds.c.claim_id.in_(ids)))
        repeats = claims.c.origin_id.in_(ids)
        connection.execute(update(claims).where(repeats).values(origin_id=None))
        unsearched = text("DELETE FROM claims_search WHERE rowid = :n")
        connection.execute(unsearched, [{"n": one.n} for one in part])
        connection.execute(delete(claims).where(claims.c.claim_id.in_(ids)))
    touched = sorted({one.event_id for one in gone if one.event_id})
    sweep(connection, touched)
    recount(connection, touched)
    if gone:
        told = stage_marks.marks(connection, ERASED).get("all")
        times = int(told.digest) + 1 if told else 1
        stage_marks.put(connection, ERASED, "all", Mark(str(times)))


def kept(connection: Connection, run_id: str) -> int:
    """Count the claims that stayed in documents in which this run no longer found them."""
    left = claims.c.run_id.is_distinct_from(run_id) & (documents.c.read_by == run_id)
    return (
        connection.scalar(select(func.count()).select_from(claims.join(documents)).where(left)) or 0
    )


def _decided(connection: Connection, claim_ids: Sequence[str]) -> set[str]:
    """Name those of these claims that have to be kept; see `lost`."""
    found: set[str] = set()
    for some in chunks(claim_ids):
        found.update(_on_record(connection, "claim", some))
        for end in (pairs.c.a, pairs.c.b):
            rows = connection.execute(select(pairs.c.pair_id, end).where(end.in_(some)))
            of_pair = {pair_id: claim_id for pair_id, claim_id in rows}
            for part in chunks(list(of_pair)):
                found.update(of_pair[one] for one in _on_record(connection, "pair", part))
    return found


def _on_record(connection: Connection, kind: str, ids: Sequence[str]) -> set[str]:
    """Name those of these targets that somebody decided on or hung evidence on."""
    decided = select(decisions.c.target_id).where(
        decisions.c.target_kind == kind,
        decisions.c.target_id.in_(ids),
        decisions.c.field != ASSIGNED,
    )
    bearing = bearers(kind).where(evidence.c.target_id.in_(ids))
    return {*connection.scalars(decided), *connection.scalars(bearing)}
