"""Sign an export off: the file, the rows that it was made of, and the decision that names both.

The rows are kept under ``originals`` as gzipped lines of canonical JSON, each ``{"kind", "row"}``:
first the columns, then the table's rows in their order, then what deciding works on: the claims
with the others that they are paired with, their documents (without the text), pairs, and who
speaks for whom. `verify.review.asof` builds the file from them and from the decision log again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, Table, func, or_, select

from verify.errors import InputError
from verify.records import Row
from verify.review.decisions import decide
from verify.review.export import COLUMNS, FORMATS, matching, review_table, whole_file
from verify.review.people import permit
from verify.review.signed import EXPORT, SIGNABLE, SIGNED, Content, SignOff, sign_off_id
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.tables import aliases, claims, decisions, documents, pairs, sources

KEPT: Final[dict[str, Table]] = {
    table.name: table for table in (documents, claims, pairs, sources, aliases)
}
"""Tables of which the rows that an export hangs on are kept with it."""
_EMPTIED: Final[dict[str, Row]] = {"documents": {"text": ""}, "pairs": {"reasons": []}}
"""Columns that no decision needs, so that they are not kept twice."""


def sign_off(
    store: Store,
    filters: Filters,
    out: Path | BinaryIO,
    fmt: str = "csv",
    *,
    reviewer: str,
    note: str = "",
) -> SignOff:
    """Write the review table and record who stands for it; the file appears after the decision.

    Raises ``InputError`` for a format whose bytes do not hang on the rows alone, without a
    reviewer, and for a place that cannot be written; ``NotAllowed`` where the reviewer is no lead,
    before anything is written.
    """
    if fmt not in SIGNABLE:
        what = f"A file of format {fmt} cannot be signed off"
        if fmt == "xlsx":
            what += ": its bytes change with the version of what packs it"
        raise InputError(what, "export", f"Sign off {' or '.join(SIGNABLE)}.")
    if not reviewer.strip():
        raise InputError("A decision needs a reviewer", "export", "Give your name.")
    with store.reading() as connection:
        permit(connection, reviewer, (EXPORT, "export", SIGNED), "")
    with TemporaryDirectory(prefix="verify-") as folder:
        made, kept = Path(folder) / "table", Path(folder) / "sign-off-rows.jsonl.gz"
        content = _make(store, filters, fmt, made, kept)
        store.keep_original(kept, content.rows_sha256)
        found: list[SignOff] = []

        def write(stream: BinaryIO) -> None:
            copy(made, stream)
            found.append(_record(store, content, reviewer, note))

        if isinstance(out, Path):
            whole_file(out, write)
        else:
            write(out)
    return found[0]


def copy(made: Path, out: BinaryIO) -> None:
    """Copy a file's bytes to where they belong."""
    with made.open("rb") as stream:
        shutil.copyfileobj(stream, out)
    out.flush()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _record(store: Store, content: Content, reviewer: str, note: str) -> SignOff:
    target = sign_off_id(content, reviewer.strip())
    made = decide(
        store, EXPORT, target, content.encode(), field=SIGNED, reviewer=reviewer, note=note,
        seen_version=0,
    )  # fmt: skip
    return SignOff(target, made.seq, made.reviewer, made.decided_at, made.note, content, None)


def _make(store: Store, filters: Filters, fmt: str, made: Path, kept: Path) -> Content:
    """Write the table and the rows that it is made of, both of one state of the store."""
    with store.reading() as connection:
        as_of = connection.scalar(select(func.max(decisions.c.seq))) or 0
        ids = matching(connection, filters)
        with (
            kept.open("wb") as raw,
            gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as lines,
            made.open("wb") as table,
        ):
            _keep(lines, "columns", [list(COLUMNS)])
            noted = _noting(review_table(connection, ids), lines)
            FORMATS[fmt](noted, table, True)
            for name, row in _needed(connection, ids):
                _keep(lines, name, [row])
    return Content(as_of, filters.to_query(), fmt, len(ids), digest(kept), digest(made))


def _noting(table: Iterable[Row], lines: gzip.GzipFile) -> Iterator[Row]:
    for row in table:
        _keep(lines, "row", [row])
        yield row


def _keep(lines: gzip.GzipFile, kind: str, found: Iterable[Any]) -> None:
    for row in found:
        line = {"kind": kind, "row": row}
        told = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        lines.write(told.encode() + b"\n")


def _needed(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """Give what the decided columns of these claims follow from, table by table (KEPT)."""
    linked = _linked(connection, ids)
    ends = {end for row in linked for end in (row["a"], row["b"])} | set(ids)
    told = _rows(connection, claims, claims.c.claim_id, sorted(ends))
    read_from = sorted({row["doc_id"] for row in told})
    yield from _named(documents, _rows(connection, documents, documents.c.doc_id, read_from))
    yield from _named(claims, told)
    yield from _named(pairs, linked)
    for table in (sources, aliases):
        order = table.primary_key.columns
        yield from _named(table, fetch(connection, select(table).order_by(*order)))


def _linked(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """Return the pairs of these claims that an export tells of, whatever became of them."""
    found: dict[str, Row] = {}
    for some in chunks(ids):
        ends = or_(pairs.c.a.in_(some), pairs.c.b.in_(some))
        told = pairs.c.relation.in_(("supports", "conflicts"))
        for row in fetch(connection, select(pairs).where(ends, told)):
            found[row["pair_id"]] = row
    return [found[pair_id] for pair_id in sorted(found)]


def _rows(connection: Connection, table: Table, key: Any, ids: Sequence[str]) -> list[Row]:
    return [
        row
        for some in chunks(ids)
        for row in fetch(connection, select(table).where(key.in_(some)).order_by(key))
    ]


def _named(table: Table, found: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    for row in found:
        yield table.name, row | _EMPTIED.get(table.name, {})
