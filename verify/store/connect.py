"""The connection to the database: engine, pragmas, write transactions, migration."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, Select, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from verify.errors import StoreError

BUSY_MS: Final = 5000
"""How long a write waits for another writer, milliseconds."""
_WRITE: Final = "verify_write"
_LOCK: Final = 6_034_113
"""Key of the PostgreSQL advisory lock that stands for SQLite's one writer."""


def connect(url: str) -> Engine:
    """Make an engine; nothing is opened yet. SQLite gets a connection a call, safe to fork.

    Raises ``StoreError`` for an address that SQLAlchemy does not understand.
    """
    try:
        parsed = make_url(url)
        serialise = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, json_serializer=serialise, pool_pre_ping=True)
        engine = create_engine(parsed, json_serializer=serialise, poolclass=NullPool)
    except (ArgumentError, ImportError, SQLAlchemyError, ValueError) as error:
        raise StoreError(
            f"The store's address is not usable: {error}",
            _without_password(url),
            "Set VERIFY_DATABASE_URL anew.",
        ) from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _without_password(url: str) -> str:
    """Leave out of an address what stands between the scheme and the host, whatever its form."""
    return re.sub(r"//.*@", "//***@", url)


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # `_begin` opens transactions, not the sqlite3 module
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # an acknowledged decision survives power loss


def _begin(connection: Connection) -> None:
    # A write that starts as a read fails at once when another writer came between; hence IMMEDIATE.
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open the one write transaction; it is on disk when the block ends, or nothing of it is.

    Raises ``StoreError`` when another writer holds the store longer than ``BUSY_MS``.
    """
    try:
        with engine.execution_options(**{_WRITE: True}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
    except OperationalError as error:
        raise StoreError(
            f"The store cannot be written: {error.orig}",
            engine.url.render_as_string(hide_password=True),
            "Nothing was changed; try again, and look for free space and other programs using it.",
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a read transaction: all its queries see one state, and it blocks no writer."""
    with engine.connect() as connection:
        yield connection


def fetch(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    """Run a query; return its rows as dicts by column name."""
    return [row._asdict() for row in connection.execute(statement)]


def migrate(engine: Engine) -> None:
    """Bring the store to this version's schema; safe when several processes do it at once.

    Raises ``StoreError`` for a store of a newer version, and one that cannot be opened.
    """
    config = Config()
    config.set_main_option("script_location", "verify.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    where = engine.url.render_as_string(hide_password=True)
    try:
        if engine.dialect.name == "sqlite":
            _write_ahead(engine)
        with reading(engine) as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
        _check_known(revision, scripts, where)
        if revision == scripts.get_current_head():
            return
        with writing(engine) as connection:  # who waits here finds the work done
            revision = MigrationContext.configure(connection).get_current_revision()
            _check_known(revision, scripts, where)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise StoreError(
            f"The store cannot be opened: {error.orig}",
            where,
            "Look at the folder's permissions and free space, or name another one by VERIFY_DATA.",
        ) from error


def _check_known(revision: str | None, scripts: ScriptDirectory, where: str) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(
            f"The store was written by a newer version (schema {revision}); nothing was changed",
            where,
            "Install the newest version of counterclaim, or name another folder by VERIFY_DATA.",
        )


def _write_ahead(engine: Engine) -> None:
    """Switch to WAL, which stays with the file; SQLite's busy timeout does not cover the switch."""
    for attempt in range(50):
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            try:
                mode = raw.execute("PRAGMA journal_mode").fetchone()[0]
                if mode != "wal":
                    mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                if mode == "wal":
                    return
            except raw.OperationalError as error:
                if "locked" not in str(error):
                    raise StoreError(
                        f"The store cannot be opened: {error}",
                        str(engine.url),
                        "Look at the folder's permissions and free space.",
                    ) from error
        time.sleep(0.01 * (attempt + 1))
    raise StoreError(
        "The store cannot be switched to write-ahead logging",
        str(engine.url),
        "Close other programs that use it; a network folder cannot hold a SQLite store.",
    )
