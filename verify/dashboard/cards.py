"""What a card of the board says of a claim, and a link of a pair: plain words, no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypedDict

from verify.analysis.compare import denied
from verify.dashboard import unread, wording
from verify.records import UNKNOWN, Row


class Card(TypedDict):
    """One claim on the board; all texts are shown as they stand."""

    id: str
    side: str
    text: str
    status: str
    icon: str
    readings: list[str]
    credit: str
    statement: str
    supports: int
    conflicts: int
    unanswered: bool
    repeats: str


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


def card(claim: Row, unanswered: bool = False, repeats: int = 0) -> Card:
    """Turn a row of CLAIM_VIEW into a card; ``repeats``: claims folded into this one."""
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
        "credit": dated(claim),
        "statement": wording.statement(claim["checkable"]),
        "supports": claim["supports"],
        "conflicts": claim["conflicts"],
        "unanswered": unanswered,
        "repeats": f"+ {wording.counted(repeats, 'repeat')}" if repeats else "",
    }


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
    folded: dict[str, int] = {}
    for one, origin in into.items():
        if one in shown:
            folded[origin] = folded.get(origin, 0) + 1
    kept: list[Card] = []
    for item in cards:
        if item["id"] in into:
            continue
        number = folded.get(item["id"], 0)
        words = f"+ {wording.counted(number, 'repeat')}" if number else item["repeats"]
        kept.append({**item, "repeats": words})
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
