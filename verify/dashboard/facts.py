"""What was read out of a claim, in words: who, when, where, how many, on whose side and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verify.dashboard import correcting, unread, wording
from verify.records import Row
from verify.review import readings
from verify.review.corrections import Correction

Entries = list[tuple[str, str]]
_HEDGED: Final = "marked as not confirmed in the text itself"


def reading(claim: Row) -> Entries:
    """Say what was read in the claim beside its words; what was not found is left out."""
    return [(name, words) for name, words, _fields in _readings(claim)]


def corrected_reading(claim: Row, corrections: Sequence[Correction]) -> Entries:
    """Say what was read, and beside it who corrected it and what the program had read."""
    stand = [one for one in corrections if one.value is not None]
    entries = [("Content", f"“{claim['text']}”", ("content",)), *_readings(claim)]
    return [
        (
            name,
            "\n".join(
                [
                    *([words] if words else []),
                    *(f"✎ {correcting.mark(one, claim)}" for one in stand if one.field in fields),
                ]
            ),
        )
        for name, words, fields in entries
    ]


def _readings(claim: Row) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give name, words, and the fields that may be corrected in it."""
    side = f"{claim['side']} ({claim['side_reason']})" if claim["side_reason"] else claim["side"]
    numbers = "\n".join(_quantity(quantity) for quantity in claim["quantities"])
    return [
        ("Speaker", _speaker(claim), ("speaker", "speaker_name")),
        ("Cue", f"“{claim['cue']}”" if claim["cue"] else "", ("cue",)),
        ("Passed on by", f"“{claim['via']}”" if claim["via"] else "", ()),
        ("Side", side, ()),
        ("Numbers", numbers, ("quantities",)),
        ("Place", claim["place"] or "", ("place",)),
        ("Time", _time(claim), ("event_time",)),
        ("Who acted", _actor(claim), ()),
        ("Outcome", _outcome(claim), ()),
        ("Checkable", _checkable(claim), ("checkable",)),
        ("Denial", "the speaker denies it" if claim["denied"] else "", ("denied",)),
        ("Negation", "says that something is not so" if claim["negated"] else "", ("negated",)),
        ("Caution", _HEDGED if claim["hedged"] else "", ("hedged",)),
    ]


def repeated(origin: Row | None) -> Entries:
    """Say whose words a claim repeats; ``origin``: the claim that said them first, if any."""
    if origin is None:
        return []
    day = wording.day(origin["published_at"])
    told = [origin["source"] or "a source not given", *([day] if day else [])]
    return [("Repeats", f"the same words, first published by {', '.join(told)}")]


def provenance(claim: Row, document: Row | None) -> Entries:
    """Say where the claim comes from, down to the file's hash."""
    where = ""
    if document is not None:
        row = f", row {document['row']}" if document["row"] is not None else ""
        where = f"{document['file'] or ''}{row}"
    return [
        ("Published by", claim["source"] or "not given"),
        ("Document", claim["document_title"] or "without a title"),
        ("Published", wording.moment(claim["published_at"]) or "not given"),
        ("Characters", f"{claim['start']} to {claim['end']} of the document"),
        ("File", where),
        ("Claim", claim["claim_id"]),
        ("Run", claim["run_id"] or ""),
    ]


def _speaker(claim: Row) -> str:
    if not claim["speaker"]:
        if claim["cue"]:
            return "not named"
        if language := unread.language(claim):
            return f"not read for speakers: {language}"
        return f"{claim['source'] or 'the source'}, in its own words"
    name = claim["speaker_name"]
    if claim["folded_by"]:
        own = name or claim["speaker"]
        same_as = f"the same speaker as “{own}”, confirmed by {claim['folded_by']}"
        return f"“{claim['speaker']}”, understood as {claim['credited']} ({same_as})"
    same = not name or name.casefold() in claim["speaker"].casefold()
    known = "" if same else f", understood as {name}"
    return f"“{claim['speaker']}”{known}"


def _quantity(quantity: Row) -> str:
    return f"“{quantity['text']}” read as {readings.number(quantity)}"


def _time(claim: Row) -> str:
    if claim["time"] and claim["event_time"]:
        return f"“{claim['time']}” read as {_exact(claim)}"
    return claim["time"] or (_exact(claim) if claim["event_time"] else "")


def _exact(claim: Row) -> str:
    precision = f", to the {claim['time_precision']}" if claim["time_precision"] else ""
    return f"{wording.day(claim['event_time'])}{precision}"


def _actor(claim: Row) -> str:
    if not claim["actor"]:
        return ""
    return f"“{claim['actor']}”" + (f", side {claim['actor_side']}" if claim["actor_side"] else "")


def _checkable(claim: Row) -> str:
    if not claim["checkable"]:
        language = unread.language(claim)
        return f"not told; facts are not read in this language: {language}" if language else ""
    reason = f" ({claim['checkable_reason']})" if claim["checkable_reason"] else ""
    other = wording.statement(claim["checkable"])
    return f"no, {other}{reason}" if other else f"states a fact{reason}"


def _outcome(claim: Row) -> str:
    whose = "who acted" if claim["actor"] else "the speaker"
    words = {"advance": f"a gain for {whose}", "setback": f"a loss for {whose}"}
    return words.get(claim["outcome"] or "", "")
