"""What a person may correct in the reading of a claim, and how the value of a correction is made.

A correction is a decision on a claim's field (`verify.store.corrected.CORRECTED`). Names, dates,
flags and kinds are plain text; spans and quantities are compact JSON with sorted keys, so that one
reading has one value. What is wrong with a value is an ``InputError``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from verify.errors import InputError
from verify.records import QUANTITY_KINDS, Row
from verify.store.connect import fetch
from verify.store.corrected import CORRECTED, FLAGS, NOT_KNOWN, SPANS
from verify.store.counts import chunks
from verify.store.tables import claims, documents, standing

YES_NO: Final = ("yes", "no")
CHECKABLE: Final = ("fact", "forecast", "opinion", "wish", "question", "fragment")
"""The kinds of statement of ``claims.checkable``; only a fact can be checked as it stands."""
ALLOWED: Final[Mapping[str, Sequence[str] | None]] = {
    **dict.fromkeys(CORRECTED),
    **dict.fromkeys(FLAGS, YES_NO),
    "checkable": CHECKABLE,
}
"""Corrected field -> its values; None where `check` judges them."""
FIELD_WORDS: Final = {
    "content": "content",
    "speaker": "speaker's words",
    "speaker_name": "speaker's name",
    "cue": "cue",
    "place": "place",
    "event_time": "date of the event",
    "quantities": "numbers",
    "negated": "negated",
    "denied": "denied by its speaker",
    "hedged": "marked as not confirmed",
    "checkable": "kind of statement",
}
"""What a field that may be corrected is called on screen."""
AS_JSON: Final = (*SPANS, "quantities")
LONGEST_JSON: Final = 4000
"""Characters of a value in JSON: a paragraph of content, or some thirty quantities."""
_QUANTITY: Final = {"text", "start", "end", "low", "high", "kind", "counted"}
"""What is read of a number. Its ``side`` follows from what is counted, and may be missing."""
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Correction:
    """What stands as a correction of one field; ``value`` None: as read again."""

    field: str
    value: str | None
    reviewer: str
    decided_at: str
    version: int
    note: str


def encode(value: Any) -> str:
    """Write a span, quantities or None as the value of a decision: compact JSON, sorted keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def nearest(text: str, words: str, claim: Row) -> Row | None:
    """Find words in a document's text: the span {start, end, text} nearest to the claim.

    Whole words before parts of words, the same letters before other capitals; any space stands for
    any run of spaces and line ends. None where the words do not occur.
    """
    parts = words.split()
    if not parts:
        return None
    plain = r"\s+".join(map(re.escape, parts))
    whole = rf"(?<!\w){plain}(?!\w)"
    for pattern, flags in ((whole, 0), (whole, re.IGNORECASE), (plain, 0)):
        found = [match.span() for match in re.finditer(pattern, text, flags)]
        if found:
            start, end = min(found, key=lambda span: _distance(span, claim))
            return {"start": start, "end": end, "text": text[start:end]}
    return None


def standing_of(connection: Connection, claim_ids: Sequence[str]) -> dict[str, list[Correction]]:
    """Return what was corrected in each of these claims, in order of CORRECTED.

    Fields that were taken back are among them, since the next decision has to name their version.
    """
    made: dict[str, list[Correction]] = defaultdict(list)
    for some in chunks(claim_ids):
        statement = select(standing).where(
            standing.c.target_kind == "claim",
            standing.c.target_id.in_(some),
            standing.c.field.in_(CORRECTED),
        )
        for row in fetch(connection, statement):
            shown = {name: row[name] for name in Correction.__dataclass_fields__}
            made[row["target_id"]].append(Correction(**shown))
    for found in made.values():
        found.sort(key=lambda one: CORRECTED.index(one.field))
    return dict(made)


