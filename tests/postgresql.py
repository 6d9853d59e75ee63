"""A PostgreSQL server for the tests, and how one database of it becomes as new between two tests.

Each process of a parallel run has a server of its own. VERIFY_TEST_DATABASE_URL names a database of
another server instead, of which everything is removed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from benchmarks.postgresql import server
from verify.store.connect import address, connect, migrate

EMPTIED = """
DO $$ DECLARE named text; BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  ALTER TABLE decisions ENABLE TRIGGER ALL;
  SET LOCAL session_replication_role = replica;  -- no trigger and no foreign key asks
  FOR named IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP EXECUTE format('DELETE FROM %I', named); END LOOP;
  FOR named IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
  LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', named); END LOOP;
END $$
"""
"""Quicker than a database of its own for each test: 20 tables with a few rows each."""


class Databases:
    """One store that is emptied for each test, and others where a test needs more."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = connect(url)
        self._head = ""

    def emptied(self) -> str:
        """Give the address of a migrated store without a row."""
        if not self._head:
            self._renew()
        with self._engine.begin() as connection:
            connection.execute(text(EMPTIED))
            head = {"head": self._head}
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), head)
        self._engine.dispose()
        return self.url

    def unmade(self) -> str:
        """Give the address of a database without a table; the next test makes them anew."""
        self._renew(migrated=False)
        return self.url

    def _renew(self, *, migrated: bool = True) -> None:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
        others += "pg_backend_pid() AND datname = current_database()"
        with self._engine.begin() as connection:
            for statement in (others, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
                connection.execute(text(statement))
        self._head = ""
        if migrated:
            migrate(self._engine)
            with self._engine.begin() as connection:
                told = connection.scalar(text("SELECT version_num FROM alembic_version"))
                self._head = str(told)
        self._engine.dispose()


def own(url: str, worker: str) -> str:
    """Give the database of one of several processes: it is made anew beside the one that is named.

    ``worker``: what pytest-xdist calls the process; "": there is one process alone.
    """
    if not worker:
        return url
    named = address(url)
    name = f"{named.database}_{worker}"
    engine = connect(url)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0"))
    engine.dispose()
    return named.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The databases of one server; without its programs the tests fail and say what to install."""
    url = os.environ.get("VERIFY_TEST_DATABASE_URL", "")
    if url:
        yield Databases(own(url, os.environ.get("PYTEST_XDIST_WORKER", "")))
        return
    try:
        running = server()
        with running as made:
            made.run("CREATE DATABASE verify")
            yield Databases(made.url("verify"))
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def postgresql_url(databases: Databases) -> str:
    """Address of an empty store on PostgreSQL."""
    return databases.emptied()
