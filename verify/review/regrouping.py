"""Events that people merged, split or moved claims between: what they hold and are called then.

The store puts claims where the decisions say (`verify.store.regrouped`); here the events concerned
are described anew, by the same functions that grouping uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, select

from verify.analysis.group import describe
from verify.records import MEMBERSHIP, Row, rows, text_hash
from verify.store import regrouped
from verify.store.counts import chunks, recount
from verify.store.events import describe as write_events
from verify.store.events import described
from verify.store.folded import SAME
from verify.store.regrouped import EVENT
from verify.store.standing import Target, settle_places
from verify.store.store import Store
from verify.store.tables import runs, standing, vectors


def applied(
    store: Store, claim_ids: NDArray[np.object_], said: NDArray[np.object_]
) -> NDArray[np.object_]:
    """Apply what people decided on events to what grouping ``said`` of these claims.

    Both are (n,); returns the event that each claim is in.
    """
    with store.reading() as connection:
        moves, merges = _decided(connection)
    if not moves and not merges:
        return said
    moved = [moves.get(claim, event) for claim, event in zip(claim_ids, said, strict=True)]
    now = np.empty(len(moved), dtype=object)
    now[:] = [merges.get(event, event) for event in moved]
    return now


def follow_events(connection: Connection, targets: Iterable[Target]) -> None:
    """Put claims where the decisions just made on ``targets`` say, and describe their events."""
    decided = set(targets)
    moved = sorted(id_ for kind, id_, field in decided if (kind, field) == ("claim", EVENT))
    merged = sorted(id_ for kind, id_, field in decided if (kind, field) == ("event", SAME))
    if moved or merged:
        settle(connection, regrouped.concerned(moved, merged))


def settle(connection: Connection, where: ColumnElement[bool] | None = None) -> None:
    """Put these claims (None: all) where the decisions say; describe and count their events.

    An event that holds again just what grouping put into it is called as grouping called it. The
    topic of another is that of most of its claims until the next run works out all topics. An
    event without a claim is removed.
    """
    touched = settle_places(connection, where)
    if not touched:
        return
    told = regrouped.told_in(connection, sorted(touched))
    kept = regrouped.restored(connection, touched & set(told["event_id"]))
    known = {row["event_id"] for row in kept}
    others = told[~told["event_id"].isin(known)]
    new = [described(row, None) for row in _described(connection, others)]
    write_events(connection, [*kept, *new], touched)
    recount(connection, sorted(touched))


def _described(connection: Connection, told: pd.DataFrame) -> list[Row]:
    """Describe the events of these claims (`regrouped.told_in`), each with its likeliest topic."""
    found = rows(describe(told, _vectors(connection, told["text"].tolist()), told[[*MEMBERSHIP]]))
    topics = told.groupby("event_id")["topic"].agg(lambda own: Counter(own).most_common(1)[0][0])
    return [row | {"topic": topics[row["event_id"]]} for row in found]


def _vectors(connection: Connection, texts: list[str]) -> NDArray[np.float32]:
    """Give the vectors of the newest run's model, zeros where a text has none (it was corrected).

    Without them the shortest whole sentence names an event, where no headline does.
    """
    order = (runs.c.started_at.desc(), runs.c.run_id.desc())
    newest = select(runs.c.settings).order_by(*order).limit(1)
    model = (connection.scalar(newest) or {}).get("model")
    hashes = [text_hash(text) for text in texts]
    known: dict[str, NDArray[np.float32]] = {}
    for some in chunks(list(dict.fromkeys(hashes))):
        statement = select(vectors.c.text_hash, vectors.c.vector).where(
            vectors.c.model == model, vectors.c.text_hash.in_(some)
        )
        for name, blob in connection.execute(statement):
            known[name] = np.frombuffer(blob, dtype="<f2").astype(np.float32)
    size = len(next(iter(known.values()), ())) or 1
    found = [known.get(name, np.zeros(size, dtype=np.float32)) for name in hashes]
    return np.stack(found) if found else np.zeros((0, size), dtype=np.float32)


def _decided(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Return claim -> the event that it was moved to, and event -> that which it is merged into."""
    statement = select(standing.c.target_kind, standing.c.target_id, standing.c.value).where(
        standing.c.target_kind.in_(("claim", "event")),
        standing.c.field.in_((EVENT, SAME)),
        standing.c.value.is_not(None),
    )
    moves: dict[str, str] = {}
    merges: dict[str, str] = {}
    for kind, target, value in connection.execute(statement):
        (moves if kind == "claim" else merges)[target] = value
    return moves, merges
