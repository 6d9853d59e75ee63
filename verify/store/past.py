"""A store of its own for a moment that is past: rows copied, the decision log cut at one entry.

It lies in a temporary folder and is gone when the block ends; nothing is written where the rows
came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, event, func, insert, select, true
from sqlalchemy.pool import ConnectionPoolEntry

from verify.records import PAIR_VERDICTS
from verify.settings import Settings
from verify.store import search
from verify.store.connect import SYNC
from verify.store.counts import chunks
from verify.store.evidence_table import evidence, told_by_log
from verify.store.schema import metadata
from verify.store.shared_work import ASSIGNED
from verify.store.standing import settle, settle_pairs, settle_read
from verify.store.store import Store
from verify.store.tables import claims, decisions, left_out, pairs, standing
from verify.store.team_tables import holds, saved_views, visits

ROWS: Final = 500
"""Rows carried at a time; a document may hold millions of characters."""
_BY_LOG: Final = (decisions, standing, evidence)
_BESIDE: Final = (left_out, holds, saved_views, visits)
"""Tables that no exported row is read from."""
_NEUTRAL: Final[Mapping[type, Any]] = {str: "", int: 0, float: 0.0, bool: False, dict: []}
"""What fills a column that a later schema needs and an older copy lacks."""


@contextmanager
def scratch() -> Iterator[Store]:
    """Give an empty SQLite store in a temporary folder, gone when the block ends."""
    with TemporaryDirectory(prefix="verify-") as folder:
        store = Store.open(Settings(data_dir=Path(folder)))
        event.listen(store.engine, "connect", _unguarded)
        yield store
        store.engine.dispose()


def _unguarded(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")  # rows may name decisions that are cut off
    entry.info[SYNC] = "OFF"


def copy_all(source: Connection, target: Connection, upto: int) -> None:
    """Copy what the table hangs on; of the decision log only what came up to entry ``upto``."""
    for table in metadata.sorted_tables:
        if table not in (*_BY_LOG, *_BESIDE):
            found = source.execute(select(table).execution_options(yield_per=ROWS))
            for part in found.mappings().partitions():
                target.execute(insert(table), [dict(row) for row in part])
    copy_log(source, target, upto)
    search.add_new(target)


def copy_log(source: Connection, target: Connection, upto: int) -> None:
    """Copy the decision log up to entry ``upto``, and note what stood and was attached then."""
    statement = select(decisions).where(decisions.c.seq <= upto).order_by(decisions.c.seq)
    found = source.execute(statement.execution_options(yield_per=ROWS))
    for part in found.mappings().partitions():
        target.execute(insert(decisions), [dict(row) for row in part])
    key = [decisions.c[name] for name in ("target_kind", "target_id", "field")]
    newest = select(func.max(decisions.c.seq)).group_by(*key)
    names = [column.name for column in standing.c]
    stood = select(*[decisions.c[name] for name in names]).where(decisions.c.seq.in_(newest))
    target.execute(insert(standing).from_select(names, stood))
    attached = told_by_log(target)
    if attached:
        target.execute(insert(evidence), attached)


def put(target: Connection, table: Table, found: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that an older or newer schema wrote: by the columns that both know."""
    fitting = [_fitting(table, row) for row in found]
    for some in chunks(fitting):
        target.execute(insert(table), some)


def _fitting(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    fitted = {}
    for column in table.c:
        value = row.get(column.name)
        if value is None and not column.nullable:
            value = _NEUTRAL.get(column.type.python_type, "")
        fitted[column.name] = value
    return fitted


def settle_claims(connection: Connection) -> list[str]:
    """Bring status, assignment, speaker, side and readings of all claims in line with what stands.

    Returns the ids of all claims. Their events and pairs are the caller's next steps.
    """
    ids: Sequence[str] = list(connection.scalars(select(claims.c.claim_id).order_by(claims.c.n)))
    for some in chunks(ids):
        both = ("status", ASSIGNED)
        settle(connection, [("claim", claim_id, field) for claim_id in some for field in both])
    settle_read(connection, ids)
    return list(ids)


def kept_by_verdict(connection: Connection) -> list[str]:
    """Name the pairs that no run proposes any more, kept because a person decided on them."""
    known = pairs.c.kept & pairs.c.status.in_(PAIR_VERDICTS)
    return list(connection.scalars(select(pairs.c.pair_id).where(known)))


def settle_links(connection: Connection, kept: Sequence[str] = ()) -> None:
    """Give all pairs the status that stands; of ``kept`` (`kept_by_verdict`) without one, none."""
    settle_pairs(connection, true())
    undecided = pairs.c.status.not_in(PAIR_VERDICTS)
    for some in chunks(kept):
        connection.execute(delete(pairs).where(pairs.c.pair_id.in_(some), undecided))
