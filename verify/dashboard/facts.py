"""What was read out of a claim, in words: who, when, where, how many, on whose side and why."""

from __future__ import annotations

from verify.dashboard import wording
from verify.records import Row

Entries = list[tuple[str, str]]


def reading(claim: Row) -> Entries:
    """Say what the program read in the claim; what it did not find is left out."""
    doubt = [
        words
        for name, words in (
            ("negated", "denies something"),
            ("hedged", "marked as not confirmed in the text itself"),
        )
        if claim[name]
    ]
    return [
        ("Speaker", _speaker(claim)),
        (
            "Side",
            f"{claim['side']} ({claim['side_reason']})" if claim["side_reason"] else claim["side"],
        ),
        ("Numbers", "\n".join(_quantity(quantity) for quantity in claim["quantities"])),
        ("Place", claim["place"] or ""),
        ("Time", _time(claim)),
        ("Who acted", _actor(claim)),
        ("Outcome", _outcome(claim)),
        ("Kind", ", ".join(doubt)),
    ]


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
            return f"not named, by the word “{claim['cue']}”"
        return f"{claim['source'] or 'the source'}, in its own words"
    name = claim["speaker_name"]
    same = not name or name.casefold() in claim["speaker"].casefold()
    known = "" if same else f", understood as {name}"
    cue = f", by the word “{claim['cue']}”" if claim["cue"] else ""
    return f"“{claim['speaker']}”{known}{cue}"


def _quantity(quantity: Row) -> str:
    return f"“{quantity['text']}” read as {wording.reading(quantity)}"


def _time(claim: Row) -> str:
    if claim["time"] and claim["event_time"]:
        return f"“{claim['time']}” read as {wording.day(claim['event_time'])}"
    return claim["time"] or (wording.day(claim["event_time"]) if claim["event_time"] else "")


def _actor(claim: Row) -> str:
    if not claim["actor"]:
        return ""
    return f"“{claim['actor']}”" + (f", side {claim['actor_side']}" if claim["actor_side"] else "")


def _outcome(claim: Row) -> str:
    whose = "who acted" if claim["actor"] else "the speaker"
    words = {"advance": f"a gain for {whose}", "setback": f"a loss for {whose}"}
    return words.get(claim["outcome"] or "", "")
