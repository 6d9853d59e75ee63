"""What the queue orders by beyond conflicts and sources, and which decisions were made at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_CHANCE = (
    "CASE relation WHEN 'supports' THEN p_supports WHEN 'conflicts' THEN p_conflicts "
    "ELSE CASE WHEN p_supports > p_conflicts THEN p_supports ELSE p_conflicts END END"
)
_AWAY = f"abs({_CHANCE} - 0.5)"
_FALLING = ("conflicts", "voices", "sources", "unsure")
_CLAIM_QUEUE = ("status", "conflicts", "voices", "unsure", "n")
_PAIR_QUEUE = ("status", "relation", "sources", "unsure", "arrived", "pair_id")


def upgrade() -> None:
    """Add the columns, work them out for what is there, and let the queue walk by them."""
    for table, name in (("claims", "unsure"), ("pairs", "unsure"), ("pairs", "arrived")):
        op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("decisions", sa.Column("batch", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_decisions_batch"), "decisions", ["batch"])
    op.execute(
        f"UPDATE pairs SET unsure = CASE WHEN {_AWAY} < 0.15 THEN 2 WHEN {_AWAY} < 0.35 THEN 1 "
        "ELSE 0 END, arrived = (SELECT max(n) FROM claims WHERE claim_id IN (pairs.a, pairs.b))"
    )
    ends = [
        f"(SELECT count(*) FROM pairs WHERE pairs.{end} = claims.claim_id AND unsure = 2 "
        "AND pairs.status = 'suggested' AND relation IN ('supports', 'conflicts'))"
        for end in "ab"
    ]
    op.execute(f"UPDATE claims SET unsure = {' + '.join(ends)}")
    op.drop_index(op.f("ix_claims_status_conflicts_voices_n_event_id"), "claims")
    op.drop_index(op.f("ix_pairs_status_relation_sources_p_conflicts_pair_id"), "pairs")
    _queue("claims", (*_CLAIM_QUEUE, "event_id"))
    _queue("pairs", _PAIR_QUEUE)
    for table, keys in (("claims", _CLAIM_QUEUE), ("pairs", _PAIR_QUEUE)):
        op.drop_index(op.f(f"ix_{table}_assigned_to"), table)
        _queue(table, ("assigned_to", *keys))
    _queue("claims", ("checkable", "claim_id"))


def _queue(table: str, columns: tuple[str, ...]) -> None:
    keys = [sa.text(f"{name} DESC") if name in _FALLING else name for name in columns]
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, keys)
