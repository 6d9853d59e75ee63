"""Names that may be one speaker and those that people confirmed: what is open, what stands."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, func, select

from verify.analysis.speakers import ALIASES
from verify.records import Row, Schema, frame, rows
from verify.store.connect import fetch
from verify.store.folded import NOT_SAME, SAME, own_name
from verify.store.store import Store
from verify.store.tables import standing

OPEN: Final[Schema] = {
    **ALIASES,
    "same_as_version": "int",  # what a decision names as seen
    "not_same_as_version": "int",
}
FOLDED: Final[Schema] = {
    "name": "text",
    "same_as": "text",
    "claims": "int",
    "note": "text",  # the evidence, where it was a proposal
    "reviewer": "text",
    "decided_at": "text",
    "same_as_version": "int",
}


def open_proposals(store: Store, proposed: pd.DataFrame) -> pd.DataFrame:
    """Return those of ``proposed`` (ALIASES) that nobody answered, as OPEN.

    A name that is folded already is answered; a proposal of a name that was folded into another
    proposes that other one.
    """
    made = _standing(store)
    found = []
    for row in rows(proposed):
        name, same_as = row["name"], row["same_as"]
        same_as = (made.get((same_as, SAME)) or {}).get("value") or same_as
        folded, refused = made.get((name, SAME), {}), made.get((name, NOT_SAME), {})
        if folded.get("value") or refused.get("value") == same_as or same_as == name:
            continue
        versions = {f"{SAME}_version": folded, f"{NOT_SAME}_version": refused}
        shown = {field: one.get("version", 0) for field, one in versions.items()}
        found.append({**row, "same_as": same_as, **shown})
    return frame(found, OPEN)


def confirmed(store: Store) -> pd.DataFrame:
    """Return the names that people folded into a speaker (FOLDED), sorted by speaker and name."""
    made = {name: row for (name, field), row in _standing(store).items() if field == SAME}
    names = [name for name, row in made.items() if row["value"]]
    columns: list[ColumnElement[Any]] = [own_name().label("name"), func.count().label("claims")]
    statement = select(*columns).where(own_name().in_(names)).group_by(own_name())
    with store.reading() as connection:
        claimed = {row["name"]: row["claims"] for row in fetch(connection, statement)}
    kept = ("note", "reviewer", "decided_at")
    found = [
        {
            "name": name,
            "same_as": made[name]["value"],
            "claims": claimed.get(name, 0),
            **{field: made[name][field] for field in kept},
            f"{SAME}_version": made[name]["version"],
        }
        for name in names
    ]
    found.sort(key=lambda row: (row["same_as"], row["name"]))
    return frame(found, FOLDED)


def version(store: Store, name: str) -> int:
    """Return the version of what was decided on whose name this is, 0 where nothing was."""
    return int(_standing(store).get((name, SAME), {}).get("version", 0))


def _standing(store: Store) -> dict[tuple[str, str], Row]:
    statement = select(standing).where(
        standing.c.target_kind == "speaker", standing.c.field.in_((SAME, NOT_SAME))
    )
    with store.reading() as connection:
        return {(row["target_id"], row["field"]): dict(row) for row in fetch(connection, statement)}
