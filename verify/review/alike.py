"""Claims like a given one, by the vectors that grouping made: of other documents, nearest first.

One process holds all vectors as they are stored, float16, and brings them up to date when claims
were added or a run ended; very many are read in beside whoever asks, who is shown what was there
before. No model is loaded: a text without a vector has nothing like it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from threading import Lock, Thread
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, bindparam, func, select

from verify.records import Row, Schema, shaped, text_hash
from verify.review.vector_search import EXACT, VectorSearch
from verify.store import stage_marks
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.rereading import ERASED
from verify.store.store import Store
from verify.store.tables import claims, events, runs, vectors

ALIKE: Final[Schema] = {
    "claim_id": "text",
    "text": "text",
    "cue": "text",
    "side": "text",
    "source": "text",
    "credited": "text",
    "published_at": "text",
    "status": "text",
    "event_id": "text",
    "event_title": "text",
    "likeness": "float",  # cosine of the two vectors: 1 for the same text
}
LEAST: Final = 0.45
"""Likeness below which a claim is not called alike: with the packaged model, texts that share
nothing but a kind of event are about here."""
BESIDE: Final = 20_000
"""Claims from which on vectors are read in beside whoever asks: so many take half a second."""
KEPT: Final = 1_000
"""Claims of which what is nearest is kept, all forgotten together: 1 MB."""
STEPS: Final = ((0.97, "almost word for word"), (0.8, "very much alike"), (0.6, "alike"),
                (LEAST, "somewhat alike"))  # fmt: skip
"""From which likeness which words; chosen by us, by reading pairs of the seeds."""
MEANING: Final = "1 is the same text, 0 has nothing in common with it"


def words(likeness: float) -> str:
    """Say in words how alike two texts are."""
    return next((said for least, said in STEPS if likeness >= least), "hardly alike")


class _Stamp(NamedTuple):
    """What tells one state of the claims and their vectors from another."""

    newest: int = 0
    """Number of the newest claim."""
    run_id: str | None = None
    state: str | None = None
    model: str | None = None
    """That made the vectors."""
    erased: str | None = None
    """How often claims were removed."""

    def goes_on_from(self, before: _Stamp) -> bool:
        """Whether what was read ``before`` holds, and only more came."""
        same = (self.model, self.erased) == (before.model, before.erased)
        return same and self.newest >= before.newest


@dataclass
class _Held:
    """Claims with their vectors, as far as they were read."""

    stamp: _Stamp = field(default_factory=_Stamp)
    ids: list[str] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    of_document: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    vectors: VectorSearch = field(default_factory=VectorSearch)
    without: list[tuple[str, str, str]] = field(default_factory=list)
    """Claim, document and hash of the text of claims whose vector is not there (yet)."""
    found: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    """What was found nearest to a claim, and how alike: a page is drawn many times."""


class Nearest(NamedTuple):
    """What is most like a claim."""

    claims: list[Row]
    """The claims (ALIKE), the most alike first."""
    complete: bool
    """Whether all were looked at, and not those of before alone."""


class Alike:
    """All claims of a store with their vectors; one for a process, shared by its threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = Lock()
        self._held = _Held()
        self._reader: Thread | None = None
        self._fault: Exception | None = None

    @property
    def reading(self) -> bool:
        """Whether vectors are being read in beside whoever asks."""
        return self._reader is not None and self._reader.is_alive()

    @property
    def many(self) -> bool:
        """Whether so many claims are held that looking for the nearest takes tens of ms."""
        return len(self._held.ids) > EXACT

    def nearest(self, claim_id: str, most: int = 6) -> Nearest:
        """Return the claims most like this one of other documents, at least LEAST alike."""
        with self._lock:
            if self._fault is not None:
                fault, self._fault = self._fault, None
                raise fault
            complete = self._renew()
            held = self._held
        found = _nearest(held, claim_id, most)
        return Nearest(self._told(found) if found else [], complete)

    def look_ahead(self, claim_id: str, most: int = 6) -> None:
        """Find what is nearest to a claim that will be asked for, among what is read in already."""
        _nearest(self._held, claim_id, most)

    def _told(self, found: dict[str, float]) -> list[Row]:
        with self.store.reading() as connection:
            rows = fetch(connection, _like(), {"ids": list(found)})
        told = [row | {"likeness": min(1.0, found[row["claim_id"]])} for row in rows]
        order = sorted(told, key=lambda row: (-row["likeness"], row["claim_id"]))
        return shaped(order, ALIKE)

    def _renew(self) -> bool:
        """Bring what is held up to date, or begin to; say whether it is."""
        with self.store.reading() as connection:
            stamp, held = _stamp(connection), self._held
            if stamp == held.stamp or self.reading:
                return stamp == held.stamp
            held = _going_on(held, stamp)
            if stamp.newest - held.stamp.newest + len(held.without) <= BESIDE:
                self._held = _grown(connection, held, stamp)
                return True
        self._reader = Thread(target=self._read_beside, args=(held,), name="vectors", daemon=True)
        self._reader.start()
        return False

    def _read_beside(self, held: _Held) -> None:
        try:
            with self.store.reading() as connection:
                stamp = _stamp(connection)
                held = _grown(connection, _going_on(held, stamp), stamp)
        except Exception as fault:
            self._fault = fault  # whoever asks next is told
        else:
            self._held = held


