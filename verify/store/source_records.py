"""The record of each source or speaker: what became of its claims, counted in the database.

A claim that repeats another one nearly word for word is counted apart, since its words are
another's; its links count for its origin. Others are claims of another source; of a speaker, claims
of another source that are also credited to somebody else. An independent origin is the source of
the origin of what supports a claim: reprints of one text, and texts of one source, are one; what is
credited to the claim's own named speaker is none. A suggested support that may as well be a
conflict (`TORN`) is none either: these are the rules of `verify.analysis.points.corroborated`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, NamedTuple

import pandas as pd
from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    union,
    union_all,
)

from verify.records import TORN, Row, Schema, frame
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.store import Store
from verify.store.tables import claims, documents, pairs
from verify.store.tables import sources as sources_table

Kind = Literal["source", "speaker"]
VERDICTS: Final[Schema] = {
    "name": "text",
    "claims": "int",  # that repeat no other
    "repeats": "int",  # that repeat another one nearly word for word; in no count but the next
    "repeats_reviewed": "int",
    "reviewed": "int",  # of claims: the sum of the next three
    "verified": "int",
    "disputed": "int",
    "unverifiable": "int",
}
RECORD: Final[Schema] = {
    **VERDICTS,
    "shared": "int",  # claims that others repeat or support
    "first": "int",  # of these: published before all of the others
    "later": "int",  # of these: published after one of the others; of the rest nobody can tell
    "contradicted": "int",  # claims with a conflict that nobody rejected
    "contradicted_confirmed": "int",  # of these: with one that a person confirmed
    "corroborated": "int",  # claims that an independent origin supports
    "origins": "int",  # independent origins that support any of them
}
DAY: Final = 10
"""Characters of a time that says no more than its day."""
COUNTS: Final = {
    "contradicted": ("contradicted", "contradicted_confirmed"),
    "told": ("shared", "first", "later", "corroborated"),
    "origins": ("origins",),
}
"""Which counts each part of the statement on pairs gives, in order."""
OWN: Final = ("name", "own", "source", "credited", "published_at")
"""Columns of a claim of theirs that go with it through the statement."""
WIDEST: Final = max(map(len, COUNTS.values()))


class Asked(NamedTuple):
    """Whose record is counted: ``names`` None is everybody's; and from which pairs."""

    kind: Kind
    names: Sequence[str] | None
    decided_only: bool

    @property
    def key(self) -> Column[Any]:
        """Column of a claim that holds the name."""
        return claims.c.source if self.kind == "source" else claims.c.credited

    @property
    def theirs(self) -> ColumnElement[bool]:
        """Choose their claims."""
        return self.key.is_not(None) if self.names is None else self.key.in_(self.names)

    @property
    def statuses(self) -> tuple[str, ...]:
        """Statuses of the pairs that count."""
        return ("confirmed",) if self.decided_only else ("suggested", "confirmed")


Count = Callable[[Connection, Asked], Sequence[Row]]


