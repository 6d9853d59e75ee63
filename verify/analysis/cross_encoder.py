"""What a trained model makes of two claims that it reads side by side.

The packaged model runs in 8 or 16 bits (`verify.quick_bert`); what it was trained on and how well
it reads stands in ``models/README.md``, and ``training/relation.py`` makes it. A
sentence-transformers CrossEncoder, or any model of natural language inference, may stand in its
place.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from verify import onnx_models
from verify.errors import ModelError
from verify.onnx_models import CLOSING, OPENING
from verify.quick_bert import Bert, Compiled, bits, openvino_alone, whole

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Floats = NDArray[np.float64]

PACKAGED = "relation-MiniLM-L6"
"""The model that comes with this package."""
FILE = "relation.safetensors"
NONE = "none"
"""Named where the rules alone are to relate."""
LABELS = ("supports", "conflicts", "neither")
"""Order of the packaged model's logits."""
PIECES = 80
"""Word pieces that are read of a claim, as in training; one claim in a thousand is longer."""
BATCH = 32
"""Pairs that another model reads at once."""
TOKENS = 2048
"""Word pieces that the packaged model reads at once."""
GROUP = 128
"""Activations that share one scale. Its log-odds are then 0.04 off those of 32-bit activations in
the mean, with 32 they are 0.02 off, and it reads a fifth slower."""
SURE = 0.97
"""Chance of one of `ONE_WAY` from which on a pair is read one way round only: two in three pairs of
news are, and of the labelled ones none is shown otherwise for it."""
ONE_WAY = [0, 2]
"""Of LABELS: a conflict is always read both ways round. With it, conflicts of emergent's test would
be right in 0.935 of cases, not in 0.940."""
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
    """The packaged model: MiniLM over both claims, read both ways round where that may matter."""

    name = PACKAGED

    def __init__(self, model: Compiled, vocabulary: Tokenizer, weights: str) -> None:
        self._model, self._tokenizer = model, vocabulary
        other = "" if bits() == 8 else f" {bits()} bits"
        self.identity: str | None = f"{PACKAGED} {weights} {GROUP} {SURE}{other}"

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
        pairs = [
            (pieces[first], pieces[second])
            for first, second in (sorted(both) for both in zip(a, b, strict=True))
        ]
        logits, together = np.zeros((len(pairs), len(LABELS))), np.zeros(len(pairs))
        for rows in _alike(pairs):
            logits[rows], together[rows] = self._logits([pairs[row] for row in rows])
            if progress is not None:
                progress(len(rows))
        sure = _chances(logits)[:, ONE_WAY].max(axis=1, initial=0.0) >= SURE
        torn = np.flatnonzero(~sure)
        turned = [(pairs[row][1], pairs[row][0]) for row in torn]
        for places in _alike(turned):
            rows = torn[places]
            other_way, other_together = self._logits([turned[place] for place in places])
            logits[rows] = (logits[rows] + other_way) / 2
            together[rows] = (together[rows] + other_together) / 2
        return _readings(logits, together)

    def _logits(self, pairs: Sequence[Pieces]) -> tuple[Floats, Floats]:
        """Read pairs of one length together."""
        ids, types = np.zeros((2, len(pairs), _length(pairs[0])), dtype=np.int32)
        for row, (a, b) in enumerate(pairs):
            ids[row] = [OPENING, *a, CLOSING, *b, CLOSING]
            types[row, len(a) + 2 :] = 1
        relations, together = self._model(ids, types)
        return np.asarray(relations, dtype=np.float64), np.asarray(together, dtype=np.float64)


Pieces = tuple[list[int], list[int]]


def _length(pair: Pieces) -> int:
    return len(pair[0]) + len(pair[1]) + 3


def _alike(pairs: Sequence[Pieces]) -> Iterator[NDArray[np.intp]]:
    """Yield the places of pairs of one length, ``TOKENS`` at a time, the longest first."""
    lengths = np.array([_length(pair) for pair in pairs], dtype=np.intp)
    for length in np.unique(lengths)[::-1].tolist():
        places = np.flatnonzero(lengths == length)
        step = max(1, TOKENS // length)
        for start in range(0, len(places), step):
            yield places[start : start + step]


def _chances(logits: Floats) -> Floats:
    parts = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True), dtype=np.float64)


def _graph(bert: Bert) -> Any:
    """Give ids and types (pairs, pieces) -> relations (pairs, 3) and together (pairs,), logits."""
    ops = bert.ops
    ids, types = bert.parameter("ids"), bert.parameter("types")
    hidden = bert.encoded(ids, types)
    second = ops.unsqueeze(ops.convert(types, "f32"), whole(2))
    first = ops.subtract(ops.constant(np.float32(1)), second)
    a, b = (
        ops.divide(ops.reduce_sum(ops.multiply(hidden, of), whole(1)), ops.reduce_sum(of, whole(1)))
        for of in (first, second)
    )
    opening = ops.squeeze(ops.slice(hidden, whole(0), whole(1), whole(1), whole(1)), whole(1))
    parts = [opening, ops.add(a, b), ops.abs(ops.subtract(a, b)), ops.multiply(a, b)]
    mixed = ops.gelu(bert.linear(ops.concat(parts, -1), "mixed.0"), "erf")
    together = ops.squeeze(bert.linear(mixed, "together"), whole(1))
    return openvino_alone().Model([bert.linear(mixed, "relation"), together], [ids, types], "pair")


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
    with as_file(files("verify.analysis") / "models" / FILE) as path:
        told = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        weights = load_file(path)
    bert = Bert(weights, layers=6, heads=12, hidden=384)
    return PackagedReader(Compiled(_graph(bert), group=GROUP), onnx_models.tokenizer(), told)


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
