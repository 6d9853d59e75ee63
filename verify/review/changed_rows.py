"""The rows of `verify.review.changed`, kind by kind: what came, what was decided, what moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, func, select

from verify.analysis.compare import denies
from verify.records import Row
from verify.review import corrections, readings
from verify.review.changed_where import Where
from verify.store.connect import fetch
from verify.store.corrected import CORRECTED
from verify.store.counts import chunks
from verify.store.evidence_table import evidence
from verify.store.folded import SAME
from verify.store.regrouped import EVENT, title
from verify.store.shared_work import SECOND
from verify.store.tables import claims, decisions, events, pairs

Read = Callable[[Connection, Where, int | None, int], list[Row]]


def stated(text: str | None, cue: str | None) -> str:
    """Give a claim's words as they may stand alone: what its speaker denies says so."""
    return f"Denies: {text}" if text and denies(cue) else text or ""


def _claims(connection: Connection, where: Where, most: int | None, offset: int) -> list[Row]:
    statement = (
        select(
            claims.c.claim_id,
            claims.c.text,
            claims.c.cue,
            claims.c.source,
            claims.c.came_at,
            claims.c.event_id,
            events.c.title,
        )
        .outerjoin(events, events.c.event_id == claims.c.event_id)
        .where(*where)
        .order_by(claims.c.came_at.desc(), claims.c.n.desc())
        .limit(most)
        .offset(offset)
    )
    return [
        {
            "kind": "claim",
            "at": row["came_at"],
            "text": stated(row["text"], row["cue"]),
            "by": row["source"],
            "event_id": row["event_id"],
            "event_title": row["title"],
            "target_kind": "claim",
            "target_id": row["claim_id"],
        }
        for row in fetch(connection, statement)
    ]


def _conflicts(connection: Connection, where: Where, most: int | None, offset: int) -> list[Row]:
    statement = (
        select(pairs.c.pair_id, pairs.c.came_at)
        .where(*where)
        .order_by(pairs.c.came_at.desc(), pairs.c.p_conflicts.desc(), pairs.c.pair_id)
        .limit(most)
        .offset(offset)
    )
    found = {row["pair_id"]: row["came_at"] for row in fetch(connection, statement)}
    told = _targets(connection, [("pair", pair_id) for pair_id in found])
    return [
        {"kind": "conflict", "at": at, "target_kind": "pair", "target_id": pair_id}
        | told["pair", pair_id]
        for pair_id, at in found.items()
    ]


def _decisions(connection: Connection, where: Where, most: int | None, offset: int) -> list[Row]:
    before = decisions.alias("before")
    earlier = and_(
        before.c.target_kind == decisions.c.target_kind,
        before.c.target_id == decisions.c.target_id,
        before.c.field == decisions.c.field,
        before.c.version == decisions.c.version - 1,
    )
    statement = (
        select(decisions, before.c.value.label("before"))
        .outerjoin(before, earlier)
        .where(*where)
        .order_by(decisions.c.seq.desc())
        .limit(most)
        .offset(offset)
    )
    made = fetch(connection, statement)
    told = _targets(connection, [(row["target_kind"], row["target_id"]) for row in made])
    return [
        {
            "kind": "decision",
            "at": row["decided_at"],
            "what": _decided(connection, row),
            "by": row["reviewer"],
            "target_kind": row["target_kind"],
            "target_id": row["target_id"],
        }
        | told[row["target_kind"], row["target_id"]]
        for row in made
    ]


def _decided(connection: Connection, row: Mapping[str, Any]) -> str:
    """Say what was decided: status verified, before: disputed."""
    if row["field"] == SECOND:  # which one is not told: somebody may be about to give theirs
        return "a second verdict was taken back" if row["undoes"] else "a second verdict was given"
    name = corrections.FIELD_WORDS.get(row["field"]) or row["field"].replace("_", " ")
    name = {EVENT: "moved to the event", SAME: "the same as"}.get(row["field"], name)
    value = _value(connection, row["field"], row["value"])
    before = f", before: {_value(connection, row['field'], row['before'])}" if row["before"] else ""
    back = " (taken back)" if row["undoes"] else ""
    return f"{name}: {value}{before}{back}"


def _value(connection: Connection, field: str, value: str | None) -> str:
    if field in CORRECTED:
        return readings.of_value(field, value)
    if value and field == EVENT:
        return title(connection, value)
    return value or "not set"


