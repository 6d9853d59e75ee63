"""What a trained model makes of two claims that it reads side by side.

The packaged model runs in ONNX Runtime with 8-bit weights; what it was trained on and how well it
reads stands in ``models/README.md``, and ``training/relation.py`` makes it. A sentence-transformers
CrossEncoder, or any model of natural language inference, may stand in its place.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from verify import onnx_models
from verify.errors import ModelError
from verify.onnx_models import CLOSING, OPENING

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Floats = NDArray[np.float64]

PACKAGED = "relation-MiniLM-L6"
"""The model that comes with this package."""
FILE = "relation.onnx"
NONE = "none"
"""Named where the rules alone are to relate."""
LABELS = ("supports", "conflicts", "neither")
"""Order of the packaged model's logits."""
PIECES = 80
"""Word pieces that are read of a claim, as in training; one claim in a thousand is longer."""
BATCH = 32
"""Pairs read at once; they are sorted by length, so that little is padding."""
_CALLED = {
    "supports": ("supports", "support", "entailment", "entail", "entails", "agree"),
    "conflicts": ("conflicts", "conflict", "contradiction", "contradict", "contradicts", "refutes"),
    "neither": ("neither", "neutral", "related", "not enough info", "nei"),
}
"""What models call the three relations in their ``id2label``."""


@dataclass(frozen=True)
class Readings:
    """Log-odds for each pair, float64 (pairs,), in the order asked.

    ``supports`` and ``conflicts`` are against "neither". ``together``: that both are about one
    incident; None where a model does not say.
    """

    supports: Floats
    conflicts: Floats
    together: Floats | None = None


class PairReader(Protocol):
    """What reads two claims side by side."""

    name: str
    identity: str | None
    """The name, and what tells these weights from others of that name; None where nothing does."""

    def read(
        self,
        a: Sequence[str],
        b: Sequence[str],
        progress: Callable[[int], None] | None = None,
    ) -> Readings:
        """Read pair i of texts ``a[i]``, ``b[i]``; which comes first makes no difference.

        ``progress`` is told how many pairs were finished since it was last called.
        """
        ...


class PackagedReader:
    """The packaged model: MiniLM over both claims, read both ways round."""

    name = PACKAGED

    def __init__(self, session: InferenceSession, vocabulary: Tokenizer, weights: str) -> None:
        self._session, self._tokenizer = session, vocabulary
        self.identity: str | None = f"{PACKAGED} {weights}"

    def read(
        self,
        a: Sequence[str],
        b: Sequence[str],
        progress: Callable[[int], None] | None = None,
    ) -> Readings:
        """Read pairs of texts; see `PairReader`."""
        texts = sorted({*a, *b})
        coded = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        pieces = {text: one.ids[:PIECES] for text, one in zip(texts, coded, strict=True)}
        lengths = [len(pieces[one]) + len(pieces[other]) for one, other in zip(a, b, strict=True)]
        logits, together = np.zeros((len(a), len(LABELS))), np.zeros(len(a))
        order = np.argsort(lengths, kind="stable")
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            pairs = [(pieces[a[row]], pieces[b[row]]) for row in rows]
            turned = [(other, one) for one, other in pairs]
            ways = [self._logits(pairs), self._logits(turned)]
            logits[rows] = np.mean([relations for relations, _ in ways], axis=0)
            together[rows] = np.mean([one_incident for _, one_incident in ways], axis=0)
            if progress is not None:
                progress(len(rows))
        return _readings(logits, together)

    def _logits(self, pairs: Sequence[tuple[list[int], list[int]]]) -> tuple[Floats, Floats]:
        longest = max(len(a) + len(b) for a, b in pairs) + 3
        ids, mask, types = np.zeros((3, len(pairs), longest), dtype=np.int64)
        for row, (a, b) in enumerate(pairs):
            line = [OPENING, *a, CLOSING, *b, CLOSING]
            ids[row, : len(line)] = line
            mask[row, : len(line)] = 1
            types[row, len(a) + 2 : len(line)] = 1
        relations, together = self._session.run(None, {"ids": ids, "mask": mask, "types": types})
        return np.asarray(relations, dtype=np.float64), np.asarray(together, dtype=np.float64)


class OtherReader:
    """A CrossEncoder of sentence-transformers with three labels, read both ways round."""

    identity: str | None = None

    def __init__(self, name: str, model: CrossEncoder) -> None:
        self.name = name
        self._model = model
        self._order = label_order(name, getattr(model.config, "id2label", None) or {})

    def read(
        self,
        a: Sequence[str],
        b: Sequence[str],
        progress: Callable[[int], None] | None = None,
    ) -> Readings:
        """Read pairs of texts; see `PairReader`."""
        if not len(a):
            return _readings(np.zeros((0, len(LABELS))))
        ways = [list(zip(a, b, strict=True)), list(zip(b, a, strict=True))]
        import torch

        logits = [
            np.asarray(
                self._model.predict(
                    pairs,
                    batch_size=BATCH,
                    activation_fn=torch.nn.Identity(),
                    show_progress_bar=False,
                ),
                dtype=np.float64,
            )
            for pairs in ways
        ]
        if progress is not None:
            progress(len(a))
        return _readings(np.mean(logits, axis=0)[:, self._order])


def load_reader(model: str = PACKAGED, *, allow_hub: bool = False) -> PairReader | None:
    """Load the packaged model by its name, a model folder by its path, or a hub model by its name.

    ``NONE`` gives none: the rules alone relate. A hub is contacted only with ``allow_hub``. Raises
    ``ModelError`` with the remedy where the model is not there, or its labels are not the three
    relations.
    """
    if model == NONE:
        return None
    return _packaged() if model == PACKAGED else _other(model, allow_hub=allow_hub)


@cache
def _packaged() -> PackagedReader:
    session = onnx_models.session("verify.analysis", FILE)
    weights = files("verify.analysis").joinpath("models", FILE).read_bytes()
    told = hashlib.sha256(weights).hexdigest()[:16]
    return PackagedReader(session, onnx_models.tokenizer(), told)


def _other(name: str, *, allow_hub: bool) -> OtherReader:
    # The hub's client reads the variable when it is imported, so it is set before.
    os.environ["HF_HUB_OFFLINE"] = "0" if allow_hub else "1"
    from sentence_transformers import CrossEncoder

    local = Path(name).is_dir() or not allow_hub
    try:
        model = CrossEncoder(name, device="cpu", local_files_only=local)
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        raise ModelError(
            "The relation model cannot be loaded",
            name,
            f"Name a folder that holds a CrossEncoder, or {PACKAGED}; a hub is asked only with "
            "VERIFY_ALLOW_HUB=1 and a network.",
        ) from fault
    return OtherReader(name, model)


def label_order(name: str, id2label: dict[int, str]) -> list[int]:
    """Say which of a model's outputs are LABELS, by what its config calls them.

    Raises ``ModelError`` where it has no three outputs of these names: by their position alone
    nobody can tell contradiction from entailment.
    """
    called = {str(label).strip().casefold().replace("_", " "): at for at, label in id2label.items()}
    order = [
        next((called[word] for word in _CALLED[label] if word in called), None) for label in LABELS
    ]
    if None in order or len(called) != len(LABELS):
        raise ModelError(
            f"The labels of the relation model are {', '.join(map(str, id2label.values()))}",
            name,
            "Name a model whose config has entailment, contradiction and neutral in id2label.",
        )
    return [at for at in order if at is not None]


def _readings(logits: Floats, together: Floats | None = None) -> Readings:
    return Readings(logits[:, 0] - logits[:, 2], logits[:, 1] - logits[:, 2], together)
