"""Full-text search over the claims' text and their documents' titles, by the database's own index.

Whatever a user types is looked for as it stands: nothing in it is an operator, nothing an error.
"""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import ColumnElement, Connection, Integer, Text, cast, false, or_, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql import column, table

from verify.store import tokens
from verify.store.tables import claims, documents

PREFIX: Final = 3
"""Characters from which a word is looked for as a beginning; the index holds beginnings so long."""
_PAGE: Final = 1000
"""Claims indexed at a time."""
_INDEX: Final = table("claims_search", column("rowid", Integer), column("words", Text))


def add_new(connection: Connection) -> None:
    """Index the claims that arrived since the last time."""
    newest = "(SELECT coalesce(max(rowid), 0) FROM claims_search)"
    rest = f"FROM claims c JOIN documents d ON d.doc_id = c.doc_id WHERE c.n > {newest}"
    if connection.dialect.name != "postgresql":
        columns = "claims_search (rowid, text, title)"
        connection.execute(text(f"INSERT INTO {columns} SELECT c.n, c.text, d.title {rest}"))
        return
    added = text("INSERT INTO claims_search VALUES (:n, CAST(:words AS tsvector))")
    page = text(f"SELECT c.n, c.text, d.title {rest} ORDER BY c.n LIMIT {_PAGE}")
    while arrived := connection.execute(page).all():
        told = [{"n": n, "words": tokens.vector(parts)} for n, *parts in arrived]
        connection.execute(added, told)


def renew(connection: Connection, n: int) -> None:
    """Index one claim (its column n) anew, whose text changed."""
    if connection.dialect.name == "postgresql":
        joined = claims.join(documents)
        parts = select(claims.c.text, documents.c.title).select_from(joined).where(claims.c.n == n)
        told = tokens.vector(connection.execute(parts).one())
        changed = text("UPDATE claims_search SET words = CAST(:words AS tsvector) WHERE rowid = :n")
        connection.execute(changed, {"n": n, "words": told})
    else:
        told = "text = (SELECT c.text FROM claims c WHERE c.n = :n)"
        connection.execute(text(f"UPDATE claims_search SET {told} WHERE rowid = :n"), {"n": n})


def matches(dialect: str, typed: str) -> ColumnElement[bool] | None:
    """Build the condition on ``claims`` that all typed words occur, a long last one as a beginning.

    Words in double quotes are looked for as a phrase. None when nothing was typed. What holds no
    letter or digit (an emoji) is looked for in the text itself.
    """
    clean = typed.replace("\0", " ").encode("utf-8", "ignore").decode().strip()
    if not clean:
        return None
    if not re.search(r"[^\W_]", clean):
        titled = select(documents.c.doc_id).where(
            documents.c.title.contains(clean, autoescape=True)
        )
        return or_(claims.c.text.contains(clean, autoescape=True), claims.c.doc_id.in_(titled))
    found = select(_INDEX.c.rowid)
    if dialect == "postgresql":
        phrases, goes_on = _phrases(clean)
        query = tokens.query(phrases, goes_on=goes_on)
        if query is None:
            return false()
        matching = _INDEX.c.words.bool_op("@@")(cast(query, TSQUERY))
        return claims.c.n.in_(found.where(matching))
    match = text("claims_search MATCH :words").bindparams(words=_fts5(clean))
    return claims.c.n.in_(found.where(match))


def _phrases(typed: str) -> tuple[list[list[str]], bool]:
    """Take what was typed apart: phrases as lists of words, and whether the last word may go on."""
    parts = re.findall(r'"([^"]+)"|([^\s"]+)', typed)
    phrases = [re.findall(r"[^\W_]+", quoted or word) for quoted, word in parts]
    phrases = [phrase for phrase in phrases if phrase]
    return phrases, not typed.endswith('"') and len(phrases[-1][-1]) >= PREFIX


def _fts5(typed: str) -> str:
    phrases, goes_on = _phrases(typed)
    return " ".join(f'"{" ".join(phrase)}"' for phrase in phrases) + ("*" if goes_on else "")
