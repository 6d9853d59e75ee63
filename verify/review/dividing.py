"""Dividing a queue fairly: the same number each, with as many conflicts and as much reach.

Work is dealt in rounds, the weightiest first. In each round everybody gets one thing, and whoever
has had the least weight so far gets first what is left. Nobody is given a second verdict on what
they gave the first one on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from verify.errors import InputError
from verify.review.decidable import UNDECIDED
from verify.review.decisions import decide_many
from verify.review.log import Decision, made_together
from verify.review.people import decides, people
from verify.review.policy import standing_policy, wanted
from verify.review.undoing import undo_many
from verify.store import where
from verify.store.connect import fetch
from verify.store.filters import EVERYTHING, Filters
from verify.store.shared_work import ASSIGNED, KEYS, VERDICTS
from verify.store.store import Store
from verify.store.tables import claims, pairs, standing
from verify.store.tables import decisions as log


@dataclass(frozen=True)
class Piece:
    """One claim or pair that waits, and what it weighs."""

    id: str
    conflicts: int
    """Of a claim: conflicts it is in; of a pair: 1 where it is one."""
    reach: int
    """Of a claim: sources that say the same; of a pair: that tell of its event."""
    first_by: str
    """Who gave the first verdict; "" where none was given."""
    version: int
    """Of its assignment, as seen."""


@dataclass
class Share:
    """What one person is to be given."""

    pieces: list[Piece] = field(default_factory=list)
    conflicts: int = 0
    reach: int = 0

    def add(self, piece: Piece) -> None:
        """Give this person one more."""
        self.pieces.append(piece)
        self.conflicts += piece.conflicts
        self.reach += piece.reach


@dataclass(frozen=True)
class Division:
    """A queue divided, before anything is recorded."""

    kind: str
    shares: Mapping[str, Share]
    """Name -> what they are to be given, in the order in which the names were said."""
    barred: int
    """Things on which each of these people gave the first verdict."""
    left: int
    """Things that wait beyond what was asked for."""

    @property
    def given(self) -> int:
        """How many claims or pairs are to be given."""
        return sum(len(share.pieces) for share in self.shares.values())


def divide(
    store: Store,
    kind: str,
    names: Sequence[str],
    filters: Filters = EVERYTHING,
    *,
    each: int | None = None,
    second: bool = False,
) -> Division:
    """Divide the claims or pairs (``kind``) that match and are nobody's work; nothing is recorded.

    ``each``: at most so many a person, None: all that wait. ``second``: what waits for a second
    verdict, instead of what waits for a first one. Raises ``InputError`` for a name that may not
    decide, a name said twice, and where nobody is named.
    """
    _check_names(store, names)
    if each is not None and each < 1:
        raise InputError(f"{each} a person is no number to give", "assign", "Say 1 or more.")
    with store.reading() as connection:
        waiting = _waiting(connection, kind, filters, second)
    return _dealt(kind, waiting, names, each)


def give(store: Store, division: Division, by: str, note: str = "") -> list[Decision]:
    """Record a division, all of it or nothing, in one transaction.

    Raises ``StaleDecision`` where something became somebody's work meanwhile, ``NotAllowed`` where
    ``by`` may not give work to others.
    """
    wishes = [
        (division.kind, piece.id, name, piece.version)
        for name, share in division.shares.items()
        for piece in share.pieces
    ]
    return decide_many(store, wishes, by, note, ASSIGNED, together=True).done


def last_given(store: Store, by: str) -> list[int]:
    """Return the decisions (seq) with which ``by`` last gave work and did not take it back."""
    undone = select(log.c.undoes).where(log.c.undoes.is_not(None))
    mine = select(log).where(
        log.c.field == ASSIGNED,
        log.c.reviewer == by,
        log.c.undoes.is_(None),
        log.c.value.is_not(None),
        log.c.seq.not_in(undone),
    )
    with store.reading() as connection:
        newest = fetch(connection, mine.order_by(log.c.seq.desc()).limit(1))
    return [one.seq for row in newest for one in made_together(store, Decision(**row))]


def take_back(store: Store, seqs: Sequence[int], by: str) -> list[Decision]:
    """Take a division back as a whole; refused where anybody gave one of its parts on since."""
    return undo_many(store, seqs, by)


def _check_names(store: Store, names: Sequence[str]) -> None:
    if not names or len(set(names)) < len(names):
        raise InputError("Name each person once", "assign", "Choose who is to have the work.")
    known = {name: role for name, (role, _) in people(store).items()}
    for name in names:
        if not decides(known, name):
            raise InputError(f"{name} may not decide", "assign", "Choose reviewers or leads.")


def _waiting(connection: Connection, kind: str, filters: Filters, second: bool) -> list[Piece]:
    """Read what waits, weightiest first."""
    key = KEYS[kind]
    table = key.table
    first, given = standing.alias("first"), standing.alias("given")
    narrow = where.of_claims if kind == "claim" else where.of_pairs
    conditions = narrow(filters, connection.dialect.name)
    conditions += _open(connection, kind, table, first, second)
    weight: tuple[ColumnElement[Any], ColumnElement[Any]] = (
        (claims.c.conflicts, claims.c.voices)
        if kind == "claim"
        else (pairs.c.relation == "conflicts", pairs.c.sources)
    )
    statement = (
        select(
            key.label("id"),
            weight[0].label("conflicts"),
            weight[1].label("reach"),
            (func.coalesce(first.c.reviewer, "") if second else literal("")).label("first_by"),
            func.coalesce(given.c.version, 0).label("version"),
        )
        .select_from(table)
        .outerjoin(first, _of(first, kind, key, "status"))
        .outerjoin(given, _of(given, kind, key, ASSIGNED))
        .where(*conditions)
        .order_by(weight[0].desc(), weight[1].desc(), key)
    )
    rows = fetch(connection, statement)
    return [Piece(**{**row, "conflicts": int(row["conflicts"])}) for row in rows]


def _open(
    connection: Connection, kind: str, table: Any, first: Any, second: bool
) -> where.Conditions:
    """Build the conditions that it waits for a verdict and is nobody's work."""
    nobodys = table.c.assigned_to.is_(None)
    if not second:
        return [table.c.status == UNDECIDED[kind], nobodys]
    done = table.c.assigned_to == first.c.reviewer  # the work they had is done
    told = standing_policy(connection)
    return [
        table.c.status.in_(VERDICTS[kind]),
        table.c.second.is_(None),
        or_(nobodys, done),
        wanted(told, kind),
    ]


