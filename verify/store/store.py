"""The store: frames in, frames out; every write is one transaction."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from verify.errors import InputError, LeftOut, StoreError
from verify.records import CLAIMS, DOCUMENTS, MEMBERSHIP, frame, rows
from verify.settings import Settings
from verify.store import arriving, connect, declared, rereading, runs, standing
from verify.store.calendar import Calendar, calendar
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.events import replace_events
from verify.store.tables import claims, documents, originals, sources, vectors

SOURCES: Mapping[str, str] = dict.fromkeys(("source", "kind", "side", "reliability"), "text")


@dataclass(frozen=True)
class Store:
    """One database and the folder of original files beside it."""

    engine: Engine
    originals: Path

    @classmethod
    def open(cls, settings: Settings, *, lasting: bool = False) -> Store:
        """Open the store, making or migrating it where needed; several processes may do so at once.

        ``lasting``: for a process that is asked often; see `verify.store.connect.connect`.

        Raises ``StoreError`` when it cannot be opened or a newer version wrote it.
        """
        try:
            settings.originals.mkdir(parents=True, exist_ok=True)
            database = connect.address(settings.url)
            if database.get_backend_name() == "sqlite" and database.database:
                Path(database.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder of the store cannot be made: {error.strerror}",
                str(error.filename),
                "Make it writable, or name another one by VERIFY_DATA.",
            ) from error
        engine = connect.connect(settings.url, lasting=lasting)
        connect.migrate(engine)
        return cls(engine, settings.originals)

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction whose queries all see one state; it blocks nobody."""
        return connect.reading(self.engine)

    def writing(self, *, fleeting: bool = False) -> AbstractContextManager[Connection]:
        """Open the one write transaction: all of the block is kept, or nothing.

        ``fleeting``: of what matters for minutes only; see `verify.store.connect.writing`.
        """
        return connect.writing(self.engine, fleeting=fleeting)

    def keep_original(self, path: Path, sha256: str, name: str = "") -> None:
        """Copy the bytes of an input file to ``originals/SHA256``, once; half a copy never shows.

        ``name``: what it is called, where that is not how ``path`` ends. Raises ``InputError``
        when the file no longer has that hash.
        """
        self.take_original(path, sha256)
        kept = self.originals / sha256
        with self.writing() as connection:
            known = connection.scalar(select(originals.c.sha256).filter_by(sha256=sha256))
            if known is None:
                row = {
                    "sha256": sha256,
                    "name": name or path.name,
                    "size": kept.stat().st_size,
                    "kept_at": runs.now(),
                }
                connection.execute(insert(originals).values(row))

    def take_original(self, path: Path, sha256: str) -> None:
        """Copy the bytes alone, once; raises ``InputError`` when they do not have that hash."""
        if not (self.originals / sha256).exists():
            _copy(path, sha256, self.originals / sha256)

    def add_documents(self, documents_: pd.DataFrame, run_id: str | None) -> list[str]:
        """Add documents (columns DOCUMENTS); return the ids that were new, in order.

        One that stayed when its source was taken out is read for claims again.
        """
        wanted = {row["doc_id"]: row | {"run_id": run_id} for row in rows(documents_)}
        with self.writing() as connection:
            known = _known(connection, documents.c.doc_id, list(wanted))
            new = [row for doc_id, row in wanted.items() if doc_id not in known]
            for row in new:
                row["given"] = row.get("given") or {}
            if new:
                connection.execute(insert(documents), new)
            for some in chunks(list(known)):
                back = documents.c.doc_id.in_(some) & (documents.c.read_by == rereading.REMOVED)
                connection.execute(update(documents).where(back).values(read_by=None))
        return [row["doc_id"] for row in new]

    def documents(self, doc_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """Return documents (columns DOCUMENTS), all or those with these ids, in order of id."""
        statement = select(*[documents.c[name] for name in DOCUMENTS]).order_by(documents.c.doc_id)
        found: list[dict[str, Any]] = []
        with self.reading() as connection:
            if doc_ids is None:
                found.extend(fetch(connection, statement))
            for some in chunks(doc_ids or []):
                wanted = statement.where(documents.c.doc_id.in_(some))
                found.extend(fetch(connection, wanted))
        return frame(found, DOCUMENTS)

    def unread_documents(self) -> list[str]:
        """Return the ids of documents that no run has read for claims yet, in order of id."""
        statement = select(documents.c.doc_id).where(documents.c.read_by.is_(None))
        with self.reading() as connection:
            return list(connection.scalars(statement.order_by(documents.c.doc_id)))

    def to_relabel(self, *, every: bool) -> list[str]:
        """Return the ids of the documents with claims that people corrected, or of ``every`` one.

        In order of id.
        """
        statement = select(documents.c.doc_id)
        if not every:
            statement = select(claims.c.doc_id).where(claims.c.read_as.is_not(None)).distinct()
        with self.reading() as connection:
            return sorted(connection.scalars(statement))

    def set_sides(self, table: pd.DataFrame) -> None:
        """Declare who speaks for whom; see `verify.store.declared.declare`."""
        declared.declare(self.engine, table)

    def sides(self) -> pd.DataFrame:
        """Return what `set_sides` was given: columns side, kind, words."""
        return declared.declared(self.engine)

    def add_claims(
        self, claims_: pd.DataFrame, run_id: str | None, read: Sequence[str] = ()
    ) -> int:
        """Add claims (columns CLAIMS) of documents in the store; return how many were new.

        The documents ``read`` are marked as read for claims in the same transaction, so that a run
        that is killed neither repeats nor skips one. What the store holds of them from an earlier
        reading is read again: see `verify.store.rereading`. Raises ``InputError`` when a claim's
        document is not in the store.
        """
        with self.writing() as connection:
            return arriving.add(connection, claims_, run_id, read)

    def forget_readings(self) -> int:
        """Mark every document as not read for claims yet; return how many were read before.

        The next `add_claims` of a document then reads its claims again.
        """
        with self.writing() as connection:
            return rereading.forget(connection)

    def counted(self, run_id: str) -> tuple[int, int]:
        """Return how many claims there are, and how many of them this run kept.

        It keeps what it no longer found in a document that it read again where somebody decided on
        it; the ``run_id`` of such a claim is that of the run which found it last.
        """
        with self.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(claims)) or 0
            return total, rereading.kept(connection, run_id)

    def claims(
        self, claim_ids: Sequence[str] | None = None, *, doc_ids: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return claims in order of arrival: CLAIMS and source, title, published_at.

        All of them, or those with these ids, or those of these documents.
        """
        extra = dict.fromkeys(("source", "title", "published_at"), "text")
        statement = (
            select(
                *[claims.c[name] for name in CLAIMS],
                claims.c.source,
                claims.c.published_at,
                documents.c.title,
            )
            .join(documents)
            .order_by(claims.c.n)
        )
        with self.reading() as connection:
            if claim_ids is None and doc_ids is None:
                return frame(fetch(connection, statement), {**CLAIMS, **extra})
            column = claims.c.doc_id if claim_ids is None else claims.c.claim_id
            found: list[dict[str, Any]] = []
            for some in chunks(claim_ids or doc_ids or []):
                chosen = statement.add_columns(claims.c.n).where(column.in_(some))
                found += fetch(connection, chosen)
        arrived = sorted(found, key=lambda row: int(row.pop("n")))
        return frame(arrived, {**CLAIMS, **extra})

    def texts(self, claim_ids: Sequence[str]) -> list[str]:
        """Return the texts of these claims, in no order."""
        found: list[str] = []
        with self.reading() as connection:
            for some in chunks(claim_ids):
                chosen = claims.c.claim_id.in_(some)
                found += connection.scalars(select(claims.c.text).where(chosen))
        return found

    def relabel_sides(self, claims_: pd.DataFrame) -> None:
        """Set side, side_reason and actor_side by claim_id; sides that a person decided stay."""
        labels = claims_[["claim_id", "side", "side_reason", "actor_side"]]
        ids = labels["claim_id"].tolist()
        read = [claims.c[name] for name in ("read_side", "read_side_reason", "actor_side")]
        with self.writing() as connection:
            current = {
                row.claim_id: (row.read_side, row.read_side_reason, row.actor_side)
                for some in chunks(ids)
                for row in connection.execute(
                    select(claims.c.claim_id, *read).where(claims.c.claim_id.in_(some))
                )
            }
            names = ("key", "read_side", "read_side_reason", "actor_side")
            changed = [
                dict(zip(names, row.values(), strict=True))
                for row in rows(labels)
                if row["claim_id"] in current
                and current[row["claim_id"]] != tuple(row.values())[1:]
            ]
            if changed:
                connection.execute(
                    update(claims).where(claims.c.claim_id == bindparam("key")), changed
                )
            standing.settle_sides_of(connection, ids)

    def vectors(self, hashes: Sequence[str], model: str) -> dict[str, NDArray[np.float32]]:
        """Return stored vectors by text hash, float32 (dimension,); absent ones are left out."""
        found: dict[str, NDArray[np.float32]] = {}
        with self.reading() as connection:
            for some in chunks(list(dict.fromkeys(hashes))):
                statement = select(vectors.c.text_hash, vectors.c.vector).where(
                    vectors.c.model == model, vectors.c.text_hash.in_(some)
                )
                for text_hash, blob in connection.execute(statement):
                    found[text_hash] = np.frombuffer(blob, dtype="<f2").astype(np.float32)
        return found

    def with_vectors(self, hashes: Sequence[str], model: str) -> set[str]:
        """Return those of these hashes of texts of which the store has a vector."""
        with self.reading() as connection:
            return _known(connection, vectors.c.text_hash, list(hashes), vectors.c.model == model)

    def add_vectors(self, hashes: Sequence[str], model: str, new: ArrayLike) -> int:
        """Keep vectors (n, dimension) as float16 by text hash and model; known ones stay.

        Returns how many were new.
        """
        blobs = np.asarray(new, dtype="<f2")
        if len(hashes) != len(blobs):
            raise InputError(
                f"{len(hashes)} text hashes but {len(blobs)} vectors", model, "Give one of each."
            )
        wanted = dict(zip(hashes, blobs, strict=True))
        with self.writing() as connection:
            known = _known(connection, vectors.c.text_hash, list(wanted), vectors.c.model == model)
            missing = [
                {"text_hash": text_hash, "model": model, "vector": vector.tobytes()}
                for text_hash, vector in wanted.items()
                if text_hash not in known
            ]
            if missing:
                connection.execute(insert(vectors), missing)
        return len(missing)

    def membership(self, *, as_grouped: bool = False) -> pd.DataFrame:
        """Return which claim is in which event (columns MEMBERSHIP), in order of arrival.

        ``as_grouped``: as the last run said, whatever people merged, split or moved.
        """
        event = claims.c.grouped_event_id if as_grouped else claims.c.event_id
        statement = (
            select(claims.c.claim_id, event.label("event_id"))
            .where(event.is_not(None))
            .order_by(claims.c.n)
        )
        with self.reading() as connection:
            return frame(fetch(connection, statement), MEMBERSHIP)

    def replace_events(
        self,
        events: pd.DataFrame,
        membership: pd.DataFrame,
        pairs: pd.DataFrame,
        run_id: str | None,
        repeats: pd.DataFrame | None = None,
    ) -> None:
        """Replace events, membership, pairs and repeats at once; see `verify.store.events`."""
        replace_events(self.engine, events, membership, pairs, run_id, repeats)

    def calendar(self) -> Calendar:
        """Return all claims at a glance; see `verify.store.calendar`."""
        with self.reading() as connection:
            return calendar(connection)

    def set_sources(self, table: pd.DataFrame) -> None:
        """Set kind, side and reliability of sources; what a person decided stands above it."""
        given = [{name: row.get(name) for name in SOURCES} for row in rows(table)]
        with self.writing() as connection:
            names = [str(row["source"]) for row in given]
            known = _known(connection, sources.c.source, names)
            new = [row for row in given if row["source"] not in known]
            if new:
                connection.execute(insert(sources), new)
            for row in given:
                if row["source"] in known:
                    connection.execute(
                        update(sources).where(sources.c.source == row["source"]).values(row)
                    )

    def sources(self) -> pd.DataFrame:
        """Return what `set_sources` was given: columns source, kind, side, reliability."""
        statement = select(sources).order_by(sources.c.source)
        with self.reading() as connection:
            return frame(fetch(connection, statement), SOURCES)

    def start_run(self, settings: Mapping[str, Any]) -> str:
        """Note that this process begins a run; return its id."""
        return runs.start(self.engine, settings)

    def progress(self, run_id: str, stage: str, done: int, total: int) -> None:
        """Note how far a run is, and that it lives; say it a few times a second at most."""
        runs.progress(self.engine, run_id, stage, done, total)

    def finish_run(self, run_id: str, state: str, counts: Mapping[str, Any]) -> None:
        """Note how a run ended: ``done`` or ``failed``, and what it counted."""
        runs.finish(self.engine, run_id, state, counts)

    def add_left_out(self, run_id: str, items: Sequence[LeftOut], kind: str = "left out") -> None:
        """Add what a run left out; kind "note" for what it took in with a change."""
        runs.add_left_out(self.engine, run_id, items, kind)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(
            f"The file is gone: {error.strerror}", str(path), "Build again when it is there."
        ) from error


def _copy(path: Path, sha256: str, kept: Path) -> None:
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=kept.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as copy, _opened(path) as given:
            while block := given.read(1 << 20):
                digest.update(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        if digest.hexdigest() != sha256:
            raise InputError("The file changed while it was read", str(path), "Read it again.")
        Path(name).replace(kept)
    except OSError as error:
        raise StoreError(
            f"An original cannot be kept: {error.strerror}",
            str(kept.parent),
            "Look at the folder's permissions and free space, and build again.",
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _known(connection: Connection, column: Any, values: list[str], *where: Any) -> set[str]:
    found: set[str] = set()
    for some in chunks(values):
        found.update(connection.scalars(select(column).where(column.in_(some), *where)))
    return found
