"""The counts that claims state, each read once: its row, its voice, its bounds and its day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from verify import records
from verify.analysis.compare import denied
from verify.analysis.counted import CASUALTIES, Count, counts_of
from verify.analysis.shares import ASIDE, PART, group_of, summands

SideOf = Callable[[str], str | None] | Mapping[str, str]
"""Tells whose people are counted: a function of the words, or aliases and the side of each."""
_DAY: Final = 10
"""Characters of an ISO time that name its day."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One count as one claim states it."""

    claim: records.Row
    at: str | None
    """When it was published, else when it happened; None: not known."""
    counted: str | None
    group: str
    whose: str | None
    low: int | None
    high: int | None
    count: Count
    """As `counted.compare` takes it."""

    @property
    def kind(self) -> str:
        """What was done to those counted."""
        return self.count.kind

    @property
    def claim_id(self) -> str:
        """Of the claim that states it."""
        return str(self.claim["claim_id"])

    @property
    def side(self) -> str:
        """On whose side it is stated."""
        return self.claim["side"] or records.UNKNOWN

    @property
    def row(self) -> tuple[str, str, str, str]:
        """What is counted: counts of one row are held against each other.

        Things without a name of their own, shares of a toll and counts of longer spans are apart
        by the words that count them.
        """
        bare = (self.counted or "").casefold() if self.group in {"thing", *ASIDE} else ""
        return self.kind, self.group, self.whose or "", bare

    @property
    def source(self) -> str:
        """Who published it."""
        return self.claim.get("source") or f"document {self.claim['doc_id']}"

    @property
    def credited(self) -> str:
        """Whom the source credits with it; empty: nobody, or somebody of a party."""
        if self.side not in (records.INDEPENDENT, records.UNKNOWN):
            return ""
        named = self.claim.get("credited") or self.claim["speaker_name"] or self.claim["speaker"]
        return (named or "").casefold()

    def replaceable_by(self, other: Stated) -> bool:
        """Whether a later count of ``other``'s voice takes the place of this one.

        One source tells both. What it prints of several parties stays apart by party, and what it
        prints of two who are of no party by who is credited; what it tells in its own name is its
        count whomever it credited before or credits after.
        """
        if (self.source, self.side) != (other.source, other.side):
            return False
        return self.credited == other.credited or not (self.credited and other.credited)

    @property
    def origin(self) -> str:
        """The claim whose words these are: itself, or the one that it repeats."""
        return self.claim.get("origin_id") or self.claim_id

    @property
    def point(self) -> int:
        """The one number that stands for the count: its lower bound, where open its upper one."""
        return self.low if self.low is not None else self.high or 0

    @property
    def top(self) -> int:
        """Its upper bound; where that is open, its lower one."""
        return self.high if self.high is not None else self.point

    @property
    def order(self) -> tuple[Any, ...]:
        """Sort by time, undated ones last, then by claim and bounds."""
        open_ = (self.low is None, self.high is None)
        return self.at is None, self.at or "", self.claim_id, self.point, self.top, open_


def later(early: str | None, late: str | None) -> bool:
    """Whether one time is surely after another; a day without an hour is as long as the day."""
    if not early or not late:
        return False
    known = min(len(early), len(late))
    return early[:known] < late[:known]


def one_day(a: str | None, b: str | None) -> bool:
    """Whether two times may be of one day; a time that is not known may be of any."""
    return not later((a or "")[:_DAY], (b or "")[:_DAY]) and not later(
        (b or "")[:_DAY], (a or "")[:_DAY]
    )


def set_aside(claims: pd.DataFrame) -> list[str]:
    """Name the claims that would state a count, had a reviewer not called them disputed."""
    found = claims[claims["status"].eq("disputed")] if "status" in claims else claims.iloc[:0]
    tell = _teller(None)
    return [claim["claim_id"] for claim in records.rows(found) if list(_of_claim(claim, tell))]


def stated(claims: pd.DataFrame, side_of: SideOf | None = None) -> list[Stated]:
    """Read the counts of CLAIMS (with source and published_at), in the order of time.

    What a claim denies it does not count; what a reviewer calls disputed counts nothing; a
    quantity without bounds bounds nothing. Without ``side_of``, whose people are counted is as the
    quantities say themselves (``side``, from the aliases that a build knew).
    """
    tell = _teller(side_of)
    found = [
        one
        for claim in records.rows(claims)
        if claim.get("status") != "disputed"
        for one in _of_claim(claim, tell)
    ]
    return sorted(_shares_of_sums(found), key=lambda one: (*one.order, one.row))


def _of_claim(
    claim: records.Row, tell: Callable[[records.Row], str | None] | None
) -> Iterator[Stated]:
    bounded = [
        quantity
        for quantity in claim["quantities"] or []
        if quantity["low"] is not None or quantity["high"] is not None
    ]
    at = claim.get("published_at") or claim["event_time"]
    for quantity, count in zip(bounded, counts_of(bounded), strict=True):
        if denied(claim, quantity):
            continue
        low, high = quantity["low"], quantity["high"]
        if low is not None and high is not None and low > high:
            low, high = high, low
        counted = quantity.get("counted")
        whose = tell(quantity) if tell else quantity.get("side")
        group = group_of(claim, quantity, count)
        yield Stated(
            claim=claim,
            at=at,
            counted=counted,
            group=group,
            whose=None if whose in (records.INDEPENDENT, records.UNKNOWN) else whose,
            low=low,
            high=high,
            count=replace(count, group="thing" if group in ASIDE else group),
        )


def _shares_of_sums(counts: list[Stated]) -> list[Stated]:
    """Make counts of one document that add up to another one of it shares of that toll."""
    by_document: dict[tuple[Any, str], list[int]] = {}
    for place, one in enumerate(counts):
        closed = one.low == one.high and one.group not in ASIDE
        if closed and one.kind in CASUALTIES:
            by_document.setdefault((one.claim["doc_id"], one.kind), []).append(place)
    shares: set[int] = set()
    for places in by_document.values():
        found = summands([(counts[place].point, counts[place].group) for place in places])
        shares |= {places[index] for index in found}
    return [
        replace(one, group=PART, count=replace(one.count, group="thing"))
        if place in shares
        else one
        for place, one in enumerate(counts)
    ]


def _teller(side_of: SideOf | None) -> Callable[[records.Row], str | None] | None:
    if side_of is None:
        return None
    of_words = side_of if callable(side_of) else _by_alias(side_of)

    def tell(quantity: records.Row) -> str | None:
        words = quantity.get("counted")
        return of_words(words) if words else None

    return tell


def _by_alias(aliases: Mapping[str, str]) -> Callable[[str], str | None]:
    folded = {alias.casefold(): side for alias, side in aliases.items()}
    longest_first = sorted(folded, key=lambda alias: (-len(alias), alias))
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?:['’]?s)?(?!\w)")

    def of_words(words: str) -> str | None:
        found = pattern.search(words.casefold()) if folded else None
        return folded[found[1]] if found else None

    return of_words


def independent_origins(counts: Iterable[Stated]) -> int:
    """Count who states something by themselves: one source is one, and so are an origin's repeats.

    They hang together over both: who repeats two origins joins them.
    """
    joined: dict[tuple[str, str], tuple[str, str]] = {}

    def root(name: tuple[str, str]) -> tuple[str, str]:
        while joined.setdefault(name, name) != name:
            name = joined[name]
        return name

    for one in counts:
        joined[root(("origin", one.origin))] = root(("source", one.source))
    return sum(name == root(name) for name in joined)
