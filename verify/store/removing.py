"""A source that is taken out of the store, with its documents, claims and their pairs.

What somebody decided on, or hung evidence on, stays with the document that it stands in: the record
names it. The bytes of the files stay too, since a file may hold documents of other sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, exists, select, update

from verify.records import Row
from verify.store import rereading
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.rereading import REMOVED, Lost
from verify.store.tables import claims, documents

AT_ONCE = 500
"""Documents taken out in one transaction, so that nobody who decides meanwhile waits long."""


@dataclass
class Removal:
    """What taking a source out removes and what it keeps."""

    documents: list[str] = field(default_factory=list)
    """Ids of the documents that go."""
    claims: list[Lost] = field(default_factory=list)
    """Claims that go."""
    kept: list[Lost] = field(default_factory=list)
    """Claims that stay; see `verify.store.rereading.lost`."""

    def add(self, other: Removal) -> None:
        """Add what a further part removes and keeps."""
        self.documents += other.documents
        self.claims += other.claims
        self.kept += other.kept


def documents_of(connection: Connection, source: str) -> list[str]:
    """Return the ids of the documents of a source, in order of id."""
    of_source = select(documents.c.doc_id).where(documents.c.source == source)
    return list(connection.scalars(of_source.order_by(documents.c.doc_id)))


def removal(connection: Connection, doc_ids: Sequence[str]) -> Removal:
    """Say what taking these documents out would remove."""
    gone, kept = rereading.lost(connection, doc_ids, ())
    needed = {one.doc_id for one in kept}
    return Removal([doc_id for doc_id in doc_ids if doc_id not in needed], gone, kept)


def remove(connection: Connection, doc_ids: Sequence[str]) -> Removal:
    """Take these documents out, and say what went and what stayed.

    A document that has to stay is marked: reading again what the store holds passes it by, and only
    its file brings back what went. Events and pairs of other claims are as they were until the next
    grouping.
    """
    found = removal(connection, doc_ids)
    rereading.erase(connection, found.claims)
    for some in chunks(found.documents):
        connection.execute(delete(documents).where(documents.c.doc_id.in_(some)))
    for some in chunks([one.doc_id for one in found.kept]):
        staying = update(documents).where(documents.c.doc_id.in_(some))
        connection.execute(staying.values(read_by=REMOVED))
    return found


def is_there(connection: Connection, source: str) -> bool:
    """Whether a document has that source."""
    return bool(connection.scalar(select(exists().where(documents.c.source == source))))


def told(connection: Connection, kept: Sequence[Lost]) -> list[Row]:
    """Return claim_id, text and title of the document of claims that stay, in order of arrival."""
    found: list[Row] = []
    columns = (claims.c.claim_id, claims.c.text, documents.c.title)
    for some in chunks([one.claim_id for one in kept]):
        chosen = select(*columns).join(documents).where(claims.c.claim_id.in_(some))
        found += fetch(connection, chosen.order_by(claims.c.n))
    return found
