"""What a screen is narrowed to; the same filters make the screen, its link and its export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

CHECKABLE: Final = ("fact", "forecast", "opinion", "wish", "question", "fragment")
"""What kind of statement a claim is; a fact can be checked, the others cannot, or not yet."""

ME: Final = "me"
"""As ``assigned_to`` or ``reviewer``: whoever looks, so that a view can be shared."""
NOBODY: Final = "nobody"
"""As ``assigned_to``: what is nobody's work yet."""
SECONDS: Final = ("agrees", "disagrees", "settled")


@dataclass(frozen=True)
class Filters:
    """Conditions that all must hold; None, False or () is no condition.

    A claim is looked at by itself; an event matches when one of its claims matches, a pair when one
    of its two claims does. ``relation``, ``conflict_kind`` and ``pair_status`` must hold for one
    and the same pair; a claim or event matches them through its pairs, of which rejected ones count
    only where ``pair_status`` asks for them.
    """

    event_id: str | None = None
    topic: str | None = None
    side: str | None = None
    source: str | None = None
    speaker: str | None = None
    """As credited: the resolved name where there is one."""
    status: str | None = None
    pair_status: str | None = None
    relation: str | None = None
    conflict_kind: str | None = None
    kind: str | None = None
    """Kind of quantity that the claim holds, such as killed."""
    checkable: str | None = None
    """One of CHECKABLE."""
    place: str | None = None
    search: str | None = None
    """Words that all occur in the claim or its document's title, the last one as a beginning."""
    since: str | None = None
    """ISO date; the day of the event, else of publication, is this one or later."""
    until: str | None = None
    """ISO date; that day is this one or earlier."""
    conflicts_only: bool = False
    """In conflict with another claim by a pair that nobody rejected."""
    assigned_to: str | None = None
    """Of a claim or pair: whose work it is; ME or NOBODY too."""
    second: str | None = None
    """What became of a second verdict: agrees, disagrees or settled."""
    reviewer: str | None = None
    """Who decided on the status that stands."""
    noted: bool = False
    """With a note on what stands."""
    claim_ids: tuple[str, ...] = ()

    def of(self, reviewer: str) -> Filters:
        """Put a name in the place of ME."""
        names = ("assigned_to", "reviewer")
        mine: dict[str, Any] = {n: reviewer for n in names if getattr(self, n) == ME}
        return replace(self, **mine)

    def to_query(self) -> dict[str, str]:
        """Write what is set as the parameters of a link; `from_query` reads them back."""
        query: dict[str, str] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, tuple):
                value = ",".join(value)
            if value:
                query[item.name] = "1" if value is True else str(value)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """Read the parameters of a link; parameters of other meaning are left alone."""
        found: dict[str, Any] = {}
        for item in fields(cls):
            value = query.get(item.name)
            if not value:
                continue
            if item.name in ("conflicts_only", "noted"):
                found[item.name] = value.lower() in ("1", "true")
            elif item.name == "claim_ids":
                found[item.name] = tuple(part for part in value.split(",") if part)
            else:
                found[item.name] = value
        return cls(**found)


EVERYTHING: Final = Filters()
"""No condition."""
