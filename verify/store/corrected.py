"""Readings that a person corrected, written into the claims, and what was read kept beside them.

A correction is a decision on a claim's field (CORRECTED). Its value is plain text, or compact JSON
for spans and quantities; `columns` says which columns of the claim it fills. ``claims.read_as``
keeps what the pipeline read there, so that taking the correction back restores it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, or_, select, update

from verify.store import search
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.folded import canonical
from verify.store.tables import claim_kinds, claims, standing

SPANS: Final = ("content", "speaker", "cue", "place")
"""Fields whose value is a span, {start, end, text}, or ``null`` where there is none."""
FLAGS: Final = ("negated", "denied", "hedged")
"""Fields whose value is ``yes`` or ``no``."""
CORRECTED: Final = (*SPANS, "speaker_name", "event_time", "quantities", *FLAGS, "checkable")
"""Fields that a person may correct, in the order in which they are applied."""
NOT_KNOWN: Final = "unknown"
"""Value of event_time where the claim's day cannot be told."""
_PRECISION: Final = {4: "year", 7: "month", 10: "day"}
_COLUMNS: Final = (
    "start", "end", "text", "speaker", "speaker_start", "speaker_end", "speaker_name", "cue",
    "cue_start", "cue_end", "place", "place_start", "place_end", "event_time", "time_precision",
    "quantities", *FLAGS, "checkable", "checkable_reason",
)  # fmt: skip
_DERIVED: Final = ("day", "credited")


def columns(field: str, value: str, reviewer: str) -> dict[str, Any]:
    """Say which columns of a claim a correction fills, and with what.

    Other words of the speaker drop the name that was resolved from the words before.
    """
    if field in SPANS:
        span = json.loads(value) or {}
        if field == "content":
            return {name: span[name] for name in ("start", "end", "text")}
        filled = {field: span.get("text")}
        filled |= {f"{field}_{edge}": span.get(edge) for edge in ("start", "end")}
        return filled | ({"speaker_name": None} if field == "speaker" else {})
    if field == "event_time":
        known = None if value == NOT_KNOWN else value
        return {"event_time": known, "time_precision": _PRECISION.get(len(known or ""))}
    if field == "checkable":
        return {"checkable": value, "checkable_reason": f"set by {reviewer}"}
    if field in FLAGS:
        return {field: value == "yes"}
    return {field: json.loads(value) if field == "quantities" else value}


def derived(row: Mapping[str, Any]) -> dict[str, Any]:
    """Work out a claim's ``day`` and ``credited`` from what was read and when it was published.

    ``credited`` is the name that the claim itself reads; see `verify.store.folded` for folded ones.
    """
    event_time, published_at = row["event_time"], row["published_at"]
    exact = event_time if event_time and len(event_time) >= len("2021-08-30") else published_at
    return {
        "day": exact[:10] if exact else None,
        "credited": row["speaker_name"] or row["speaker"],
    }


def kinds_of(claim_id: str, quantities: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the rows of ``claim_kinds`` of a claim."""
    kinds = sorted({quantity["kind"] for quantity in quantities})
    return [{"kind": kind, "claim_id": claim_id} for kind in kinds]


def correct(connection: Connection, claim_ids: Sequence[str]) -> list[str]:
    """Bring these claims in line with the corrections that stand, and what follows from them.

    Returns the claims that are credited to somebody else now: their side is to be settled anew.
    """
    credited = []
    for some in chunks(claim_ids):
        for row, wanted in _differing(connection, some):
            this = claims.c.claim_id == row["claim_id"]
            connection.execute(update(claims).where(this).values(wanted))
            if wanted["text"] != row["text"]:
                search.renew(connection, row["n"])
            connection.execute(delete(claim_kinds).filter_by(claim_id=row["claim_id"]))
            kinds = kinds_of(row["claim_id"], wanted["quantities"])
            if kinds:
                connection.execute(insert(claim_kinds), kinds)
            if wanted["credited"] != row["credited"]:
                credited.append(row["claim_id"])
    return credited


def uncorrected(connection: Connection) -> list[str]:
    """Name the claims whose fields are not what the standing corrections say."""
    decided = select(standing.c.target_id).where(
        standing.c.target_kind == "claim", standing.c.field.in_(CORRECTED)
    )
    touched = or_(claims.c.read_as.is_not(None), claims.c.claim_id.in_(decided))
    ids = list(connection.scalars(select(claims.c.claim_id).where(touched).order_by(claims.c.n)))
    return [
        row["claim_id"] for some in chunks(ids) for row, _wanted in _differing(connection, some)
    ]


def _differing(
    connection: Connection, claim_ids: Sequence[str]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Give each of these claims that shows something else than it should, and what it should."""
    names = (*_COLUMNS, *_DERIVED, "read_as")
    keys = (claims.c.n, claims.c.claim_id, claims.c.published_at)
    statement = select(*keys, *[claims.c[name] for name in names])
    made = _standing(connection, claim_ids)
    found = []
    for row in fetch(connection, statement.where(claims.c.claim_id.in_(claim_ids))):
        was_read = {name: row[name] for name in _COLUMNS} | (row["read_as"] or {})
        filled: dict[str, Any] = {}
        for field in CORRECTED:
            if field in made[row["claim_id"]]:
                filled |= columns(field, *made[row["claim_id"]][field])
        wanted = was_read | filled
        wanted |= derived(wanted | {"published_at": row["published_at"]})
        wanted["read_as"] = {name: was_read[name] for name in filled} or None
        found.append((row, wanted))
    folded = canonical(connection, (wanted["credited"] or "" for _, wanted in found))
    for row, wanted in found:
        wanted["credited"] = folded.get(wanted["credited"] or "", wanted["credited"])
        if any(wanted[name] != row[name] for name in names):
            yield row, wanted


def _standing(
    connection: Connection, claim_ids: Sequence[str]
) -> dict[str, dict[str, tuple[str, str]]]:
    """Give claim -> corrected field -> its value and who corrected it."""
    made: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    statement = select(standing).where(
        standing.c.target_kind == "claim",
        standing.c.target_id.in_(claim_ids),
        standing.c.field.in_(CORRECTED),
        standing.c.value.is_not(None),
    )
    for row in fetch(connection, statement):
        made[row["target_id"]][row["field"]] = (row["value"], row["reviewer"])
    return made
