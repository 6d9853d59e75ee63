"""Tables of people at work: who has what on screen, the views that they keep, their visits."""

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

visits = Table(  # when somebody was last at the desk: one row a person, no history
    "visits",
    metadata,
    Column("person", Text, primary_key=True),
    Column("began_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),  # sign of life of the visit that is or was the newest
    Column("before_at", Text),  # last sign of life of the visit before that one
)
