"""Who speaks for whom as ``sides.toml`` files declared it; decisions stand above it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Engine, delete, insert, select

from verify.records import frame, rows
from verify.store.connect import fetch, reading, writing
from verify.store.tables import aliases

ALIASES: Mapping[str, str] = dict.fromkeys(("side", "kind", "words"), "text")


def declare(engine: Engine, table: pd.DataFrame) -> None:
    """Take a declaration in: columns side, kind ("alias" or "source"), words, in its order.

    It replaces all that was declared for the sides it names, and takes over words that another
    side had; the sides of other disputes stay. A side keeps its place among the sides, and with it
    its colour; new ones come last.
    """
    given = [{name: row[name] for name in ALIASES} for row in rows(table)]
    named = {row["side"] for row in given}
    taken = {(row["kind"], row["words"].casefold()) for row in given}
    with writing(engine) as connection:
        statement = select(aliases.c.side, aliases.c.kind, aliases.c.words).order_by(aliases.c.n)
        before = fetch(connection, statement)
        order = list(dict.fromkeys(row["side"] for row in [*before, *given]))
        kept = [
            row
            for row in before
            if row["side"] not in named and (row["kind"], row["words"].casefold()) not in taken
        ]
        connection.execute(delete(aliases))
        placed = sorted([*kept, *given], key=lambda row: order.index(row["side"]))
        numbered = [{"n": n, **row} for n, row in enumerate(placed)]
        if numbered:
            connection.execute(insert(aliases), numbered)


def declared(engine: Engine) -> pd.DataFrame:
    """Return the declaration: columns side, kind ("alias" or "source"), words."""
    statement = select(aliases.c.side, aliases.c.kind, aliases.c.words).order_by(aliases.c.n)
    with reading(engine) as connection:
        return frame(fetch(connection, statement), ALIASES)
