"""One claim or pair after another with all that a screen tells of it, as plain rows or as a frame.

A statement of so many columns takes several times as long to make as to run, so each is made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import pandas as pd
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
)

from verify.records import CLAIMS, PAIRS, Row, Schema, frame, shaped
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.folded import SAME, own_name
from verify.store.tables import claims, documents, events, pairs, sources, standing

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

_c, _p = claims.c, pairs.c
_IDS: Final[BindParameter[str]] = bindparam("ids", expanding=True)


def claim_rows(connection: Connection, claim_ids: Sequence[str]) -> list[Row]:
    """Return these claims (CLAIM_VIEW), in the order given; unknown ids are left out."""
    return shaped(_in_order(connection, _of_claims(), "claim_id", claim_ids), CLAIM_VIEW)


def claims_by_id(connection: Connection, claim_ids: Sequence[str]) -> pd.DataFrame:
    """As `claim_rows`, as a frame."""
    return frame(_in_order(connection, _of_claims(), "claim_id", claim_ids), CLAIM_VIEW)


def pair_rows(connection: Connection, pair_ids: Sequence[str]) -> list[Row]:
    """Return these pairs (PAIR_VIEW), in the order given; unknown ids are left out."""
    return shaped(_in_order(connection, _of_pairs(), "pair_id", pair_ids), PAIR_VIEW)


def pairs_by_id(connection: Connection, pair_ids: Sequence[str]) -> pd.DataFrame:
    """As `pair_rows`, as a frame."""
    return frame(_in_order(connection, _of_pairs(), "pair_id", pair_ids), PAIR_VIEW)


@cache
def _of_claims() -> Select[Any]:
    status, source_grade = standing.alias("status"), standing.alias("source_grade")
    information, reliability = standing.alias("information"), standing.alias("reliability")
    folded = standing.alias("folded")
    shown = {
        "event_title": events.c.title,
        "reprints": _reprints(),
        "document_title": documents.c.title,
        "language": documents.c.language,
        "url": documents.c.url,
        "document_sha256": documents.c.original_sha256,
        **_decided(status),
        "status": _c.status,
        "source_grade": func.coalesce(
            source_grade.c.value, reliability.c.value, sources.c.reliability
        ),
        "information_grade": information.c.value,
        "folded_by": case((folded.c.value.is_not(None), folded.c.reviewer)),
    }
    columns = [shown[name] if name in shown else _c[name] for name in CLAIM_VIEW]
    joined = (
        claims.join(documents)
        .outerjoin(events, events.c.event_id == _c.event_id)
        .outerjoin(status, _decision(status, "claim", _c.claim_id, "status"))
        .outerjoin(source_grade, _decision(source_grade, "claim", _c.claim_id, "source_grade"))
        .outerjoin(information, _decision(information, "claim", _c.claim_id, "information_grade"))
        .outerjoin(reliability, _decision(reliability, "source", _c.source, "reliability"))
        .outerjoin(sources, sources.c.source == _c.source)
        .outerjoin(folded, _decision(folded, "speaker", own_name(), SAME))
    )
    named = [column.label(name) for column, name in zip(columns, CLAIM_VIEW, strict=True)]
    return select(*named).select_from(joined).where(_c.claim_id.in_(_IDS))


def _reprints() -> ColumnElement[int]:
    other = claims.alias("other")
    repeats = select(func.count()).where(
        other.c.origin_id == func.coalesce(_c.origin_id, _c.claim_id)
    )
    return repeats.scalar_subquery()


@cache
def _of_pairs() -> Select[Any]:
    a, b, status = claims.alias("ca"), claims.alias("cb"), standing.alias("status")
    shown: dict[str, ColumnElement[Any]] = {
        **_decided(status), "status": _p.status, "about": status.c.about,
    }  # fmt: skip
    for end, side in (("a", a), ("b", b)):
        shown |= {f"{end}_{name}": side.c[name] for name in ("text", "side", "source", "cue")}
        shown[f"{end}_speaker"] = side.c.credited
    named = [(shown[name] if name in shown else _p[name]).label(name) for name in PAIR_VIEW]
    joined = (
        pairs.join(a, a.c.claim_id == _p.a)
        .join(b, b.c.claim_id == _p.b)
        .outerjoin(status, _decision(status, "pair", _p.pair_id, "status"))
    )
    return select(*named).select_from(joined).where(_p.pair_id.in_(_IDS))


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
    connection: Connection, statement: Select[Any], key: str, ids: Sequence[str]
) -> list[Row]:
    found: dict[str, Row] = {}
    for some in chunks(ids):
        for row in fetch(connection, statement, {"ids": some}):
            found[row[key]] = row
    return [found[wanted] for wanted in ids if wanted in found]
