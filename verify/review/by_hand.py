"""Correcting events by hand: merge, split, move; what was corrected, and how to take it back.

Each of them is one or more decisions (see `verify.store.regrouped`) made together, all or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, func, or_, select

from verify.errors import InputError
from verify.review.ahead import effective
from verify.review.decidable import is_split, split_id
from verify.review.decisions import decide, decide_many
from verify.review.log import Decision
from verify.store import regrouped
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.folded import SAME
from verify.store.regrouped import EVENT
from verify.store.store import Store
from verify.store.tables import claims, decisions, standing

Kind = Literal["merged", "moved here", "moved away"]
Provided = Callable[[Connection], None]
"""Looks, before a correction is made, whether the store still holds what was on the page."""


@dataclass(frozen=True)
class Correction:
    """One thing that a person did to an event, as its page lists it."""

    kind: Kind
    event_id: str
    """The other event: the one merged into this, or where the claims came from or are now."""
    title: str
    claims: int
    reviewer: str
    decided_at: str
    note: str
    seqs: tuple[int, ...]
    """The decisions that `verify.review.undoing.undo_many` takes back together."""


def merge(
    store: Store, event_id: str, into: str, seen_version: int, reviewer: str, note: str = ""
) -> Decision:
    """Merge an event into another; errors as those of `verify.review.decisions.decide`."""
    return decide(
        store, "event", event_id, into, field=SAME, reviewer=reviewer, note=note,
        seen_version=seen_version,
    )  # fmt: skip


def move(
    store: Store, event_id: str, seen: Mapping[str, int], into: str, reviewer: str, note: str = ""
) -> list[Decision]:
    """Move claims (id -> version as seen) of one event to another, all or none.

    Refused where a build or a merge put one of them elsewhere since they were seen in ``event_id``,
    and where none would be left there.
    """
    return _move(store, seen, into, reviewer, note, _still(event_id, seen))


def split(
    store: Store, event_id: str, seen: Mapping[str, int], reviewer: str, note: str = ""
) -> str:
    """Move claims into an event of their own; return its id. Refused as `move` is."""
    made = split_id(list(seen), event_id)
    with store.reading() as connection:
        while _holds(connection, made):
            made = split_id(list(seen), made)  # claims that came to it later are still there
    _move(store, seen, made, reviewer, note, _still(event_id, seen, made))
    return made


def _move(
    store: Store, seen: Mapping[str, int], into: str, reviewer: str, note: str, provided: Provided
) -> list[Decision]:
    if not seen:
        raise InputError("No claim is selected", remedy="Select the claims to move.")
    wishes = [("claim", claim_id, into, version) for claim_id, version in seen.items()]
    made = decide_many(
        store, wishes, reviewer, note, field=EVENT, together=True, provided=provided
    )  # fmt: skip
    return made.done


def _still(event_id: str, claim_ids: Iterable[str], empty: str = "") -> Provided:
    """Check that these claims and others are in the event as they were seen, none in ``empty``."""

    def provided(connection: Connection) -> None:
        here, leave = _holds(connection, event_id), set(claim_ids)
        if not leave <= here or _holds(connection, empty):
            what = "These claims were grouped anew meanwhile"
            raise InputError(what, remedy="Load the page again.")
        if leave == here:
            name = regrouped.title(connection, event_id)
            raise InputError("No claim would be left", name, "Leave at least one in the event.")

    return provided


def _holds(connection: Connection, event_id: str) -> set[str]:
    inside = select(claims.c.claim_id).where(claims.c.event_id == event_id)
    return set(connection.scalars(inside))


def versions(store: Store, kind: Literal["claim", "event"], ids: Sequence[str]) -> dict[str, int]:
    """Return, for each id, the version that a decision on its event names as seen."""
    field = {"claim": EVENT, "event": SAME}[kind]
    found = dict.fromkeys(ids, 0)
    with store.reading() as connection:
        for some in chunks(ids):
            statement = select(standing.c.target_id, standing.c.version).where(
                standing.c.target_kind == kind,
                standing.c.field == field,
                standing.c.target_id.in_(some),
            )
            found |= {row["target_id"]: row["version"] for row in fetch(connection, statement)}
    return found


def merged_into(store: Store, event_id: str) -> str | None:
    """Return the event that this one is merged into, None where it is not."""
    with store.reading() as connection:
        return regrouped.merged_into(connection, [event_id]).get(event_id)


def title(store: Store, event_id: str) -> str:
    """Return what an event is called, or was while it held claims."""
    with store.reading() as connection:
        return regrouped.title(connection, event_id)


def standing_on(store: Store, event_id: str) -> list[Correction]:
    """Return what people merged into this event and moved here or away, newest first."""
    with store.reading() as connection:
        others = regrouped.merged_with(connection, event_id)
        own = [event_id, *others]
        found = [*_merged(connection, event_id), *_moved(connection, own, here=True)]
        found += _moved(connection, own, here=False)
    return sorted(found, key=lambda one: (one.decided_at, one.seqs), reverse=True)


def corrects(made: Decision) -> bool:
    """Whether this decision is one of those that correct events."""
    return (made.target_kind, made.field) in (("claim", EVENT), ("event", SAME))


def made_with(store: Store, one: Decision) -> list[Decision]:
    """Return the decisions of the correction that ``one`` is of, in order, but for those undone."""
    undone = select(decisions.c.undoes).where(decisions.c.undoes.is_not(None))
    alike = ("target_kind", "field", "value", "reviewer", "decided_at", "note")
    same = [decisions.c[name].is_not_distinct_from(getattr(one, name)) for name in alike]
    own = decisions.c.seq == one.seq if one.field == SAME else decisions.c.undoes.is_(None)
    statement = select(decisions).where(*same, own, decisions.c.seq.not_in(undone))
    with store.reading() as connection:
        found = fetch(connection, statement.order_by(decisions.c.seq))
    return [Decision(**row) for row in found]


def words(store: Store, event_ids: Sequence[str]) -> dict[str, str]:
    """Say of each event that people corrected how, in words; the others are left out."""
    said: dict[str, list[str]] = defaultdict(list)
    with store.reading() as connection:
        for some in chunks(event_ids):
            merges = (standing.c.target_kind == "event") & (standing.c.field == SAME)
            into = select(standing.c.value).where(merges, standing.c.value.in_(some)).distinct()
            for event_id in connection.scalars(into):
                said[str(event_id)].append("merged by hand")
            for event_id, moved in _moved_into(connection, some):
                count = f"{moved} claim{'' if moved == 1 else 's'} moved here by hand"
                said[event_id].append("split off by hand" if is_split(event_id) else count)
    return {event_id: ", ".join(parts) for event_id, parts in said.items()}


def _moved_into(connection: Connection, event_ids: Sequence[str]) -> Iterable[tuple[str, int]]:
    strayed = claims.c.grouped_event_id.is_distinct_from(standing.c.value)
    statement = (
        select(claims.c.event_id, func.count())
        .join_from(claims, standing, _decided() & strayed)
        .where(claims.c.event_id.in_(event_ids))
        .group_by(claims.c.event_id)
    )
    return [(str(row[0]), int(row[1])) for row in connection.execute(statement)]


def _decided() -> Any:
    return and_(
        standing.c.target_kind == "claim",
        standing.c.field == EVENT,
        standing.c.target_id == claims.c.claim_id,
        standing.c.value.is_not(None),
    )


def _merged(connection: Connection, event_id: str) -> list[Correction]:
    statement = select(standing.c.seq, standing.c.target_id).where(
        standing.c.target_kind == "event", standing.c.field == SAME, standing.c.value == event_id
    )
    found = fetch(connection, statement)
    made = _made(connection, [row["seq"] for row in found])
    told = []
    for row in found:
        other, act = row["target_id"], made[row["seq"]]
        put = (standing.c.target_kind == "claim") & (standing.c.field == EVENT)
        moved = select(standing.c.target_id).where(put, standing.c.value == other)
        of_it = or_(claims.c.grouped_event_id == other, claims.c.claim_id.in_(moved))
        count = select(func.count()).where(claims.c.event_id == event_id, of_it)
        counted = connection.scalar(count) or 0
        told.append(_correction(connection, "merged", other, counted, act, (act["seq"],)))
    return told


def _moved(connection: Connection, own: Sequence[str], *, here: bool) -> list[Correction]:
    """Give what was moved into (``here``) or out of an event, of which ``own`` are all ids."""
    home = claims.c.grouped_event_id
    strayed = home.in_(own) & standing.c.value.not_in(own)
    if here:
        strayed = home.not_in(own) & standing.c.value.in_(own)
    statement = (
        select(home.label("home"), standing.c.value, standing.c.seq)
        .join_from(claims, standing, _decided())
        .where(strayed)
        .order_by(claims.c.n)
    )
    found = fetch(connection, statement)
    made = _made(connection, [row["seq"] for row in found])
    together: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        act = made[row["seq"]]
        other = row["home"] if here else row["value"]
        together[other, act["reviewer"], act["decided_at"], act["note"]].append(act)
    kind: Kind = "moved here" if here else "moved away"
    return [
        _correction(connection, kind, key[0], len(acts), acts[0], tuple(a["seq"] for a in acts))
        for key, acts in together.items()
    ]


def _correction(
    connection: Connection,
    kind: Kind,
    other: str,
    counted: int,
    act: Mapping[str, Any],
    seqs: tuple[int, ...],
) -> Correction:
    title = regrouped.title(connection, other)
    said = (act["reviewer"], act["decided_at"], act["note"])
    return Correction(kind, other, title, counted, *said, seqs)


def _made(connection: Connection, seqs: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return for each standing decision the one that counts: itself, or what its undo restored."""
    made: dict[int, dict[str, Any]] = {}
    for some in chunks(seqs):
        chosen = select(decisions).where(decisions.c.seq.in_(some))
        made |= {row["seq"]: row for row in fetch(connection, chosen)}
    for seq, row in made.items():
        if row["undoes"] is not None:
            target = (row["target_kind"], row["target_id"], row["field"])
            made[seq] = effective(connection, target)[-1]
    return made
