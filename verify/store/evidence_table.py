"""The table of evidence: links and files attached to claims, pairs, events and decisions.

Rows are only ever added. Whether one is attached or detached is a decision (field `ATTACHED` of
target kind `EVIDENCE`), whose value repeats the row, hash of the file included: see `commitment`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import JSON, Column, Connection, Index, Integer, Select, Table, Text, select

from verify.store.connect import fetch
from verify.store.tables import decisions, metadata, standing

EVIDENCE: Final = "evidence"
ATTACHED: Final = "attached"
"""Target kind and field of the decisions that attach and detach."""
TARGETS: Final = ("claim", "pair", "event", "decision")
"""What evidence may be attached to; the id of a decision is its number (seq)."""

evidence = Table(
    "evidence",
    metadata,
    Column("evidence_id", Text, primary_key=True),
    Column("target_kind", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("kind", Text, nullable=False),  # link, picture, pdf, text
    Column("url", Text),  # of a link; the columns down to media_type are those of a file
    Column("sha256", Text, index=True),
    Column("name", Text),
    Column("size", Integer),  # bytes
    Column("media_type", Text),
    Column("note", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("width", Integer),  # of a picture as it is shown, in pixels
    Column("height", Integer),
    Column("perceptual_hash", Text, index=True),  # 16 hex digits; see `verify.review.picture_hash`
    Column("says", JSON(none_as_null=True), nullable=False),  # what the file says of itself
)
Index(None, evidence.c.target_kind, evidence.c.target_id)

SAME_FILE: Final = ("target_kind", "target_id", "sha256", "url")
"""Columns in which two rows are one and the same evidence of the same bearer."""
COMMITTED: Final = (
    "target_kind", "target_id", "kind", "url", "sha256", "name", "size", "media_type", "width",
    "height", "perceptual_hash", "says",
)  # fmt: skip
"""Columns that the deciding value repeats; note, added_by and added_at are the decision's own."""


def commitment(row: Mapping[str, Any]) -> str:
    """Write a row of evidence as the value of the decision that attaches it: canonical JSON.

    Columns that hold nothing are left out. The hash chain runs over this value, so that neither
    the file nor its row can be exchanged unseen.
    """
    told = {name: row[name] for name in COMMITTED if row[name] not in (None, {})}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@cache
def standing_evidence() -> Select[Any]:
    """Select every row of evidence with what stands of it, in the order in which it was attached.

    Columns: those of the table, ``seq`` of the attaching decision; ``value`` (None: detached),
    ``version``, ``reviewer``, ``decided_at`` and ``reason`` of the newest one.
    """
    first, newest = decisions.alias("first"), standing.alias("newest")
    return (
        select(
            evidence,
            first.c.seq,
            newest.c.value,
            newest.c.version,
            newest.c.reviewer,
            newest.c.decided_at,
            newest.c.note.label("reason"),
        )
        .join(
            first,
            (first.c.target_kind == EVIDENCE)
            & (first.c.target_id == evidence.c.evidence_id)
            & (first.c.field == ATTACHED)
            & (first.c.version == 1),
        )
        .join(
            newest,
            (newest.c.target_kind == EVIDENCE)
            & (newest.c.target_id == evidence.c.evidence_id)
            & (newest.c.field == ATTACHED),
        )
        .order_by(first.c.seq)
    )


def told_by_log(connection: Connection) -> list[dict[str, Any]]:
    """Return the rows of evidence as the decisions that attached them repeat them."""
    blank = dict.fromkeys(column.name for column in evidence.c) | {"says": {}}
    first = select(decisions).filter_by(target_kind=EVIDENCE, field=ATTACHED, version=1)
    return [
        {
            **blank,
            **json.loads(made["value"]),
            "evidence_id": made["target_id"],
            "note": made["note"],
            "added_by": made["reviewer"],
            "added_at": made["decided_at"],
        }
        for made in fetch(connection, first)
        if made["value"] is not None
    ]


def bearers(kind: str) -> Select[Any]:
    """Select the ids of all targets of one kind that evidence was ever attached to."""
    return select(evidence.c.target_id).where(evidence.c.target_kind == kind)


def kept_files(connection: Connection) -> dict[str, str]:
    """Return the hash of every file that was ever attached, and what to call it."""
    names = (evidence.c.sha256, evidence.c.name, evidence.c.target_kind, evidence.c.target_id)
    found = connection.execute(select(*names).where(evidence.c.sha256.is_not(None)))
    return {sha256: f"{name}, evidence of {kind} {id_}," for sha256, name, kind, id_ in found}


def untrue(connection: Connection) -> Iterator[str]:
    """Name, one line each, the rows of evidence that are not what the log of decisions says."""
    said: dict[str, list[Any]] = {}
    log = select(decisions).where(decisions.c.target_kind == EVIDENCE).order_by(decisions.c.seq)
    for decision in connection.execute(log):
        said.setdefault(decision.target_id, []).append(decision)
    for row in fetch(connection, select(evidence)):
        made = said.pop(row["evidence_id"], [])
        if not made or not _agrees(row, made):
            what = f"{row['name'] or row['url']} of {row['target_kind']} {row['target_id']}"
            yield f"The evidence {what} ({row['evidence_id']}) is not what the log says."
    for evidence_id, made in said.items():
        yield f"Decision {made[0].seq} attaches evidence {evidence_id}, but its row is gone."


def _agrees(row: Mapping[str, Any], made: Collection[Any]) -> bool:
    first = next(iter(made))
    own = (row["note"], row["added_by"], row["added_at"])
    values = {decision.value for decision in made} - {None}
    return own == (first.note, first.reviewer, first.decided_at) and values == {commitment(row)}
