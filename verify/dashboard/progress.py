"""How many of what the filters show are done, without counting all of them at each key press.

They are counted when the filters change and once a minute; between that, each decision made here
moves the number by one where it should.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st
from sqlalchemy import select

from verify.dashboard import wording
from verify.review import queue
from verify.review.decidable import UNDECIDED
from verify.review.log import Decision
from verify.store import views
from verify.store.filters import EVERYTHING, Filters
from verify.store.store import Store
from verify.store.tables import decisions

AGAIN_S: Final = 60
"""Seconds after which it is counted anew: what others and builds did is in it then."""
MOST_HERE: Final = 100
"""Decisions made here that are remembered: more than one page that is not drawn anew can make."""
_HERE: Final = "decided_here"


@dataclass
class Counted:
    """What was counted, for which filters, and when."""

    filters: Filters
    total: int
    open: int
    at: float


def counts(store: Store, kind: str, filters: Filters) -> tuple[int, int]:
    """Return how many claims or pairs the filters show, and how many of them are open."""
    held: Counted | None = st.session_state.get(_key(kind))
    if held is None or held.filters != filters or time.monotonic() - held.at > AGAIN_S:
        total, open_ = _count(store, kind, filters), _count(store, kind, _open(kind, filters))
        held = Counted(filters, total, open_, time.monotonic())
        st.session_state[_key(kind)] = held
    return held.total, held.open


def moved(store: Store, made: Sequence[Decision]) -> None:
    """Bring the numbers in line with what was just decided here, and remember that it was."""
    seqs = [*st.session_state.get(_HERE, ()), *(one.seq for one in made)]
    st.session_state[_HERE] = seqs[-MOST_HERE:]
    for kind in ("claim", "pair"):
        held: Counted | None = st.session_state.get(_key(kind))
        mine = [one for one in made if (one.target_kind, one.field) == (kind, "status")]
        if held is None or not mine:
            continue
        if len(mine) > 1 or _hangs_on_decisions(held.filters):
            del st.session_state[_key(kind)]
        elif held.filters == EVERYTHING or _count(store, kind, held.filters, mine[0].target_id):
            was, now = _was_open(store, mine[0]), mine[0].value == UNDECIDED[kind]
            held.open += int(now) - int(was)


def decided_here(seq: int) -> bool:
    """Whether a decision was made in this window lately, so that it needs no telling."""
    return seq in st.session_state.get(_HERE, ())


def bar(total: int, open_: int, noun: str) -> None:
    """Say how many are done."""
    if total:
        done = total - open_
        st.progress(done / total, f"{done:,} of {wording.counted(total, noun)} reviewed")


def _key(kind: str) -> str:
    return f"{kind}_queue_counted"


def _open(kind: str, filters: Filters) -> Filters:
    name = "status" if kind == "claim" else "pair_status"
    changed: dict[str, Any] = {name: UNDECIDED[kind]}
    return replace(filters, **changed)


def _count(store: Store, kind: str, filters: Filters, target_id: str = "") -> int:
    if kind == "claim":
        only = replace(filters, claim_ids=(target_id,)) if target_id else filters
        return views.count(store, "claims", only)
    if not target_id:
        return views.count(store, "pairs", filters)
    return int(queue.shows_pair(store, target_id, filters))


def _hangs_on_decisions(filters: Filters) -> bool:
    """Whether a decision may take something out of what the filters show, or bring it in."""
    return bool(filters.status or filters.pair_status or filters.reviewer or filters.noted
                or filters.second or filters.conflicts_only or filters.relation)  # fmt: skip


def _was_open(store: Store, made: Decision) -> bool:
    if made.version == 1:
        return True
    before = select(decisions.c.value).where(
        decisions.c.target_kind == made.target_kind,
        decisions.c.target_id == made.target_id,
        decisions.c.field == made.field,
        decisions.c.version == made.version - 1,
    )
    with store.reading() as connection:
        return connection.scalar(before) == UNDECIDED[made.target_kind]
