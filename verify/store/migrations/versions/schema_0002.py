"""What reading a claim more closely adds: who passed it on, denial, precision, why it is checkable.

A claim also keeps what was read in it where a person corrected it, and which claim it repeats.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; claims that are stored already have nothing in them until read again."""
    for name in ("via", "time_precision", "checkable", "checkable_reason", "origin_id"):
        op.add_column("claims", sa.Column(name, sa.Text(), nullable=True))
    for name in ("via_start", "via_end"):
        op.add_column("claims", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("claims", sa.Column("read_as", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(
        "claims", sa.Column("denied", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(op.f("ix_claims_origin_id"), "claims", ["origin_id"])
