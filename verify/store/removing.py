"""A source that is taken out of the store, with its documents, claims and their pairs.

What somebody ever decided on stays, with the document that it stands in: the record of decisions
names it. The bytes of the files stay too, since a file may hold documents of other sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, select

from verify.store import rereading
from verify.store.counts import chunks
from verify.store.rereading import Lost
from verify.store.tables import claims, documents


class Removal(NamedTuple):
    """What taking a source out removes and what it keeps."""

    documents: list[str]
    """Ids of the documents that go."""
    claims: list[Lost]
    """Claims that go."""
    kept: list[Lost]
    """Claims that stay: somebody decided on them or on one of their pairs, or hung evidence on
    either."""


def removal(connection: Connection, source: str) -> Removal:
    """Say what taking ``source`` out would remove; empty lists where there is no such source."""
    of_source = select(documents.c.doc_id).where(documents.c.source == source)
    doc_ids = list(connection.scalars(of_source.order_by(documents.c.doc_id)))
    gone, kept = rereading.lost(connection, doc_ids, ())
    needed = {one.doc_id for one in kept}
    return Removal([doc_id for doc_id in doc_ids if doc_id not in needed], gone, kept)


def remove(connection: Connection, source: str) -> Removal:
    """Take ``source`` out, and say what went and what stayed.

    Events and pairs of other claims are as they were until the next grouping.
    """
    found = removal(connection, source)
    rereading.erase(connection, found.claims)
    for some in chunks(found.documents):
        connection.execute(delete(documents).where(documents.c.doc_id.in_(some)))
    return found


def is_there(connection: Connection, source: str) -> bool:
    """Whether a document has that source."""
    return bool(connection.scalar(select(exists().where(documents.c.source == source))))


def with_texts(connection: Connection, kept: Sequence[Lost]) -> list[tuple[Lost, str]]:
    """Return claims that stay, each with its text."""
    texts: dict[str, str] = {}
    for some in chunks([one.claim_id for one in kept]):
        found = select(claims.c.claim_id, claims.c.text).where(claims.c.claim_id.in_(some))
        texts |= {row.claim_id: row.text for row in connection.execute(found)}
    return [(one, texts[one.claim_id]) for one in kept]
