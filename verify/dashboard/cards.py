"""What a card of the board says of a claim, and a link of a pair: plain words, no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypedDict

from verify.analysis.agencies import agency_named, agency_of_source
from verify.analysis.compare import denied
from verify.dashboard import unread, wording
from verify.records import UNKNOWN, Row


class Copy(TypedDict):
    """A claim that is folded into the card of its origin."""

    id: str
    status: str
    icon: str
    credit: str
    clock: str


class Card(TypedDict):
    """One claim on the board; all texts are shown as they stand."""

    id: str
    side: str
    text: str
    status: str
    icon: str
    readings: list[str]
    grade: str
    grade_words: str
    credit: str
    clock: str
    source: str
    agency: str
    statement: str
    supports: int
    conflicts: int
    unanswered: bool
    repeats: str
    copies: list[Copy]


class Link(TypedDict):
    """One pair on the board: between cards ``a`` and ``b``, standing for ``count`` pairs."""

    id: str
    a: str
    b: str
    relation: str
    status: str
    icon: str
    words: str
    count: int


RANK: Final = {"confirmed": 0, "suggested": 1, "rejected": 2}


def card(claim: Row, unanswered: bool = False) -> Card:
    """Turn a row of CLAIM_VIEW into a card, in which nothing is folded yet."""
    letter, digit = claim["source_grade"], claim["information_grade"]
    return {
        "id": claim["claim_id"],
        "side": claim["side"] or UNKNOWN,
        "text": wording.stated(claim["text"], claim["cue"]),
        "status": claim["status"],
        "icon": wording.STATUS_ICONS[claim["status"]],
        "readings": [
            f"denied: {wording.reading(one).replace(': ', ' ', 1)}"
            if denied(claim, one)
            else wording.reading(one)
            for one in claim["quantities"]
        ],
        "grade": f"{letter or '–'}{digit or '–'}" if letter or digit else "",
        "grade_words": wording.grades(letter, digit),
        "credit": dated(claim),
        "clock": wording.clock(claim["published_at"]),
        "source": claim["source"] or "",
        "agency": agency(claim),
        "statement": wording.statement(claim["checkable"]),
        "supports": claim["supports"],
        "conflicts": claim["conflicts"],
        "unanswered": unanswered,
        "repeats": "",
        "copies": [],
    }


def agency(claim: Row) -> str:
    """Name the agency whose words a claim is, as its source, or as credited; "" for none."""
    named = agency_of_source(claim["source"])
    return named or agency_named(claim["via"]) or agency_named(claim["speaker"]) or ""


def credit(claim: Row) -> str:
    """Say who is credited, by which word, and who published it."""
    source = claim["source"] or "source not given"
    speaker = claim["speaker"]
    if not speaker:
        if claim["cue"]:
            return f"“{claim['cue']}”, speaker not named, in {source}"
        if language := unread.language(claim):
            return f"{source}, not read for speakers: {language}"
        return f"{source}, in its own words"
    name = claim["credited"]
    known = f" ({name})" if name and name.casefold() not in speaker.casefold() else ""
    cue = f" “{claim['cue']}”" if claim["cue"] else ""
    return f"{speaker}{known}{cue}, in {source}"


def dated(claim: Row) -> str:
    """Say who is credited, who published it, and when."""
    day = wording.day(claim["published_at"])
    return f"{credit(claim)}, {day}" if day else credit(claim)


def published(claim: Row) -> str:
    """Say who is credited and who published when, of what a list holds of a claim."""
    source = claim["source"] or "source not given"
    credited = f"{claim['credited']}, in {source}" if claim["credited"] else source
    day = wording.day(claim["published_at"])
    return f"{credited}, {day}" if day else credited


def link(pair: Row) -> Link:
    """Turn a row of PAIR_VIEW into a link."""
    return {
        "id": pair["pair_id"],
        "a": pair["a"],
        "b": pair["b"],
        "relation": pair["relation"],
        "status": pair["status"],
        "icon": wording.PAIR_ICONS[pair["status"]],
        "words": main_reason(pair),
        "count": 1,
    }


def main_reason(pair: Row) -> str:
    """Return the words of the reason that speaks most for this pair's relation, or nothing."""
    column = "conflicts" if pair["relation"] == "conflicts" else "supports"
    reasons = [reason for reason in pair["reasons"] if reason["name"] != "base"]
    best = max(reasons, key=lambda reason: reason[column] or 0, default=None)
    return best["words"] if best and (best[column] or 0) > 0 else ""


def fold(
    cards: Sequence[Card], links: Sequence[Link], origins: Mapping[str, str]
) -> tuple[list[Card], list[Link]]:
    """Show repeats of one origin as one card, and their links as one link of each relation.

    ``origins``: claim -> the claim it repeats. A repeat whose origin is not among ``cards`` stays.
    The link that stands for several is the one that a person confirmed, else the first.
    """
    shown = {item["id"] for item in cards}
    into = {one: origin for one, origin in origins.items() if one != origin and origin in shown}
    copies: dict[str, list[Card]] = {}
    for item in cards:
        if item["id"] in into:
            copies.setdefault(into[item["id"]], []).append(item)
    kept: list[Card] = [
        {**item, "repeats": reprints(item, own), "copies": [_copy(one) for one in own]}
        if (own := copies.get(item["id"]))
        else item
        for item in cards
        if item["id"] not in into
    ]
    joined: dict[tuple[str, str, str], Link] = {}
    for item_link in sorted(links, key=lambda one: RANK[one["status"]]):
        a, b = (into.get(item_link[end], item_link[end]) for end in ("a", "b"))
        if a == b:
            continue
        first, second = sorted((a, b))
        known = joined.setdefault(
            (first, second, item_link["relation"]), {**item_link, "a": a, "b": b, "count": 0}
        )
        known["count"] += 1
    return kept, list(joined.values())


def reprints(origin: Card, copies: Sequence[Card]) -> str:
    """Say how many repeats are folded, and of whom: an agency, else who published it first."""
    if all(one["source"] == origin["source"] for one in copies):
        noun, of = "repeat", f" by {origin['source']} itself" if origin["source"] else ""
    else:
        named = next((one["agency"] for one in (origin, *copies) if one["agency"]), "")
        noun, of = "reprint", f" of {named or origin['source'] or 'an unnamed source'}"
    return wording.counted(len(copies), noun) + of


def _copy(item: Card) -> Copy:
    told = ("id", "status", "icon", "credit", "clock")
    return {name: item[name] for name in told}  # type: ignore[literal-required, return-value]


def searched(claims: Sequence[Row], words: str) -> list[Row]:
    """Keep the claims that hold all words, in text, speaker, source or place; case is ignored."""
    wanted = words.casefold().split()
    fields: tuple[str, ...] = (
        "text",
        "speaker",
        "speaker_name",
        "source",
        "place",
        "document_title",
    )

    def holds(claim: dict[str, Any]) -> bool:
        told = " ".join(str(claim[field] or "") for field in fields).casefold()
        return all(word in told for word in wanted)

    return [claim for claim in claims if holds(claim)]
