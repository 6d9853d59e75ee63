"""Pairs that people confirmed or rejected, and what relating them anew needs. Nothing is written.

`verify.review.tune` learns from them, `verify.review.drift` says what other settings would change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import func, select

from verify.analysis.edges import same_event
from verify.errors import InputError
from verify.records import PAIR_VERDICTS, Schema, frame
from verify.store.connect import fetch
from verify.store.store import Store
from verify.store.tables import claims as claims_table
from verify.store.tables import pairs as pairs_table
from verify.store.tables import runs, standing

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> (n, dimension) vectors of unit length; `verify.vectors.vectors` makes them."""

REVIEWED: Final[Schema] = {
    "pair_id": "text",
    "a": "text",
    "b": "text",
    "a_text": "text",
    "b_text": "text",
    "event_id": "text",  # that both claims are in now; None where they are apart
    "a_event": "text",
    "relation": "text",  # as the store shows it
    "about": "text",  # as it was shown to whoever decided; None: before that was recorded
    "p_supports": "float",
    "p_conflicts": "float",
    "decision": "text",  # confirmed or rejected
    "decided_at": "text",
    "related_at": "text",  # when the run ended that gave the relation; None: not known
}


def reviewed(store: Store) -> pd.DataFrame:
    """Return every pair that was confirmed or rejected (REVIEWED), in order of id.

    Raises ``InputError`` where there is none.
    """
    a, b = claims_table.alias("ca"), claims_table.alias("cb")
    kept = ("pair_id", "a", "b", "relation", "p_supports", "p_conflicts")
    statement = (
        select(
            *[pairs_table.c[name] for name in kept],
            standing.c.value.label("decision"),
            standing.c.about,
            a.c.text.label("a_text"),
            b.c.text.label("b_text"),
            a.c.event_id.label("a_event"),
            b.c.event_id.label("event_id"),
            standing.c.decided_at,
            func.coalesce(runs.c.finished_at, runs.c.started_at).label("related_at"),
        )
        .join(a, a.c.claim_id == pairs_table.c.a)
        .join(b, b.c.claim_id == pairs_table.c.b)
        .join(standing, standing.c.target_id == pairs_table.c.pair_id)
        .outerjoin(runs, runs.c.run_id == pairs_table.c.run_id)
        .where(
            standing.c.target_kind == "pair",
            standing.c.field == "status",
            standing.c.value.in_(PAIR_VERDICTS),
        )
        .order_by(pairs_table.c.pair_id)
    )
    with store.reading() as connection:
        found = fetch(connection, statement)
    if not found:
        what = "Nobody has confirmed or rejected a pair yet"
        raise InputError(what, "", "Decide on pairs on the Review page first.")
    for row in found:
        row["event_id"] = row["event_id"] if row["event_id"] == row["a_event"] else None
    return frame(found, REVIEWED)


def proposed_again(pairs: pd.DataFrame, claims: pd.DataFrame, vectors_of: Vectors) -> pd.DataFrame:
    """Bring reviewed pairs into the shape that `verify.analysis.relate.relate` takes.

    ``claims``: all that the store holds, since the rarity of words counts. Returns a, b, event_id,
    similarity (cosine) and same_event (probability), in the order of ``pairs``.
    """
    vectors = vectors_of([*pairs["a_text"], *pairs["b_text"]])
    one, other = vectors[: len(pairs)], vectors[len(pairs) :]
    similarity = np.einsum("ij,ij->i", one, other).astype(np.float64)
    table = pairs[["a", "b", "event_id"]].reset_index(drop=True).assign(similarity=similarity)
    return table.assign(same_event=same_event(table, claims)["probability"].to_numpy())
