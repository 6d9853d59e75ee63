"""One event as its views draw it: its claims and pairs, read once a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from verify.analysis.origins import order_sides
from verify.dashboard import boot
from verify.dashboard.event import compared
from verify.records import UNKNOWN, Row, rows
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


@dataclass(frozen=True)
class Shown:
    """An event (row of EVENT_VIEW) with all of its claims (CLAIM_VIEW) and pairs (PAIR_VIEW)."""

    event: Row
    claims: pd.DataFrame
    pairs: pd.DataFrame
    sides: list[str]
    """Of its claims: parties first, then independent, then unknown."""

    @cached_property
    def compared(self) -> compared.Compared:
        """What is agreed, contested, unanswered and repeated, as far as this desk tells it."""
        return compared.compared(self.claims, self.pairs, hidden=boot.policy().hide_scores)

    @cached_property
    def claim_rows(self) -> list[Row]:
        """The claims as plain rows, made once a run."""
        return rows(self.claims)


def read(store: Store, event: Row) -> Shown:
    """Read the claims and pairs of an event."""
    filters = Filters(event_id=event["event_id"])
    claims, _ = views.claims(store, filters, limit=None)
    pairs, _ = views.pairs(store, filters, limit=None)
    present = set(claims["side"].fillna(UNKNOWN))
    return Shown(event, claims, pairs, order_sides(present, boot.sides()))
