"""An index by which the kinds of a claim are found when it goes."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the index."""
    op.create_index(op.f("ix_claim_kinds_claim_id"), "claim_kinds", ["claim_id"])
