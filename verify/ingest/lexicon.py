"""The word lists of this room, plain text files under ``cues/``: one entry a line, # comments."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def entries_of(name: str) -> tuple[str, ...]:
    """Return the lines of ``cues/<name>.txt`` without comments and empty lines."""
    content = files("verify.ingest").joinpath("cues", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].strip() for line in content.splitlines())
    return tuple(line for line in lines if line)


@cache
def words_of(name: str) -> frozenset[str]:
    """Return all words of ``cues/<name>.txt``; a line may hold several."""
    return frozenset(word for line in entries_of(name) for word in line.split())
