"""Whose words a claim is: its origin, the voice that it counts as, and who came first."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd

from verify import records
from verify.records import Row

Voice = tuple[str, str]
"""What claims must differ in to be independent: a source, or an origin whose source is not told."""


def origin_of(claim: Row) -> str:
    """Return the id of the claim that this one repeats, or its own."""
    return str(claim.get("origin_id") or claim["claim_id"])


def side_of(claim: Row) -> str:
    """Return the claim's side, "unknown" where it has none."""
    return str(claim["side"] or records.UNKNOWN)


def speaker_of(claim: Row) -> str | None:
    """Return who is credited: as people confirmed it, else as resolved, else in the words."""
    return claim.get("credited") or claim.get("speaker_name") or claim.get("speaker") or None


def is_party(side: str | None) -> bool:
    """Say whether a side is a party to the dispute, rather than independent or unknown."""
    return bool(side) and side not in (records.INDEPENDENT, records.UNKNOWN)


def order_sides(present: Iterable[str], declared: Sequence[str]) -> list[str]:
    """Order sides: parties as declared, others by name, then independent, then unknown."""
    rank = {side: at for at, side in enumerate(dict.fromkeys(declared))}
    last = {records.INDEPENDENT: 1, records.UNKNOWN: 2}
    return sorted(set(present), key=lambda one: (last.get(one, 0), rank.get(one, len(rank)), one))


def voices(claims: pd.DataFrame) -> dict[str, Voice]:
    """Return for each claim the voice that it counts as: independent claims differ in it.

    Takes CLAIMS with ``source`` and, where known, ``origin_id``. A repeat counts as the source of
    its origin, as in the store's counts; where that is in another event, all its repeats are one.
    """
    by_id = {claim["claim_id"]: claim for claim in records.rows(claims)}
    found: dict[str, Voice] = {}
    for claim_id, claim in by_id.items():
        origin = by_id.get(origin_of(claim))
        source = origin.get("source") if origin else None
        found[claim_id] = ("source", source) if source else ("origin", origin_of(claim))
    return found


def by_origin(claims: pd.DataFrame) -> list[list[Row]]:
    """Put claims of one origin together, the first told first; origins in order of time.

    The first is the origin itself; where it is in another event, the earliest claim here.
    """
    told: dict[str, list[Row]] = {}
    for claim in sorted(records.rows(claims), key=when):
        told.setdefault(origin_of(claim), []).append(claim)
    for origin, members in told.items():
        members.sort(key=lambda claim: claim["claim_id"] != origin)
    return sorted(told.values(), key=lambda members: when(members[0]))


def when(claim: Row) -> tuple[bool, str, str]:
    """Order claims by time of publication, undated ones last, then by id."""
    published = claim.get("published_at") or ""
    return not published, published, claim["claim_id"]


def first_told(told: Sequence[Row], voice: Mapping[str, Voice]) -> Row | None:
    """Return the claim that was published before those of every other voice; None if unknown.

    A date without a time may be any hour of that day, and a claim without a date any time.
    """
    first = min(told, key=when, default=None)
    if first is None or (end := _span(first)) is None:
        return None
    for other in told:
        span = _span(other)
        own = voice[other["claim_id"]] == voice[first["claim_id"]]
        if not own and (span is None or span[0] <= end[1]):
            return None
    return first


def known_first(told: Sequence[Row]) -> bool:
    """Say whether the first of these claims is known to be published before all of the others."""
    spans = [_span(claim) for claim in told]
    first, *others = spans or [None]
    return first is not None and all(span is not None and span[0] > first[1] for span in others)


def hours_between(one: str | None, other: str | None) -> float | None:
    """Return the hours from one time to another; None where either is known to the day only."""
    if not one or not other or "T" not in one or "T" not in other:
        return None
    start, end = _moment(one), _moment(other)
    return None if start is None or end is None else (end - start).total_seconds() / 3600


def days_between(one: str | None, other: str | None) -> int | None:
    """Return the days from one date to another; None where either is no whole date."""
    if not one or not other or min(len(one), len(other)) < 10:
        return None
    start, end = _moment(one), _moment(other)
    return None if start is None or end is None else (end.date() - start.date()).days


def _span(claim: Row) -> tuple[datetime, datetime] | None:
    published = claim.get("published_at") or ""
    start = _moment(published)
    if start is None:
        return None
    if "T" in published:
        return start, start
    days = 1
    if len(published) < 10:
        year, month = start.year, start.month
        days = monthrange(year, month)[1] if len(published) == 7 else 365
    return start, start + timedelta(days=days, seconds=-1)


def _moment(stamp: str) -> datetime | None:
    whole = {4: f"{stamp}-01-01", 7: f"{stamp}-01"}.get(len(stamp), stamp)
    try:
        at = datetime.fromisoformat(whole)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
