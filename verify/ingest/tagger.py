"""Who said what, read by a small trained model that runs in ONNX Runtime with 8-bit weights.

The model reads a window of sentences once. It says of each word how likely it is the main word of
a cue (its anchor), and for each anchor which words are its cue, its source and its content. What
it was trained on and how well it reads stands in ``models/README.md``; ``training/attribution.py``
makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from verify import onnx_models
from verify.ingest.spoken import Attribution, Span
from verify.ingest.windows import Window, windows
from verify.ingest.words import verbs
from verify.onnx_models import CLOSING, OPENING

ROLES = ("none", "cue", "source", "content")
"""What a word is to a cue; the order of the model's output."""
CUE, SOURCE, CONTENT = 1, 2, 3
ANCHOR = 0.6
"""Probability from which on a word is read as a cue; best of 0.3 to 0.6 on PolNeAR's dev files."""
BATCH = 4
"""Windows of about equal length that are read at once."""
_GAP = 2
"""Words inside a content that belong to nothing: they are read as part of it."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a window: where each begins and ends in the text."""

    first: NDArray[np.int64]  # the first piece of each word
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Tagger:
    """The model and its vocabulary, ready to read."""

    def __init__(self, session: InferenceSession, vocabulary: Tokenizer) -> None:
        self._session, self._tokenizer = session, vocabulary

    def attributions(self, text: str, sentences: Sequence[Span]) -> list[Attribution]:
        """Find who said what in ``text``; ``sentences`` are its sentence spans in order."""
        waiting = sorted(windows(text, sentences, self._tokenizer), key=lambda w: len(w.ids))
        found: list[Attribution] = []
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            ids, mask = padded(batch)
            anchors, roles = self._session.run(None, {"ids": ids, "mask": mask})
            for row, window in enumerate(batch):
                inner = slice(1, len(window.ids) + 1)
                found += decoded(text, window, anchors[row, inner], roles[row, inner, :, inner])
        return sorted(found, key=lambda one: (one.cue, one.content))


@cache
def packaged() -> Tagger:
    """Load the model that comes with the package, once a process.

    Raises ``ModelError`` where the package with its vocabulary is missing.
    """
    return Tagger(onnx_models.session("verify.ingest", "attribution.onnx"), onnx_models.tokenizer())


def padded(batch: Sequence[Window]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return ids and mask, int64 (len(batch), longest + 2), with the opening and closing marks."""
    longest = max(len(window.ids) for window in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(batch):
        end = len(window.ids) + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = OPENING, window.ids, CLOSING
        mask[row, : end + 1] = 1
    return ids, mask


def decoded(
    text: str,
    window: Window,
    anchors: NDArray[np.float32],
    roles: NDArray[np.float32],
    least: float = ANCHOR,
) -> Iterator[Attribution]:
    """Turn the model's output for one window into attributions.

    ``anchors`` (n,) and ``roles`` (n, len(ROLES), n) are logits over the n pieces of the window.
    """
    words = _words_of(window)
    logits = np.maximum.reduceat(anchors, words.first)
    taken: set[int] = set()
    for at in np.argsort(-logits):
        if logits[at] < np.log(least / (1 - least)):
            return
        piece = words.first[at]
        if at in taken or not window.core <= piece < window.core_end:
            continue
        one, cue = _one(text, words, at, roles[piece])
        if one:
            taken.update(cue)
            yield one


def _words_of(window: Window) -> _Words:
    first = np.flatnonzero(np.diff(window.words, prepend=window.words[:1] - 1))
    last = np.append(first[1:], len(window.words)) - 1
    return _Words(first, window.offsets[first, 0], window.offsets[last, 1])


def _one(
    text: str, words: _Words, anchor: int, logits: NDArray[np.float32]
) -> tuple[Attribution | None, range]:
    counts = np.diff(np.append(words.first, logits.shape[1]))
    scores = np.add.reduceat(logits, words.first, axis=1) / counts
    scores = np.exp(scores - scores.max(axis=0))
    scores /= scores.sum(axis=0)
    role = scores.argmax(axis=0)
    role[anchor] = CUE
    cue = next(run for run in _runs(role == CUE) if anchor in run)
    source = max(
        _runs(role == SOURCE),
        key=lambda run: scores[SOURCE, run.start : run.stop].sum(),
        default=None,
    )
    contents = list(_bridged(_runs(role == CONTENT), role))
    longest = max(map(len, contents), default=0)
    parts = tuple(_span(words, run) for run in contents if len(run) > 2 or len(run) * 3 >= longest)
    if not parts:
        return None, cue
    folded = text[words.starts[anchor] : words.ends[anchor]].casefold()
    verb = verbs().get(folded)
    return Attribution(
        _span(words, source) if source else None,
        _span(words, cue),
        parts,
        verb.lemma if verb else folded,
    ), cue


def _span(words: _Words, run: range) -> Span:
    return int(words.starts[run.start]), int(words.ends[run.stop - 1])


def _runs(where: NDArray[np.bool_]) -> Iterator[range]:
    edges = np.flatnonzero(np.diff(where.astype(np.int8), prepend=0, append=0))
    for start, stop in edges.reshape(-1, 2):
        yield range(int(start), int(stop))


def _bridged(runs: Iterator[range], role: NDArray[np.int64]) -> Iterator[range]:
    """Join runs with nothing between them but a word or two without a role."""
    held: range | None = None
    for run in runs:
        if held is not None:
            between = role[held.stop : run.start]
            if len(between) <= _GAP and not between.any():
                held = range(held.start, run.stop)
                continue
            yield held
        held = run
    if held is not None:
        yield held
