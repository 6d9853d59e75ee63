"""What to look at next: contradictions first, then what many sources say, then what came first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from verify.errors import InputError
from verify.records import frame, rows
from verify.store import where
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store
from verify.store.tables import claims, pairs
from verify.store.views import CLAIM_VIEW, PAIR_VIEW, claims_by_id, pairs_by_id

RELATION_ORDER: Final = ("conflicts", "supports", "related", "unrelated")


def next_claims(
    store: Store, filters: Filters = EVERYTHING, after: str | None = None, limit: int = 20
) -> pd.DataFrame:
    """Return claims that nobody has decided on: CLAIM_VIEW and ``why``, in words.

    Most conflicts first, then most sources that say the same, then first arrived. ``after``: go on
    behind this claim, decided or not.
    """
    keys = (claims.c.conflicts, claims.c.voices, claims.c.n)
    wanted = replace(filters, status="unreviewed")
    with store.reading() as connection:
        conditions = where.of_claims(wanted, connection.dialect.name)
        if after is not None:
            last = _key_of(connection, keys, claims.c.claim_id == after, after)
            conditions.append(_behind(keys, last, (True, True, False)))
        page = (
            select(claims.c.claim_id)
            .where(*conditions)
            .order_by(claims.c.conflicts.desc(), claims.c.voices.desc(), claims.c.n)
            .limit(limit)
        )
        found = claims_by_id(connection, list(connection.scalars(page)))
    return _explained(found, CLAIM_VIEW, _why_claim)


def next_pairs(
    store: Store, filters: Filters = EVERYTHING, after: str | None = None, limit: int = 20
) -> pd.DataFrame:
    """Return pairs that nobody has decided on: PAIR_VIEW and ``why``, in words.

    Conflicts first, then supports, then related; of each the events that most sources tell of
    first, then the surest conflict. ``after``: go on behind this pair, decided or not.
    """
    keys = (pairs.c.sources, pairs.c.p_conflicts, pairs.c.pair_id)
    wanted = replace(filters, pair_status="suggested")
    with store.reading() as connection:
        conditions = where.of_pairs(wanted, connection.dialect.name)
        start, last = 0, None
        if after is not None:
            chosen = pairs.c.pair_id == after
            relation, *last = _key_of(connection, (pairs.c.relation, *keys), chosen, after)
            start = RELATION_ORDER.index(relation)
        ids: list[str] = []
        for relation in RELATION_ORDER[start:]:  # one index walk each, instead of sorting them all
            inside = [*conditions, pairs.c.relation == relation]
            if last is not None:
                inside.append(_behind(keys, last, (True, True, False)))
            order = (pairs.c.sources.desc(), pairs.c.p_conflicts.desc(), pairs.c.pair_id)
            page = select(pairs.c.pair_id).where(*inside).order_by(*order).limit(limit - len(ids))
            ids.extend(connection.scalars(page))
            last = None
            if len(ids) >= limit:
                break
        found = pairs_by_id(connection, ids)
    return _explained(found, PAIR_VIEW, _why_pair)


def _key_of(
    connection: Connection,
    keys: Sequence[ColumnElement[Any]],
    chosen: ColumnElement[bool],
    after: str,
) -> list[Any]:
    found = connection.execute(select(*keys).where(chosen)).one_or_none()
    if found is None:
        raise InputError(f"There is no {after!r} to go on behind", "after", "Start at the top.")
    return list(found)


def _behind(
    keys: Sequence[ColumnElement[Any]], last: Sequence[Any], falling: Sequence[bool]
) -> ColumnElement[bool]:
    """Build "sorts after ``last``" for keys that fall or rise; the first key bounds the index."""
    steps: list[ColumnElement[bool]] = []
    for index, (key, value, falls) in enumerate(zip(keys, last, falling, strict=True)):
        same = [k == v for k, v in zip(keys[:index], last[:index], strict=True)]
        steps.append(and_(*same, key < value if falls else key > value))
    return and_(keys[0] <= last[0], or_(*steps))


def _explained(found: pd.DataFrame, schema: Any, why: Any) -> pd.DataFrame:
    return frame([row | {"why": why(row)} for row in rows(found)], {**schema, "why": "text"})


def _why_claim(row: dict[str, Any]) -> str:
    reasons = []
    if row["conflicts"]:
        reasons.append(f"in {_counted(row['conflicts'], 'conflict')}")
    if row["voices"] > 1:
        reasons.append(f"said by {_counted(row['voices'], 'source')}")
    elif not reasons:
        reasons.append("only one source says it")
    if row["reprints"]:
        reasons.append(f"reprinted {_counted(row['reprints'], 'time')}")
    return ", ".join(reasons)


def _why_pair(row: dict[str, Any]) -> str:
    relation = {
        "conflicts": "may contradict each other",
        "supports": "may support each other",
        "related": "may be about the same thing",
        "unrelated": "perhaps about different things",
    }[row["relation"]]
    kind = f" ({row['conflict_kind']})" if row["conflict_kind"] else ""
    told = f", {row['sources']} sources tell of it" if row["sources"] > 1 else ""
    return f"{relation}{kind}{told}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
