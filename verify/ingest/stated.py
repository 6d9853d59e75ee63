"""What a row of a claims table states itself, laid over what was read out of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from verify.ingest.absolute import precision_of
from verify.ingest.dates import iso_time
from verify.ingest.speakers import bare_name
from verify.ingest.times import find_times
from verify.records import Row


def with_given(claim: Row, given: Mapping[str, Any], published_at: str | None) -> Row:
    """Return the claim with the table's speaker, place, time and quantity, where it states them.

    A value that stands in the text keeps its span there; one that stands only in its own column has
    none (None).
    """
    claim = dict(claim)
    text, offset = claim["text"], claim["start"]
    if speaker := given.get("speaker"):
        claim |= {"speaker": speaker, "speaker_name": bare_name(speaker)}
        claim |= _span("speaker", text, offset, speaker)
    if place := given.get("place"):
        claim |= {"place": place, **_span("place", text, offset, place)}
    if time := given.get("time"):
        iso = iso_time(time)[0] or _from_words(time, published_at) or claim["event_time"]
        claim |= {"time": time, "event_time": iso, "time_precision": precision_of(iso)}
        claim |= _span("time", text, offset, time)
    low, high = given.get("quantity_low"), given.get("quantity_high")
    if low is not None or high is not None:
        claim["quantities"] = [_quantity(claim, given, low, high)]
    return claim


def _span(name: str, text: str, offset: int, words: str) -> Row:
    at = text.find(words)
    inside = at >= 0
    return {
        f"{name}_start": offset + at if inside else None,
        f"{name}_end": offset + at + len(words) if inside else None,
    }


def _from_words(time: str, published_at: str | None) -> str | None:
    found = find_times(time, 0, len(time), published_at)
    return found[0].iso if found else None


def _quantity(claim: Row, given: Mapping[str, Any], low: int | None, high: int | None) -> Row:
    """Keep the place in the text of the quantity that agrees with the stated bounds."""
    bounds = {low, high} - {None}
    read: Row = next((q for q in claim["quantities"] if bounds & {q["low"], q["high"]}), {})
    number = low if low is not None else high
    place = read or _digits(claim["text"], claim["start"], number)
    return {
        "text": place.get("text", str(number)),
        "start": place.get("start"),
        "end": place.get("end"),
        "low": low,
        "high": high,
        "kind": given.get("quantity_kind") or read.get("kind") or "other",
        "counted": given.get("counted") or read.get("counted"),
    }


def _digits(text: str, offset: int, number: int | None) -> Row:
    for match in re.finditer(r"\d[\d,. ]*", text):
        if re.sub(r"\D", "", match[0]) == str(number):
            words = match[0].rstrip(",. ")
            start = offset + match.start()
            return {"text": words, "start": start, "end": start + len(words)}
    return {}
