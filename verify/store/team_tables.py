"""Tables of people at work: who has what on screen, and the views that they keep."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table, Text, UniqueConstraint

from verify.store.tables import metadata

holds = Table(  # what somebody has on screen; it lapses by itself
    "holds",
    metadata,
    Column("target_kind", Text, primary_key=True),
    Column("target_id", Text, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
)

saved_views = Table(  # filters of a screen under a name
    "saved_views",
    metadata,
    Column("view_id", Text, primary_key=True),
    Column("screen", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # as in the page's address
    Column("owner", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("saved_at", Text, nullable=False),
    UniqueConstraint("owner", "screen", "name"),
)
