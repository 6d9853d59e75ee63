"""Vectors of texts as the store holds them; what it lacks is encoded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verify.analysis import embed
from verify.progress import Progress
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
    missing = {h: t for h, t in zip(hashes, texts, strict=True) if h not in known}
    if missing:
        encoder = embed.load_encoder(settings.model, allow_hub=settings.allow_hub)
        names = sorted(missing, key=lambda name: len(missing[name]))
        with progress.stage("embed", len(names), "text") as advance:
            for start in range(0, len(names), CHUNK):
                chunk = names[start : start + CHUNK]
                encoded = encoder.encode([missing[name] for name in chunk], advance)
                rounded = encoded.astype(np.float16)
                if keep:
                    store.add_vectors(chunk, settings.model, rounded)
                known.update(zip(chunk, rounded, strict=True))
    if not hashes:
        return np.zeros((0, 1), dtype=np.float32), 0
    return np.stack([known[name] for name in hashes]).astype(np.float32), len(missing)
