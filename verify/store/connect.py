"""The connection to the database: engine, pragmas, write transactions, migration."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    QueuePool,
    Select,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from verify.errors import InputError, StoreError
from verify.store import lasting_connections
from verify.store.refusals import mendable, refusal, shown

BUSY_MS: Final = 5000
"""How long a write waits for another writer, milliseconds."""
CONNECT_S: Final = 10
"""How long a database server may take to answer at all, seconds."""
DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
"""Name of a database in an address -> the driver that is used where the address names none."""
_WRITE, _FLEETING = "verify_write", "verify_fleeting"
"""Options of a connection whose transaction writes, and writes only what a power cut may take."""
SYNC: Final = "verify_synchronous"
"""What a connection's pool entry may say of SQLite's level of waiting for the disk, instead of
FULL: that of a store that is thrown away."""
_LOCK: Final = 6_034_113
"""Key of the PostgreSQL advisory lock that stands for SQLite's one writer."""
_BUILD_LOCK: Final = _LOCK + 1
"""Key of the one that a build holds."""


def connect(url: str, *, lasting: bool = False) -> Engine:
    """Make an engine; nothing is opened yet. SQLite gets a connection a call, safe to fork.

    ``lasting``: of SQLite, connections stay open for the next call, with what they have read and
    prepared; for a process that is asked often, does not fork, and may leave the write-ahead log
    beside the file. Opening one takes about a millisecond, and a page asks some forty times.

    Raises ``StoreError`` for an address that is none, or of a database that is not supported.
    """
    parsed = address(url)
    serialise = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    try:
        if parsed.get_backend_name() == "sqlite":
            pool: dict[str, Any] = {"poolclass": NullPool}
            if lasting:
                pool = {"poolclass": QueuePool, "max_overflow": -1}
            engine = create_engine(parsed, json_serializer=serialise, **pool)
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
            if lasting and parsed.database:
                lasting_connections.watch(engine, parsed.database)
            return engine
        engine = create_engine(parsed, json_serializer=serialise, pool_pre_ping=True)
    except (ArgumentError, ImportError) as error:
        raise StoreError(
            f"The store's address is not usable: {error}",
            shown(parsed),
            "Write it as postgresql://USER@HOST/DATABASE.",
        ) from error
    event.listen(engine, "connect", _prepare_server)
    return engine


def address(url: str) -> URL:
    """Understand a store's address; PostgreSQL's without a driver gets psycopg's.

    Raises ``StoreError``, which never repeats the address: it may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The store's address is no address of a database",
            "VERIFY_DATABASE_URL",
            "Write it as postgresql://USER@HOST/DATABASE.",
        ) from error
    backend = parsed.get_backend_name()
    if backend not in DRIVERS:
        raise StoreError(
            f"A store cannot be kept in {backend}",
            "VERIFY_DATABASE_URL",
            "Write it as postgresql://USER@HOST/DATABASE, or set nothing for SQLite.",
        )
    if "+" not in parsed.drivername:
        parsed = parsed.set(drivername=DRIVERS[backend])
    if backend == "sqlite" or "connect_timeout" in parsed.query:
        return parsed
    return parsed.update_query_dict({"connect_timeout": str(CONNECT_S)})


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # `_begin` opens transactions, not the sqlite3 module
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # an acknowledged decision survives power loss


def _begin(connection: Connection) -> None:
    # A write that starts as a read fails at once when another writer came between; hence IMMEDIATE.
    told = connection.get_execution_options()
    if not told.get(_WRITE, False):
        connection.exec_driver_sql("BEGIN")
        return
    # said each time: connections last
    sync = "NORMAL" if told.get(_FLEETING, False) else connection.info.get(SYNC, "FULL")
    connection.exec_driver_sql(f"PRAGMA synchronous = {sync}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare_server(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Let a write wait as long as SQLite's, and acknowledge only what is on disk."""
    connection.adapters.register_dumper(str, _without_nul())
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {BUSY_MS}")
    connection.execute("SET synchronous_commit = on")  # as SQLite's FULL, whatever is usual there
    connection.autocommit = False


