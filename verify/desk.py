"""What a build works with, and how it tells that a part of its work is as it was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify.analysis.group import GroupSettings
from verify.engines import Engine, Local
from verify.progress import Progress
from verify.relating import Relating
from verify.settings import Settings
from verify.store.calendar import Calendar
from verify.store.store import Store
from verify.summary import Summary
from verify.vectors import vectors


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

    def packed(self, vectors_: NDArray[np.float32]) -> NDArray[np.floating]:
        """Halve vectors that leave this process: the store keeps them no more exact either."""
        return vectors_.astype(np.float16) if self.engine.far else vectors_

    def digest(self, calendar: Calendar, rows: NDArray[np.int64], *more: str) -> str:
        """Hash what a stage sees of these claims, with the model, the settings and the program."""
        told = hashlib.sha256()
        settings = (self.settings.model, repr(GroupSettings()), program(), *more)
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
