"""Small pieces of words that several sections of a report use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from verify.records import Row
from verify.review.event_report.blocks import Label, Mono, Named, Quoted, Strong, Words

RELATIONS: Final = {
    "conflicts": "contradict each other",
    "supports": "support each other",
    "related": "tell of the same matter",
    "unrelated": "have nothing to do with each other",
}
KINDS: Final = {
    "number": "Numbers that can hardly both hold",
    "actor": "Who did it",
    "denial": "Denials",
    "outcome": "How it ended",
    "victim": "Who was hurt",
    "cause": "What caused it",
    "time": "When it was",
    "place": "Where it was",
    None: "Otherwise",
}
"""Kinds of conflict, as headings."""
STATUS_SIGNS: Final = {"unreviewed": "○", "verified": "✓", "disputed": "!", "unverifiable": "?"}
PAIR_SIGNS: Final = {"suggested": "○", "confirmed": "✓", "rejected": "✕"}


_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def readable(text: str) -> str:
    """Put a sign in the place of what no text file may hold: control characters, half letters."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Say a number and its noun: 1 claim, 2,000 claims."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def moment(when: str | None) -> str:
    """Say an ISO time: 2021-08-30 14:05 UTC, or only the day where no more is known."""
    if not when or len(when) <= 10:
        return when or "at no known time"
    day, _, time = when.partition("T")
    return f"{day} {time[:5]} UTC" if time.endswith("Z") else when


def days(starts: str | None, ends: str | None) -> str:
    """Say a span of days; "" for none."""
    first, last = (starts or "")[:10], (ends or "")[:10]
    return first if first == last or not last else f"{first} to {last}" if first else last


def hundred(chance: float | None) -> str:
    """Say a chance as cases of 100; never 0 or 100, which no model can know."""
    if chance is None:
        return "–"
    if chance < 0.01:
        return "under 1 of 100"
    if chance > 0.99:
        return "over 99 of 100"
    return f"{round(chance * 100)} of 100"


def labelled(labels: Iterable[str]) -> list[str]:
    """Name several things: C1, C4 and C7, each as a link."""
    found: list[str] = []
    for label in labels:
        found += [", ", Label(label)]
    return found[1:]


def credit(claim: Row) -> list[str]:
    """Say who is credited with a claim, by which word, and who published it."""
    source = Named(claim["source"] or "source not given")
    if claim["speaker"]:
        name, cue = claim["name"], claim["cue"]
        known = name and name.casefold() not in claim["speaker"].casefold()
        told: list[str] = [Named(claim["speaker"])]
        told += [" (", Named(name), ")"] if known else []
        told += [" ", Quoted(cue)] if cue else []
        told += [", passed on by ", Named(claim["via"])] if claim["via"] else []
        return [*told, ", in ", source]
    if claim["cue"]:
        return [Quoted(claim["cue"]), ", speaker not named, in ", source]
    return [source, ", in its own words"]


def stated(claim: Row) -> list[str]:
    """Quote a claim; what its speaker denies says so."""
    text = Quoted(claim["text"])
    return ["Denies: ", text] if claim["denies"] else [text]


def status(claim: Row) -> list[str]:
    """Say a claim's status, who decided on it when, and with which note."""
    return _decided(claim, STATUS_SIGNS[claim["status"]], claim["status"] == "unreviewed")


def pair_status(pair: Row) -> list[str]:
    """Say a pair's status likewise."""
    return _decided(pair, PAIR_SIGNS[pair["status"]], pair["status"] == "suggested")


def _decided(row: Row, sign: str, open_: bool) -> list[str]:
    told: list[str] = [f"{sign} ", Strong(row["status"])]
    if open_:
        return told
    told += [", decided by ", Named(row["reviewer"] or "–"), f" on {moment(row['decided_at'])}"]
    return [*told, ", note: ", Quoted(row["note"])] if row["note"] else told


def joined(parts: Iterable[Words], sign: str = " · ") -> list[str]:
    """Put several pieces into one line; empty ones are left out."""
    found: list[str] = []
    for part in parts:
        if part:
            found += [sign, *part]
    return found[1:]


def target(on: Row) -> list[str]:
    """Say what a decision or a piece of evidence is about: claim C4, source “Valley Radio”."""
    if on["label"]:
        return [f"{on['kind']} ", Label(on["label"])]
    if on["kind"] in ("source", "speaker"):
        return [f"{on['kind']} ", Quoted(on["id"])]
    return [f"{on['kind']} ", Mono(on["id"])]
