"""Who speaks for whom as declared, and which documents were read for claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the aliases, and to each document the run that read it for claims."""
    op.create_table(
        "aliases",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_aliases")),
    )
    op.add_column("documents", sa.Column("read_by", sa.Text(), nullable=True))
    op.create_index(op.f("ix_documents_read_by"), "documents", ["read_by"], unique=False)
