"""Credited names that a person confirmed to be one speaker, written into ``claims.credited``.

A fold is a decision ("speaker", the rarer name, "same_as") whose value is the name that all their
claims are credited to. What a claim itself reads (`own_name`) stays as it is, so that taking the
fold back restores it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    case,
    func,
    literal,
    literal_column,
    select,
    update,
)

from verify.records import UNKNOWN
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.tables import aliases, claims, standing

SAME: Final = "same_as"
"""Field of a speaker's decision: the name of the speaker that this one is."""
NOT_SAME: Final = "not_same_as"
"""Field of a speaker's decision: a name that was proposed for it and is somebody else's."""


def own_name(of: Any = claims) -> ColumnElement[str]:
    """Give the name that a claim itself reads: of the speaker as resolved, else the words.

    Without a parameter, so that PostgreSQL sees one expression where a query groups by it.
    """
    return func.coalesce(func.nullif(of.c.speaker_name, literal_column("''")), of.c.speaker)


def credited_name() -> ColumnElement[str]:
    """Give the name that a claim is credited to, as the decisions stand."""
    return func.coalesce(_same_as(), own_name())


def canonical(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return name -> the name that it is folded into, for those of ``names`` that are."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(names))):
        statement = select(standing.c.target_id, standing.c.value).where(
            standing.c.target_kind == "speaker",
            standing.c.field == SAME,
            standing.c.value.is_not(None),
            standing.c.target_id.in_(some),
        )
        found |= {row["target_id"]: row["value"] for row in fetch(connection, statement)}
    return found


def folded_into(connection: Connection, name: str) -> list[str]:
    """Return the names that are folded into ``name``, sorted."""
    statement = select(standing.c.target_id).where(
        standing.c.target_kind == "speaker", standing.c.field == SAME, standing.c.value == name
    )
    return sorted(connection.scalars(statement))


def fold(connection: Connection, where: ColumnElement[bool]) -> list[str]:
    """Credit these claims as the decisions stand; return those that are credited otherwise now."""
    differs = where & claims.c.credited.is_distinct_from(credited_name())
    ids = list(connection.scalars(select(claims.c.claim_id).where(differs)))
    for some in chunks(ids):
        chosen = claims.c.claim_id.in_(some)
        connection.execute(update(claims).where(chosen).values(credited=credited_name()))
    return ids


def named(names: Sequence[str]) -> ColumnElement[bool]:
    """Choose the claims that read one of these names themselves."""
    return own_name().in_(names)


def declared_side(*, reason: bool = False) -> ColumnElement[str]:
    """Give the side declared for the speaker that a claim without one is folded into, or NULL.

    ``reason``: the words for it instead.
    """
    words = literal("the same speaker as “") + aliases.c.words + literal("”")
    side = (
        select(words if reason else aliases.c.side)
        .where(aliases.c.kind == "alias", func.lower(aliases.c.words) == func.lower(_credited()))
        .order_by(aliases.c.n)
        .limit(1)
        .scalar_subquery()
    )
    return case((claims.c.read_side.is_(None) | (claims.c.read_side == UNKNOWN), side))


def _credited() -> ColumnElement[str]:
    return case((claims.c.credited.is_distinct_from(own_name()), claims.c.credited))


def _same_as() -> ScalarSelect[Any]:
    return (
        select(standing.c.value)
        .where(
            standing.c.target_kind == "speaker",
            standing.c.target_id == own_name(),
            standing.c.field == SAME,
            standing.c.value.is_not(None),
        )
        .scalar_subquery()
    )
