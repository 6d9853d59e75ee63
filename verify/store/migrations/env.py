"""Alembic's entry: runs the revisions on the connection that `verify.store.connect` hands over."""

from alembic import context

from verify.store import evidence_table  # noqa: F401  its table joins the others
from verify.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
