"""Which relation a pair was shown as when a person confirmed or rejected it.

Decisions that are older do not say: they hold for whatever the pair is shown as.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column to the log and to what stands; a decision without it keeps its hash."""
    for table in ("decisions", "standing"):
        op.add_column(table, sa.Column("about", sa.Text(), nullable=True))