@cache
def _without_nul() -> type[Any]:
    """Make what hands text over to PostgreSQL, which holds no NUL.

    What is kept has none; what somebody types finds nothing then, instead of failing.
    """
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))

    return WithoutNul


@contextmanager
def writing(engine: Engine, *, fleeting: bool = False) -> Iterator[Connection]:
    """Open the one write transaction; it is on disk when the block ends, or nothing of it is.

    ``fleeting``: what it writes matters for minutes only, and a power cut right after, or a crash
    of PostgreSQL's server, may take it (a kill -9 of this process does not): nobody waits for the
    disk.

    Raises ``StoreError`` when another writer holds the store longer than ``BUSY_MS``, and when the
    database cannot be reached or refuses.
    """
    try:
        told = {_WRITE: True, _FLEETING: fleeting}
        with engine.execution_options(**told).begin() as connection:
            if connection.dialect.name == "postgresql":
                if fleeting:
                    connection.execute(text("SET LOCAL synchronous_commit = off"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        if not mendable(error):
            raise
        raise refusal(
            error, "The store cannot be written", engine.url,
            "try again, and look for free space and other programs using it",
            kept="Nothing was changed",
        ) from error  # fmt: skip


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a read transaction: all its queries see one state, and it blocks no writer.

    Raises ``StoreError`` when the database cannot be reached or refuses.
    """
    one_state: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        one_state = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        with engine.execution_options(**one_state).connect() as connection:
            yield connection
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        if not mendable(error):
            raise
        raise refusal(
            error, "The store cannot be read", engine.url,
            "look at the folder's permissions and other programs using it",
        ) from error  # fmt: skip


@contextmanager
def building(engine: Engine) -> Iterator[None]:
    """Let one build at a time work on a PostgreSQL store, on whatever machine it runs.

    SQLite needs no more than the file lock beside it. The lock goes with its connection, even by
    kill -9. Raises ``InputError`` when another build holds it, and ``StoreError`` when the database
    cannot be reached or refuses.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    connection = _build_lock(engine)
    try:
        yield
    finally:
        with suppress(DBAPIError):  # at once, since a server takes its time to end a connection
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _BUILD_LOCK})
        connection.invalidate()  # closes it, and a lock that is left with it
        connection.close()


def _build_lock(engine: Engine) -> Connection:
    """Open the connection that holds the lock of a build."""
    try:
        connection = engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        free = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _BUILD_LOCK})
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        if not mendable(error):
            raise
        raise refusal(
            error, "Nothing was built: the store cannot be reached", engine.url, "build again"
        ) from error
    if free:
        return connection
    connection.close()
    what = "Another build is at work on this store"
    raise InputError(what, shown(engine.url), "Wait until it has ended, and build again.")


def fetch(
    connection: Connection, statement: Select[Any], told: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Run a query with what it is told by name; return its rows as dicts by column name."""
    found = connection.execute(statement, told)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def migrate(engine: Engine) -> None:
    """Bring the store to this version's schema; safe when several processes do it at once.

    Raises ``StoreError`` for a store of a newer version, and one that cannot be opened.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    where = shown(engine.url)
    try:
        if engine.dialect.name == "sqlite":
            _write_ahead(engine)
        here = revision(engine)
        _check_known(here, scripts, where)
        if here == scripts.get_current_head():
            return
        with writing(engine) as connection:  # who waits here finds the work done
            _check_known(_revision(connection), scripts, where)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise refusal(
            error, "The store cannot be opened", engine.url,
            "look at the folder's permissions and free space, or name another one by VERIFY_DATA",
        ) from error  # fmt: skip


def revision(engine: Engine) -> str | None:
    """Return the schema that a store has, None where there is no store."""
    with reading(engine) as connection:
        return _revision(connection)


def head() -> str:
    """Return the schema of this version."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "verify.store:migrations")
    return config


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
