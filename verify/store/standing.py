"""Bring columns that follow from decisions in line with them, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from verify.records import PAIR_VERDICTS
from verify.store.connect import fetch
from verify.store.corrected import CORRECTED, correct, uncorrected
from verify.store.counts import chunks, recount, recount_pairs, recount_reviewed
from verify.store.folded import SAME, credited_name, declared_side, fold, named
from verify.store.regrouped import APART, apart, misplaced, place
from verify.store.shared_work import follow, follow_pairs, odd
from verify.store.tables import claims, pairs, standing

Target = tuple[str, str, str]
"""Kind, id and field of what was decided."""


def settle(connection: Connection, targets: Iterable[Target]) -> None:
    """Apply the standing values of ``targets`` to claims, pairs and the counts of their events."""
    touched = set(targets)
    for kind, field in sorted({(kind, field) for kind, _, field in touched}):
        ids = sorted(target for k, target, f in touched if (k, f) == (kind, field))
        if (kind, field) == ("claim", "status"):
            _settle_statuses(connection, ids)
        elif (kind, field) == ("pair", "status"):
            for some in chunks(ids):
                chosen = pairs.c.pair_id.in_(some)
                connection.execute(update(pairs).where(chosen).values(status=_pair_status()))
            recount_pairs(connection, ids)
        elif field == "side":
            _settle_sides(connection, _claims_of(kind, ids))
        elif (kind, field) == ("speaker", SAME):
            _settle_speakers(connection, named(ids))
        follow(connection, kind, field, ids)
    corrected = {target for kind, target, field in touched if _corrects(kind, field)}
    credited = correct(connection, sorted(corrected))
    if credited:
        _settle_sides(connection, claims.c.claim_id.in_(credited))


def _settle_statuses(connection: Connection, claim_ids: Sequence[str]) -> None:
    for some in chunks(claim_ids):
        where = claims.c.claim_id.in_(some)
        connection.execute(update(claims).where(where).values(status=_claim_status()))
        recount_reviewed(connection, select(claims.c.event_id).where(where))


def settle_arrived(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Apply to claims that arrived just now what was decided on them before."""
    for some in chunks(claim_ids):
        decided = select(standing.c.target_kind, standing.c.target_id, standing.c.field).where(
            standing.c.target_kind == "claim", standing.c.target_id.in_(some)
        )
        settle(connection, [tuple(row.values()) for row in fetch(connection, decided)])


def _corrects(kind: str, field: str) -> bool:
    return kind == "claim" and field in CORRECTED


def unsettled(connection: Connection) -> list[str]:
    """Name the claims and pairs that show another status, side, event or reading than stands."""
    shown = (
        claims.c.status.is_distinct_from(_claim_status())
        | claims.c.side.is_distinct_from(_side())
        | claims.c.credited.is_distinct_from(credited_name())
    )
    odd_claims = [*connection.scalars(select(claims.c.claim_id).where(shown))]
    odd_claims += [*uncorrected(connection), *misplaced(connection)]
    differs = pairs.c.status.is_distinct_from(_pair_status())
    odd_pairs = connection.scalars(select(pairs.c.pair_id).where(differs))
    named_so = [f"claim {claim}" for claim in odd_claims] + [f"pair {pair}" for pair in odd_pairs]
    return list(dict.fromkeys([*named_so, *odd(connection)]))


def _claims_of(kind: str, ids: list[str]) -> ColumnElement[bool]:
    if kind == "claim":
        return claims.c.claim_id.in_(ids)
    if kind == "speaker":
        return claims.c.credited.in_(ids)
    return claims.c.credited.is_(None) & claims.c.source.in_(ids)


def settle_pairs(connection: Connection, where: ColumnElement[bool]) -> None:
    """Give these pairs their status: decided on, or apart by where grouping puts their claims."""
    status = _pair_status()
    differs = where & pairs.c.status.is_distinct_from(status)
    connection.execute(update(pairs).where(differs).values(status=status))
    follow_pairs(connection, where)


