"""What grouping itself said of events, kept beside what people made of it.

A claim keeps the event that the last run put it into, and ``grouped`` the events as that run told
them, so that a merge, split or move that is taken back restores them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TOLD = "event_id, title, topic, starts, ends, places, run_id, digest"


def upgrade() -> None:
    """Add both; nobody could correct events before, so what is shown is what grouping said."""
    op.add_column("claims", sa.Column("grouped_event_id", sa.Text(), nullable=True))
    op.create_index(op.f("ix_claims_grouped_event_id"), "claims", ["grouped_event_id"])
    op.create_table(
        "grouped",
        sa.Column("event_id", sa.Text(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=True) for name in ("title", "topic")],
        *[sa.Column(name, sa.Text(), nullable=True) for name in ("starts", "ends")],
        sa.Column("places", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_grouped")),
    )
    op.execute("UPDATE claims SET grouped_event_id = event_id")
    op.execute(f"INSERT INTO grouped ({_TOLD}) SELECT {_TOLD} FROM events")
