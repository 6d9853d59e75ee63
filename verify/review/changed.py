"""What changed since a moment: claims, conflicts, decisions, evidence and events regrouped.

Everything is only read. A claim is new when it first stood in an event since, a conflict when
runs began since to see one in its pair; what was before the store kept that is dated by the run
that brought the claims. Where suggestions are hidden (`verify.review.policy`), a conflict is told
only once a person confirmed it. Decisions on people, on the desk and on whose work something is
are left aside, and so are sign-offs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import func, select

from verify.errors import InputError
from verify.records import Schema, frame
from verify.review import changed_rows
from verify.review.changed_where import COUNTED, KINDS, Asked, conditions
from verify.review.policy import standing_policy
from verify.store.store import Store

__all__ = ["CHANGED", "KINDS", "Asked", "Counts", "changed", "counts", "moment"]

CHANGED: Final[Schema] = {
    "kind": "text",  # one of KINDS
    "at": "text",
    "what": "text",  # of a decision and of evidence: what was decided or attached, in words
    "text": "text",  # the claim's, or the first of a pair's; an event's title; a name
    "other": "text",  # the second claim of a pair
    "by": "text",  # source of a claim; who decided
    "event_id": "text",
    "event_title": "text",
    "target_kind": "text",
    "target_id": "text",
}


@dataclass(frozen=True)
class Counts:
    """How much changed; ``regrouped`` counts events that claims came to from another one."""

    claims: int
    conflicts: int
    decisions: int
    evidence: int
    regrouped: int
    hidden: bool = False
    """Whether conflicts that nobody has decided on are not told."""

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return any((self.claims, self.conflicts, self.decisions, self.evidence, self.regrouped))

    def by_kind(self) -> dict[str, int]:
        """Return kind -> count, in the order of KINDS."""
        numbers = (self.claims, self.conflicts, self.decisions, self.evidence, self.regrouped)
        return dict(zip(KINDS, numbers, strict=True))


def moment(text: str) -> str:
    """Read a time as `Asked` wants it: a day is its beginning, a time without a zone is UTC.

    Raises ``InputError`` for what is neither.
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        remedy = "Write a day as 2026-05-04, or a time as 2026-05-04T10:00:00Z."
        raise InputError(f"{text!r} is no date", "--since", remedy) from error
    time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def counts(store: Store, asked: Asked) -> Counts:
    """Count what changed, without reading any of it."""
    with store.reading() as connection:
        hidden = standing_policy(connection).hide_scores
        number = {
            kind: connection.scalar(select(func.count(COUNTED[kind].distinct())).where(*where))
            for kind, where in conditions(asked, hidden=hidden).items()
        }
    return Counts(
        claims=number["claim"] or 0,
        conflicts=number["conflict"] or 0,
        decisions=number["decision"] or 0,
        evidence=number["evidence"] or 0,
        regrouped=number["regrouped"] or 0,
        hidden=hidden,
    )


def changed(
    store: Store,
    asked: Asked,
    most: int | None = None,
    *,
    kinds: Sequence[str] = KINDS,
    offset: int = 0,
) -> pd.DataFrame:
    """List what changed (columns CHANGED), kind by kind, newest first.

    ``most``: of each kind so many, behind the first ``offset``.
    """
    found: list[dict[str, Any]] = []
    with store.reading() as connection:
        hidden = standing_policy(connection).hide_scores
        where = conditions(asked, hidden=hidden)
        for kind in kinds:
            found += changed_rows.READ[kind](connection, where[kind], most, offset)
    return frame(found, CHANGED)
