"""Alembic's entry: runs the revisions on the connection that `verify.store.connect` hands over."""

from alembic import context

from verify.store.collation import sort_by_code_point
from verify.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
context.run_migrations()
sort_by_code_point(connection)
