"""What to look at next: conflicts, then reach, then the program's doubt, then age.

Every claim and pair says in words why it comes now, and ORDER says the order of all. Each page is
one walk down an index, however many claims there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from verify.errors import InputError
from verify.records import Row
from verify.review.holds import free_for
from verify.store import where
from verify.store.doubt import LEANING, UNDECIDED, chance, unsure
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store
from verify.store.tables import claims, pairs
from verify.store.view_rows import claim_rows, pair_rows

RELATION_ORDER: Final = ("conflicts", "supports", "related", "unrelated")
ORDER: Final = {
    "claim": (
        "claims in most conflicts",
        "claims that most independent sources say (a reprint counts as its origin)",
        "claims in most pairs about which the program is undecided (a chance of 35 to 65 of 100)",
        "claims that came in first",
    ),
    "pair": (
        "conflicts, then supports, then what is only related",
        "pairs of events that most sources tell of",
        "pairs about which the program is least sure (a chance near 50 of 100)",
        "pairs whose claims came in first",
    ),
}
"""What comes first, and what decides among equals, in words for the screen."""
_FALLING: Final = frozenset({"conflicts", "voices", "unsure", "sources"})
"""Keys of which the greatest comes first; of the others, the least."""


def next_claims(
    store: Store,
    filters: Filters = EVERYTHING,
    after: str | None = None,
    limit: int = 20,
    reviewer: str = "",
) -> list[Row]:
    """Return claims that nobody has decided on: CLAIM_VIEW and ``why``, in words.

    Ordered as ORDER says. ``after``: go on behind this claim, decided or not. ``reviewer``: go past
    what somebody else has on screen; "" asks for all.
    """
    keys = (claims.c.conflicts, claims.c.voices, claims.c.unsure, claims.c.n)
    with store.reading() as connection:
        conditions = where.of_claims(replace(filters, status=None), connection.dialect.name)
        conditions.append(_open(claims.c.status, "unreviewed", filters))
        conditions += [free_for(reviewer, "claim")] if reviewer else []
        if after is not None:
            last = _key_of(connection, keys, claims.c.claim_id == after, after)
            conditions.append(_behind(keys, last))
        page = select(claims.c.claim_id).where(*conditions).order_by(*_order(keys)).limit(limit)
        found = claim_rows(connection, list(connection.scalars(page)))
        doubts = _doubts(connection, [row["claim_id"] for row in found])
    return [{**row, "why": _why_claim(row, doubts[row["claim_id"]])} for row in found]


def next_pairs(
    store: Store,
    filters: Filters = EVERYTHING,
    after: str | None = None,
    limit: int = 20,
    reviewer: str = "",
) -> list[Row]:
    """Return pairs that nobody has decided on: PAIR_VIEW and ``why``, in words.

    Ordered as ORDER says; ``after`` and ``reviewer`` as in `next_claims`.
    """
    keys = (pairs.c.sources, pairs.c.unsure, pairs.c.arrived, pairs.c.pair_id)
    with store.reading() as connection:
        conditions = where.of_pairs(replace(filters, pair_status=None), connection.dialect.name)
        conditions.append(_open(pairs.c.status, "suggested", filters))
        conditions += [free_for(reviewer, "pair")] if reviewer else []
        start, last = 0, None
        if after is not None:
            chosen = pairs.c.pair_id == after
            relation, *last = _key_of(connection, (pairs.c.relation, *keys), chosen, after)
            start = RELATION_ORDER.index(relation)
        ids: list[str] = []
        for relation in RELATION_ORDER[start:]:  # one index walk each, instead of sorting them all
            inside = [*conditions, pairs.c.relation == relation]
            if last is not None:
                inside.append(_behind(keys, last))
            page = select(pairs.c.pair_id).where(*inside).order_by(*_order(keys))
            page = page.limit(limit - len(ids))
            ids.extend(connection.scalars(page))
            last = None
            if len(ids) >= limit:
                break
        found = pair_rows(connection, ids)
    return [{**row, "why": _why_pair(row)} for row in found]


def _open(status: ColumnElement[Any], value: str, filters: Filters) -> ColumnElement[bool]:
    """Build "nobody has decided".

    What people said something of is few: as an expression, the status keeps SQLite from walking all
    that is open in search of it.
    """
    few = filters.second or filters.reviewer or filters.noted or filters.claim_ids
    return status.concat("") == value if few else status == value


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


def _order(keys: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [key.desc() if key.name in _FALLING else key for key in keys]


def _behind(keys: Sequence[ColumnElement[Any]], last: Sequence[Any]) -> ColumnElement[bool]:
    """Build "sorts after ``last``"; the first key bounds the index."""
    steps: list[ColumnElement[bool]] = []
    for index, (key, value) in enumerate(zip(keys, last, strict=True)):
        falls = key.name in _FALLING
        same = [k == v for k, v in zip(keys[:index], last[:index], strict=True)]
        steps.append(and_(*same, key < value if falls else key > value))
    return and_(keys[0] <= last[0], or_(*steps))


def _doubts(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    statement = select(claims.c.claim_id, claims.c.unsure).where(claims.c.claim_id.in_(ids))
    return {row.claim_id: row.unsure for row in connection.execute(statement)}


def _why_claim(row: dict[str, Any], doubts: int) -> str:
    reasons = []
    if row["conflicts"]:
        reasons.append(f"in {_counted(row['conflicts'], 'conflict')}")
    if row["voices"] > 1:
        reasons.append(f"said by {_counted(row['voices'], 'source')}")
    elif not reasons:
        reasons.append("only one source says it")
    if row["reprints"]:
        reasons.append(f"reprinted {_counted(row['reprints'], 'time')}")
    if doubts:
        reasons.append(f"the program is undecided about {_counted(doubts, 'pair')} of it")
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
    return f"{relation}{kind}{told}, {_doubt(row)}"


def _doubt(row: dict[str, Any]) -> str:
    told = (row["relation"], row["p_supports"], row["p_conflicts"])
    sure, step = chance(*told), unsure(*told)
    said = {UNDECIDED: "the program is undecided", LEANING: "the program leans one way only"}
    words = said.get(step, "the program is fairly sure")
    return f"{words} ({min(99, max(1, round(100 * sure)))} of 100)"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shows_pair(store: Store, pair_id: str, filters: Filters) -> bool:
    """Whether the filters show this pair."""
    with store.reading() as connection:
        conditions = where.of_pairs(filters, connection.dialect.name)
        here = select(pairs.c.pair_id).where(pairs.c.pair_id == pair_id, *conditions)
        return connection.scalar(here) is not None
