"""Several people at one desk: whose a claim or pair is, second verdicts, holds, saved views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add columns and tables; nothing is assigned, held or looked at twice yet."""
    for table in ("claims", "pairs"):
        for name in ("assigned_to", "second"):
            op.add_column(table, sa.Column(name, sa.Text(), nullable=True))
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    _made("holds", ("target_kind", "target_id"), ("holder", "since", "until"))
    op.create_index(op.f("ix_holds_holder"), "holds", ["holder"])
    _made(
        "saved_views",
        ("view_id",),
        ("screen", "name", "query", "owner", "saved_at"),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.UniqueConstraint(
            "owner", "screen", "name", name=op.f("uq_saved_views_owner_screen_name")
        ),
    )


def _made(
    table: str, key: tuple[str, ...], texts: tuple[str, ...], *more: sa.schema.SchemaItem
) -> None:
    columns = [sa.Column(name, sa.Text(), nullable=False) for name in (*key, *texts)]
    op.create_table(table, *columns, *more, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")))
