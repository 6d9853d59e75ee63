"""One order of texts on both databases: that of their characters' numbers, which SQLite keeps to.

PostgreSQL sorts and compares by the rules of the language that a database was made with, so that
two servers, or one after an upgrade of its system, give two orders.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, text

from verify.store.schema import metadata

_OTHERWISE = text(
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'text' "
    "AND collation_name IS DISTINCT FROM 'C' ORDER BY 1, 2"
)


def sort_by_code_point(connection: Connection) -> None:
    """Let every text column of our tables in PostgreSQL sort so; done after each migration."""
    if connection.dialect.name != "postgresql":
        return
    named = connection.dialect.identifier_preparer.quote
    columns: dict[str, list[str]] = defaultdict(list)
    for table, column in connection.execute(_OTHERWISE):
        if table not in metadata.tables:  # somebody else's, or a view
            continue
        columns[table].append(f'ALTER COLUMN {named(column)} TYPE text COLLATE "C"')
    for table, changes in columns.items():
        connection.exec_driver_sql(f"ALTER TABLE {named(table)} {', '.join(changes)}")
