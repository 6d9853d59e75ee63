"""What opposed sides agree on, where claims contradict each other, what has no answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any, Final

import pandas as pd

from verify import records
from verify.analysis.links import (
    CONFIRMED,
    End,
    Link,
    Point,
    end_of,
    links,
    together,
    told_by,
)
from verify.analysis.origins import is_party, side_of, speaker_of, voices, when
from verify.records import Row

AGREED: Final = (
    "status", "best_claim_id", "claim_ids", "sides", "sources", "repeats", "pair_ids", "confirmed",
    "suggested", "independents", "independent_claim_ids",
)  # fmt: skip
CONTESTED: Final = (
    "kind", "conflicts", "opposed", "confirmed", "suggested", "sides", "pair_ids",
)  # fmt: skip
DISPUTES: Final = (
    "kind", "pair_id", "a", "b", "a_side", "b_side", "opposed", "status", "pair_ids",
)  # fmt: skip
CORROBORATED: Final[records.Schema] = {
    "claim_id": "text",
    "origins": "int",
    "confirmed": "int",
    "by_claim_ids": "list",
}
SUGGESTED: Final = "suggested"
KINDS: Final = ("number", "actor", "denial", "outcome", "victim", "cause", "time", "place", None)
"""Kinds of conflict in the order in which they are told; None: another one."""


def agreed(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Find the points that opposed sides agree on: one row a point, the surest first.

    Takes CLAIMS of one event with ``source`` and ``published_at``, and its PAIRS (with ``status``
    where known); returns ``AGREED``. Opposed are two parties, neither independent nor unknown. Each
    claim of a point supports one of an opposed side directly, and none of its claims conflict.
    ``status`` is "confirmed" where reviewers confirmed the links that hold the point together; what
    only the program suggests makes points of its own, "suggested", and adds no claim to the others;
    a denial makes none, since each side denies its own deeds ("we did not use gas", say both).
    ``claim_ids`` holds one claim an origin and side, in order of time; ``repeats`` counts those
    that repeat them. ``best_claim_id`` is the one that most of the others support, the earliest
    where several are. ``sources`` counts independent origins. ``confirmed`` and ``suggested`` count
    links between two origins, ``pair_ids`` has the pair that stands for each, confirmed ones first.
    ``independents`` counts the independent origins among the claims of side "independent" that
    support one of the point's, ``independent_claim_ids`` names those claims.
    """
    supports = links(claims, pairs, "supports")
    told, voice = told_by(claims), voices(claims)
    across = [link for link in supports if _across(link, told)]
    found = [
        {**_point(point, told, voice), **_independents(point, supports, told, voice)}
        for point in _layers(across, links(claims, pairs, "conflicts"))
    ]
    found.sort(key=lambda row: (-row["confirmed"], -len(row["sides"]), -row["sources"],
                                -row["suggested"], row["best_claim_id"]))  # fmt: skip
    table = pd.DataFrame(found, columns=list(AGREED), dtype=object)
    return table.astype(dict.fromkeys(_counts(AGREED), int))


