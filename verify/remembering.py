"""A cross-encoder that asks the store first: what it read once, no later build reads again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

import numpy as np

from verify.analysis.cross_encoder import PairReader, Readings
from verify.store import pair_readings
from verify.store.pair_readings import Numbers
from verify.store.store import Store


class Remembering:
    """Reads what the store lacks with ``reader``, and keeps it there; see `PairReader`.

    Which text comes first makes no difference to a reader, so neither does it to what is kept.
    """

    def __init__(self, reader: PairReader, identity: str, store: Store) -> None:
        self.name = reader.name
        self.identity: str | None = identity
        self._reader, self._model, self._store = reader, identity, store

    def read(
        self,
        a: Sequence[str],
        b: Sequence[str],
        progress: Callable[[int], None] | None = None,
    ) -> Readings:
        """Read pair i of texts ``a[i]``, ``b[i]``; ``progress`` is told of those that are new."""
        if not len(a):
            return self._reader.read(a, b)
        hashes = [pair_hash(one, other) for one, other in zip(a, b, strict=True)]
        known = pair_readings.kept(self._store.engine, hashes, self._model)
        new = {name: at for at, name in enumerate(hashes) if name not in known}
        if new:
            rows = list(new.values())
            read = self._reader.read([a[at] for at in rows], [b[at] for at in rows], progress)
            fresh = dict(zip(new, _rows(read), strict=True))
            pair_readings.keep(self._store.engine, fresh, self._model)
            known |= fresh
        table = np.stack([known[name] for name in hashes])
        together = table[:, 2] if table.shape[1] > 2 else None
        return Readings(table[:, 0], table[:, 1], together)


def remembering(reader: PairReader | None, store: Store) -> PairReader | None:
    """Let a reader remember, where something tells its weights from others of its name."""
    if reader is None or reader.identity is None:
        return reader
    return Remembering(reader, reader.identity, store)


def pair_hash(one: str, other: str) -> str:
    """Name a pair of texts, whichever comes first."""
    told = json.dumps(sorted((one, other)))
    return hashlib.blake2b(told.encode("ascii"), digest_size=16).hexdigest()


def _rows(read: Readings) -> Numbers:
    told = [read.supports, read.conflicts]
    return np.stack(told if read.together is None else [*told, read.together], axis=1)
