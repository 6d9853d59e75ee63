"""Writing the log of decisions: each row names the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from verify.records import DECISIONS
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.standing import Target
from verify.store.store import Store
from verify.store.tables import decisions, standing

FIRST_HASH: Final = "0" * 64
"""What the first decision names as the hash before it."""
LATER: Final = ("about", "batch")
"""Columns that older decisions do not have: a hash holds them only where they say something."""


@dataclass(frozen=True)
class Decision:
    """One row of the log; the fields are those of `verify.records.DECISIONS`."""

    seq: int
    target_kind: str
    target_id: str
    field: str
    value: str | None
    note: str
    reviewer: str
    decided_at: str
    version: int
    undoes: int | None
    about: str | None
    batch: int | None
    previous_hash: str
    hash: str

    @property
    def target(self) -> Target:
        """What was decided on."""
        return self.target_kind, self.target_id, self.field


def decision_hash(row: Mapping[str, Any], previous_hash: str) -> str:
    """Hash a decision: SHA-256 of its content and the hash before it, as canonical JSON.

    The content is every column of DECISIONS but ``previous_hash`` and ``hash``, and those of LATER
    only where they say something. Canonical: keys sorted, no spaces, UTF-8, no escapes but those
    that JSON needs.
    """
    content = {name: row[name] for name in DECISIONS if name != "hash"}
    for name in LATER:
        if content[name] is None:
            del content[name]
    content["previous_hash"] = previous_hash
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Ledger:
    """The end of the log in a write transaction; what is appended is written by `write`.

    ``many``: what is appended belongs together, and each row names the first one's number.
    ``batch``: it belongs to what was made before, the first of which has this number.
    """

    def __init__(
        self,
        connection: Connection,
        at: datetime | None = None,
        many: bool = False,
        batch: int | None = None,
    ) -> None:
        self._connection = connection
        self._at = (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        newest = select(decisions.c.seq, decisions.c.hash).order_by(decisions.c.seq.desc()).limit(1)
        last = connection.execute(newest).one_or_none()
        self._seq: int = last.seq if last else 0
        self._hash: str = last.hash if last else FIRST_HASH
        self._batch = self._seq + 1 if many and batch is None else batch
        self._new: list[Decision] = []

    def append(
        self,
        target: Target,
        value: str | None,
        version: int,
        reviewer: str,
        note: str,
        undoes: int | None = None,
        about: str | None = None,
    ) -> Decision:
        """Make the decision that follows ``version``; every check is the caller's."""
        kind, target_id, field = target
        row: dict[str, Any] = {
            "seq": self._seq + 1,
            "target_kind": kind,
            "target_id": target_id,
            "field": field,
            "value": storable(value.strip()) if value is not None else None,
            "note": storable(note.strip()),
            "reviewer": storable(reviewer.strip()),
            "decided_at": self._at,
            "version": version + 1,
            "undoes": undoes,
            "about": about,
            "batch": self._batch,
            "previous_hash": self._hash,
        }
        made = Decision(**row, hash=decision_hash(row, self._hash))
        self._seq, self._hash = made.seq, made.hash
        self._new.append(made)
        return made

    def write(self) -> None:
        """Write what was appended, and that the newest of each target stands."""
        new, self._new = self._new, []
        if not new:
            return
        self._connection.execute(insert(decisions), [asdict(made) for made in new])
        newest = {made.target: made for made in new}
        stands = [
            {name: value for name, value in asdict(made).items() if name in standing.c}
            for made in newest.values()
        ]
        if len(stands) == 1 and new[-1].version > 1:  # most often: one statement less
            named = dict(zip(("target_kind", "target_id", "field"), new[-1].target, strict=True))
            self._connection.execute(update(standing).filter_by(**named).values(stands[0]))
            return
        for kind, field in {(kind, field) for kind, _, field in newest}:
            ids = [id_ for k, id_, f in newest if (k, f) == (kind, field)]
            for some in chunks(ids):
                of_these = standing.c.target_id.in_(some)
                there = delete(standing).where(
                    standing.c.target_kind == kind, standing.c.field == field, of_these
                )
                self._connection.execute(there)
        self._connection.execute(insert(standing), stands)


def storable(text: str) -> str:
    """Replace what no database takes: NUL and halves of surrogate pairs."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def made_together(store: Store, one: Decision) -> list[Decision]:
    """Return the decisions that were made at once with ``one``, in order, but for those undone."""
    undone = select(decisions.c.undoes).where(decisions.c.undoes.is_not(None))
    own = decisions.c.seq == one.seq if one.batch is None else decisions.c.batch == one.batch
    statement = select(decisions).where(own, decisions.c.seq.not_in(undone))
    with store.reading() as connection:
        found = fetch(connection, statement.order_by(decisions.c.seq))
    return [Decision(**row) for row in found]
