"""When claims and pairs came, and when somebody was last at the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DATED = (("claims", "came_at"), ("claims", "moved_at"), ("pairs", "came_at"))


def upgrade() -> None:
    """Add the columns and the table.

    A claim that is there came with the run that brought its document, a pair not before the later
    of its claims; what no run is known of has no time.
    """
    for table, name in _DATED:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=True))
    op.execute(
        "UPDATE claims SET came_at = (SELECT coalesce(runs.finished_at, runs.started_at) "
        "FROM documents JOIN runs ON runs.run_id = documents.run_id "
        "WHERE documents.doc_id = claims.doc_id)"
    )
    op.execute(
        "UPDATE pairs SET came_at = "
        "(SELECT max(came_at) FROM claims WHERE claim_id IN (pairs.a, pairs.b))"
    )
    for table, name in (*_DATED, ("decisions", "decided_at")):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    op.create_table(
        "visits",
        sa.Column("person", sa.Text(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("began_at", "seen_at")],
        sa.Column("before_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_visits")),
    )
