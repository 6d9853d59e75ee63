"""Names that may be one speaker and those that people confirmed: what is open, what stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, func, select

from verify.analysis.speakers import ALIASES
from verify.records import Row, Schema, frame, rows
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.folded import NOT_SAME, SAME, canonical, own_name
from verify.store.store import Store
from verify.store.tables import claims, standing

OPEN: Final[Schema] = {
    **ALIASES,
    "same_as_version": "int",  # what a decision names as seen
    "not_same_as_version": "int",
}
ANSWERED: Final[Schema] = {
    "name": "text",
    "other": "text",  # who it is, or who it is not
    "claims": "int",
    "note": "text",  # the evidence, where it was a proposal
    "reviewer": "text",
    "decided_at": "text",
}


def open_proposals(store: Store, proposed: pd.DataFrame) -> pd.DataFrame:
    """Return those of ``proposed`` (ALIASES) that nobody answered, as OPEN.

    A name that is folded already is answered; one that was proposed for it is proposed for the
    speaker that it is folded into. A name that others are folded into is proposed the other way
    round, since no fold follows another.
    """
    made = _standing(store)
    folded = {name: row["value"] for (name, field), row in made.items() if field == SAME}
    speakers = set(folded.values())
    found = []
    for row in rows(proposed):
        if folded.get(row["name"]):
            continue
        name, same_as = row["name"], folded.get(row["same_as"]) or row["same_as"]
        if name in speakers and same_as not in speakers:
            name, same_as = same_as, name
        refused = {
            made.get((one, NOT_SAME), {}).get("value") == other
            for one, other in ((name, same_as), (same_as, name))
        }
        if name != same_as and True not in refused:
            found.append({**row, "name": name, "same_as": same_as})
    claimed = _claims_of(store, [row["name"] for row in found])
    for row in found:
        row["claims"] = claimed.get(row["name"], 0)
        for field in (SAME, NOT_SAME):
            row[f"{field}_version"] = made.get((row["name"], field), {}).get("version", 0)
    return frame(found, OPEN)


def answered(store: Store, field: str = SAME) -> pd.DataFrame:
    """Return the names that people folded into a speaker, sorted by that speaker and name.

    ``field`` `NOT_SAME`: those that were told apart from one. Columns of ANSWERED, and
    ``<field>_version``, which a decision that takes the answer back names as seen.
    """
    made = {name: row for (name, of), row in _standing(store).items() if of == field}
    names = [name for name, row in made.items() if row["value"]]
    claimed = _claims_of(store, names)
    kept = ("note", "reviewer", "decided_at")
    found = [
        {
            "name": name,
            "other": made[name]["value"],
            "claims": claimed.get(name, 0),
            **{column: made[name][column] for column in kept},
            f"{field}_version": made[name]["version"],
        }
        for name in names
    ]
    found.sort(key=lambda row: (row["other"], row["name"]))
    return frame(found, {**ANSWERED, f"{field}_version": "int"})


def version(store: Store, name: str) -> int:
    """Return the version of what was decided on whose name this is, 0 where nothing was."""
    return int(_standing(store).get((name, SAME), {}).get("version", 0))


def _claims_of(store: Store, names: Sequence[str]) -> dict[str, int]:
    """Count the claims that read each of these names themselves."""
    columns: list[ColumnElement[Any]] = [own_name().label("name"), func.count().label("claims")]
    found: dict[str, int] = {}
    with store.reading() as connection:
        for some in chunks(names):
            credited = {*some, *canonical(connection, some).values()}  # found by an index
            statement = (
                select(*columns)
                .where(claims.c.credited.in_(credited), own_name().in_(some))
                .group_by(own_name())
            )
            found |= {row["name"]: row["claims"] for row in fetch(connection, statement)}
    return found


def _standing(store: Store) -> dict[tuple[str, str], Row]:
    statement = select(standing).where(
        standing.c.target_kind == "speaker", standing.c.field.in_((SAME, NOT_SAME))
    )
    with store.reading() as connection:
        return {(row["target_id"], row["field"]): dict(row) for row in fetch(connection, statement)}
