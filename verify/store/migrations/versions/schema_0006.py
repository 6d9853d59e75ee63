"""Links and files attached to claims, pairs, events and decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NEEDED = ("target_kind", "target_id", "kind", "note", "added_by", "added_at")
_OF_A_FILE = ("url", "sha256", "name", "media_type", "perceptual_hash")


def upgrade() -> None:
    """Add the table; the decisions that attach and detach stand in the log like all others."""
    op.create_table(
        "evidence",
        sa.Column("evidence_id", sa.Text(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in _NEEDED],
        *[sa.Column(name, sa.Text(), nullable=True) for name in _OF_A_FILE],
        *[sa.Column(name, sa.Integer(), nullable=True) for name in ("size", "width", "height")],
        sa.Column("says", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence")),
    )
    for name in ("sha256", "perceptual_hash"):
        op.create_index(op.f(f"ix_evidence_{name}"), "evidence", [name])
    both = ["target_kind", "target_id"]
    op.create_index(op.f("ix_evidence_target_kind_target_id"), "evidence", both)
