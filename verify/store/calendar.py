"""All claims at a glance: their days, and a mark of each that changes with what was read in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Text, cast, select

from verify.records import CLAIMS
from verify.store.tables import claims

Time = tuple[str | None, str | None, str | None]

AT_ONCE: Final = 10_000
"""Rows fetched from the database at once."""


@dataclass(frozen=True)
class Calendar:
    """One row a claim, in the order of the ids."""

    ids: NDArray[np.object_]
    arrived: NDArray[np.int64]
    """Order of arrival (column n)."""
    times: NDArray[np.object_]
    """(event_time, time_precision, published_at) of each, equal ones one object."""
    marks: NDArray[np.uint64]
    """Hash of all that grouping and relating see of a claim, its document among it."""
    grouped: NDArray[np.object_]
    """The event that the last run grouped it into, or None."""


def calendar(connection: Connection) -> Calendar:
    """Read the calendar of all claims, in one pass that holds no claim whole."""
    told = [claims.c[name] for name in CLAIMS if name != "quantities"]
    more = [cast(claims.c.quantities, Text), claims.c.source]
    columns = [claims.c.n, claims.c.claim_id.label("key"), claims.c.event_time.label("when"),
               claims.c.time_precision.label("exact"), claims.c.published_at.label("printed"),
               claims.c.grouped_event_id]  # fmt: skip
    statement = select(*columns, *told, *more)
    ids, arrived, marks = list[str](), list[int](), list[int]()
    times, grouped = list[Time](), list[str | None]()
    one_time: dict[Time, Time] = {}
    one_event: dict[str | None, str | None] = {}
    streamed = connection.execution_options(yield_per=AT_ONCE).execute(statement)
    for part in streamed.partitions():
        for row in part:
            n, key, when, exact, printed, event, *rest = row
            ids.append(key)
            arrived.append(n)
            time = (when, exact, printed)
            times.append(one_time.setdefault(time, time))
            marks.append(_mark((printed, *rest)))
            grouped.append(one_event.setdefault(event, event))
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    return Calendar(
        _objects(ids)[order],
        np.array(arrived, dtype=np.int64)[order],
        _objects(times)[order],
        np.array(marks, dtype=np.uint64)[order],
        _objects(grouped)[order],
    )


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    table = np.empty(len(values), dtype=object)
    table[:] = values
    return table


def _mark(values: tuple[object, ...]) -> int:
    told = hashlib.blake2b(repr(values).encode(), digest_size=8).digest()
    return int.from_bytes(told, "little")
