"""Indexes that hold all that is counted by them, so that counting reads no rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Put the indexes in the place of those without the pairs' status, the claims' conflicts."""
    for key in ("relation", "conflict_kind"):
        name = f"ix_pairs_{key}_p_conflicts_pair_id"
        op.drop_index(op.f(name), "pairs")
        columns = [key, sa.text("p_conflicts DESC"), "pair_id", "status"]
        op.create_index(op.f(f"{name}_status"), "pairs", columns)
    op.drop_index(op.f("ix_claims_day_side_event_id"), "claims")
    by_day = ["day", "side", "event_id", "conflicts"]
    op.create_index(op.f(f"ix_claims_{'_'.join(by_day)}"), "claims", by_day)
