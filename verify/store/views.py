"""What the screens show, each a page of rows and how many there are in all.

A page is found by its index first and filled in after, so that its cost does not grow with the
store. Frames hold text columns as ``object`` with None, counts as ``Int64``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, literal, select

from verify.errors import InputError
from verify.records import CLAIMS, PAIRS, Schema, frame
from verify.records import rows as plain_rows
from verify.store import where
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.filters import EVERYTHING, Filters
from verify.store.folded import SAME, own_name
from verify.store.store import Store
from verify.store.tables import claims as claims_table
from verify.store.tables import documents, standing
from verify.store.tables import events as events_table
from verify.store.tables import pairs as pairs_table
from verify.store.tables import sources as sources_table
from verify.store.view_sources import facets, left_out, names, runs, sources, speakers

__all__ = [
    "CLAIM_VIEW", "EVENT_VIEW", "PAIR_VIEW", "claim", "claims", "count", "document", "event",
    "events", "facets", "left_out", "names", "pairs", "runs", "sources", "speakers", "timeline",
]  # fmt: skip

EVENT_VIEW: Final[Schema] = {
    "event_id": "text",
    "title": "text",
    "topic": "text",
    "starts": "text",
    "ends": "text",
    "places": "list",
    "claims": "int",
    "sources": "int",  # independent ones: a repeat counts as the source of its origin
    "conflicts": "int",
    "supports": "int",
    "reviewed": "int",  # claims with a status other than unreviewed
    "sides": "dict",  # side -> number of claims, most first
}
_DECIDED: Final[Schema] = {
    "status": "text",
    "version": "int",  # of the status; 0: nobody decided; a decision names it as seen
    "reviewer": "text",
    "decided_at": "text",
    "note": "text",
}
CLAIM_VIEW: Final[Schema] = {
    **CLAIMS,
    "event_id": "text",
    "event_title": "text",
    "source": "text",
    "document_title": "text",
    "language": "text",  # of the document
    "url": "text",
    "published_at": "text",
    "document_sha256": "text",
    "run_id": "text",
    **_DECIDED,
    "source_grade": "text",  # of this claim, else the reliability of its source
    "information_grade": "text",
    "supports": "int",
    "conflicts": "int",
    "voices": "int",  # sources that say the same, this one included
    "credited": "text",  # who a person confirmed the speaker to be, else resolved name, else words
    "folded_by": "text",  # who confirmed that; None: nobody
    "origin_id": "text",  # the claim that this one repeats nearly word for word, or None
    "reprints": "int",  # claims beside this one that have or are its origin
    "read_as": "dict",  # fields as read, where a person corrected them
}
PAIR_VIEW: Final[Schema] = {
    **PAIRS,
    **{
        f"{end}_{name}": "text"
        for name in ("text", "side", "source", "speaker", "cue")
        for end in "ab"
    },
    **_DECIDED,
    "about": "text",  # the relation that the verdict was about; it differs where read anew since
    "kept": "flag",  # as a person decided on it: the last run did not propose it so
    "sources": "int",  # that tell of the event
}

_c, _e, _p = claims_table.c, events_table.c, pairs_table.c
EVENT_SORTS: Final[Mapping[str, Sequence[ColumnElement[Any]]]] = {
    "conflicts": (_e.conflicts.desc(), _e.claims.desc(), _e.event_id),
    "claims": (_e.claims.desc(), _e.event_id),
    "sources": (_e.sources.desc(), _e.event_id),
    "newest": (_e.starts.desc().nulls_last(), _e.event_id.desc()),
    "oldest": (_e.starts.asc().nulls_last(), _e.event_id),
    "unreviewed": ((_e.claims - _e.reviewed).desc(), _e.event_id),
    "title": (_e.title.asc().nulls_first(), _e.event_id),
}
CLAIM_SORTS: Final[Mapping[str, Sequence[ColumnElement[Any]]]] = {
    "conflicts": (_c.conflicts.desc(), _c.voices.desc(), _c.n),
    "newest": (_c.published_at.desc().nulls_last(), _c.n.desc()),
    "oldest": (_c.published_at.asc().nulls_last(), _c.n),
    "arrival": (_c.n,),
}
PAIR_SORTS: Final[Mapping[str, Sequence[ColumnElement[Any]]]] = {
    "conflicts": (_p.p_conflicts.desc(), _p.pair_id),
    "supports": (_p.p_supports.desc(), _p.pair_id),
}


_COUNTED: Final = {
    "events": (events_table, where.of_events),
    "claims": (claims_table, where.of_claims),
    "pairs": (pairs_table, where.of_pairs),
}


def events(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    sort: str = "conflicts",
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """Return a page of events (EVENT_VIEW) and how many match; ``sort``: a key of EVENT_SORTS."""
    order = _order(EVENT_SORTS, sort)
    statement = select(*[_e[name] for name in EVENT_VIEW])
    with store.reading() as connection:
        conditions = where.of_events(filters, connection.dialect.name)
        total = _count(connection, events_table, conditions)
        page = statement.where(*conditions).order_by(*order).limit(limit).offset(offset)
        return frame(fetch(connection, page), EVENT_VIEW), total


def count(
    store: Store, what: Literal["events", "claims", "pairs"], filters: Filters = EVERYTHING
) -> int:
    """Count the events, claims or pairs that match, and read none."""
    table, conditions = _COUNTED[what]
    with store.reading() as connection:
        return _count(connection, table, conditions(filters, connection.dialect.name))


def event(store: Store, event_id: str) -> dict[str, Any] | None:
    """Return one event (EVENT_VIEW) or None."""
    return _only(events(store, Filters(event_id=event_id), limit=1)[0])


def claims(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    sort: str = "conflicts",
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """Return a page of claims (CLAIM_VIEW) and how many match; ``sort``: a key of CLAIM_SORTS."""
    order = _order(CLAIM_SORTS, sort)
    with store.reading() as connection:
        conditions = where.of_claims(filters, connection.dialect.name)
        total = _count(connection, claims_table, conditions)
        page = select(_c.claim_id).where(*conditions).order_by(*order).limit(limit).offset(offset)
        return claims_by_id(connection, list(connection.scalars(page))), total


def claim(store: Store, claim_id: str) -> dict[str, Any] | None:
    """Return one claim (CLAIM_VIEW) or None."""
    with store.reading() as connection:
        return _only(claims_by_id(connection, [claim_id]))


def claims_by_id(connection: Connection, claim_ids: Sequence[str]) -> pd.DataFrame:
    """Return these claims (CLAIM_VIEW), in the order given; unknown ids are left out."""
    status, source_grade = standing.alias("status"), standing.alias("source_grade")
    information, reliability = standing.alias("information"), standing.alias("reliability")
    folded = standing.alias("folded")
    shown = {
        "event_title": _e.title,
        "reprints": _reprints(),
        "document_title": documents.c.title,
        "language": documents.c.language,
        "url": documents.c.url,
        "document_sha256": documents.c.original_sha256,
        **_decided(status),
        "status": _c.status,
        "source_grade": func.coalesce(
            source_grade.c.value, reliability.c.value, sources_table.c.reliability
        ),
        "information_grade": information.c.value,
        "folded_by": case((folded.c.value.is_not(None), folded.c.reviewer)),
    }
    columns = [shown[name] if name in shown else _c[name] for name in CLAIM_VIEW]
    joined = (
        claims_table.join(documents)
        .outerjoin(events_table, _e.event_id == _c.event_id)
        .outerjoin(status, _decision(status, "claim", _c.claim_id, "status"))
        .outerjoin(source_grade, _decision(source_grade, "claim", _c.claim_id, "source_grade"))
        .outerjoin(information, _decision(information, "claim", _c.claim_id, "information_grade"))
        .outerjoin(reliability, _decision(reliability, "source", _c.source, "reliability"))
        .outerjoin(sources_table, sources_table.c.source == _c.source)
        .outerjoin(folded, _decision(folded, "speaker", own_name(), SAME))
    )
    names = [column.label(name) for column, name in zip(columns, CLAIM_VIEW, strict=True)]
    statement = select(*names).select_from(joined)
    return frame(_in_order(connection, statement, _c.claim_id, claim_ids), CLAIM_VIEW)


def _reprints() -> ColumnElement[int]:
    other = claims_table.alias("other")
    repeats = select(func.count()).where(
        other.c.origin_id == func.coalesce(_c.origin_id, _c.claim_id)
    )
    return repeats.scalar_subquery()


def document(store: Store, doc_id: str) -> dict[str, Any] | None:
    """Return one document (DOCUMENTS) or None."""
    return _only(store.documents([doc_id]))


def pairs(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    claim_id: str | None = None,
    sort: str = "conflicts",
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """Return a page of pairs (PAIR_VIEW) and how many match; ``sort``: a key of PAIR_SORTS."""
    order = _order(PAIR_SORTS, sort)
    with store.reading() as connection:
        conditions = where.of_pairs(filters, connection.dialect.name, claim_id)
        total = _count(connection, pairs_table, conditions)
        page = select(_p.pair_id).where(*conditions).order_by(*order).limit(limit).offset(offset)
        return pairs_by_id(connection, list(connection.scalars(page))), total


def pairs_by_id(connection: Connection, pair_ids: Sequence[str]) -> pd.DataFrame:
    """Return these pairs (PAIR_VIEW), in the order given; unknown ids are left out."""
    a, b, status = claims_table.alias("ca"), claims_table.alias("cb"), standing.alias("status")
    shown: dict[str, ColumnElement[Any]] = {
        **_decided(status), "status": _p.status, "about": status.c.about,
    }  # fmt: skip
    for end, side in (("a", a), ("b", b)):
        shown |= {f"{end}_{name}": side.c[name] for name in ("text", "side", "source", "cue")}
        shown[f"{end}_speaker"] = side.c.credited
    columns = [(shown[name] if name in shown else _p[name]).label(name) for name in PAIR_VIEW]
    joined = (
        pairs_table.join(a, a.c.claim_id == _p.a)
        .join(b, b.c.claim_id == _p.b)
        .outerjoin(status, _decision(status, "pair", _p.pair_id, "status"))
    )
    statement = select(*columns).select_from(joined)
    return frame(_in_order(connection, statement, _p.pair_id, pair_ids), PAIR_VIEW)


def timeline(store: Store, filters: Filters = EVERYTHING) -> pd.DataFrame:
    """Count claims by day and side: columns day (ISO date), side, claims; undated ones are out."""
    with store.reading() as connection:
        conditions = where.of_claims(filters, connection.dialect.name)
        statement = (
            select(_c.day, _c.side, func.count().label("claims"))
            .where(_c.day.is_not(None), *conditions)
            .group_by(_c.day, _c.side)
            .order_by(_c.day, _c.side)
        )
        found = fetch(connection, statement)
    return frame(found, {"day": "text", "side": "text", "claims": "int"})


def _order(
    sorts: Mapping[str, Sequence[ColumnElement[Any]]], sort: str
) -> Sequence[ColumnElement[Any]]:
    if sort not in sorts:
        raise InputError(f"No such order: {sort!r}", "sort", f"Say one of {', '.join(sorts)}.")
    return sorts[sort]


def _count(connection: Connection, table: Table, conditions: where.Conditions) -> int:
    statement = select(func.count()).select_from(table).where(*conditions)
    return connection.scalar(statement) or 0


def _decided(status: Any) -> dict[str, ColumnElement[Any]]:
    shown = {name: status.c[name] for name in ("reviewer", "decided_at", "note")}
    return {**shown, "version": func.coalesce(status.c.version, 0)}


def _decision(
    joined: Any, kind: str, target: ColumnElement[Any], field: str
) -> ColumnElement[bool]:
    return and_(
        joined.c.target_kind == literal(kind),
        joined.c.target_id == target,
        joined.c.field == literal(field),
    )


def _in_order(
    connection: Connection, statement: Select[Any], key: ColumnElement[Any], ids: Sequence[str]
) -> list[Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for some in chunks(ids):
        for row in fetch(connection, statement.where(key.in_(some))):
            found[row[key.name]] = row
    return [found[wanted] for wanted in ids if wanted in found]


def _only(table: pd.DataFrame) -> dict[str, Any] | None:
    found = plain_rows(table)
    return found[0] if found else None
