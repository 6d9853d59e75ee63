"""Pairs of one event with repeats folded: ten reprints that support a claim support it once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from verify import records
from verify.analysis.origins import by_origin, origin_of, side_of
from verify.records import Row

End = tuple[str, str]
"""An origin as one side tells it: the origin's claim id, and the side."""
Ends = frozenset[End]
CONFIRMED: Final = "confirmed"
REJECTED: Final = "rejected"
_CHANCE: Final = {"supports": "p_supports", "conflicts": "p_conflicts"}


@dataclass(frozen=True)
class Link:
    """The pairs of one relation between two origins; the one that stands for them comes first."""

    a: End
    b: End
    pairs: tuple[Row, ...]

    @property
    def ends(self) -> Ends:
        """Both ends, whichever way round."""
        return frozenset((self.a, self.b))

    @property
    def status(self) -> str:
        """Confirmed where a reviewer confirmed any of its pairs, else suggested."""
        return _status(self.pairs[0])

    @property
    def pair_ids(self) -> list[str]:
        """Ids of its pairs."""
        return [pair["pair_id"] for pair in self.pairs]


@dataclass(frozen=True)
class Point:
    """Ends that support each other, and the links that say so."""

    ends: Ends
    links: tuple[Link, ...]


def standing(pairs: pd.DataFrame) -> pd.DataFrame:
    """Leave out what a reviewer rejected; PAIRS without a ``status`` are all suggested."""
    return pairs[pairs["status"] != REJECTED] if "status" in pairs else pairs


def told_by(claims: pd.DataFrame) -> dict[End, list[Row]]:
    """Return the claims of each origin and side, the first told first."""
    found: dict[End, list[Row]] = {}
    for members in by_origin(claims):
        for claim in members:
            found.setdefault(end_of(claim), []).append(claim)
    return found


def end_of(claim: Row) -> End:
    """Return what a claim counts as in a link."""
    return origin_of(claim), side_of(claim)


def links(claims: pd.DataFrame, pairs: pd.DataFrame, relation: str) -> list[Link]:
    """Fold the pairs of one relation by the origins that they join, the surest first.

    Takes CLAIMS of one event and its PAIRS. Pairs that a reviewer rejected, pairs of claims that
    are not among ``claims``, pairs that one side told of one origin, supports within one origin,
    and suggested supports that may as well be conflicts (`verify.records.TORN`) are left out. Of
    several pairs the one that stands for them is confirmed, else has the highest chance; links are
    in the same order.
    """
    end = {claim["claim_id"]: end_of(claim) for claim in records.rows(claims)}
    here = standing(pairs)
    here = here[here["relation"] == relation]
    clear = [pair for pair in records.rows(here) if relation != "supports" or not _torn(pair)]
    found: dict[Ends, list[Row]] = {}
    for pair in sorted(clear, key=_surest(_CHANCE[relation])):
        a, b = end.get(pair["a"]), end.get(pair["b"])
        if a is None or b is None or a == b:
            continue
        if a[0] != b[0] or relation == "conflicts":
            found.setdefault(frozenset((a, b)), []).append(pair)
    return [Link(end[told[0]["a"]], end[told[0]["b"]], tuple(told)) for told in found.values()]


def together(supports: Sequence[Link], conflicts: Iterable[Link]) -> list[Point]:
    """Join links to points: each end supports another one of its point, none conflicts with one.

    Links are taken in order, the surest first; one that would bring ends together that conflict
    starts a point of its own, so that no chain of pairs ("31", "at least 31", "58") becomes one
    point and no link is lost.
    """
    against: dict[End, set[End]] = defaultdict(set)
    for link in conflicts:
        against[link.a].add(link.b)
        against[link.b].add(link.a)
    left = [link for link in supports if link.b not in against[link.a]]
    found: list[Point] = []
    while left:
        group: dict[End, set[End]] = {}
        for link in left:
            one, other = (group.setdefault(end, {end}) for end in (link.a, link.b))
            fewer, more = sorted((one, other), key=len)
            if one is other or any(against[end] & more for end in fewer):
                continue
            more |= fewer
            group.update(dict.fromkeys(fewer, more))
        held: dict[int, list[Link]] = defaultdict(list)
        for link in left:
            if group[link.a] is group[link.b]:
                held[id(group[link.a])].append(link)
        inside = {id(ends): ends for ends in group.values() if len(ends) > 1}
        found += [Point(frozenset(ends), tuple(held[key])) for key, ends in inside.items()]
        left = [link for link in left if group[link.a] is not group[link.b]]
    return found


def _surest(chance: str) -> Callable[[Row], tuple[bool, float, str]]:
    return lambda pair: (_status(pair) != CONFIRMED, -(pair[chance] or 0.0), pair["pair_id"] or "")


def _torn(pair: Row) -> bool:
    supports, conflicts = pair["p_supports"] or 0.0, pair["p_conflicts"] or 0.0
    return _status(pair) != CONFIRMED and supports < records.TORN * conflicts


def _status(pair: Row) -> str:
    return str(pair.get("status") or "suggested")
