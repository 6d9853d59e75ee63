"""Counts of one row over time: what a later one does to the earlier, and which of them stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from verify.analysis.counted import compare
from verify.analysis.stated import Stated, later, one_day

Move = Literal["first", "same", "update", "contradicts", "repeat"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a count does, and the earlier claim that it does it to."""

    stated: Stated
    move: Move
    earlier: Stated | None


@dataclass
class Standing:
    """A count that stands, and all claims of its voice that say the same since."""

    stated: Stated
    said: list[Stated]
    repeat: bool = False
    """Told in the words of another one that counts already: it takes part, and sets nothing."""

    @property
    def last(self) -> Stated:
        """The newest claim that says so."""
        return self.said[-1]


@dataclass
class Followed:
    """A row told through to its end."""

    steps: list[Step] = field(default_factory=list)
    live: list[Standing] = field(default_factory=list)
    superseded: int = 0
    """Counts that their own source replaced."""

    @property
    def standing(self) -> list[Standing]:
        """The counts that set low, best and high."""
        return [one for one in self.live if not one.repeat]


def follow(counts: Sequence[Stated]) -> Followed:
    """Tell the counts of one row, in order of time, each against what stands by then.

    Of one voice a later count takes the place of an earlier one, higher or lower; a lower one of
    the same day does not, and neither does one of the same moment: both stand. A repeat takes the
    place of what its own source said before, and stands for nothing itself.
    """
    told = Followed()
    first = _origins(counts)
    for one in counts:
        origin = first[_words(one)]
        _take(told, one, None if origin is one else origin)
    return told


def _origins(counts: Sequence[Stated]) -> dict[tuple[object, ...], Stated]:
    """Return for each origin's count who stands for it: the origin itself, else the earliest."""
    first: dict[tuple[object, ...], Stated] = {}
    for one in sorted(counts, key=lambda one: one.origin != one.claim_id):
        first.setdefault(_words(one), one)
    return first


def _words(one: Stated) -> tuple[object, ...]:
    """Name what a repeat has in common with its origin; two counts of one claim stay apart."""
    if one.claim.get("origin_id") is None:
        return one.claim_id, one.low, one.high
    return one.origin, one.low, one.high


def _take(told: Followed, one: Stated, origin: Stated | None) -> None:
    own = [
        standing
        for standing in told.live
        if standing.stated.voice == one.voice and compare(standing.stated.count, one.count)
    ]
    moves = [(_move(standing, one), standing) for standing in own]
    told.steps.append(_step(told, one, moves, origin))
    for move, standing in moves:
        if move == "update":
            told.live.remove(standing)
            told.superseded += not standing.repeat
    same = next((standing for _, standing in moves if standing.stated.point == one.point), None)
    if same is None:
        told.live.append(Standing(one, [one], repeat=origin is not None))
    else:
        _restate(same, one, repeat=origin is not None)


def _move(standing: Standing, one: Stated) -> Move:
    before = standing.stated
    if before.point == one.point:
        return "same"
    lower = one.point < before.point
    after = later(standing.last.at, one.at)
    if after and not (lower and one_day(standing.last.at, one.at)):
        return "update"
    verdict = compare(before.count, one.count)
    return "contradicts" if verdict and verdict[0] == "differ" else "same"


def _restate(standing: Standing, one: Stated, *, repeat: bool) -> None:
    """Say a number again: the newer words give its bounds.

    At one time those that leave it open do: a headline that drops "at least" closes nothing.
    """
    newer = later(standing.last.at, one.at)
    opens = standing.stated.high is not None and one.high is None
    if newer or opens:
        standing.stated = one
    standing.said.append(one)
    standing.repeat = standing.repeat and repeat


def _step(
    told: Followed, one: Stated, own: list[tuple[Move, Standing]], origin: Stated | None
) -> Step:
    if origin is not None:
        return Step(one, "repeat", origin)
    for move in ("contradicts", "update", "same"):
        found = [standing for made, standing in own if made == move]
        if found:
            return Step(one, move, found[-1].last)
    return _among_others(told, one)


def _among_others(told: Followed, one: Stated) -> Step:
    """Hold the first count of a voice against what others say by then."""
    others = [standing for standing in told.standing if standing.stated.voice != one.voice]
    verdicts = [(compare(standing.stated.count, one.count), standing) for standing in others]
    moves: dict[str, Move] = {"same": "same", "differ": "contradicts"}
    for wanted, move in moves.items():
        for verdict, standing in verdicts:
            if verdict and verdict[0] == wanted:
                return Step(one, move, standing.said[0])
    return Step(one, "first", None)
