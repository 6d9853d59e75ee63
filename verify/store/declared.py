"""Who speaks for whom as the last ``sides.toml`` declared it; decisions stand above it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Engine, delete, insert, select

from verify.records import frame, rows
from verify.store.connect import fetch, reading, writing
from verify.store.tables import aliases

ALIASES: Mapping[str, str] = dict.fromkeys(("side", "kind", "words"), "text")


def replace(engine: Engine, table: pd.DataFrame) -> None:
    """Replace the declaration by ``table`` (columns side, kind, words), in its order."""
    given = [{"n": n, **{name: row[name] for name in ALIASES}} for n, row in enumerate(rows(table))]
    with writing(engine) as connection:
        connection.execute(delete(aliases))
        if given:
            connection.execute(insert(aliases), given)


def declared(engine: Engine) -> pd.DataFrame:
    """Return the declaration: columns side, kind ("alias" or "source"), words."""
    statement = select(aliases.c.side, aliases.c.kind, aliases.c.words).order_by(aliases.c.n)
    with reading(engine) as connection:
        return frame(fetch(connection, statement), ALIASES)
