"""A text as windows of word pieces that a token model reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

Span = tuple[int, int]

CORE = 176
"""Pieces of a window whose cues are read in it; sentences are kept whole up to this length."""
BEFORE, AFTER = 32, 48
"""Pieces of context to either side, so that a quotation may run on into the next sentence."""
_JOINTS = "-‐‑'’."
"""Marks that join two parts of one word where no space stands beside them."""
_BITE = 20_000
"""Characters that are tokenised at once at most: memory does not grow with a document."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [first, last) of a text, of which [core, core_end) have their cues read here.

    ``ids`` int32 (n,); ``offsets`` int64 (n, 2) into the text; ``words`` int64 (n,), equal for the
    pieces of one word. The marks that open and close a model's input are not part of them.
    """

    ids: np.ndarray
    offsets: np.ndarray
    words: np.ndarray
    core: int
    core_end: int


def windows(text: str, sentences: Sequence[Span], tokenizer: Tokenizer) -> Iterator[Window]:
    """Cut ``text`` into windows that together cover each of its pieces once as core."""
    for bite in _bites(text, sentences):
        yield from _cut(text, bite, tokenizer)


def _bites(text: str, sentences: Sequence[Span]) -> Iterator[list[Span]]:
    bite: list[Span] = []
    for start, end in sentences:
        while start < end:
            cut = end if end - start <= _BITE else text.rfind(" ", start, start + _BITE) + 1
            part = (start, cut if cut > start else start + _BITE)
            if bite and part[1] - bite[0][0] > _BITE:
                yield bite
                bite = []
            bite.append(part)
            start = part[1]
    if bite:
        yield bite


def _cut(text: str, sentences: Sequence[Span], tokenizer: Tokenizer) -> Iterator[Window]:
    begin = sentences[0][0]
    encoding = tokenizer.encode(text[begin : sentences[-1][1]], add_special_tokens=False)
    if not encoding.ids:
        return
    ids = np.array(encoding.ids, dtype=np.int32)
    offsets = np.array(encoding.offsets, dtype=np.int64) + begin
    words = _compounds(text, offsets, np.array(encoding.word_ids, dtype=np.int64))
    ends = np.searchsorted(offsets[:, 0], [end for _, end in sentences])
    core = 0
    while core < len(ids):
        whole = ends[(ends > core) & (ends <= core + CORE)]
        core_end = int(whole[-1]) if len(whole) else min(core + CORE, len(ids))
        first, last = max(0, core - BEFORE), min(len(ids), core_end + AFTER)
        yield Window(
            ids[first:last], offsets[first:last], words[first:last], core - first, core_end - first
        )
        core = core_end


def _compounds(text: str, offsets: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Count "al-Nusra", "U.S." and "didn't" as one word each; the tokenizer takes them apart."""
    joined = np.zeros(len(words), dtype=bool)
    for at in range(1, len(words) - 1):
        if words[at] == words[at - 1] or not _touch(offsets, at - 1):
            continue
        if text[offsets[at, 0]] in _JOINTS and _touch(offsets, at):
            joined[at] = joined[at + 1] = bool(
                text[offsets[at - 1, 1] - 1].isalnum() and text[offsets[at + 1, 0]].isalnum()
            )
    new = (np.diff(words, prepend=words[:1] - 1) != 0) & ~joined
    return np.cumsum(new)


def _touch(offsets: np.ndarray, at: int) -> bool:
    return bool(offsets[at, 1] == offsets[at + 1, 0])
