"""Vectors of texts as the store holds them; what it lacks is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from verify.analysis import embed
from verify.progress import Advance, Progress
from verify.records import text_hash
from verify.settings import Settings
from verify.store.store import Store

CHUNK = 1024
"""Texts encoded between two writes; a run that is killed loses at most so many."""


def vectors(
    texts: Sequence[str], store: Store, settings: Settings, progress: Progress, *, keep: bool
) -> tuple[NDArray[np.float32], int]:
    """Give (n, dimension) vectors of ``texts`` by ``settings.model``, and how many were encoded.

    They are as exact as the store keeps them (float16), so that a second run is equal; it keeps
    new ones with ``keep``. The model is loaded only where a text is new to the store, which raises
    ``ModelError`` where it is not there.
    """
    hashes = [text_hash(text) for text in texts]
    known = store.vectors(list(dict.fromkeys(hashes)), settings.model)
    new = {h: t for h, t in zip(hashes, texts, strict=True) if h not in known}
    if new:
        with progress.stage("embed", len(new), "text") as advance:
            for names, rounded in _encoded(new, settings, advance):
                if keep:
                    store.add_vectors(names, settings.model, rounded)
                known.update(zip(names, rounded, strict=True))
    if not hashes:
        return np.zeros((0, 1), dtype=np.float32), 0
    return np.stack([known[name] for name in hashes]).astype(np.float32), len(new)


def missing(texts: Sequence[str], store: Store, settings: Settings) -> list[dict[str, str]]:
    """Give the texts that the store has no vector of, by hash, the shortest first, in chunks."""
    hashes = {text_hash(text): text for text in texts}
    known = store.with_vectors(list(hashes), settings.model)
    return list(_chunks({name: text for name, text in hashes.items() if name not in known}))


def _chunks(texts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    names = sorted(texts, key=lambda name: (len(texts[name]), name))
    for start in range(0, len(names), CHUNK):
        yield {name: texts[name] for name in names[start : start + CHUNK]}


def _encoded(
    new: Mapping[str, str], settings: Settings, advance: Advance
) -> Iterator[tuple[list[str], NDArray[np.float16]]]:
    """Encode texts by their hash, the shortest first, ``CHUNK`` at a time."""
    if not new:
        return
    encoder = embed.load_encoder(settings.model, allow_hub=settings.allow_hub)
    for chunk in _chunks(new):
        yield list(chunk), encoder.encode(list(chunk.values()), advance).astype(np.float16)
