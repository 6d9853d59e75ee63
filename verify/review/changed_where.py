"""Since when, where, and whose: the conditions under which something counts as changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, cast, or_, select

from verify.store.evidence_table import EVIDENCE, evidence
from verify.store.folded import SAME
from verify.store.regrouped import EVENT
from verify.store.shared_work import ASSIGNED
from verify.store.tables import claims, decisions, pairs

Where = list[ColumnElement[bool]]
KINDS: Final = ("claim", "conflict", "decision", "evidence", "regrouped")
"""What may change, in the order in which it is told."""
COUNTED: Final[Mapping[str, ColumnElement[Any]]] = {
    "claim": claims.c.claim_id,
    "conflict": pairs.c.pair_id,
    "decision": decisions.c.seq,
    "evidence": decisions.c.seq,
    "regrouped": claims.c.event_id,
}
"""What is counted once, kind by kind; each is a column of the table that its conditions ask."""
TOLD_OF: Final = ("claim", "pair", "event", "source", "speaker")
"""Kinds of target whose decisions are told."""


@dataclass(frozen=True)
class Asked:
    """Since when (ISO 8601, UTC, seconds), of which event (None: all), and whose acts are left out.

    ``but_by`` leaves out what that person decided, attached, moved and joined: others did the rest.
    """

    since: str
    event_id: str | None = None
    but_by: str | None = None


def conditions(asked: Asked, *, hidden: bool) -> Mapping[str, Where]:
    """Build the conditions of each of KINDS; ``hidden``: of pairs only what is decided is told."""
    shown = ("confirmed",) if hidden else ("suggested", "confirmed")
    made: Where = [decisions.c.decided_at >= asked.since]
    if asked.but_by:
        made.append(decisions.c.reviewer != asked.but_by)
    told = [decisions.c.target_kind.in_(TOLD_OF), decisions.c.field != ASSIGNED]
    found: dict[str, Where] = {
        "claim": [claims.c.came_at >= asked.since, claims.c.event_id.is_not(None)],
        "conflict": [
            pairs.c.came_at >= asked.since,
            pairs.c.relation == "conflicts",
            pairs.c.status.in_(shown),
        ],
        "decision": [*made, *told],
        "evidence": [*made, decisions.c.target_kind == EVIDENCE],
        "regrouped": [claims.c.moved_at >= asked.since, claims.c.event_id.is_not(None)],
    }
    if asked.but_by:
        found["regrouped"] += _not_moved_by(asked.but_by, asked.since)
    if asked.event_id:
        for kind, inside in _inside(asked.event_id).items():
            found[kind].append(inside)
    return found


def _not_moved_by(person: str, since: str) -> Where:
    """Leave out the claims that this person moved, and the events they joined or parted again."""
    own = select(decisions.c.target_id).where(
        decisions.c.reviewer == person, decisions.c.decided_at >= since
    )
    moved = own.where(decisions.c.target_kind == "claim", decisions.c.field == EVENT)
    joined = own.where(decisions.c.target_kind == "event", decisions.c.field == SAME)
    into = joined.with_only_columns(decisions.c.value).where(decisions.c.value.is_not(None))
    return [
        claims.c.claim_id.not_in(moved),
        claims.c.event_id.not_in(joined),
        claims.c.event_id.not_in(into),
    ]


def _inside(event_id: str) -> Mapping[str, ColumnElement[bool]]:
    """Narrow each kind to an event: to what stands in it now, and what was merged with it."""
    of_claims = select(claims.c.claim_id).where(claims.c.event_id == event_id)
    of_pairs = select(pairs.c.pair_id).where(pairs.c.event_id == event_id)
    # Evidence on a decision names the decision by its number.
    made = select(cast(decisions.c.seq, Text)).where(
        or_(
            (decisions.c.target_kind == "claim") & decisions.c.target_id.in_(of_claims),
            (decisions.c.target_kind == "pair") & decisions.c.target_id.in_(of_pairs),
            (decisions.c.target_kind == "event") & (decisions.c.target_id == event_id),
        )
    )
    kind, target = decisions.c.target_kind, decisions.c.target_id
    here = (decisions.c.value == event_id) & decisions.c.field.in_((SAME, EVENT))
    on = or_(
        (kind == "claim") & target.in_(of_claims),
        (kind == "pair") & target.in_(of_pairs),
        (kind == "event") & (target == event_id),
        here,
    )
    borne = or_(
        (evidence.c.target_kind == "claim") & evidence.c.target_id.in_(of_claims),
        (evidence.c.target_kind == "pair") & evidence.c.target_id.in_(of_pairs),
        (evidence.c.target_kind == "event") & (evidence.c.target_id == event_id),
        (evidence.c.target_kind == "decision") & evidence.c.target_id.in_(made),
    )
    return {
        "claim": claims.c.event_id == event_id,
        "conflict": pairs.c.event_id == event_id,
        "decision": on,
        "evidence": target.in_(select(evidence.c.evidence_id).where(borne)),
        "regrouped": claims.c.event_id == event_id,
    }
