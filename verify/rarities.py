"""The rarity of words in each stretch, kept in the store while its claims become a few more.

So an article changes what its own events say and no other: counted anew with each, rarity would
shift the weight of every pair a little, and all of them would have to be related again.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from verify.analysis.rarity import Rarity
from verify.analysis.stretches import Stretch
from verify.desk import program
from verify.store import stage_marks
from verify.store.calendar import Calendar
from verify.store.stage_marks import Mark
from verify.store.store import Store

STAGE: Final = "rarity"
KEPT_FROM: int = 2_000
"""Claims of a stretch from which on its rarity is kept. Fewer are related again in seconds, and so
few that an article more does shift what is rare."""
GROWN: Final = 0.2
"""Share by which a stretch may grow or shrink until its rarity is counted anew."""


@dataclass(frozen=True)
class Kept:
    """The rarity of a stretch as the store holds it."""

    packed: bytes

    @property
    def digest(self) -> str:
        """Tell it from any other."""
        return hashlib.sha256(self.packed).hexdigest()

    def told(self) -> dict[str, Any]:
        """Unpack it, in what JSON can hold (`Rarity.read`)."""
        told: dict[str, Any] = json.loads(zlib.decompress(self.packed))
        return told


def kept(store: Store, calendar: Calendar, parts: Sequence[Stretch]) -> dict[str, Kept]:
    """Give the rarity of each stretch of ``KEPT_FROM`` claims or more, counting what is not known.

    What another version of the analysis or the store counted is counted anew.
    """
    with store.reading() as connection:
        known = stage_marks.marks(connection, STAGE)
    found = {}
    for part in parts:
        size = len(part.core) + len(part.halo)
        if size < KEPT_FROM:
            continue
        mark = known.get(part.name)
        then, _, counted_by = mark.digest.partition(" ") if mark else ("", "", "")
        if mark and mark.told and counted_by == program() and _like(size, int(then)):
            found[part.name] = Kept(mark.told)
            continue
        counted = Rarity.of(store.texts(calendar.ids[part.rows].tolist()))
        packed = zlib.compress(json.dumps(counted.told(), sort_keys=True).encode())
        with store.writing() as connection:
            mark = Mark(f"{size} {program()}", packed)
            stage_marks.put(connection, STAGE, part.name, mark)
        found[part.name] = Kept(packed)
    return found


def _like(now: int, then: int) -> bool:
    return abs(now - then) <= GROWN * then
