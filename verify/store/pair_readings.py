"""What a cross-encoder read in two texts, kept so that a build reads only what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Engine, LargeBinary, Table, Text, insert, select

from verify.store.connect import reading, writing
from verify.store.counts import chunks
from verify.store.tables import metadata

Numbers = NDArray[np.float64]
_EXACT: Final = "<f8"

pair_readings = Table(
    "pair_readings",
    metadata,
    Column("pair_hash", Text, primary_key=True),  # of both texts, whichever comes first
    Column("model", Text, primary_key=True),  # with what tells its weights from others
    Column("read", LargeBinary, nullable=False),  # float64, little-endian
)


def kept(engine: Engine, hashes: Sequence[str], model: str) -> dict[str, Numbers]:
    """Return what ``model`` read, by the hash of the pair; what it did not read is left out."""
    found: dict[str, Numbers] = {}
    own = select(pair_readings.c.pair_hash, pair_readings.c.read).filter_by(model=model)
    with reading(engine) as connection:
        for some in chunks(list(dict.fromkeys(hashes))):
            asked = own.where(pair_readings.c.pair_hash.in_(some))
            for pair_hash, blob in connection.execute(asked):
                found[pair_hash] = np.frombuffer(blob, dtype=_EXACT).astype(np.float64)
    return found


def keep(engine: Engine, read: Mapping[str, Numbers], model: str) -> None:
    """Keep what ``model`` read, by the hash of the pair: only pairs that `kept` does not have.

    One build at a time writes here, so that nothing comes between.
    """
    new = [
        {"pair_hash": pair_hash, "model": model, "read": numbers.astype(_EXACT).tobytes()}
        for pair_hash, numbers in read.items()
    ]
    if new:
        with writing(engine) as connection:
            connection.execute(insert(pair_readings), new)
