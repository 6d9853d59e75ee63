"""A whole store copied into another one, from SQLite to PostgreSQL or the other way, row by row.

Every table of the schema is copied as it is, those included that a later version adds; the search
index is made anew. What came over is read back and compared before it counts.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text

from verify.errors import InputError, StoreError, VerifyError
from verify.settings import Settings
from verify.store import connect, search
from verify.store.refusals import shown
from verify.store.schema import metadata
from verify.store.store import Store
from verify.store.tables import documents, originals

CHUNK: Final = 500
"""Rows carried at a time; a document may hold millions of characters."""
Advance = Callable[[int], None]


class Copied(NamedTuple):
    """What was copied."""

    rows: dict[str, int]
    """Table -> number of its rows, in the order of copying."""
    originals: int
    """Files copied; 0 where both stores keep them in one folder."""
    missing: list[str]
    """Files that could not be copied, one line each."""


def place(words: str, settings: Settings) -> Settings:
    """Understand FROM or TO: a data folder, or an address, whose files are in ``data_dir``."""
    if "://" in words:
        return replace(settings, database_url=words)
    return replace(settings, database_url="", data_dir=Path(words))


def source(settings: Settings) -> Store:
    """Open a store to copy from, and leave it as it is.

    Raises ``InputError`` where there is none, ``StoreError`` where its schema is another one.
    """
    _refuse_nothing(settings)
    engine = connect.connect(settings.url)
    here = connect.revision(engine)
    if here is None:
        raise InputError("There is no store", shown(engine.url), "Name the one to copy from.")
    _same_schema(engine, here)
    _refuse_unknown(engine)
    return Store(engine, settings.originals)


def target(settings: Settings) -> Store:
    """Open a store to copy into, making it where needed.

    Raises ``StoreError`` where there is one of another schema, ``InputError`` where it holds rows.
    """
    engine = connect.connect(settings.url)
    if settings.database_url or (settings.data_dir / "verify.db").exists():
        here = connect.revision(engine)
        if here is not None:
            _same_schema(engine, here)
    store = Store.open(settings)
    with store.reading() as connection:
        _refuse_rows(connection, store.engine)
    return store


def extent(store: Store) -> int:
    """Count the rows to copy."""
    with store.reading() as connection:
        return sum(_count(connection, table) for table in metadata.sorted_tables)


def copy(old: Store, new: Store, advance: Advance) -> Copied:
    """Copy everything, all of it or nothing; ``advance`` is told how many rows were copied.

    Decisions keep their numbers and hashes. Files are copied first: one too many harms nothing.
    Raises ``InputError`` where ``new`` holds rows, ``StoreError`` where a table came over otherwise
    than it was.
    """
    with old.reading() as given:
        files, missing = _copy_originals(given, old, new)
        with new.writing() as taken:
            _refuse_rows(taken, new.engine)
            counts = {
                table.name: _copy_table(table, given, taken, advance)
                for table in metadata.sorted_tables
            }
            search.add_new(taken)
    return Copied(counts, files, missing)


def copy_tuned(old: Settings, new: Settings) -> bool:
    """Copy what `verify tune --apply` wrote, where the other folder has none; say whether."""
    if not old.relation_file.exists() or new.relation_file.exists():
        return False
    shutil.copyfile(old.relation_file, new.relation_file)
    return True


def _refuse_nothing(settings: Settings) -> None:
    """Refuse a SQLite file that is not there: opening it would make it."""
    file = connect.address(settings.url)
    if file.get_backend_name() == "sqlite" and not Path(file.database or "").is_file():
        raise InputError(
            "There is no store", file.database or settings.url, "Name the one to copy from."
        )


def _same_schema(engine: Engine, here: str) -> None:
    if here != connect.head():
        raise StoreError(
            f"The store has schema {here}, this version has {connect.head()}; nothing was copied",
            shown(engine.url),
            "Open it once with this version (verify doctor), which brings it up to date.",
        )


def _refuse_unknown(engine: Engine) -> None:
    """Refuse a table that would be left behind in silence."""
    there = set(inspect(engine).get_table_names())
    made = {name for name in there if name.startswith("claims_search")} | {"alembic_version"}
    unknown = sorted(there - made - set(metadata.tables))
    if unknown:
        raise StoreError(
            f"The store has a table that is none of ours: {unknown[0]}; nothing was copied",
            shown(engine.url),
            "Move it into another database.",
        )


def _refuse_rows(connection: Connection, engine: Engine) -> None:
    for table in metadata.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise InputError(
                f"The store to copy into is not empty (it has {table.name}); nothing was copied",
                shown(engine.url),
                "Name a new folder, or a database without tables.",
            )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _copy_table(table: Table, given: Connection, taken: Connection, advance: Advance) -> int:
    """Copy one table in the order of its key, read it back, and let its numbering go on."""
    was, count = hashlib.sha256(), 0
    for rows in _chunks(table, given):
        taken.execute(insert(table), [row._asdict() for row in rows])
        for row in rows:
            was.update(_bytes(row))
        count += len(rows)
        advance(len(rows))
    now = hashlib.sha256()
    for rows in _chunks(table, taken):
        for row in rows:
            now.update(_bytes(row))
    if was.digest() != now.digest():
        raise StoreError(
            f"The table {table.name} came over otherwise than it was; nothing was copied",
            shown(taken.engine.url),
            "Report it with the output of verify doctor.",
        )
    _go_on(table, taken)
    return count


def _chunks(table: Table, connection: Connection) -> Iterator[Any]:
    statement = select(table).order_by(*table.primary_key.columns)
    found = connection.execute(statement.execution_options(yield_per=CHUNK))
    yield from found.partitions()


def _bytes(row: Any) -> bytes:
    return repr(tuple(row)).encode("utf-8", "surrogatepass")


def _go_on(table: Table, connection: Connection) -> None:
    """Let PostgreSQL number on behind the rows that brought their numbers; SQLite does anyway."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
    quoted = connection.dialect.identifier_preparer.format_table(table)
    sequence = func.pg_get_serial_sequence(quoted, column.name)
    connection.execute(select(func.setval(sequence, last, text("false"))))


def _copy_originals(given: Connection, old: Store, new: Store) -> tuple[int, list[str]]:
    """Copy the files that ``old`` names; return how many, and those that cannot be, in words."""
    if old.originals.resolve() == new.originals.resolve():
        return 0, []
    named = [originals.c.sha256, documents.c.original_sha256]
    wanted = {hash_ for column in named for hash_ in given.scalars(select(column).distinct())}
    copied, missing = 0, []
    for sha256 in sorted(wanted - {None}):
        try:
            new.take_original(old.originals / sha256, sha256)
            copied += 1
        except VerifyError as error:
            missing.append(str(error))
    return copied, missing