def disputes(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """List the conflicts of an event: one row for two origins that conflict.

    Takes and leaves out what `agreed` does; returns ``DISPUTES``: the pair that stands for all
    ``pair_ids`` between the two, its claims and their sides, and whether these are ``opposed``
    parties. Those between opposed parties come first, then confirmed ones, then by chance.
    """
    by_id = {claim["claim_id"]: side_of(claim) for claim in records.rows(claims)}
    found = []
    for link in links(claims, pairs, "conflicts"):
        pair = link.pairs[0]
        a_side, b_side = by_id[pair["a"]], by_id[pair["b"]]
        kind = pair["conflict_kind"] if pair["conflict_kind"] in KINDS else None
        found.append(
            {
                "kind": kind,
                **{name: pair[name] for name in ("pair_id", "a", "b")},
                "a_side": a_side,
                "b_side": b_side,
                "opposed": _opposed(a_side, b_side),
                "status": link.status,
                "pair_ids": link.pair_ids,
            }
        )
    found.sort(key=lambda row: (not row["opposed"], row["status"] != CONFIRMED))
    return pd.DataFrame(found, columns=list(DISPUTES), dtype=object).astype({"opposed": bool})


def by_claim(found: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Gather rows of `disputes` under the claim that most of them are about, each row once.

    Returns claim id and rows, most rows first; of as many the claim of the first row comes first.
    """
    places: dict[str, list[int]] = defaultdict(list)  # of a claim: where its rows stand in found
    for place, row in enumerate(found):
        for end in (row["a"], row["b"]):
            places[end].append(place)
    told: set[int] = set()
    waiting = [(-len(own), own[0], found[own[0]]["a"] != end, end) for end, own in places.items()]
    heapify(waiting)
    gathered = []
    while waiting:
        rank, *_, claim_id = heappop(waiting)
        own = [place for place in places[claim_id] if place not in told]
        if len(own) < -rank:  # others took some of its rows since it was ranked
            if own:
                first = found[own[0]]["a"] != claim_id
                heappush(waiting, (-len(own), own[0], first, claim_id))
            continue
        gathered.append((claim_id, [found[place] for place in own]))
        told.update(own)
    return gathered


def contested(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Count the conflicts of an event by kind: one row a kind, in the order of `KINDS`.

    Takes what `disputes` does; returns ``CONTESTED``: how many ``conflicts`` between two origins,
    how many of them between ``opposed`` parties, how many ``confirmed`` and ``suggested``, the
    ``sides`` against each other (a list of {"sides": [one, other], "conflicts": n}, most first; one
    side twice: it contradicts itself), and the ``pair_ids`` that stand for them.
    """
    table = disputes(claims, pairs)
    found = []
    for kind in KINDS:
        own = [row for row in records.rows(table) if row["kind"] == kind]
        if not own:
            continue
        against = Counter(tuple(sorted((row["a_side"], row["b_side"]))) for row in own)
        confirmed = sum(row["status"] == CONFIRMED for row in own)
        found.append(
            {
                "kind": kind,
                "conflicts": len(own),
                "opposed": sum(row["opposed"] for row in own),
                "confirmed": confirmed,
                "suggested": len(own) - confirmed,
                "sides": [
                    {"sides": list(sides), "conflicts": count}
                    for sides, count in sorted(against.items(), key=lambda one: (-one[1], one[0]))
                ],
                "pair_ids": [row["pair_id"] for row in own],
            }
        )
    table = pd.DataFrame(found, columns=list(CONTESTED), dtype=object)
    return table.astype(dict.fromkeys(_counts(CONTESTED), int))


def corroborated(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Count for each claim the independent origins that support it: one row a claim, in order.

    Takes what `agreed` does; returns ``CORROBORATED``. Not counted are pairs that were rejected,
    repeats, further claims of one source, and what is credited to the claim's own named speaker or
    to one already counted, whoever prints it. ``confirmed`` of them a reviewer confirmed.
    ``by_claim_ids``: one claim of each, confirmed ones first, then the earliest.
    """
    voice, told = voices(claims), told_by(claims)
    supporters: dict[End, list[tuple[bool, Row]]] = defaultdict(list)
    for link in links(claims, pairs, "supports"):
        sure = link.status == CONFIRMED
        supporters[link.a].append((sure, told[link.b][0]))
        supporters[link.b].append((sure, told[link.a][0]))
    found: list[Row] = []
    for claim in records.rows(claims):
        others = sorted(supporters[end_of(claim)], key=lambda one: (not one[0], *when(one[1])))
        by = _independent(claim, others, voice)
        found.append(
            {
                "claim_id": claim["claim_id"],
                "origins": len(by),
                "confirmed": sum(sure for sure, _ in by),
                "by_claim_ids": [other["claim_id"] for _, other in by],
            }
        )
    return records.frame(found, CORROBORATED)


def _independent(
    claim: Row, others: Iterable[tuple[bool, Row]], voice: Mapping[str, Any]
) -> list[tuple[bool, Row]]:
    heard = {voice[claim["claim_id"]], _name(claim)} - {None}
    by = []
    for sure, other in others:
        own = {voice[other["claim_id"]], _name(other)} - {None}
        if not own & heard:
            by.append((sure, other))
        heard |= own
    return by


def _name(claim: Row) -> str | None:
    """Return who is credited where that is a name; two "residents" may be two people."""
    name = speaker_of(claim)
    if not name or name == name.lower():
        return None
    return name.casefold().removeprefix("the ")


def _layers(across: list[Link], conflicts: list[Link]) -> list[Point]:
    """Join what is confirmed, then what is suggested beside it, each link in one point."""
    sure = together([link for link in across if link.status == CONFIRMED], conflicts)
    of_end: dict[End, set[int]] = defaultdict(set)  # numbers of the points that an end is in
    for number, point in enumerate(sure):
        for end in point.ends:
            of_end[end].add(number)
    inside: list[list[Link]] = [[] for _ in sure]
    rest = []
    for link in across:
        both = of_end[link.a] & of_end[link.b]
        if both:  # points may share ends; a link is told, and counted, in one of them
            inside[min(both)].append(link)
        elif link.status != CONFIRMED:
            rest.append(link)
    held = [Point(one.ends, tuple(own)) for one, own in zip(sure, inside, strict=True) if own]
    return held + together(rest, conflicts)


def _point(point: Point, told: Mapping[End, list[Row]], voice: Mapping[str, Any]) -> Row:
    supports = Counter(end for link in point.links for end in link.ends)
    ends = sorted(point.ends, key=lambda end: when(told[end][0]))
    firsts = [told[end][0] for end in ends]
    best = min(ends, key=lambda end: (-supports[end], *when(told[end][0])))
    confirmed = sum(link.status == CONFIRMED for link in point.links)
    return {
        "status": CONFIRMED if confirmed else SUGGESTED,
        "best_claim_id": told[best][0]["claim_id"],
        "claim_ids": [claim["claim_id"] for claim in firsts],
        "sides": sorted({side for _, side in ends}),
        "sources": len({voice[claim["claim_id"]] for claim in firsts}),
        "repeats": sum(len(told[end]) - 1 for end in ends),
        "pair_ids": [link.pairs[0]["pair_id"] for link in point.links],
        "confirmed": confirmed,
        "suggested": len(point.links) - confirmed,
    }


def _independents(
    point: Point,
    supports: Iterable[Link],
    told: Mapping[End, list[Row]],
    voice: Mapping[str, Any],
) -> Row:
    beside = {
        other
        for link in supports
        for end, other in ((link.a, link.b), (link.b, link.a))
        if end in point.ends and other[1] == records.INDEPENDENT
    }
    firsts = sorted((told[end][0] for end in beside), key=when)
    return {
        "independents": len({voice[claim["claim_id"]] for claim in firsts}),
        "independent_claim_ids": [claim["claim_id"] for claim in firsts],
    }


def _across(link: Link, told: Mapping[End, list[Row]]) -> bool:
    if not _opposed(link.a[1], link.b[1]):
        return False
    if link.status == CONFIRMED:
        return True
    sure = (link.pairs[0]["p_supports"] or 0.0) >= records.AGREES
    return sure and not any(told[end][0]["denied"] for end in link.ends)


def _opposed(one: str, other: str) -> bool:
    return one != other and is_party(one) and is_party(other)


def _counts(names: Iterable[str]) -> list[str]:
    counted = {"sources", "repeats", "confirmed", "suggested", "independents", "conflicts"}
    return [name for name in names if name in counted | {"opposed"}]
