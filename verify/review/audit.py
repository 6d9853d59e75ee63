"""The proof that nothing was changed afterwards: the chain of decisions and the original files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select

from verify.review import signed
from verify.review.log import FIRST_HASH, decision_hash
from verify.store import evidence_table
from verify.store.standing import unsettled
from verify.store.store import Store
from verify.store.tables import decisions, documents, originals, standing

PAGE: Final = 1000
"""Decisions read at a time."""


def audit(store: Store) -> list[str]:
    """Recompute every hash; return the faults, one line each, none where everything holds.

    The first entry of the decision log that does not follow from the one before it is named: what
    comes after it proves nothing. A log that was cut at its end shows by a standing decision that
    it lacks. Statuses and sides on screen are held against what stands. Of the originals each one
    is named that is missing or has other bytes, and each sign-off whose kept rows are.
    """
    with store.reading() as connection:
        faults = [*_chain(connection)]
        if not faults:
            faults += _standing(connection)
        if not faults:
            faults += evidence_table.untrue(connection)
            shown = unsettled(connection)
            faults += [f"What is shown of {odd} is not what was decided." for odd in shown]
        kept = list(connection.execute(select(originals.c.sha256, originals.c.name)))
        needed = select(documents.c.original_sha256, documents.c.file).distinct()
        named = [row for row in connection.execute(needed) if row[0] is not None]
        handed = signed.kept_hashes(connection)
        attached = evidence_table.kept_files(connection)
    kept = [row for row in kept if row[0] not in handed]  # these are named by their sign-off
    known = dict(map(tuple, kept)) | attached
    faults += _originals(store, known, dict(map(tuple, named)))
    return faults + signed.faults(store)


def broken_at(connection: Connection) -> str | None:
    """Say where the decision log stops to follow from itself; None: it is whole."""
    return next(_chain(connection), None)


def extent(store: Store) -> tuple[int, int]:
    """Return how many decisions and originals there are to check."""
    with store.reading() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (decisions, originals)
        ]
    return counts[0], counts[1]


def _chain(connection: Connection) -> Iterator[str]:
    """Give the first fault of the log."""
    previous = FIRST_HASH
    statement = select(decisions).order_by(decisions.c.seq).execution_options(yield_per=PAGE)
    for number, found in enumerate(connection.execute(statement), start=1):
        row = found._asdict()
        where = f"decision {row['seq']} ({row['target_kind']} {row['target_id']})"
        if row["seq"] != number:
            yield f"Decision {number} is missing from the log; the next one is {where}."
            return
        if row["previous_hash"] != previous:
            yield f"The log is broken at {where}: it does not follow from the one before it."
            return
        if row["hash"] != decision_hash(row, previous):
            yield f"The log is broken at {where}: its content was changed after it was made."
            return
        previous = row["hash"]


def _standing(connection: Connection) -> Iterator[str]:
    """Compare what stands with the newest decision of the log, target by target."""
    key = ("target_kind", "target_id", "field")
    shown = (*key, "value", "version", "reviewer", "decided_at", "note", "about", "seq")
    newest: dict[tuple[str, ...], tuple[object, ...]] = {}
    statement = select(*[decisions.c[name] for name in shown]).order_by(decisions.c.seq)
    for row in connection.execute(statement.execution_options(yield_per=PAGE)):
        newest[tuple(row[:3])] = tuple(row)
    for row in connection.execute(select(*[standing.c[name] for name in shown])):
        if newest.pop(tuple(row[:3]), None) != tuple(row):
            yield f"What stands as {row[2]} of {row[0]} {row[1]} is not what the log says."
    for kind, target, field in newest:
        yield f"The log decides on the {field} of {kind} {target}, but nothing stands."


def _originals(store: Store, kept: dict[str, str], needed: dict[str, str]) -> list[str]:
    faults = []
    for sha256, name in sorted({**needed, **kept}.items()):
        path = store.originals / sha256
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            faults.append(f"The original {name} ({sha256}) cannot be read: {error.strerror}.")
            continue
        if found != sha256:
            faults.append(f"The original {name} ({sha256}) has other bytes than it came with.")
    return faults
