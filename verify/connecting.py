"""Claims to vectors, events and pairs, over everything that is stored, a stretch of time at a time.

What a stage saw of a stretch is noted as a hash: its claims, the settings, the models and the
program. A stretch whose hash is as it was is not worked on again, so that a build after new
documents costs what they touch, and one that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify import work
from verify.analysis.evidence import claim_days_of
from verify.analysis.group import GroupSettings, event_ids
from verify.analysis.stretches import EVERYTHING, SHORTEST, WHOLE, Stretch, joined, stretches
from verify.engines import Engine, Local, Task
from verify.parcels import Parcel
from verify.progress import Progress
from verify.relating import Relating
from verify.review import regrouping
from verify.settings import Settings
from verify.store import stage_marks
from verify.store.calendar import Calendar
from verify.store.events import Connected, kept_for_nobody, replace, sweep
from verify.store.stage_marks import Mark
from verify.store.store import Store
from verify.summary import Summary
from verify.vectors import missing, vectors
from verify.work import GROUP, RELATE


@dataclass
class Desk:
    """What the stages work with."""

    store: Store
    summary: Summary
    settings: Settings
    progress: Progress
    relating: Relating
    engine: Engine = field(default_factory=Local)
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
    todo = {part.name: part for part in parts if part.name not in done}
    if not todo:
        return [done[part.name] for part in parts]
    _encode(desk, calendar, list(todo.values()))
    tasks = ((name, partial(_to_group, desk, calendar, part)) for name, part in todo.items())
    every = sum(len(part.core) for part in todo.values())
    with desk.progress.stage(GROUP, every, "claim") as advance:
        for name, found in desk.engine.run(GROUP, tasks, work.group_claims):
            made = done[name] = Grouped(found.arrays["labels"], found.arrays["origins"])
            with desk.store.writing() as connection:
                stage_marks.put(connection, GROUP, name, Mark(digests[name], made.told()))
            advance(len(todo[name].core))
    return [done[part.name] for part in parts]


def _encode(desk: Desk, calendar: Calendar, todo: Sequence[Stretch]) -> None:
    """Encode the texts of many stretches under one bar; one stretch in this process its own."""
    if len(todo) < 2 and not desk.engine.far:
        return
    told = {"model": desk.settings.model, "allow_hub": desk.settings.allow_hub}
    names: dict[str, list[str]] = {}

    def tasks() -> Iterator[Task]:
        for part in todo:
            texts = desk.store.texts(calendar.ids[part.core].tolist())
            for chunk in missing(texts, desk.store, desk.settings):
                name = str(len(names))
                names[name] = list(chunk)
                texts_of = list(chunk.values())
                yield name, partial(Parcel, told={**told, "texts": texts_of})
            advance(len(part.core))

    with desk.progress.stage("embed", sum(len(part.core) for part in todo), "text") as advance:
        for name, found in desk.engine.run(work.ENCODE, tasks(), work.encode_texts):
            desk.summary.texts_encoded += desk.store.add_vectors(
                names[name], desk.settings.model, found.arrays["vectors"]
            )
            names[name] = []


def _to_group(desk: Desk, calendar: Calendar, part: Stretch) -> Parcel:
    claims, told = desk.claims(calendar, part.rows)
    documents = desk.store.documents(sorted(set(claims["doc_id"])))
    return Parcel({"claims": claims, "documents": documents}, {"vectors": _packed(desk, told)})


def _packed(desk: Desk, vectors_: NDArray[np.float32]) -> NDArray[np.floating]:
    """Halve vectors that leave this process: the store keeps them no more exact either."""
    return vectors_.astype(np.float16) if desk.engine.far else vectors_


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
        undone = set(kept_for_nobody(connection))
    owner = _owners(parts, placed)
    todo = []
    for number, part in enumerate(parts):
        rows = np.flatnonzero(owner == number)
        digest = _digest(desk, calendar, rows, identity or "", *_places(placed, rows))
        mark = known.get(part.name)
        settled = identity is not None and undone.isdisjoint(calendar.ids[rows])
        if settled and mark is not None and mark.digest == digest:
            _count(desk.summary, mark)
        else:
            todo.append(Part(part.name, rows, digest))
    if todo:
        _relate(desk, calendar, todo, placed)
    if [part.name for part in parts] != [EVERYTHING]:
        with desk.store.writing() as connection:
            sweep(connection)
    with desk.store.writing() as connection:
        stage_marks.keep(connection, (GROUP, RELATE), [part.name for part in parts])


@dataclass(frozen=True)
class Part:
    """Claims whose events one stretch decides on."""

    name: str
    rows: NDArray[np.int64]
    digest: str


def _relate(desk: Desk, calendar: Calendar, todo: Sequence[Part], placed: Placed) -> None:
    """Relate the claims of each part, and write it in one transaction; the largest ones first.

    So no worker of a cluster begins a large one when the others have none left.
    """
    todo = sorted(todo, key=lambda part: -len(part.rows))
    by_name = {part.name: part for part in todo}
    told = work.relation_told(desk.settings, desk.relating)
    tasks = ((part.name, partial(_to_relate, desk, calendar, part, placed, told)) for part in todo)
    every = sum(len(part.rows) for part in todo)
    with desk.progress.stage(RELATE, every, "claim") as advance:
        here = partial(work.relate_claims, relating=desk.relating, advance=advance)
        for name, found in desk.engine.run(RELATE, tasks, here):
            _count(desk.summary, _store(desk, calendar, by_name[name], placed, found))
            if desk.engine.far:
                advance(len(by_name[name].rows))


def _to_relate(
    desk: Desk, calendar: Calendar, part: Part, placed: Placed, told: dict[str, Any]
) -> Parcel:
    ids = calendar.ids[part.rows]
    claims, vectors_ = desk.claims(calendar, part.rows)
    frames = {
        "claims": claims,
        "said": _members(ids, placed.said[part.rows]),
        "membership": _members(ids, placed.now[part.rows]),
    }
    return Parcel(frames, {"vectors": _packed(desk, vectors_)}, told)


def _store(desk: Desk, calendar: Calendar, part: Part, placed: Placed, found: Parcel) -> Mark:
    """Put what was made of a part into the store, with the mark that says so."""
    ids, origins = calendar.ids[part.rows], placed.origins[part.rows]
    repeated = np.array([origin is not None for origin in origins], dtype=bool)
    events, pairs = found.frames["events"], found.frames["pairs"]
    made = Connected(
        events,
        _members(ids, placed.now[part.rows]),
        pairs,
        pd.DataFrame({"claim_id": ids[repeated], "origin_id": origins[repeated]}, dtype=object),
        (found.frames["grouped"], _members(ids, placed.said[part.rows])),
    )
    counted = {"events": len(events), "relations": dict(Counter(pairs["relation"]))}
    told = json.dumps(counted).encode()
    mark = Mark(part.digest, told, found.told["possible"], found.told["compared"])
    within = None if part.name == EVERYTHING else ids.tolist()
    with desk.store.writing() as connection:
        replace(connection, made, desk.summary.run_id, within=within, settle=regrouping.settle)
        stage_marks.put(connection, RELATE, part.name, mark)
    return mark


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
    """Hash the program and the fitted values by which claims are grouped, related and stored."""
    told = hashlib.sha256()
    room = files("verify.analysis")
    for folder in (files("verify"), files("verify.store"), room, room / "models"):
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
