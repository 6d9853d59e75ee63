"""What tests of the whole chain share: a store of their own and an encoder without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.made import Made, made
from tests.postgresql import databases, postgresql_url
from verify.settings import Settings
from verify.store.store import Store

__all__ = ["WordEncoder", "databases", "desk_settings", "desk_store", "made", "postgresql_url"]


class WordEncoder:
    """A vector that is a plain function of the text: each word turns on 8 of 384 places."""

    name = "words"
    dimension = 384

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                digest = hashlib.sha256(word.strip(".,:;'\"").encode()).digest()
                places = np.frombuffer(digest[:16], dtype=np.uint16) % self.dimension
                vectors[row, places] += 1
            if progress:
                progress(1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def word_encoder(monkeypatch: pytest.MonkeyPatch) -> WordEncoder:
    """Put the word encoder in the place of the model."""
    encoder = WordEncoder()
    monkeypatch.setattr("verify.analysis.embed.load_encoder", lambda *_, **__: encoder)
    return encoder


@pytest.fixture
def desk_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a desk in a temporary folder, also set for the command line."""
    monkeypatch.setenv("VERIFY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VERIFY_REVIEWER", "Tester")
    monkeypatch.delenv("VERIFY_DATABASE_URL", raising=False)
    return Settings(data_dir=tmp_path / "data", reviewer="Tester")


@pytest.fixture
def desk_store(desk_settings: Settings, made: Made) -> Store:
    return made.opened(desk_settings)
