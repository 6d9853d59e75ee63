"""How far a run has come: bars on the terminal, and the same figures in the store."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

from tqdm import tqdm

Advance = Callable[[int], None]


class Progress(Protocol):
    """Something that is told which stage runs and how many of its items are done."""

    def stage(self, name: str, total: int | None, unit: str) -> AbstractContextManager[Advance]:
        """Open a stage of ``total`` items (None: not known); its value takes steps done."""
        ...


class Silent:
    """Tells nobody; for tests and for use from Python."""

    @contextmanager
    def stage(self, name: str, total: int | None, unit: str) -> Iterator[Advance]:
        """Take the steps and say nothing."""
        yield lambda step: None


class Bars:
    """One bar a stage on a terminal, with rate and remaining time (tqdm).

    ``record(stage, done, total)`` is called at most once every ``seconds`` and at the end of each
    stage, so that another process can show the same progress.
    """

    def __init__(
        self,
        record: Callable[[str, int, int | None], None] | None = None,
        stream: TextIO | None = None,
        seconds: float = 0.5,
    ) -> None:
        self._record, self._stream, self._seconds = record, stream or sys.stderr, seconds

    @contextmanager
    def stage(self, name: str, total: int | None, unit: str) -> Iterator[Advance]:
        """Draw a bar until the block ends."""
        told = 0.0
        with tqdm(total=total, desc=f"{name:<8}", unit=unit, file=self._stream) as bar:

            def advance(step: int) -> None:
                nonlocal told
                bar.update(step)
                if self._record and time.monotonic() - told >= self._seconds:
                    told = time.monotonic()
                    self._record(name, int(bar.n), total)

            if self._record:
                self._record(name, 0, total)
            yield advance
            if self._record:
                self._record(name, int(bar.n), total)
