"""Evidence as it is kept: what is attached to what, its files and their thumbnails."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from verify.errors import InputError
from verify.records import Row
from verify.review import evidence_apart
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.evidence_table import evidence, standing_evidence
from verify.store.store import Store
from verify.store.tables import decisions

Bearer = tuple[str, str]
"""What evidence hangs on: its kind (one of TARGETS) and its id."""
THUMBNAILS: Final = "thumbnails"
"""Folder below the data folder; what is missing there is made again."""


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence; the first fields are the columns of `verify.store.evidence_table`."""

    evidence_id: str
    target_kind: str
    target_id: str
    kind: str
    url: str | None
    sha256: str | None
    name: str | None
    size: int | None
    media_type: str | None
    note: str
    added_by: str
    added_at: str
    width: int | None
    height: int | None
    perceptual_hash: str | None
    says: dict[str, Any]
    seq: int
    """The decision that attached it."""
    value: str | None
    """What the newest decision on it says; None: it is detached."""
    version: int
    reviewer: str
    decided_at: str
    reason: str
    """Who made the newest decision, when, and their note."""

    @property
    def bearer(self) -> Bearer:
        """What it is attached to."""
        return self.target_kind, self.target_id

    @property
    def called(self) -> str:
        """Its name or address."""
        return self.name or self.url or ""


def of(store: Store, bearer: Bearer) -> list[Evidence]:
    """Return what was ever attached to this, in order; ``value`` is None where it is detached.

    What hangs on a decision about a claim is evidence of the claim too.
    """
    kind, id_ = bearer
    where = _hangs_on(kind, [id_])
    if kind == "claim":
        with store.reading() as connection:
            where = or_(where, _hangs_on("decision", list(decisions_on(connection, [id_]))))
    return found_where(store, where)


def _hangs_on(kind: str, ids: Sequence[str]) -> ColumnElement[bool]:
    return and_(evidence.c.target_kind == kind, evidence.c.target_id.in_(ids))


def decisions_on(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str]:
    """Return the decisions on these claims: seq as text -> claim id."""
    found: dict[str, str] = {}
    for some in chunks(claim_ids):
        on_claims = (decisions.c.target_kind == "claim") & decisions.c.target_id.in_(some)
        chosen = select(decisions.c.seq, decisions.c.target_id).where(on_claims)
        found |= {str(seq): claim_id for seq, claim_id in connection.execute(chosen)}
    return found


def listed(connection: Connection, claim_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return what is attached to these claims and the decisions on them, as the export says it.

    A file is its name and ``sha256:`` with its hash, a link its address. A ";" in a name becomes a
    comma, one in an address ``%3B``, so that the entries can stand in one cell.
    """
    bearing = {("claim", claim_id): claim_id for claim_id in claim_ids}
    made = decisions_on(connection, claim_ids)
    bearing |= {("decision", seq): claim_id for seq, claim_id in made.items()}
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for kind, ids in (("claim", list(claim_ids)), ("decision", list(made))):
        for some in chunks(ids):
            for row in fetch(connection, standing_evidence().where(_hangs_on(kind, some))):
                if row["value"] is not None:
                    claim_id = bearing[kind, row["target_id"]]
                    found[claim_id].append((row["seq"], _entry(row)))
    return {claim_id: [entry for _, entry in sorted(each)] for claim_id, each in found.items()}


def _entry(row: Row) -> str:
    if row["url"]:
        return str(row["url"]).replace(";", "%3B")
    return f"{row['name'].replace(';', ',')} sha256:{row['sha256']}"


def by_id(store: Store, evidence_id: str) -> Evidence:
    """Return one piece of evidence, attached or not; raises ``InputError`` where there is none."""
    found = found_where(store, evidence.c.evidence_id == evidence_id)
    if not found:
        what = f"There is no evidence {evidence_id!r}"
        raise InputError(what, "evidence", "Look with verify evidence list.")
    return found[0]


def original(store: Store, piece: Evidence) -> bytes:
    """Return the bytes of a file as it came.

    Raises ``InputError`` where it is gone or has other bytes by now.
    """
    try:
        found = (store.originals / str(piece.sha256)).read_bytes()
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}"
        raise InputError(what, piece.called, "Run verify audit.") from error
    if hashlib.sha256(found).hexdigest() != piece.sha256:
        what = "The file has other bytes than it came with"
        raise InputError(what, piece.called, "Run verify audit.")
    return found


def thumbnail(store: Store, piece: Evidence) -> bytes | None:
    """Return a small JPEG of a picture, without what the file says of itself; made where missing.

    None for what is no picture, and for one whose file is gone or no longer the one attached.
    """
    if piece.kind != "picture" or piece.sha256 is None or piece.media_type is None:
        return None
    kept = store.originals.parent / THUMBNAILS / piece.sha256
    if not kept.exists():
        try:
            original(store, piece)
            with tempfile.TemporaryDirectory(dir=kept.parent.parent, prefix=".evidence-") as own:
                made, path = Path(own) / "thumbnail", store.originals / piece.sha256
                evidence_apart.opened(path, piece.media_type, piece.called, made)
                keep_thumbnail(store, made, piece.sha256)
        except InputError:
            return None
    return kept.read_bytes()


def found_where(store: Store, where: ColumnElement[bool]) -> list[Evidence]:
    """Return the evidence of which this holds, attached or not, in order."""
    with store.reading() as connection:
        return [Evidence(**row) for row in fetch(connection, standing_evidence().where(where))]


def keep_thumbnail(store: Store, made: Path, sha256: str) -> None:
    """Put a thumbnail just made where `thumbnail` finds it."""
    folder = store.originals.parent / THUMBNAILS
    folder.mkdir(exist_ok=True)
    made.replace(folder / sha256)