def _evidence(connection: Connection, where: Where, most: int | None, offset: int) -> list[Row]:
    statement = (
        select(
            decisions.c.decided_at,
            decisions.c.reviewer,
            decisions.c.value,
            evidence.c.evidence_id,
            evidence.c.kind,
            func.coalesce(evidence.c.name, evidence.c.url).label("name"),
            evidence.c.target_kind,
            evidence.c.target_id,
        )
        .join(evidence, evidence.c.evidence_id == decisions.c.target_id)
        .where(*where)
        .order_by(decisions.c.seq.desc())
        .limit(most)
        .offset(offset)
    )
    made = fetch(connection, statement)
    told = _targets(connection, [(row["target_kind"], row["target_id"]) for row in made])
    return [
        {
            "kind": "evidence",
            "at": row["decided_at"],
            "what": f"{row['kind']} {'attached' if row['value'] else 'detached'}: {row['name']}",
            "by": row["reviewer"],
            "target_kind": row["target_kind"],
            "target_id": row["target_id"],
        }
        | told[row["target_kind"], row["target_id"]]
        for row in made
    ]


def _regrouped(connection: Connection, where: Where, most: int | None, offset: int) -> list[Row]:
    at = func.max(claims.c.moved_at)
    number = func.count()
    statement = (
        select(claims.c.event_id, events.c.title, at.label("at"), number.label("claims"))
        .outerjoin(events, events.c.event_id == claims.c.event_id)
        .where(*where)
        .group_by(claims.c.event_id, events.c.title)
        .order_by(at.desc(), claims.c.event_id)
        .limit(most)
        .offset(offset)
    )
    return [
        {
            "kind": "regrouped",
            "at": row["at"],
            "what": f"{row['claims']:,} {'claim' if row['claims'] == 1 else 'claims'} "
            "came from another event",
            "text": row["title"],
            "event_id": row["event_id"],
            "event_title": row["title"],
            "target_kind": "event",
            "target_id": row["event_id"],
        }
        for row in fetch(connection, statement)
    ]


READ: Final[Mapping[str, Read]] = {
    "claim": _claims,
    "conflict": _conflicts,
    "decision": _decisions,
    "evidence": _evidence,
    "regrouped": _regrouped,
}
"""Kind -> what lists it, newest first; the last two arguments cut a piece out of the list."""


def _targets(connection: Connection, wanted: Sequence[tuple[str, str]]) -> dict[Any, Row]:
    """Say of each (kind, id) what it is: text, other, event_id, event_title."""
    ids: dict[str, list[str]] = {"claim": [], "pair": [], "event": []}
    for kind, target_id in dict.fromkeys(wanted):
        ids.setdefault(kind, []).append(target_id)
    found: dict[Any, Row] = {one: {"text": one[1]} for one in wanted}
    for some in chunks(ids["claim"]):
        statement = _with_event(claims.c.claim_id.label("id"), claims.c.text, claims.c.cue)
        for row in fetch(connection, statement.where(claims.c.claim_id.in_(some))):
            found["claim", row["id"]] = _placed(row, stated(row["text"], row["cue"]))
    for some in chunks(ids["pair"]):
        for row in fetch(connection, _of_pairs().where(pairs.c.pair_id.in_(some))):
            other = stated(row["b_text"], row["b_cue"])
            found["pair", row["id"]] = _placed(row, stated(row["a_text"], row["a_cue"]), other)
    for some in chunks(ids.get("decision", [])):
        on = {
            str(row["seq"]): (row["target_kind"], row["target_id"])
            for row in fetch(
                connection, select(decisions).where(decisions.c.seq.in_(map(int, some)))
            )
        }
        told = _targets(connection, list(on.values()))
        found |= {("decision", seq): told[target] for seq, target in on.items()}
    for event_id in ids["event"]:
        known = title(connection, event_id)
        found["event", event_id] = {"text": known, "event_id": event_id, "event_title": known}
    return found


def _with_event(*columns: Any) -> Any:
    both = claims.outerjoin(events, events.c.event_id == claims.c.event_id)
    return select(*columns, claims.c.event_id, events.c.title).select_from(both)


def _of_pairs() -> Any:
    a, b = claims.alias("ca"), claims.alias("cb")
    joined = (
        pairs.join(a, a.c.claim_id == pairs.c.a)
        .join(b, b.c.claim_id == pairs.c.b)
        .outerjoin(events, events.c.event_id == pairs.c.event_id)
    )
    texts = [
        end.c[name].label(f"{letter}_{name}")
        for letter, end in (("a", a), ("b", b))
        for name in ("text", "cue")
    ]
    return select(
        pairs.c.pair_id.label("id"), *texts, pairs.c.event_id, events.c.title
    ).select_from(joined)


def _placed(row: Mapping[str, Any], text: str, other: str | None = None) -> Row:
    return {
        "text": text,
        "other": other,
        "event_id": row["event_id"],
        "event_title": row["title"],
    }
