"""The claims, documents and evidence of an event as its report tells them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from verify.analysis.compare import denied, denies
from verify.records import UNKNOWN, Row, rows
from verify.review import readings
from verify.review.event_report.held import Held
from verify.review.event_report.labels import Labels

_AS_THEY_ARE = (
    "side", "side_reason", "text", "speaker", "cue", "via", "source", "start", "end",
    "published_at", "event_time", "time_precision", "place", "negated", "denied", "hedged",
    "checkable", "checkable_reason", "status", "reviewer", "decided_at", "note", "source_grade",
    "information_grade",
)  # fmt: skip


def claims(held: Held, named: Labels) -> list[Row]:
    """Tell each claim, in the order of its label."""
    repeated: dict[str, list[str]] = defaultdict(list)
    for claim_id, label in named.claims.items():
        if named.firsts[claim_id] != claim_id:
            repeated[named.firsts[claim_id]].append(label)
    attached = _attached(held, named)
    by_id = {one["claim_id"]: one for one in rows(held.claims)}
    told = []
    for claim_id, label in named.claims.items():
        one = by_id[claim_id]
        first = named.firsts[claim_id]
        told.append(
            {
                "label": label,
                "claim_id": claim_id,
                **{name: one[name] for name in _AS_THEY_ARE},
                "side": one["side"] or UNKNOWN,
                "name": one["credited"],
                "denies": denies(one["cue"]),
                "document": named.documents[one["doc_id"]],
                "numbers": [_number(one, quantity) for quantity in one["quantities"]],
                "repeats": named.claims[first] if first != claim_id else None,
                "repeated_by": repeated[claim_id],
                "corrected": _corrected(held, one),
                "evidence": attached[claim_id],
            }
        )
    return told


def _number(claim: Row, quantity: Row) -> Row:
    shown: Row = {name: quantity.get(name) for name in ("kind", "counted", "low", "high")}
    return shown | {"words": readings.number(quantity), "denied": denied(claim, quantity)}


def _corrected(held: Held, claim: Row) -> list[Row]:
    return [
        {
            "field": one.field,
            "value": readings.of_columns(one.field, claim),
            "was": readings.was_read(one, claim),
            "reviewer": one.reviewer,
            "decided_at": one.decided_at,
            "note": one.note,
        }
        for one in held.corrections.get(claim["claim_id"], [])
        if one.value is not None
    ]


def _attached(held: Held, named: Labels) -> dict[str, list[str]]:
    """Give claim -> labels of the evidence on it and on the decisions about it."""
    about = {str(one["seq"]): one["target_id"] for one in held.decisions}
    found: dict[str, list[str]] = defaultdict(list)
    for one in held.evidence:
        label = named.evidence.get(one["evidence_id"])
        target = one["target_id"]
        if label and one["target_kind"] in ("claim", "decision"):
            found[about[target] if one["target_kind"] == "decision" else target].append(label)
    return found


def sides(told: list[Row], named: Labels) -> list[Row]:
    """Count for each side its claims, those that repeat another, its sources, and statuses."""
    found = []
    for side in named.sides:
        own = [one for one in told if one["side"] == side]
        found.append(
            {
                "side": side,
                "claims": len(own),
                "repeats": sum(one["repeats"] is not None for one in own),
                "sources": sorted({one["source"] for one in own if one["source"]}),
                "statuses": dict(sorted(Counter(one["status"] for one in own).items())),
            }
        )
    return found


def documents(held: Held, named: Labels) -> list[Row]:
    """Tell each document: who published it, when and where, and the hash of its bytes."""
    by_id = {one["doc_id"]: one for one in held.documents}
    return [
        {"label": label, **{name: by_id[doc_id][name] for name in by_id[doc_id]}}
        for doc_id, label in named.documents.items()
    ]


def evidence(held: Held, named: Labels) -> list[Row]:
    """Tell what is attached now; what was detached is in the list of decisions alone.

    What a picture's file says of itself (place, camera, time) stays on the desk.
    """
    names = ("kind", "name", "url", "sha256", "size", "media_type", "note", "added_by", "added_at")
    return [
        {
            "label": named.evidence[one["evidence_id"]],
            "evidence_id": one["evidence_id"],
            "on": on(one["target_kind"], one["target_id"], named),
            **{name: one[name] for name in names},
        }
        for one in held.evidence
        if one["evidence_id"] in named.evidence
    ]


def on(kind: str, id_: str, named: Labels) -> dict[str, Any]:
    """Say what a decision or a piece of evidence is about."""
    return {"kind": kind, "id": id_, "label": named.of(kind, id_)}
