"""Indexes that hold all that is counted by them, so that counting reads no rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


WIDER = {
    "pairs": {
        "relation p_conflicts pair_id": "status",
        "conflict_kind p_conflicts pair_id": "status",
    },
    "claims": {
        "day side event_id": "conflicts",
        "source status": "origin_id",
        "credited side source": "status origin_id",
    },
}
"""Table -> columns of an index -> those that it gets."""


def upgrade() -> None:
    """Put wider indexes in the place of those that lacked something."""
    for table, indexes in WIDER.items():
        for columns, more in indexes.items():
            op.drop_index(op.f(f"ix_{table}_{columns.replace(' ', '_')}"), table)
            names = [*columns.split(), *more.split()]
            keys = [sa.text(f"{name} DESC") if name == "p_conflicts" else name for name in names]
            op.create_index(op.f(f"ix_{table}_{'_'.join(names)}"), table, keys)
