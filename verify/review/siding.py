"""The side of a claim whose speaker was corrected: read anew from who speaks for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
from sqlalchemy import Connection, select, update

from verify.ingest.sides import NO_SIDES, Side, Sides, label
from verify.records import frame, rows
from verify.store.connect import fetch
from verify.store.declared import ALIASES
from verify.store.standing import Target, settle
from verify.store.tables import aliases, claims, documents

_NAMED: Final = ("speaker", "speaker_name")
_LABELLED: Final = ("claim_id", "doc_id", *_NAMED, "actor", "quantities")


def sides_of(table: pd.DataFrame) -> Sides:
    """Give the sides as ``sides.toml`` files declared them: columns side, kind, words."""
    by_side: dict[str, dict[str, list[str]]] = {}
    for row in rows(table):
        words = by_side.setdefault(row["side"], {"alias": [], "source": []})
        words[row["kind"]].append(row["words"])
    if not by_side:
        return NO_SIDES
    return Sides(
        tuple(Side(name, tuple(w["alias"]), tuple(w["source"])) for name, w in by_side.items())
    )


def follow_speakers(connection: Connection, targets: Iterable[Target]) -> None:
    """Give the claims whose speaker was just corrected, or taken back, the side that follows.

    What people decided about the claim, the new speaker or the source stands above it.
    """
    ids = sorted({id_ for kind, id_, field in targets if kind == "claim" and field in _NAMED})
    if not ids:
        return
    statement = (
        select(*[claims.c[name] for name in _LABELLED], documents.c.source, documents.c.given)
        .join_from(claims, documents)
        .where(claims.c.claim_id.in_(ids))
    )
    found = pd.DataFrame(fetch(connection, statement), dtype=object)
    ordered = select(*[aliases.c[name] for name in ALIASES]).order_by(aliases.c.n)
    declared = frame(fetch(connection, ordered), ALIASES)
    labelled = label(found, found, sides_of(declared))
    for row in rows(labelled[["claim_id", "side", "side_reason"]]):
        read = {"read_side": row["side"], "read_side_reason": row["side_reason"]}
        connection.execute(update(claims).filter_by(claim_id=row["claim_id"]).values(read))
    settle(connection, [("claim", id_, "side") for id_ in ids])