def _of(joined: Any, kind: str, key: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return and_(joined.c.target_kind == kind, joined.c.target_id == key, joined.c.field == name)


def _dealt(kind: str, waiting: Sequence[Piece], names: Sequence[str], each: int | None) -> Division:
    shares = {name: Share() for name in names}
    own = {name: name.strip().casefold() for name in names}
    pieces = [one for one in waiting if any(_may(one, own[name]) for name in names)]
    queue = deque(pieces)
    left_for = {
        name: sum(_may(one, own[name]) for one in pieces) for name in names
    }  # so that a round ends where nothing is left that anybody still free may have
    while queue and _round(queue, shares, own, left_for, each):
        pass
    return Division(kind, shares, len(waiting) - len(pieces), len(queue))


def _round(
    queue: deque[Piece],
    shares: Mapping[str, Share],
    own: Mapping[str, str],
    left_for: dict[str, int],
    each: int | None,
) -> bool:
    """Deal at most one piece to each; whether any was dealt."""
    free = [name for name in shares if each is None or len(shares[name].pieces) < each]
    if queue[0].conflicts:
        free.sort(key=lambda name: (shares[name].conflicts, shares[name].reach))
    else:  # the conflicts are dealt, so that only reach can still be made even
        free.sort(key=lambda name: shares[name].reach)
    aside: list[Piece] = []
    dealt = False
    while queue and any(left_for[name] for name in free):
        piece = queue.popleft()
        name = next((name for name in free if _may(piece, own[name])), None)
        if name is None:
            aside.append(piece)
            continue
        shares[name].add(piece)
        free.remove(name)
        dealt = True
        for one in shares:
            left_for[one] -= _may(piece, own[one])
    queue.extendleft(reversed(aside))
    return dealt


def _may(piece: Piece, own: str) -> bool:
    return piece.first_by.strip().casefold() != own
