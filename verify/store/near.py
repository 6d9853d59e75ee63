"""Events that may be about the same as a given one: near in time, with words of its title."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, func, select

from verify.records import Row, Schema, frame
from verify.store import where
from verify.store.connect import fetch
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.tables import events

NEAR: Final[Schema] = {
    "event_id": "text",
    "title": "text",
    "starts": "text",
    "ends": "text",
    "claims": "int",
}
MOST: Final = 150
"""Events looked at before the given one, after it, and without a day: what a list can hold."""
_WEEK: Final = 7
_NEVER: Final = 10**6
_WORD: Final = re.compile(r"\w{4,}")


def near(store: Store, event: Row, search: str = "") -> tuple[pd.DataFrame, int]:
    """Return the events nearest to ``event`` (NEAR), and how many others there are in all.

    Within a week those that share most words of its title come first, then the nearest day.
    ``search``: only events of which a claim or its document's title holds these words.
    """
    day = events.c.starts
    with store.reading() as connection:
        here = where.of_events(Filters(search=search or None), connection.dialect.name)
        here.append(events.c.event_id != event["event_id"])
        total = connection.scalar(select(func.count()).select_from(events).where(*here)) or 0
        parts: list[tuple[list[ColumnElement[bool]], list[ColumnElement[Any]]]] = [
            ([], [events.c.claims.desc(), events.c.event_id])
        ]
        if event["starts"]:
            parts = [
                ([day <= event["starts"]], [day.desc(), events.c.event_id]),
                ([day > event["starts"]], [day, events.c.event_id]),
                ([day.is_(None)], [events.c.claims.desc(), events.c.event_id]),
            ]
        found: list[Row] = []
        for conditions, order in parts:
            page = select(*[events.c[name] for name in NEAR]).where(*here, *conditions)
            found += fetch(connection, page.order_by(*order).limit(MOST))
    return _ranked(frame(found, NEAR), event), total


def _ranked(found: pd.DataFrame, event: Row) -> pd.DataFrame:
    days = pd.Series([event["starts"], *found["starts"].tolist()], dtype=object)
    times = pd.to_datetime(days, format="ISO8601", errors="coerce")
    apart = times.sub(times.iloc[0]).abs().dt.days.fillna(_NEVER).to_numpy(dtype=int)[1:]
    words = _words(event["title"])
    shared = np.array([len(words & _words(title)) for title in found["title"]], dtype=int)
    far = apart > _WEEK
    claims = found["claims"].to_numpy(dtype=int)
    order = np.lexsort((-claims, apart, np.where(far, 0, -shared), far))
    return found.iloc[order].reset_index(drop=True)


def _words(title: str | None) -> set[str]:
    return set(_WORD.findall((title or "").casefold()))
