"""Whether what was asked for by name is there at all."""

from __future__ import annotations

from verify.errors import InputError
from verify.records import CLAIM_STATUSES
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


def check_known(store: Store, filters: Filters, where: str = "export") -> None:
    """Refuse a status, side, source or event that is not there: a slip gives an empty table."""
    if filters.status and filters.status not in CLAIM_STATUSES:
        known = ", ".join(CLAIM_STATUSES)
        raise InputError(f"There is no status {filters.status!r}", where, f"Known: {known}.")
    facets = views.facets(store)
    for name in ("side", "source"):
        asked = getattr(filters, name)
        if asked and asked not in facets[name]:
            known = ", ".join(facets[name][:10]) or "none yet"
            raise InputError(f"No claim has the {name} {asked!r}", where, f"Known: {known}.")
    if filters.event_id and views.event(store, filters.event_id) is None:
        raise InputError(f"There is no event {filters.event_id!r}", where, "Look on Events.")
