"""Whose people a count is of, as the analyst declared who goes by which name."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from verify.review.siding import sides_of
from verify.store.store import Store


def side_of(store: Store) -> Callable[[str], str | None]:
    """Return what tells the side that words such as "government soldiers" name, or None."""
    return as_declared(store.sides())


def as_declared(table: pd.DataFrame) -> Callable[[str], str | None]:
    """As `side_of`, out of a declaration: columns side, kind, words."""
    sides = sides_of(table)

    def told(words: str) -> str | None:
        found = sides.of_words(words)
        return found[0] if found else None

    return told
