"""Claims to vectors, events and pairs, over everything that is stored, a stretch of time at a time.

What a stage saw of a stretch is noted as a hash: its claims, the settings, the models and the
program. A stretch whose hash is as it was is not worked on again, so that a build after new
documents costs what they touch, and one that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from verify import rarities, work
from verify.analysis.evidence import claim_days_of
from verify.analysis.group import GroupSettings, event_ids
from verify.analysis.stretches import SHORTEST, WHOLE, Stretch, joined, stretches
from verify.desk import Desk
from verify.engines import Task
from verify.parcels import Parcel
from verify.rarities import Kept
from verify.relating_events import EVENTS, Placed, relate_parts
from verify.review import regrouping
from verify.store import stage_marks
from verify.store.calendar import Calendar
from verify.store.stage_marks import Mark
from verify.vectors import missing
from verify.work import GROUP, RELATE

__all__ = ["Desk", "connect"]


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
    rare = rarities.kept(desk.store, calendar, parts)
    found = group_parts(desk, calendar, parts, rare)
    labels = joined(parts, [one.labels for one in found], len(calendar.ids))
    origins = _origins(calendar, parts, found)
    before = zip(calendar.ids, calendar.grouped, strict=True)
    said = event_ids(
        calendar.ids.tolist(), labels, {claim: event for claim, event in before if event}
    )
    now = regrouping.applied(desk.store, calendar.ids, said)
    relate_parts(desk, calendar, parts, Placed(said, now, origins), rare)
    stages = (GROUP, RELATE, EVENTS, rarities.STAGE)
    with desk.store.writing() as connection:
        stage_marks.keep(connection, stages, [part.name for part in parts])
    desk.summary.claims = len(calendar.ids)


def group_parts(
    desk: Desk, calendar: Calendar, parts: Sequence[Stretch], rare: Mapping[str, Kept]
) -> list[Grouped]:
    """Group each stretch whose claims are not as they were when it was grouped last."""
    with desk.store.reading() as connection:
        known = stage_marks.marks(connection, GROUP)
    digests = {
        part.name: desk.digest(
            calendar, part.rows, rare[part.name].digest if part.name in rare else ""
        )
        for part in parts
    }
    done = {
        name: Grouped.read(mark.told)
        for name, mark in known.items()
        if mark.told is not None and digests.get(name) == mark.digest
    }
    todo = {part.name: part for part in parts if part.name not in done}
    if not todo:
        return [done[part.name] for part in parts]
    _encode(desk, calendar, list(todo.values()))
    tasks = ((name, partial(_to_group, desk, calendar, part, rare)) for name, part in todo.items())
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


def _to_group(desk: Desk, calendar: Calendar, part: Stretch, rare: Mapping[str, Kept]) -> Parcel:
    claims, told = desk.claims(calendar, part.rows)
    frames = {"claims": claims, "documents": desk.store.documents(sorted(set(claims["doc_id"])))}
    rarity = rare[part.name].told() if part.name in rare else None
    return Parcel(frames, {"vectors": desk.packed(told)}, {"rarity": rarity})


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
