"""How fast a running stage goes and how long it will still take, from what this screen saw."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from verify.dashboard import wording

UNITS: Final = {
    "extract": "document",
    "embed": "text",
    "group": "claim",
    "relate": "claim",
}
"""What a stage counts; the first stage counts bytes."""
LEAST_S: Final = 1.5
"""Seconds that must have been watched before a rate is told; the store is told twice a second."""


@dataclass
class Pace:
    """A stage of a run, and how far it was when this screen first saw it."""

    run_id: str
    stage: str
    done: int
    since: float

    def rate(self, done: int, now: float) -> float | None:
        """Return items a second, None where too little was seen to say."""
        if now - self.since < LEAST_S or done <= self.done:
            return None
        return (done - self.done) / (now - self.since)


def watch(known: Pace | None, run_id: str, stage: str, done: int) -> Pace:
    """Go on watching, or begin anew with a new stage."""
    if known and (known.run_id, known.stage) == (run_id, stage) and done >= known.done:
        return known
    return Pace(run_id, stage, done, time.monotonic())


def told(pace: Pace, done: int, total: int | None, now: float | None = None) -> str:
    """Say how far the stage is, its rate, and the time that remains."""
    rate = pace.rate(done, time.monotonic() if now is None else now)
    words = [_amount(pace.stage, done, total)]
    if rate and done != total:
        words.append(f"{_rate(pace.stage, rate)} a second")
        if total:
            words.append(f"about {wording.duration((total - done) / rate)} left in this step")
    return "  ·  ".join(words)


def _amount(stage: str, done: int, total: int | None) -> str:
    if stage == "read":
        of = f" of {_megabytes(total)}" if total else ""
        return f"{_megabytes(done)}{of}"
    if total:
        return f"{done:,} of {wording.counted(total, UNITS.get(stage, 'item'))}"
    return wording.counted(done, UNITS.get(stage, "item"))


def _rate(stage: str, rate: float) -> str:
    if stage == "read":
        return _megabytes(rate)
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"
