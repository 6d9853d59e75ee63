"""What each stage last worked on, so that what did not change is not worked on again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table; builds fill it."""
    op.create_table(
        "stage_marks",
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("told", sa.LargeBinary()),
        sa.Column("possible", sa.Integer()),
        sa.Column("compared", sa.Integer()),
        sa.PrimaryKeyConstraint("stage", "part", name=op.f("pk_stage_marks")),
    )