def verdicts_of(store: Store, kind: Kind, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Count the claims of sources or speakers by status (VERDICTS), in order of name.

    ``names``: only these, a row for each, whether it has claims or not. None: all; of sources also
    those without a claim.
    """
    return frame(_counted(store, kind, names, False, (_verdicts,), VERDICTS), VERDICTS)


def verdicts_on(store: Store, kind: Kind, name: str) -> Row:
    """As `verdicts_of` one source or speaker."""
    return _counted(store, kind, [name], False, (_verdicts,), VERDICTS)[0]


def records_of(
    store: Store, kind: Kind, names: Sequence[str] | None = None, *, decided_only: bool = False
) -> pd.DataFrame:
    """Return the record of sources or speakers (RECORD), in order of name; see `verdicts_of`.

    ``decided_only``: only pairs that a person confirmed count, none that is only suggested.
    """
    return frame(_counted(store, kind, names, decided_only, (_verdicts, _links), RECORD), RECORD)


def _counted(
    store: Store,
    kind: Kind,
    names: Sequence[str] | None,
    decided_only: bool,
    counts: Sequence[Count],
    schema: Schema,
) -> list[Row]:
    with store.reading() as connection:
        known = _known(connection, kind) if names is None else sorted(set(names))
        found = {name: dict.fromkeys(schema, 0) | {"name": name} for name in known}
        for some in [None] if names is None else chunks(known):
            for count in counts:
                for row in count(connection, Asked(kind, some, decided_only)):
                    found[row["name"]] |= row
    return list(found.values())


def _known(connection: Connection, kind: Kind) -> list[str]:
    columns: list[Column[Any]] = [claims.c.credited]
    if kind == "source":
        columns = [documents.c.source, claims.c.source, sources_table.c.source]
    named = union(*[select(column).where(column.is_not(None)) for column in columns])
    return sorted(connection.scalars(named))


def _verdicts(connection: Connection, asked: Asked) -> Sequence[Row]:
    own, status = claims.c.origin_id.is_(None), claims.c.status
    reviewed = status != "unreviewed"
    counted = {
        "claims": own,
        "repeats": claims.c.origin_id.is_not(None),
        "repeats_reviewed": and_(claims.c.origin_id.is_not(None), reviewed),
        "reviewed": and_(own, reviewed),
        **{name: and_(own, status == name) for name in ("verified", "disputed", "unverifiable")},
    }
    numbers = [_number(what).label(name) for name, what in counted.items()]
    columns: list[ColumnElement[Any]] = [asked.key.label("name"), *numbers]
    statement = select(*columns).where(asked.theirs).group_by(asked.key)
    return fetch(connection, statement)


def _links(connection: Connection, asked: Asked) -> Sequence[Row]:
    """Count what comes of pairs, in one statement, so that the pairs are looked up once."""
    member, linked = _linked(asked)
    counted = union_all(
        _contradicted(linked), _told(asked, member, linked), _origins(asked, linked)
    )
    return [
        {"name": name, **dict(zip(COUNTS[part], numbers, strict=False))}
        for name, part, *numbers in connection.execute(counted)
    ]


def _part(whose: ColumnElement[Any], part: str, *numbers: ColumnElement[int]) -> Select[Any]:
    """Select a name, which counts these are, and as many numbers as any part has."""
    padded = [*numbers, *[literal_column("0")] * (WIDEST - len(numbers))]
    named = [number.label(f"n{at}") for at, number in enumerate(padded)]
    columns: list[ColumnElement[Any]] = [
        whose.label("name"),
        literal_column(f"'{part}'"),
        *named,
    ]
    return select(*columns)


def _contradicted(linked: CTE) -> Select[Any]:
    confirmed = case((linked.c.status == "confirmed", linked.c.own))
    numbers = (func.count(linked.c.own.distinct()), func.count(confirmed.distinct()))
    return (
        _part(linked.c.name, "contradicted", *numbers)
        .where(linked.c.relation == "conflicts")
        .group_by(linked.c.name)
    )


def _told(asked: Asked, member: CTE, linked: CTE) -> Select[Any]:
    """Count the claims that others tell too, by who was first and how many have a second origin.

    What is found twice does no harm: nothing but whether all or any of it is so is asked.
    """
    supports = linked.c.relation == "supports"
    told = union_all(
        _others(linked, claims.c.claim_id == linked.c.origin, _spoken_elsewhere(linked)).where(
            supports, _another(asked, linked)
        ),
        _others(linked, claims.c.origin_id == linked.c.origin).where(
            supports, _another(asked, linked)
        ),
        _others(member, claims.c.claim_id == member.c.claim).where(
            _another(asked, member),
            member.c.claim != member.c.own,  # what repeats them
        ),
    ).subquery()
    each = (
        select(
            told.c.name,
            func.min(told.c.earlier).label("first"),
            func.max(told.c.later).label("later"),
            func.max(told.c.origin).label("corroborated"),
        )
        .group_by(told.c.name, told.c.own)
        .subquery()
    )
    sums = [func.sum(each.c[name]) for name in ("first", "later", "corroborated")]
    return _part(each.c.name, "told", func.count(), *sums).group_by(each.c.name)


def _others(
    own: CTE, joined: ColumnElement[bool], origin: ColumnElement[bool] | None = None
) -> Select[Any]:
    """Select what others tell beside each claim: whether before or after it, as 0 or 1.

    ``origin``: where it is an independent origin of what supports the claim; None: nowhere.
    """
    independent = literal_column("0") if origin is None else case((origin, 1), else_=0)
    return select(
        own.c.name,
        own.c.own,
        _before(own.c.published_at, claims.c.published_at).label("earlier"),
        _before(claims.c.published_at, own.c.published_at).label("later"),
        independent.label("origin"),
    ).join(claims, joined)


def _origins(asked: Asked, linked: CTE) -> Select[Any]:
    return (
        _part(linked.c.name, "origins", func.count(claims.c.source.distinct()))
        .join(claims, claims.c.claim_id == linked.c.origin)
        .where(linked.c.relation == "supports", _another(asked, linked), _spoken_elsewhere(linked))
        .group_by(linked.c.name)
    )


def _linked(asked: Asked) -> tuple[CTE, CTE]:
    """Return each claim with itself and its repeats, and the origins that those are paired with.

    The conditions on pairs are written so that SQLite finds pairs by their claims: by its index on
    status it would read all of them for each source.
    """
    told = [claims.c[name] for name in ("source", "credited", "published_at")]
    own = (
        select(asked.key.label("name"), claims.c.claim_id.label("own"), *told)
        .where(asked.theirs, func.coalesce(claims.c.origin_id, "") == "")
        .cte("own")
    )
    theirs = [own.c[name] for name in OWN]
    member = union_all(
        select(*theirs, own.c.own.label("claim")),
        select(*theirs, claims.c.claim_id).join(claims, claims.c.origin_id == own.c.own),
    ).cte("member")
    relation, status = (func.coalesce(pairs.c[name], "") for name in ("relation", "status"))
    ends = [
        select(
            *[member.c[name] for name in OWN],
            func.coalesce(claims.c.origin_id, claims.c.claim_id).label("origin"),
            pairs.c.relation,
            pairs.c.status,
        )
        .join(pairs, near == member.c.claim)
        .join(claims, claims.c.claim_id == far)
        .where(status.in_(asked.statuses), relation.in_(("supports", "conflicts")), _clear())
        for near, far in ((pairs.c.a, pairs.c.b), (pairs.c.b, pairs.c.a))
    ]
    return member, union_all(*ends).cte("linked")


def _another(asked: Asked, own: CTE) -> ColumnElement[bool]:
    """Say that a claim is of a named source other than that of ``own``, and of another speaker."""
    elsewhere = claims.c.source.is_not(None) & claims.c.source.is_distinct_from(own.c.source)
    if asked.kind == "source":
        return elsewhere
    return elsewhere & claims.c.credited.is_distinct_from(own.c.credited)


def _spoken_elsewhere(own: CTE) -> ColumnElement[bool]:
    """Say that a claim is not credited to the named speaker of ``own``; "residents" is no name."""
    credited = claims.c.credited
    named = credited != func.lower(credited)
    return func.coalesce(and_(credited == own.c.credited, named), false()) == false()


def _clear() -> ColumnElement[bool]:
    """Leave out suggested supports that may as well be conflicts."""
    supports, conflicts = (
        func.coalesce(pairs.c[name], 0.0) for name in ("p_supports", "p_conflicts")
    )
    return or_(
        func.coalesce(pairs.c.relation, "") != "supports",
        func.coalesce(pairs.c.status, "") == "confirmed",
        supports >= TORN * conflicts,
    )


def _before(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[int]:
    """Give 1 where a time is surely before another; days alone count where one says no more."""
    days = func.substr(one, 1, DAY) < func.substr(other, 1, DAY)
    exact = and_(func.length(one) > DAY, func.length(other) > DAY, one < other)
    return case((or_(days, exact), 1), else_=0)


def _number(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((what, 1), else_=0))
