"""What the cross-encoder read, kept so that it is not read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table; builds fill it."""
    op.create_table(
        "pair_readings",
        sa.Column("pair_hash", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("read", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pair_hash", "model", name=op.f("pk_pair_readings")),
    )