def _nearest(held: _Held, claim_id: str, most: int) -> dict[str, float]:
    """Give the claims nearest to this one with their likeness; what was found once is kept."""
    row = held.row_of.get(claim_id)
    if row is None:
        return {}
    known = held.found.get((claim_id, most))
    if known is not None:
        return known
    unwanted = held.of_document == held.of_document[row]
    best, near = held.vectors.nearest(row, most, unwanted)
    like = zip(best.tolist(), near.tolist(), strict=True)
    found = {held.ids[at]: likeness for at, likeness in like if likeness >= LEAST}
    if len(held.found) >= KEPT:
        held.found.clear()
    held.found[claim_id, most] = found
    return found


@cache
def _like() -> Select[Any]:
    columns = [claims.c[name] for name in ALIKE if name in claims.c]
    return (
        select(*columns, events.c.title.label("event_title"))
        .outerjoin(events, events.c.event_id == claims.c.event_id)
        .where(claims.c.claim_id.in_(bindparam("ids", expanding=True)))
    )


def _stamp(connection: Connection) -> _Stamp:
    """Tell this state of the claims and their vectors from others."""
    newest = connection.scalar(select(func.max(claims.c.n))) or 0
    mark = stage_marks.marks(connection, ERASED).get("all")
    erased = mark.digest if mark else None
    order = (runs.c.started_at.desc(), runs.c.run_id.desc())
    run = connection.execute(
        select(runs.c.run_id, runs.c.state, runs.c.settings).order_by(*order).limit(1)
    ).one_or_none()
    if run is None:
        return _Stamp(newest, erased=erased)
    model = (run.settings or {}).get("model")
    return _Stamp(newest, run.run_id, run.state, model, erased)


def _going_on(held: _Held, stamp: _Stamp) -> _Held:
    """Return what is held where it still holds, else nothing yet."""
    if stamp.goes_on_from(held.stamp):
        return held
    return _Held(stamp._replace(newest=0))


def _grown(connection: Connection, held: _Held, stamp: _Stamp) -> _Held:
    """Return what is held with the claims and vectors that came since."""
    grown = replace(held, documents=dict(held.documents), found={})
    if stamp.model is not None:
        _read(connection, grown, stamp.model)
    grown.stamp = stamp
    return grown


def _read(connection: Connection, held: _Held, model: str) -> None:
    """Add the claims that came since, and those whose vector did."""
    statement = select(claims.c.claim_id, claims.c.doc_id, claims.c.text)
    statement = statement.where(claims.c.n > held.stamp.newest).order_by(claims.c.n)
    new = [(row[0], row[1], text_hash(row[2])) for row in connection.execute(statement)]
    wanted = [*held.without, *new]
    place, found = _vectors(connection, model, {hash_ for *_, hash_ in wanted})
    held.without = [row for row in wanted if row[2] not in place]
    added = [row for row in wanted if row[2] in place]
    if not added:
        return
    rows = found[[place[hash_] for *_, hash_ in added]]
    codes = [held.documents.setdefault(doc, len(held.documents)) for _, doc, _ in added]
    held.of_document = np.concatenate([held.of_document, np.array(codes, dtype=np.int32)])
    held.vectors = held.vectors.grown(rows)
    held.ids = [*held.ids, *(claim_id for claim_id, *_ in added)]
    held.row_of = {claim_id: row for row, claim_id in enumerate(held.ids)}


def _vectors(
    connection: Connection, model: str, hashes: set[str]
) -> tuple[dict[str, int], NDArray[np.float16]]:
    """Return text hash -> row, and the rows: stored vectors, each of length 1."""
    statement = select(vectors.c.text_hash, vectors.c.vector).where(vectors.c.model == model)
    place: dict[str, int] = {}
    parts: list[NDArray[np.float16]] = []
    for some in chunks(sorted(hashes)):
        rows = connection.execute(statement.where(vectors.c.text_hash.in_(some))).all()
        if rows:
            place |= {row[0]: len(place) + at for at, row in enumerate(rows)}
            joined = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2")
            part = joined.reshape(len(rows), -1).astype(np.float32)
            size = np.linalg.norm(part, axis=1, keepdims=True)
            parts.append((part / np.where(size == 0, 1, size)).astype(np.float16))
    return place, np.concatenate(parts) if parts else np.zeros((0, 1), np.float16)
