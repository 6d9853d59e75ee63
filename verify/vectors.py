"""Vectors of texts as the store holds them; what it lacks is encoded, and not kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verify.analysis import embed
from verify.progress import Progress
from verify.records import text_hash
from verify.review.reviewed import Vectors
from verify.settings import Settings
from verify.store.store import Store


def vectors_of(store: Store, settings: Settings, progress: Progress) -> Vectors:
    """Give the function that turns texts into vectors by ``settings.model``.

    It returns (n, dimension), as exact as the store keeps them (float16). The model is loaded only
    where the store lacks a text. That raises ``ModelError`` where the model is not there.
    """

    def look_up(texts: Sequence[str]) -> NDArray[np.float32]:
        wanted = {text_hash(text): text for text in texts}
        known = store.vectors(list(wanted), settings.model)
        missing = [name for name in wanted if name not in known]
        if missing:
            encoder = embed.load_encoder(settings.model, allow_hub=settings.allow_hub)
            with progress.stage("embed", len(missing), "text") as advance:
                encoded = encoder.encode([wanted[name] for name in missing], advance)
            rounded = encoded.astype(np.float16).astype(np.float32)
            known.update(zip(missing, rounded, strict=True))
        return np.stack([known[text_hash(text)] for text in texts])

    return look_up