def settle_places(connection: Connection, where: ColumnElement[bool] | None = None) -> set[str]:
    """Put these claims (None: all) into the events that stand for them, their pairs with them.

    Returns the events that lost or won claims; what they are called and count is the caller's.
    """
    moved, touched = place(connection, where)
    of_a = select(claims.c.event_id).where(claims.c.claim_id == pairs.c.a).scalar_subquery()
    for some in chunks(moved):
        ends = or_(pairs.c.a.in_(some), pairs.c.b.in_(some))
        settled = {"event_id": of_a, "status": _pair_status()}
        connection.execute(update(pairs).where(ends).values(settled))
    return touched


def settle_sides(connection: Connection, after: int = 0) -> None:
    """Give claims their standing side: decided for them, their speaker, their source, else as read.

    ``after``: only claims that arrived behind this one (column n).
    """
    _settle_sides(connection, claims.c.n > after)


def settle_sides_of(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Give these claims their standing side; see `settle_sides`."""
    for some in chunks(claim_ids):
        _settle_sides(connection, claims.c.claim_id.in_(some))


def _settle_sides(connection: Connection, where: ColumnElement[bool]) -> None:
    side, reason = _side(), _side_reason()
    changed = where & (
        claims.c.side.is_distinct_from(side) | claims.c.side_reason.is_distinct_from(reason)
    )
    ids = list(connection.scalars(select(claims.c.claim_id).where(changed)))
    if not ids:
        return
    events = _events(connection, changed)
    connection.execute(update(claims).where(changed).values(side=side, side_reason=reason))
    recount(connection, events)


def settle_speakers(connection: Connection, after: int = 0) -> None:
    """Credit claims to the speaker that people confirmed theirs to be; ``after`` as above."""
    _settle_speakers(connection, claims.c.n > after)


def settle_read(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Bring claims that were read again in line with everything that was decided on them."""
    for some in chunks(claim_ids):
        chosen = claims.c.claim_id.in_(some)
        fold(connection, chosen)
        correct(connection, some)
        _settle_sides(connection, chosen)


def _settle_speakers(connection: Connection, where: ColumnElement[bool]) -> None:
    for some in chunks(fold(connection, where)):
        _settle_sides(connection, claims.c.claim_id.in_(some))


def _side() -> ColumnElement[str]:
    read = func.coalesce(declared_side(), claims.c.read_side)
    return _first_side(standing.c.value, read)


def _side_reason() -> ColumnElement[str]:
    read = func.coalesce(declared_side(reason=True), claims.c.read_side_reason)
    return _first_side(literal("set by ") + standing.c.reviewer, read)


def _first_side(shown: ColumnElement[str], otherwise: ColumnElement[str]) -> ColumnElement[str]:
    of_source = _standing(shown, "source", claims.c.source, "side")
    return func.coalesce(
        _standing(shown, "claim", claims.c.claim_id, "side"),
        _standing(shown, "speaker", claims.c.credited, "side"),
        case((claims.c.credited.is_(None), of_source)),
        otherwise,
    )


def _standing(
    shown: ColumnElement[str], kind: str, target: ColumnElement[str], field: str
) -> ScalarSelect[str]:
    return (
        select(shown)
        .where(
            standing.c.target_kind == kind,
            standing.c.target_id == target,
            standing.c.field == field,
            standing.c.value.is_not(None),
        )
        .scalar_subquery()
    )


def _claim_status() -> ColumnElement[str]:
    return func.coalesce(
        _standing(standing.c.value, "claim", claims.c.claim_id, "status"), "unreviewed"
    )


def _pair_status() -> ColumnElement[str]:
    """Give what a person said of a pair as it is shown, else whether it is apart.

    An undo says neither; and a verdict on another relation than the one shown says nothing of it.
    """
    of_this = standing.c.about.is_(None) | (standing.c.about == pairs.c.relation)
    said = case((standing.c.value.in_(PAIR_VERDICTS) & of_this, standing.c.value))
    return func.coalesce(
        _standing(said, "pair", pairs.c.pair_id, "status"),
        case((apart(pairs), APART)),
        "suggested",
    )


def _events(connection: Connection, where: ColumnElement[bool]) -> list[str]:
    statement = select(claims.c.event_id).where(where, claims.c.event_id.is_not(None)).distinct()
    return [event for event in connection.scalars(statement) if event]
