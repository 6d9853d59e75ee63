"""Views of who speaks and where from, of runs, and of the values that filters may take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    func,
    select,
    union,
    union_all,
)

from verify.records import (
    CLAIM_STATUSES,
    INDEPENDENT,
    PAIR_STATUSES,
    RELATIONS,
    UNKNOWN,
    Schema,
    frame,
)
from verify.store import runs as run_log
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.filters import CHECKABLE
from verify.store.regrouped import APART
from verify.store.store import Store
from verify.store.tables import (
    claim_kinds,
    claims,
    decisions,
    documents,
    events,
    pairs,
    standing,
)
from verify.store.tables import sources as sources_table

SOURCE_FIELDS: Final = ("kind", "side", "reliability")
SOURCE_VIEW: Final[Schema] = {
    "source": "text",
    "kind": "text",
    "side": "text",
    "reliability": "text",
    "documents": "int",
    "claims": "int",
    "verified": "int",
    "disputed": "int",
    **{f"{name}_version": "int" for name in SOURCE_FIELDS},  # what a decision names as seen
}
SPEAKER_VIEW: Final[Schema] = {
    "speaker": "text",
    "side": "text",  # that most of the speaker's claims carry
    "claims": "int",
    "sources": "int",
    "reason": "text",  # why that side
    "side_version": "int",
}


def sources(store: Store) -> pd.DataFrame:
    """Return every source of a document or of `set_sources` (SOURCE_VIEW), most claims first.

    Kind, side and reliability are what a person decided, else what was given.
    """
    published = _grouped(documents.c.source, documents, {"documents": func.count()})
    claimed = _grouped(
        claims.c.source,
        claims,
        {
            "claims": func.count(),
            "verified": func.sum(case((claims.c.status == "verified", 1), else_=0)),
            "disputed": func.sum(case((claims.c.status == "disputed", 1), else_=0)),
        },
    )
    named = union(
        select(documents.c.source).where(documents.c.source.is_not(None)),
        select(sources_table.c.source),
    ).subquery()
    columns: list[ColumnElement[Any]] = [named.c.source, published.c.documents]
    columns += [claimed.c[name] for name in ("claims", "verified", "disputed")]
    joined: Any = (
        named.outerjoin(published, published.c.key == named.c.source)
        .outerjoin(claimed, claimed.c.key == named.c.source)
        .outerjoin(sources_table, sources_table.c.source == named.c.source)
    )
    for name in SOURCE_FIELDS:
        decided = standing.alias(f"decided_{name}")
        joined = joined.outerjoin(decided, _of(decided, "source", named.c.source, name))
        given = sources_table.c[name]
        columns.append(func.coalesce(decided.c.value, given).label(name))
        columns.append(decided.c.version.label(f"{name}_version"))
    statement = (
        select(*columns)
        .select_from(joined)
        .order_by(func.coalesce(claimed.c.claims, 0).desc(), named.c.source)
    )
    with store.reading() as connection:
        found = fetch(connection, statement)
    counted = [name for name, kind in SOURCE_VIEW.items() if kind == "int"]
    return frame([row | {name: row[name] or 0 for name in counted} for row in found], SOURCE_VIEW)


def sides_of_sources(store: Store) -> dict[str, str]:
    """Return the side of each source that has one: what a person decided, else what was given."""
    given = select(sources_table.c.source, sources_table.c.side)
    decided = select(standing.c.target_id, standing.c.value).where(
        standing.c.target_kind == "source", standing.c.field == "side"
    )
    with store.reading() as connection:
        sides = {row["source"]: row["side"] for row in fetch(connection, given)}
        for row in fetch(connection, decided):
            sides[row["target_id"]] = row["value"] or sides.get(row["target_id"])
    return {source: side for source, side in sides.items() if side}


def _grouped(key: Column[Any], table: Table, counted: dict[str, ColumnElement[Any]]) -> Any:
    columns = [value.label(name) for name, value in counted.items()]
    return select(key.label("key"), *columns).select_from(table).group_by(key).subquery()


def _of(joined: Any, kind: str, target: ColumnElement[Any], field: str) -> ColumnElement[bool]:
    return and_(joined.c.target_kind == kind, joined.c.target_id == target, joined.c.field == field)


def speakers(
    store: Store, limit: int | None = 50, offset: int = 0, search: str = ""
) -> tuple[pd.DataFrame, int]:
    """Return a page of credited speakers (SPEAKER_VIEW), most claims first, and how many match.

    ``search``: part of the name, upper and lower case alike.
    """
    name = claims.c.credited
    conditions: list[ColumnElement[bool]] = [name.is_not(None)]
    if search.strip():
        conditions.append(name.icontains(search.strip(), autoescape=True))
    counted = func.count().label("claims")
    page = (
        select(
            name.label("speaker"), counted, func.count(claims.c.source.distinct()).label("sources")
        )
        .where(*conditions)
        .group_by(name)
        .order_by(counted.desc(), name)
    )
    with store.reading() as connection:
        total = connection.scalar(select(func.count(name.distinct())).where(*conditions)) or 0
        found = fetch(connection, page.limit(limit).offset(offset))
        sides = _sides_of(connection, [row["speaker"] for row in found])
    return frame([{**row, **sides[row["speaker"]]} for row in found], SPEAKER_VIEW), total


def _sides_of(connection: Connection, names: list[str]) -> dict[str, dict[str, Any]]:
    speaker, counted = claims.c.credited, func.count().label("claims")
    joined = claims.outerjoin(standing, _of(standing, "speaker", speaker, "side"))
    statement = (
        select(
            speaker,
            claims.c.side,
            func.max(claims.c.side_reason).label("reason"),
            func.max(func.coalesce(standing.c.version, 0)).label("side_version"),
        )
        .select_from(joined)
        .where(speaker.in_(names))
        .group_by(speaker, claims.c.side)
        .order_by(counted, claims.c.side)  # the last one, of most claims, stays in the dict
    )
    shown = ("side", "reason", "side_version")
    return {
        row["credited"]: {name: row[name] for name in shown} for row in fetch(connection, statement)
    }


def unsided(store: Store, fewest: int) -> pd.DataFrame:
    """Return who quotes the speakers without a side, a row for each source of each speaker.

    Columns speaker, source, claims, documents (counts) and side_version.

    They have at least ``fewest`` claims, all of side unknown, and nobody decided their side.
    """
    speaker = claims.c.credited.label("speaker")
    statement = (
        select(
            speaker,
            claims.c.source,
            func.count().label("claims"),
            func.count(claims.c.doc_id.distinct()).label("documents"),
        )
        .where(claims.c.credited.in_(_unsided(fewest)))
        .group_by(claims.c.credited, claims.c.source)
        .order_by(claims.c.credited, claims.c.source.asc().nulls_first())
    )
    version = select(standing.c.target_id, standing.c.version).where(
        standing.c.target_kind == "speaker", standing.c.field == "side"
    )
    with store.reading() as connection:
        found = fetch(connection, statement)
        versions = {row.target_id: row.version for row in connection.execute(version)}
    counted = dict.fromkeys(("claims", "documents", "side_version"), "int")
    schema = {"speaker": "text", "source": "text", **counted}
    told = [dict(row, side_version=versions.get(row["speaker"], 0)) for row in found]
    return frame(told, schema)


def links_of(store: Store, speakers: Sequence[str]) -> pd.DataFrame:
    """Return speaker, relation, side, links: with whose claims those of ``speakers`` are paired.

    Pairs that nobody rejected, with claims of a party that are no repeats of the speaker's own.
    """
    found: list[dict[str, Any]] = []
    with store.reading() as connection:
        for some in chunks(sorted(speakers)):
            found += fetch(connection, _links_of(some))
    return frame(found, {"speaker": "text", "relation": "text", "side": "text", "links": "int"})


def _links_of(speakers: Sequence[str]) -> Select[Any]:
    mine, other = claims.alias("mine"), claims.alias("other")
    ends = [
        select(mine.c.credited.label("speaker"), pairs.c.relation, other.c.side)
        .select_from(pairs)
        .join(mine, mine.c.claim_id == a)
        .join(other, other.c.claim_id == b)
        .where(
            pairs.c.status.not_in(("rejected", APART)),
            pairs.c.relation.in_(("supports", "conflicts")),
            mine.c.credited.in_(speakers),
            other.c.side.not_in((UNKNOWN, INDEPENDENT)),
            func.coalesce(mine.c.origin_id, mine.c.claim_id)
            != func.coalesce(other.c.origin_id, other.c.claim_id),
        )
        for a, b in ((pairs.c.a, pairs.c.b), (pairs.c.b, pairs.c.a))
    ]
    every = union_all(*ends).subquery()
    names = [every.c[name] for name in ("speaker", "relation", "side")]
    return select(*names, func.count().label("links")).group_by(*names).order_by(*names)


def _unsided(fewest: int) -> Select[tuple[str]]:
    decided = select(standing.c.target_id).where(
        standing.c.target_kind == "speaker",
        standing.c.field == "side",
        standing.c.value.is_not(None),
    )
    return (
        select(claims.c.credited)
        .where(claims.c.credited.is_not(None), claims.c.credited.not_in(decided))
        .group_by(claims.c.credited)
        .having(
            func.count() >= fewest,
            func.sum(case((claims.c.side == UNKNOWN, 0), else_=1)) == 0,
        )
    )


def runs(store: Store, limit: int = 20) -> pd.DataFrame:
    """List runs, newest first; see `verify.store.runs.runs`."""
    return run_log.runs(store.engine, limit)


def left_out(store: Store, run_id: str) -> pd.DataFrame:
    """List what a run left out: columns kind, file, row, column, what, remedy."""
    return run_log.left_out(store.engine, run_id)


def facets(store: Store) -> dict[str, list[str]]:
    """Return the values that each filter of one value may take, sorted; by the filter's name."""
    present = {
        "topic": events.c.topic,
        "side": claims.c.side,
        "source": claims.c.source,
        "speaker": claims.c.credited,
        "conflict_kind": pairs.c.conflict_kind,
        "kind": claim_kinds.c.kind,
        "place": claims.c.place,
    }
    with store.reading() as connection:
        found = {name: _distinct(connection, column) for name, column in present.items()}
    return found | {
        "status": list(CLAIM_STATUSES),
        "checkable": list(CHECKABLE),
        "pair_status": list(PAIR_STATUSES),
        "relation": list(RELATIONS),
    }


def names(store: Store) -> list[str]:
    """Return everybody who decided anything, has a role or has work assigned, sorted."""
    assigned = [table.c.assigned_to for table in (claims, pairs)]
    with store.reading() as connection:
        found = {
            name
            for column in (decisions.c.reviewer, *assigned)
            for name in _distinct(connection, column)
        }
        people = select(standing.c.target_id).where(standing.c.target_kind == "person")
        return sorted(found | set(connection.scalars(people)), key=str.casefold)


def _distinct(connection: Connection, column: Column[Any]) -> list[str]:
    """Return the values of a column that leads an index, sorted.

    Each is looked up behind the one before it, so that what is read grows with the values and not
    with the rows.
    """
    found = select(func.min(column).label("value")).cte("found", recursive=True)
    behind = select(func.min(column)).where(column > found.c.value).scalar_subquery()
    found = found.union_all(select(behind).where(found.c.value.is_not(None)))
    named = select(found.c.value).where(found.c.value.is_not(None))
    return sorted(connection.scalars(named))
