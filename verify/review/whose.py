"""Whose people a count is of, as the analyst declared who goes by which name."""

from __future__ import annotations

from collections.abc import Callable

from verify.review.siding import sides_of
from verify.store.store import Store


def side_of(store: Store) -> Callable[[str], str | None]:
    """Return what tells the side that words such as "government soldiers" name, or None."""
    sides = sides_of(store.sides())

    def told(words: str) -> str | None:
        found = sides.of_words(words)
        return found[0] if found else None

    return told
