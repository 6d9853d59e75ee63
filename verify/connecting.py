"""Claims to vectors, events and pairs, over everything that is stored, a stretch of time at a time.

What a stage saw of a stretch is noted as a hash: its claims, the settings, the models and the
program. A stretch whose hash is as it was is not worked on again, so that a build after new
documents costs what they touch, and one that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify import records
from verify.analysis.agencies import bylines
from verify.analysis.candidates import candidates
from verify.analysis.evidence import claim_days_of
from verify.analysis.group import GroupSettings, describe, event_ids, incidents
from verify.analysis.repeats import repeats
from verify.analysis.stretches import EVERYTHING, SHORTEST, WHOLE, Stretch, joined, stretches
from verify.progress import Progress, Silent
from verify.relating import Relating
from verify.review import regrouping
from verify.settings import Settings
from verify.store import stage_marks
from verify.store.calendar import Calendar
from verify.store.events import Connected, replace, sweep
from verify.store.stage_marks import Mark
from verify.store.store import Store
from verify.summary import Summary
from verify.vectors import encode, vectors

GROUP, RELATE = "group", "relate"
"""Stages, as they are named in `verify.store.stage_marks` and to the progress."""
RELATE_CHUNK = 5000
"""Pairs related between two steps of the progress bar."""


@dataclass
class Desk:
    """What the stages work with."""

    store: Store
    summary: Summary
    settings: Settings
    progress: Progress
    relating: Relating
    _last: tuple[bytes, pd.DataFrame, NDArray[np.float32]] | None = field(default=None, repr=False)

    def claims(
        self, calendar: Calendar, rows: NDArray[np.int64]
    ) -> tuple[pd.DataFrame, NDArray[np.float32]]:
        """Give these claims and their vectors; the last ones asked for stay at hand."""
        key = rows.tobytes()
        if self._last is None or self._last[0] != key:
            claims = self.store.claims(calendar.ids[rows].tolist())
            told, new = vectors(
                claims["text"].tolist(), self.store, self.settings, self.progress, keep=True
            )
            self.summary.texts_encoded += new
            self._last = key, claims, told
        return self._last[1], self._last[2]


@dataclass(frozen=True)
class Grouped:
    """What grouping made of a stretch, for each of its rows."""

    labels: NDArray[np.int_]
    """Number of the event."""
    origins: NDArray[np.int_]
    """Place, among the rows, of the claim that this one repeats; -1: of none."""

    def told(self) -> bytes:
        """Write it as bytes."""
        return self.labels.astype("<i4").tobytes() + self.origins.astype("<i4").tobytes()

    @classmethod
    def read(cls, told: bytes) -> Grouped:
        """Read what `told` wrote."""
        both = np.frombuffer(told, dtype="<i4").astype(np.int64)
        return cls(both[: len(both) // 2], both[len(both) // 2 :])


def connect(desk: Desk) -> None:
    """Bring events and pairs in line with the claims that the store holds."""
    calendar = desk.store.calendar()
    days = {time: claim_days_of(*time) for time in set(calendar.times)}
    span = np.array([days[time] for time in calendar.times], dtype=float).reshape(-1, 2)
    parts = stretches(
        span,
        calendar.arrived,
        window_days=GroupSettings().window_days,
        whole=WHOLE,
        shortest=SHORTEST,
    )
    found = group_parts(desk, calendar, parts)
    labels = joined(parts, [one.labels for one in found], len(calendar.ids))
    origins = _origins(calendar, parts, found)
    before = zip(calendar.ids, calendar.grouped, strict=True)
    said = event_ids(
        calendar.ids.tolist(), labels, {claim: event for claim, event in before if event}
    )
    now = regrouping.applied(desk.store, calendar.ids, said)
    relate_parts(desk, calendar, parts, Placed(said, now, origins))
    desk.summary.claims = len(calendar.ids)


def group_parts(desk: Desk, calendar: Calendar, parts: Sequence[Stretch]) -> list[Grouped]:
    """Group each stretch whose claims are not as they were when it was grouped last."""
    with desk.store.reading() as connection:
        known = stage_marks.marks(connection, GROUP)
    digests = {part.name: _digest(desk, calendar, part.rows) for part in parts}
    done = {
        name: Grouped.read(mark.told)
        for name, mark in known.items()
        if mark.told is not None and digests.get(name) == mark.digest
    }
    todo = [part for part in parts if part.name not in done]
    _encode(desk, calendar, todo)
    with desk.progress.stage(GROUP, sum(len(part.core) for part in todo), "claim") as advance:
        for part in todo:
            made = done[part.name] = _group(desk, calendar, part)
            with desk.store.writing() as connection:
                mark = Mark(digests[part.name], made.told())
                stage_marks.put(connection, GROUP, part.name, mark)
            advance(len(part.core))
    return [done[part.name] for part in parts]


def _encode(desk: Desk, calendar: Calendar, todo: Sequence[Stretch]) -> None:
    """Encode the texts of many stretches under one bar; one stretch encodes its own."""
    if len(todo) < 2:
        return
    with desk.progress.stage("embed", sum(len(part.core) for part in todo), "claim") as advance:
        for part in todo:
            texts = desk.store.texts(calendar.ids[part.core].tolist())
            desk.summary.texts_encoded += encode(texts, desk.store, desk.settings)
            advance(len(part.core))


def _group(desk: Desk, calendar: Calendar, part: Stretch) -> Grouped:
    claims, told = desk.claims(calendar, part.rows)
    labels = incidents(claims, told)
    documents = desk.store.documents(sorted(set(claims["doc_id"])))
    # The nearest by vector would add one repeat in fifty for four times the seconds.
    repeated = repeats(claims, None, bylines(documents))
    place = pd.Series(np.arange(len(labels)), index=labels.index)
    origins = np.full(len(labels), -1)
    origins[place[repeated["claim_id"]]] = place[repeated["origin_id"]]
    return Grouped(labels.to_numpy(), origins)


def _origins(
    calendar: Calendar, parts: Sequence[Stretch], found: Sequence[Grouped]
) -> NDArray[np.object_]:
    """Give for each claim the one that it repeats, as its own stretch told; None: none."""
    origins = np.full(len(calendar.ids), None, dtype=object)
    for part, made in zip(parts, found, strict=True):
        rows = part.rows
        own = made.origins[np.searchsorted(rows, part.core)]
        repeated = own >= 0
        origins[part.core[repeated]] = calendar.ids[rows[own[repeated]]]
    return origins


@dataclass(frozen=True)
class Placed:
    """For each claim of the calendar: its event and its origin."""

    said: NDArray[np.object_]
    """As grouping says."""
    now: NDArray[np.object_]
    """As people corrected it."""
    origins: NDArray[np.object_]


def relate_parts(desk: Desk, calendar: Calendar, parts: Sequence[Stretch], placed: Placed) -> None:
    """Describe and relate the events of each stretch that are not as they were the last time."""
    identity = desk.relating.identity()
    with desk.store.reading() as connection:
        known = stage_marks.marks(connection, RELATE)
    owner = _owners(parts, placed)
    todo = []
    for number, part in enumerate(parts):
        rows = np.flatnonzero(owner == number)
        digest = _digest(desk, calendar, rows, identity or "", *_places(placed, rows))
        mark = known.get(part.name)
        if identity is not None and mark is not None and mark.digest == digest:
            _count(desk.summary, mark)
        else:
            todo.append(Part(part.name, rows, digest))
    alone = [part.name for part in parts] == [EVERYTHING]
    if alone:
        for one in todo:
            _count(desk.summary, _relate(desk, calendar, one, placed, desk.progress))
        return
    with desk.progress.stage(RELATE, sum(len(part.rows) for part in todo), "claim") as advance:
        for one in todo:
            _count(desk.summary, _relate(desk, calendar, one, placed, Silent()))
            advance(len(one.rows))
    _forget(desk, parts)


@dataclass(frozen=True)
class Part:
    """Claims whose events one stretch decides on."""

    name: str
    rows: NDArray[np.int64]
    digest: str


def _relate(desk: Desk, calendar: Calendar, part: Part, placed: Placed, progress: Progress) -> Mark:
    """Describe the events of a part, relate its claims, and write both in one transaction."""
    ids = calendar.ids[part.rows]
    claims, told = desk.claims(calendar, part.rows)
    said = _members(ids, placed.said[part.rows])
    membership = _members(ids, placed.now[part.rows])
    grouped = describe(claims, told, said)
    corrected = not membership.equals(said)
    events = describe(claims, told, membership) if corrected else grouped
    proposed = candidates(claims, membership, told)
    pairs = related(proposed, claims, desk.relating, progress)
    counted = {"events": len(events), "relations": dict(Counter(pairs["relation"]))}
    origins = placed.origins[part.rows]
    repeated = np.array([origin is not None for origin in origins], dtype=bool)
    made = Connected(
        events,
        membership,
        pairs,
        pd.DataFrame({"claim_id": ids[repeated], "origin_id": origins[repeated]}, dtype=object),
        (grouped, said),
    )
    mark = Mark(
        part.digest, json.dumps(counted).encode(), int(proposed.attrs["possible"]), len(proposed)
    )
    within = None if part.name == EVERYTHING else ids.tolist()
    with desk.store.writing() as connection:
        replace(connection, made, desk.summary.run_id, within=within, settle=regrouping.settle)
        stage_marks.put(connection, RELATE, part.name, mark)
        if within is None:
            stage_marks.keep(connection, (GROUP, RELATE), [EVERYTHING])
    return mark


def related(
    proposed: pd.DataFrame, claims: pd.DataFrame, relating: Relating, progress: Progress
) -> pd.DataFrame:
    """Relate proposed pairs (`candidates`); return those that are not unrelated (PAIRS)."""
    parts = []
    with progress.stage(RELATE, len(proposed), "pair") as advance:
        for start in range(0, len(proposed), RELATE_CHUNK):
            chunk = proposed.iloc[start : start + RELATE_CHUNK]
            found = relating(chunk, claims)
            parts.append(found[found["relation"] != "unrelated"])
            advance(len(chunk))
    return pd.concat(parts, ignore_index=True) if parts else records.frame([], records.PAIRS)


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


def _digest(desk: Desk, calendar: Calendar, rows: NDArray[np.int64], *more: str) -> str:
    """Hash what a stage sees of these claims, with the model, the settings and the program."""
    told = hashlib.sha256()
    settings = (desk.settings.model, repr(GroupSettings()), program(), *more)
    for part in (*settings, "\n".join(calendar.ids[rows])):
        told.update(part.encode() + b"\0")
    told.update(calendar.marks[rows].tobytes())
    return told.hexdigest()


@cache
def program() -> str:
    """Hash the program and the fitted values by which claims are grouped and related."""
    told = hashlib.sha256()
    room = files("verify.analysis")
    for folder in (room, room / "models"):
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            if file.name.endswith((".py", ".txt", ".json")):
                told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()


def _count(summary: Summary, mark: Mark) -> None:
    """Add to the summary what a part holds, related now or before."""
    counted = json.loads(mark.told or b"{}")
    summary.events += int(counted.get("events", 0))
    summary.relations.update(counted.get("relations", {}))
    summary.pairs_possible += mark.possible or 0
    summary.pairs_compared += mark.compared or 0


def _forget(desk: Desk, parts: Sequence[Stretch]) -> None:
    """Remove events that no claim is in any more, and the marks of stretches that are no more."""
    with desk.store.writing() as connection:
        sweep(connection)
        stage_marks.keep(connection, (GROUP, RELATE), [part.name for part in parts])