def check(connection: Connection, claim_id: str, field: str, value: str) -> None:
    """Refuse a value that is no reading of this claim's document.

    Raises ``InputError`` for a span that lies outside of the document or has other words, empty
    content, a date that is none, and quantities whose bounds, kind or words are wrong.
    """
    if field == "event_time":
        _check_date(value)
    if field not in AS_JSON:
        return
    statement = (
        select(documents.c.text.label("document"), claims.c.quantities, claims.c.read_as)
        .join_from(claims, documents)
        .where(claims.c.claim_id == claim_id)
    )
    for claim in fetch(connection, statement):
        given = _decoded(value, field)
        if field == "quantities":
            known = [*claim["quantities"], *(claim["read_as"] or {}).get("quantities", [])]
            _check_quantities(given, known, claim["document"])
        elif given is None and field != "content":
            continue
        else:
            _check_span(given, claim["document"], FIELD_WORDS[field], free=field == "place")


def _distance(span: tuple[int, int], claim: Row) -> int:
    start, end = int(claim["start"]), int(claim["end"])
    return max(0, start - span[1], span[0] - end)


def _decoded(value: str, field: str) -> Any:
    try:
        given = json.loads(value)
    except ValueError:
        given = ...
    if given is ... or encode(given) != value:
        remedy = "Write compact JSON with sorted keys."
        raise InputError("The correction is not in its form", FIELD_WORDS[field], remedy)
    return given


def _check_date(value: str) -> None:
    if value == NOT_KNOWN:
        return
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError as error:
        remedy = "Write 2021, 2021-08 or 2021-08-30."
        raise InputError(f"“{value}” is no date", FIELD_WORDS["event_time"], remedy) from error


def _check_span(span: Any, document: str, where: str, *, free: bool = False) -> None:
    """``free``: words that stand nowhere in the document are allowed, with no start and end."""
    if not isinstance(span, dict) or set(span) != {"start", "end", "text"}:
        raise InputError("This is no span", where, "Give start, end and text.")
    start, end, words = span["start"], span["end"], span["text"]
    if not isinstance(words, str) or not words.strip():
        raise InputError("The words are empty", where, "Give words of the document.")
    if free and start is None and end is None:
        return
    inside = all(type(edge) is int for edge in (start, end)) and 0 <= start < end <= len(document)
    if not inside or document[start:end] != words:
        what = f"“{words[:60]}” does not stand at that place of the document"
        raise InputError(what, where, "Copy the words from the document as they stand.")


def _check_quantities(given: Any, known: Sequence[Row], document: str) -> None:
    where = FIELD_WORDS["quantities"]
    if not isinstance(given, list) or not all(
        isinstance(quantity, dict) and set(quantity) - {"side"} == _QUANTITY for quantity in given
    ):
        raise InputError("This is no list of quantities", where, f"Give {sorted(_QUANTITY)}.")
    places = [[quantity.get(name) for name in ("text", "start", "end")] for quantity in known]
    for quantity in given:
        if quantity in known:
            continue
        span = {name: quantity[name] for name in ("text", "start", "end")}
        if list(span.values()) not in places:
            _check_span(span, document, where)
        _check_number(quantity, where)


def _check_number(quantity: Row, where: str) -> None:
    low, high, words = quantity["low"], quantity["high"], quantity["text"]
    if any(bound is not None and (type(bound) is not int or bound < 0) for bound in (low, high)):
        raise InputError(f"A bound of “{words}” is no whole number", where, "Give 0 or more.")
    if low is None and high is None:
        raise InputError(f"“{words}” has no bound", where, "Say at least, at most or both.")
    if low is not None and high is not None and low > high:
        what = f"The “at least” of “{words}” is above its “at most”"
        raise InputError(what, where, "Exchange the two.")
    if quantity["kind"] not in QUANTITY_KINDS:
        remedy = f"Say one of {', '.join(QUANTITY_KINDS)}."
        raise InputError(f"{quantity['kind']!r} is no kind of quantity", where, remedy)
    if quantity["counted"] is not None and not isinstance(quantity["counted"], str):
        raise InputError(f"What “{words}” counts is no text", where, "Give it in words.")
