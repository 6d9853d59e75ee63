"""Replace events, membership and pairs by those of a new run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
)
from sqlalchemy import update as update_rows

from verify.records import PAIR_VERDICTS, REREAD, Row, rows
from verify.store.connect import fetch, writing
from verify.store.counts import chunks, recount
from verify.store.doubt import unsure
from verify.store.runs import now
from verify.store.standing import settle_pairs
from verify.store.tables import claims, events, grouped, pairs


@dataclass(frozen=True)
class Connected:
    """What a run made of some claims, or of all."""

    events: pd.DataFrame
    """EVENTS."""
    membership: pd.DataFrame
    """MEMBERSHIP: all claims concerned."""
    pairs: pd.DataFrame
    """PAIRS."""
    repeats: pd.DataFrame | None = None
    """claim_id and origin_id, the claims that repeat another; None: none does."""
    as_grouped: tuple[pd.DataFrame, pd.DataFrame] | None = None
    """Events and membership as grouping itself said, where people corrected them; None: nobody."""
    related: Sequence[str] | None = None
    """The claims, whole events, whose pairs ``pairs`` are; None: all. Other pairs stay."""


Settle = Callable[[Connection, ColumnElement[bool] | None], None]
"""Brings in, for these claims (None: all), what people corrected while the run was at work."""


def replace_events(
    engine: Engine,
    events_: pd.DataFrame,
    membership: pd.DataFrame,
    pairs_: pd.DataFrame,
    run_id: str | None,
    repeats: pd.DataFrame | None = None,
) -> None:
    """Replace all events (EVENTS), membership (MEMBERSHIP) and pairs (PAIRS) in one transaction."""
    with writing(engine) as connection:
        replace(connection, Connected(events_, membership, pairs_, repeats), run_id)


def replace(
    connection: Connection,
    made: Connected,
    run_id: str | None,
    *,
    within: Sequence[str] | None = None,
    settle: Settle | None = None,
) -> None:
    """Put what a run made in place of what the store holds of these claims (``within``; None: all).

    ``within`` are the claims of ``made.membership``, whole events. What only they were in goes with
    them: events that hold no claim any more, and pairs of ``made.related`` that are not proposed
    again.

    Decisions stand by pair id. A pair that a person confirmed or rejected and that the new run does
    not propose is kept and marked, and so is a confirmed one that the run relates otherwise: what
    was confirmed is not turned into something else. A rejected one that it relates otherwise is
    suggested again, since nobody has decided on that. Only rows that differ are written, so that
    people who decide meanwhile wait for what is new alone.
    """
    grouped_events, grouped_in = made.as_grouped or (made.events, made.membership)
    wanted = _by_id("event_id", (described(row, run_id) for row in rows(made.events)))
    told = _by_id("event_id", (described(row, run_id) for row in rows(grouped_events)))
    proposed = _by_id("pair_id", (_pair(row, run_id) for row in rows(made.pairs)))
    repeats = made.repeats
    origin_of = {} if repeats is None else dict(repeats[["claim_id", "origin_id"]].to_numpy())
    left = _put(connection, _event_of(made.membership), within)
    left_grouped = _write_claims(connection, "grouped_event_id", _event_of(grouped_in), within)
    _write_claims(connection, "origin_id", origin_of, within)
    written = set[str]()
    for table, new, gone, column in (
        (events, wanted, left, claims.c.event_id),
        (grouped, told, left_grouped, claims.c.grouped_event_id),
    ):
        key = table.c.event_id
        if within is not None:
            asked: Iterable[ColumnElement[bool]] = _among(
                key, [*new, *_empty(connection, column, gone - set(new))]
            )
        else:
            asked = [true()]
        written |= _bring_in_line(connection, table, key, new, asked)
    paired = within if made.related is None else made.related
    ends = list(_among_ends(paired))
    _keep_decided(connection, proposed, ends)
    _count_sources(connection, proposed, paired)
    _rank(connection, proposed)
    _date(connection, proposed, ends)
    _bring_in_line(connection, pairs, pairs.c.pair_id, proposed, ends)
    for one in ends:
        settle_pairs(connection, one)
    if settle is not None:
        for chosen in _among(claims.c.claim_id, within) if within is not None else [None]:
            settle(connection, chosen)
    if made.related is not None:
        event_of = _event_of(made.membership)
        related = {event_of[claim] for claim in made.related}
        recount(connection, sorted({*written, *left, *related, *_beyond(connection, ends)}))
    else:
        recount(connection, None if within is None else sorted({*wanted, *left}))


def _beyond(connection: Connection, ends: Iterable[ColumnElement[bool]]) -> set[str]:
    """Name the events of all claims of pairs that people decided on: some link to another event."""
    found = set[str | None]()
    for chosen in ends:
        for end in (pairs.c.a, pairs.c.b):
            held = select(claims.c.event_id).join(pairs, claims.c.claim_id == end).distinct()
            decided = held.where(chosen, pairs.c.status.in_(PAIR_VERDICTS))
            found.update(connection.scalars(decided))
    return {event for event in found if event is not None}


def kept_for_nobody(connection: Connection) -> list[str]:
    """Name a claim of each pair that was kept for a verdict which stands no more.

    That is one without a verdict, or one that was kept as confirmed and is rejected now, though the
    program would relate it otherwise.
    """
    otherwise = (pairs.c.status == "rejected") & pairs.c.digest.not_like(f"{_kept_as('')} %")
    undone = pairs.c.kept & (pairs.c.status.not_in(PAIR_VERDICTS) | otherwise)
    return list(connection.scalars(select(pairs.c.a).where(undone)))


def sweep(connection: Connection, event_ids: Sequence[str] | None = None) -> None:
    """Remove the events in which no claim is, of these or (None) of all."""
    for table, column in ((events, claims.c.event_id), (grouped, claims.c.grouped_event_id)):
        held = select(claims.c.n).where(column == table.c.event_id).exists()
        for among in [true()] if event_ids is None else _among(table.c.event_id, event_ids):
            connection.execute(delete(table).where(~held, among))


def _among(column: Column[Any], values: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    return (column.in_(some) for some in chunks(values))


def _among_ends(within: Sequence[str] | None) -> Iterator[ColumnElement[bool]]:
    """Choose the pairs of which an end is within, a part of them at a time."""
    if within is None:
        yield true()
        return
    for some in chunks(within):
        yield pairs.c.a.in_(some) | pairs.c.b.in_(some)


def _empty(connection: Connection, column: Column[Any], event_ids: Iterable[str]) -> list[str]:
    """Name those of these events that no claim is in, by ``column`` of claims."""
    empty = set(event_ids)
    for some in chunks(sorted(empty)):
        empty -= set(connection.scalars(select(column).where(column.in_(some)).distinct()))
    return sorted(empty)


def describe(connection: Connection, told: Iterable[Row], gone: Iterable[str]) -> None:
    """Write these rows of ``events`` anew (see `described`) and remove those of ``gone``."""
    new = list(told)
    _remove(connection, events, events.c.event_id, [*gone, *(row["event_id"] for row in new)])
    if new:
        connection.execute(insert(events), new)


def _event_of(membership: pd.DataFrame) -> dict[str, str]:
    return dict(zip(membership["claim_id"], membership["event_id"], strict=True))


def described(row: Row, run_id: str | None) -> Row:
    """Make the row of the table ``events`` that a row of EVENTS is."""
    shown = {name: row[name] for name in ("event_id", "title", "topic", "starts", "ends")}
    shown["places"] = row["places"] or []
    return shown | {"digest": _digest(shown), "run_id": run_id}


def _pair(row: Row, run_id: str | None) -> Row:
    shown = row | {"reasons": row["reasons"] or []}
    return shown | {"digest": _digest(shown), "run_id": run_id, "kept": False}


def _digest(row: Row) -> str:
    canonical = json.dumps(row, sort_keys=True, ensure_ascii=False, default=float)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _by_id(key: str, found: Iterable[Row]) -> dict[str, Row]:
    return {row[key]: row for row in found}


def _bring_in_line(
    connection: Connection,
    table: Table,
    key: Column[Any],
    wanted: dict[str, Row],
    among: Iterable[ColumnElement[bool]],
) -> set[str]:
    """Delete, insert and replace rows until of those ``among`` the table holds the wanted ones.

    They are told by their digest. Returns the names of those written.
    """
    statement = select(key.label("id"), table.c.digest)
    there = {
        row.id: row.digest
        for chosen in among
        for row in connection.execute(statement.where(chosen))
    }
    same = {name for name, row in wanted.items() if there.get(name) == row["digest"]}
    _remove(connection, table, key, [name for name in there if name not in same])
    new = [row for name, row in wanted.items() if name not in same]
    if new:
        connection.execute(insert(table), new)
    return set(wanted) - same


def _remove(connection: Connection, table: Table, key: Column[Any], names: Sequence[str]) -> None:
    for some in chunks(names):
        connection.execute(delete(table).where(key.in_(some)))


def _put(
    connection: Connection, event_of: dict[str, str], within: Sequence[str] | None
) -> set[str]:
    """Put claims into their events, and note when each came: first of all, or from another.

    Returns the events that they left.
    """
    changed: dict[str, list[Row]] = {"came_at": [], "moved_at": [], "": []}
    at, left = now(), set[str]()
    for claim_id, before in _values(connection, claims.c.event_id, within):
        after = event_of.get(claim_id)
        if after != before:
            noted = "" if after is None else "came_at" if before is None else "moved_at"
            changed[noted].append(
                {"key": claim_id, "event_id": after} | ({noted: at} if noted else {})
            )
            left |= {before} if before else set()
    here = claims.c.claim_id == bindparam("key")
    for moved in changed.values():
        if moved:
            connection.execute(update_rows(claims).where(here), moved)
    return left


def _values(
    connection: Connection, column: Column[Any], within: Sequence[str] | None
) -> list[tuple[str, Any]]:
    """Return (claim_id, value of ``column``) of these claims (None: all)."""
    statement = select(claims.c.claim_id, column)
    chosen = [true()] if within is None else _among(claims.c.claim_id, within)
    return [(row[0], row[1]) for one in chosen for row in connection.execute(statement.where(one))]


def _date(
    connection: Connection, proposed: dict[str, Row], among: Iterable[ColumnElement[bool]]
) -> None:
    """Say since when each pair is related so; what was before this was kept has no time."""
    statement = select(pairs.c.pair_id, pairs.c.relation, pairs.c.came_at)
    known = {
        row.pair_id: row for chosen in among for row in connection.execute(statement.where(chosen))
    }
    at = now()
    for pair_id, row in proposed.items():
        same = known.get(pair_id)
        row["came_at"] = same.came_at if same and same.relation == row["relation"] else at


def _write_claims(
    connection: Connection, name: str, values: dict[str, str], within: Sequence[str] | None
) -> set[str]:
    """Set one column of these claims by claim_id, None where ``values`` has none.

    Returns what stood there before and stands there no more.
    """
    moved, left = [], set[str]()
    for claim_id, before in _values(connection, claims.c[name], within):
        if before != values.get(claim_id):
            moved.append({"key": claim_id, name: values.get(claim_id)})
            left |= {before} if before else set()
    if moved:
        here = claims.c.claim_id == bindparam("key")
        connection.execute(update_rows(claims).where(here), moved)
    return left


def _keep_decided(
    connection: Connection, proposed: dict[str, Row], among: Iterable[ColumnElement[bool]]
) -> None:
    """Keep pairs as a person decided on them that the run does not propose so, where claim a is."""
    decided = (
        select(pairs, claims.c.event_id.label("event_now"))
        .join(claims, claims.c.claim_id == pairs.c.a)
        .where(pairs.c.status.in_(PAIR_VERDICTS))
    )
    found = {
        row["pair_id"]: row for chosen in among for row in fetch(connection, decided.where(chosen))
    }
    for row in found.values():
        anew = proposed.get(row["pair_id"])
        if anew is None or (row["status"] == "confirmed" and anew["relation"] != row["relation"]):
            row["event_id"] = row.pop("event_now")
            row["reasons"] = _with_reading(row["reasons"], anew)
            read = anew["relation"] if anew else ""
            proposed[row["pair_id"]] = row | {"kept": True, "digest": _kept_as(read)}


def _kept_as(read: str) -> str:
    """Begin the digest of a kept pair: what the program would call it, "" where it is no pair."""
    return f"kept {read}"


def _with_reading(reasons: list[Row], anew: Row | None) -> list[Row]:
    """Say beside the reasons of a kept pair what the program would call it now."""
    kept = [reason for reason in reasons if reason["name"] != REREAD]
    if anew is not None:
        words = f"read anew, the program would say “{anew['relation']}”; what was confirmed stands"
        kept.append({"name": REREAD, "words": words, "supports": 0.0, "conflicts": 0.0})
    return kept


def _count_sources(
    connection: Connection, proposed: dict[str, Row], within: Sequence[str] | None
) -> None:
    counted = func.count(claims.c.source.distinct()).label("sources")
    statement = select(claims.c.event_id, counted).group_by(claims.c.event_id)
    concerned = sorted({row["event_id"] for row in proposed.values()} - {None})
    chosen = [true()] if within is None else _among(claims.c.event_id, concerned)
    told_by = {
        row.event_id: row.sources
        for one in chosen
        for row in connection.execute(statement.where(one))
    }
    for row in proposed.values():
        row["sources"] = told_by.get(row["event_id"], 0)
        row["digest"] = f"{row['digest']} {row['event_id']} {row['sources']}"


def _rank(connection: Connection, proposed: dict[str, Row]) -> None:
    """Give each pair what the queue orders by: the program's doubt, and when it came about."""
    ends = {row[end] for row in proposed.values() for end in ("a", "b")}
    arrived: dict[str, int] = {}
    for some in chunks(sorted(ends)):
        statement = select(claims.c.claim_id, claims.c.n).where(claims.c.claim_id.in_(some))
        arrived |= {row.claim_id: row.n for row in connection.execute(statement)}
    for row in proposed.values():
        row["unsure"] = unsure(row["relation"], row["p_supports"], row["p_conflicts"])
        row["arrived"] = max(arrived.get(row["a"], 0), arrived.get(row["b"], 0))
