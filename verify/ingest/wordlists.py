"""Word lists written as running text, which stays readable at any length."""

from __future__ import annotations


def words(text: str, separator: str | None = None) -> frozenset[str]:
    """Split a list of words at blanks, or at ``separator`` where entries hold blanks."""
    return frozenset(entry.strip() for entry in text.split(separator))
