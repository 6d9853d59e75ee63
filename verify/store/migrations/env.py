"""Alembic's entry: runs the revisions on the connection that `verify.store.connect` hands over."""

from alembic import context

from verify.store.evidence_table import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
