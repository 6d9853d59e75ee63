"""Who said it first: each origin with its repeats in order of time, and who is first how often."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

import pandas as pd

from verify import records
from verify.analysis.links import links, together, told_by
from verify.analysis.origins import (
    by_origin,
    days_between,
    first_told,
    hours_between,
    known_first,
    origin_of,
    side_of,
    speaker_of,
    voices,
    when,
)
from verify.records import Row

SPREAD: Final = (
    "origin_id", "claim_id", "place", "first", "first_known", "source", "speaker", "side",
    "published_at", "hours", "days",
)  # fmt: skip
FIRSTS: Final = ("kind", "name", "points", "first", "open")
KINDS: Final = ("source", "speaker", "side")


class Repeated(NamedTuple):
    """How much of an event is one report repeated."""

    claims: int
    repeats: int
    """Claims that repeat another one of the event nearly word for word."""
    origins: int
    """Claims that are left where each origin counts once."""
    largest_id: str | None
    """First claim of the origin that is told most often; None where nothing is repeated."""
    largest: int
    """How often that one is told, its first claim included; 0 where nothing is repeated."""


def spread(claims: pd.DataFrame) -> pd.DataFrame:
    """Lay out who told each origin first and who repeated it when: one row a claim.

    Takes CLAIMS of one event with ``source``, ``published_at`` and, where known, ``origin_id`` and
    ``credited``; returns ``SPREAD``. ``place`` counts from 0 within an origin by time of
    publication; 0, which is ``first``, is the origin itself, or the earliest claim here where that
    is in another event; ``first_known`` says of the whole origin whether the dates show that it was
    published before the others, which those of one day without a time do not. ``hours`` since the
    first is NaN where either is known to the day only, ``days`` between the dates is NA where
    either has none. Both are negative where an agency's own text, which counts as the origin, came
    out later than a repeat. Origins are in order of time.
    """
    found: list[Row] = []
    for told in by_origin(claims):
        first, known = told[0].get("published_at"), known_first(told)
        for place, claim in enumerate(told):
            published = claim.get("published_at")
            found.append(
                {
                    "origin_id": origin_of(claim),
                    "claim_id": claim["claim_id"],
                    "place": place,
                    "first": place == 0,
                    "first_known": known,
                    "source": claim.get("source"),
                    "speaker": speaker_of(claim),
                    "side": side_of(claim),
                    "published_at": published,
                    "hours": hours_between(first, published),
                    "days": days_between(first, published),
                }
            )
    table = pd.DataFrame(found, columns=list(SPREAD), dtype=object)
    return table.astype(
        {"place": int, "first": bool, "first_known": bool, "hours": float, "days": "Int64"}
    )


def repeated(claims: pd.DataFrame) -> Repeated:
    """Count how much of an event is one report repeated."""
    told = by_origin(claims)
    largest = max(told, key=len, default=[])
    several = len(largest) > 1
    return Repeated(
        claims=len(claims),
        repeats=len(claims) - len(told),
        origins=len(told),
        largest_id=largest[0]["claim_id"] if several else None,
        largest=len(largest) if several else 0,
    )


class Shared(NamedTuple):
    """A point that several independent voices state."""

    claims: list[Row]
    """All claims that state it, in order of time."""
    first: Row | None
    """The one published before those of every other voice; None where that is not known."""


def shared(claims: pd.DataFrame, pairs: pd.DataFrame) -> list[Shared]:
    """Find the points that independent voices share: claims that support each other.

    Takes what `firsts` does. None of a point's claims conflict; those with most claims come first.
    """
    told, voice = told_by(claims), voices(claims)
    found = []
    for point in together(links(claims, pairs, "supports"), links(claims, pairs, "conflicts")):
        stated = sorted((claim for end in point.ends for claim in told[end]), key=when)
        if len({voice[claim["claim_id"]] for claim in stated}) > 1:
            found.append(Shared(stated, first_told(stated, voice)))
    return sorted(found, key=lambda one: (-len(one.claims), when(one.claims[0])))


def firsts(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Count how often each source, speaker and side was first with what several origins say.

    Takes CLAIMS of one event as `spread`, and its PAIRS; returns ``FIRSTS``: ``kind`` is source,
    speaker or side, ``name`` which one; ``points`` how many points it states that an independent
    origin states too (claims that support each other, none of them in conflict); ``first`` of how
    many it was the first; ``open`` of how many the first is not known, since a date is missing or
    the earliest are of one day. A speaker's time is that of the publication. Most firsts come
    first.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for stated, first in shared(claims, pairs):
        for key in {key for claim in stated for key in _names(claim)}:
            count = counts[key]
            count[0] += 1
            count[1] += first is not None and key in _names(first)
            count[2] += first is None
    order = sorted(
        counts.items(), key=lambda one: (KINDS.index(one[0][0]), -one[1][1], -one[1][0], one[0][1])
    )
    return pd.DataFrame([(*key, *count) for key, count in order], columns=list(FIRSTS))


def _names(claim: Row) -> list[tuple[str, str]]:
    named = {"source": claim.get("source"), "speaker": speaker_of(claim), "side": side_of(claim)}
    return [(kind, name) for kind, name in named.items() if name and name != records.UNKNOWN]
