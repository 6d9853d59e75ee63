"""Events described and related, a stretch at a time, and of a stretch the events that changed.

Beside the hash of a stretch stands one of each event: its claims, what repeats what, the rarity of
words, the settings, the models and the program. The pairs of an event whose hash is as it was stay
as they are in the store; what events are called is worked out together, for all of a stretch.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify import work
from verify.analysis.stretches import EVERYTHING, Stretch
from verify.desk import Desk
from verify.parcels import Parcel
from verify.rarities import Kept
from verify.review import regrouping
from verify.store import stage_marks
from verify.store.calendar import Calendar
from verify.store.events import Connected, kept_for_nobody, replace, sweep
from verify.store.stage_marks import Mark
from verify.summary import Summary
from verify.work import RELATE

EVENTS: Final = "relate events"
"""Name of the marks that hold what is noted of each event."""


@dataclass(frozen=True)
class Placed:
    """For each claim of the calendar: its event and its origin."""

    said: NDArray[np.object_]
    """As grouping says."""
    now: NDArray[np.object_]
    """As people corrected it."""
    origins: NDArray[np.object_]


@dataclass(frozen=True)
class Noted:
    """What relating made of one event."""

    digest: str
    possible: int
    """Pairs inside it."""
    compared: int
    relations: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """Claims whose events one stretch decides on."""

    name: str
    rows: NDArray[np.int64]
    digest: str
    events: dict[str, str]
    """Event -> hash of all that relating sees of it; of all events."""
    as_before: dict[str, Noted]
    """Of the events whose pairs stay as they are."""

    @property
    def changed(self) -> list[str]:
        """The events to relate."""
        return [event for event in self.events if event not in self.as_before]


def relate_parts(
    desk: Desk,
    calendar: Calendar,
    parts: Sequence[Stretch],
    placed: Placed,
    rarities: Mapping[str, Kept],
) -> None:
    """Describe and relate the events of each stretch that are not as they were the last time."""
    identity = desk.relating.identity()
    with desk.store.reading() as connection:
        known = stage_marks.marks(connection, RELATE)
        undone = set(kept_for_nobody(connection))
    owner = _owners(parts, placed)
    todo = []
    for number, part in enumerate(parts):
        rows = np.flatnonzero(owner == number)
        rare = rarities[part.name].digest if part.name in rarities else None
        digest = desk.digest(calendar, rows, identity or "", rare or "", *_places(placed, rows))
        mark = known.get(part.name)
        looked_at = undone.intersection(calendar.ids[rows]) | _unplaced(calendar, rows)
        if identity is not None and not looked_at and mark is not None and mark.digest == digest:
            _count(desk.summary, mark)
            continue
        events = _digests(
            calendar, rows, placed, desk.digest(calendar, rows[:0], identity or "", rare or digest)
        )
        before = {}
        if identity is not None and rare is not None:  # else all claims decide on each pair
            before = _as_before(desk, part.name, events)
        for claim in looked_at:
            before.pop(placed.now[np.searchsorted(calendar.ids, claim)], None)
        todo.append(Part(part.name, rows, digest, events, before))
    if todo:
        _forget(desk, todo)
        _relate(desk, calendar, todo, placed, rarities)
    if [part.name for part in parts] != [EVERYTHING]:
        with desk.store.writing() as connection:
            sweep(connection)


def _unplaced(calendar: Calendar, rows: NDArray[np.int64]) -> set[str]:
    """Name the claims that no run has placed yet: one that came back looks as it did before."""
    new = np.array([event is None for event in calendar.grouped[rows]], dtype=bool)
    return set(calendar.ids[rows[new]])


def _forget(desk: Desk, todo: Sequence[Part]) -> None:
    """Note no more what is about to be done anew, wherever a build breaks off.

    An event may end in another stretch, whose work takes pairs from this one's.
    """
    with desk.store.writing() as connection:
        for part in todo:
            stage_marks.forget(connection, RELATE, part.name)
            stage_marks.put(connection, EVENTS, part.name, _each(part.digest, part.as_before))


def _each(digest: str, noted: Mapping[str, Noted]) -> Mark:
    """Write down what is noted of each event."""
    told = {event: [*vars(one).values()] for event, one in noted.items()}
    return Mark(digest, zlib.compress(json.dumps(told).encode()))


def _digests(
    calendar: Calendar, rows: NDArray[np.int64], placed: Placed, common: str
) -> dict[str, str]:
    """Hash each event of these claims: who is in it, what is read of them, what repeats what."""
    if not len(rows):  # all its claims are in events of earlier stretches
        return {}
    codes, names = pd.factorize(placed.now[rows])
    order = np.argsort(codes, kind="stable")
    members = np.split(rows[order], np.cumsum(np.bincount(codes, minlength=len(names)))[:-1])
    digests = {}
    for name, own in zip(names, members, strict=True):
        told = hashlib.sha256(common.encode())
        told.update("\0".join([*calendar.ids[own], *map(str, placed.origins[own])]).encode())
        told.update(calendar.marks[own].tobytes())
        digests[str(name)] = told.hexdigest()[:32]
    return digests


def _as_before(desk: Desk, part: str, events: Mapping[str, str]) -> dict[str, Noted]:
    """Give what is noted of those events that are as they were."""
    with desk.store.reading() as connection:
        mark = stage_marks.marks(connection, EVENTS, part).get(part)
    if mark is None or mark.told is None:
        return {}
    told: dict[str, list[Any]] = json.loads(zlib.decompress(mark.told))
    return {
        event: Noted(*values) for event, values in told.items() if events.get(event) == values[0]
    }


def _relate(
    desk: Desk,
    calendar: Calendar,
    todo: Sequence[Part],
    placed: Placed,
    rarities: Mapping[str, Kept],
) -> None:
    """Relate the claims of each part, and write it in one transaction; the largest ones first.

    So no worker of a cluster begins a large one when the others have none left.
    """
    todo = sorted(todo, key=lambda part: -len(part.rows))
    by_name = {part.name: part for part in todo}
    told = work.relation_told(desk.settings, desk.relating)
    tasks = (
        (part.name, partial(_to_relate, desk, calendar, part, placed, told, rarities))
        for part in todo
    )
    every = sum(len(part.rows) for part in todo)
    with desk.progress.stage(RELATE, every, "claim") as advance:
        here = partial(work.relate_claims, relating=desk.relating, advance=advance)
        for name, found in desk.engine.run(RELATE, tasks, here):
            _count(desk.summary, _store(desk, calendar, by_name[name], placed, found))
            if desk.engine.far:
                advance(len(by_name[name].rows))


def _to_relate(
    desk: Desk,
    calendar: Calendar,
    part: Part,
    placed: Placed,
    told: dict[str, Any],
    rarities: Mapping[str, Kept],
) -> Parcel:
    ids = calendar.ids[part.rows]
    claims, vectors_ = desk.claims(calendar, part.rows)
    frames = {
        "claims": claims,
        "said": _members(ids, placed.said[part.rows]),
        "membership": _members(ids, placed.now[part.rows]),
    }
    rarity = rarities[part.name].told() if part.name in rarities else None
    asked = {"events": part.changed if part.as_before else None, "rarity": rarity}
    return Parcel(frames, {"vectors": desk.packed(vectors_)}, {**told, **asked})


def _store(desk: Desk, calendar: Calendar, part: Part, placed: Placed, found: Parcel) -> Mark:
    """Put what was made of a part into the store, with the marks that say so."""
    ids, origins = calendar.ids[part.rows], placed.origins[part.rows]
    repeated = np.array([origin is not None for origin in origins], dtype=bool)
    related = None
    if part.as_before:
        related = ids[~np.isin(placed.now[part.rows].astype(str), list(part.as_before))].tolist()
    made = Connected(
        found.frames["events"],
        _members(ids, placed.now[part.rows]),
        found.frames["pairs"],
        pd.DataFrame({"claim_id": ids[repeated], "origin_id": origins[repeated]}, dtype=object),
        (found.frames["grouped"], _members(ids, placed.said[part.rows])),
        related,
    )
    noted = part.as_before | _noted(part, found)
    mark = _mark(part, noted)
    within = None if part.name == EVERYTHING else ids.tolist()
    with desk.store.writing() as connection:
        replace(connection, made, desk.summary.run_id, within=within, settle=regrouping.settle)
        stage_marks.put(connection, RELATE, part.name, mark)
        stage_marks.put(connection, EVENTS, part.name, _each(part.digest, noted))
    return mark


def _noted(part: Part, found: Parcel) -> dict[str, Noted]:
    """Note what was made of each event that was related."""
    pairs, told = found.frames["pairs"], found.told
    relations: dict[str, Counter[str]] = {event: Counter() for event in part.changed}
    for event, relation in zip(pairs["event_id"], pairs["relation"], strict=True):
        relations[event][relation] += 1
    return {
        event: Noted(
            part.events[event],
            told["possible"].get(event, 0),
            told["compared"].get(event, 0),
            dict(relations[event]),
        )
        for event in part.changed
    }


def _mark(part: Part, noted: Mapping[str, Noted]) -> Mark:
    """Sum up what is noted of the events of a part."""
    relations = Counter[str]()
    for one in noted.values():
        relations.update(one.relations)
    told = json.dumps({"events": len(noted), "relations": dict(relations)}).encode()
    possible = sum(one.possible for one in noted.values())
    return Mark(part.digest, told, possible, sum(one.compared for one in noted.values()))


def _members(ids: NDArray[np.object_], events: NDArray[np.object_]) -> pd.DataFrame:
    return pd.DataFrame({"claim_id": ids, "event_id": events}, dtype=object)


def _owners(parts: Sequence[Stretch], placed: Placed) -> NDArray[np.int64]:
    """Give for each claim the number of the stretch that decides on its event: the earliest in it.

    Events between which people moved claims, or that they merged, have one owner.
    """
    home = np.empty(len(placed.said), dtype=np.int64)
    for number, part in enumerate(parts):
        home[part.core] = number
    tied: dict[Any, Any] = {}

    def root(event: Any) -> Any:
        while event in tied:
            event = tied[event]
        return event

    for row in np.flatnonzero(placed.said != placed.now):
        one, other = sorted((root(placed.said[row]), root(placed.now[row])))
        if one != other:
            tied[other] = one
    events = [root(event) for event in placed.said] if tied else placed.said
    codes, names = pd.factorize(np.asarray(events, dtype=object))
    earliest = np.full(len(names), len(parts), dtype=np.int64)
    np.minimum.at(earliest, codes, home)
    return earliest[codes]


def _places(placed: Placed, rows: NDArray[np.int64]) -> list[str]:
    return [
        "\n".join(map(str, column[rows])) for column in (placed.said, placed.now, placed.origins)
    ]


def _count(summary: Summary, mark: Mark) -> None:
    """Add to the summary what a part holds, related now or before."""
    counted = json.loads(mark.told or b"{}")
    summary.events += int(counted.get("events", 0))
    summary.relations.update(counted.get("relations", {}))
    summary.pairs_possible += mark.possible or 0
    summary.pairs_compared += mark.compared or 0
