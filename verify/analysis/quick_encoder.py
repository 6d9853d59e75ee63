"""Sentence encoders of the BERT family on a CPU in 8 or 16 bits, several times as fast as in 32.

The weights come from a sentence-transformers folder. ``benchmarks/encoding.py`` measures how many
neighbours of a text stay its neighbours.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from verify.quick_bert import TINY, Array, Bert, Compiled, bits, openvino_alone, rounded, whole

GROUP: Final = 32
"""Activations that share one scale. Measured on 6,069 claims of news, all-MiniLM-L6-v2: of ten
neighbours by 32 bits 32 keeps 9.67, 64 keeps 9.62 and 128 keeps 9.54, a tenth faster each; only
with 32 are events grouped as well as by 32 bits (`benchmarks/quality.py`)."""
TOKENS: Final = 1024
"""Word pieces encoded at once: what the work needs stays in the caches."""
BLOCK: Final = 4096
"""Texts cut into word pieces at once, and sorted by their number."""


class QuickEncoder:
    """A sentence encoder whose graph runs in OpenVINO; see `verify.analysis.embed.Encoder`."""

    def __init__(self, name: str, model: Compiled, tokenizer: Tokenizer, dimension: int) -> None:
        self.name = name
        self.dimension = dimension
        self._model = model
        self._tokenizer = tokenizer

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, dimension) float32 vectors of unit length, row i for text i."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), BLOCK):
            for rows, ids in self._batches(texts[start : start + BLOCK]):
                vectors[[start + row for row in rows]] = self._model(ids)[0]
                if progress is not None:
                    progress(len(rows))
        return vectors

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut texts into the word pieces that the model sees of them."""
        sound = [text.strip().encode("utf-8", "replace").decode() for text in texts]
        return [one.ids for one in self._tokenizer.encode_batch(sound)]

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.int32]]]:
        """Cut texts into word pieces; yield rows and ids of texts with as many pieces, most first.

        Without padding a text's vector does not hang on the texts beside it.
        """
        pieces = self.pieces(texts)
        alike: dict[int, list[int]] = defaultdict(list)
        for row, ids in enumerate(pieces):
            alike[len(ids)].append(row)
        for length in sorted(alike, reverse=True):
            step = max(1, TOKENS // length)
            for start in range(0, len(alike[length]), step):
                rows = alike[length][start : start + step]
                yield rows, np.array([pieces[row] for row in rows], dtype=np.int32)


def load(name: str, folder: Path) -> QuickEncoder | None:
    """Load the sentence-transformers model in ``folder``; None where its kind is not built here.

    Built are BERT models with absolute positions and GELU, whose vector is the mean of their word
    pieces. Raises ``OSError``, ``ValueError`` or ``KeyError`` where a file of such a model is bad.
    """
    told = _read(folder)
    if told is None:
        return None
    config, longest = told
    from safetensors.numpy import load_file

    weights = {key.removeprefix("bert."): one for key, one in
               load_file(folder / "model.safetensors").items()}  # fmt: skip
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    bert = Bert(
        _rounded(weights),
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        hidden=config["hidden_size"],
        epsilon=config["layer_norm_eps"],
    )
    return QuickEncoder(name, Compiled(_graph(bert), group=GROUP), tokenizer, bert.hidden)


def _rounded(weights: dict[str, Array]) -> dict[str, Array]:
    """Round the matrices of the layers to 8 bits; what is looked up stays as it is."""
    if bits() != 8:
        return weights
    tables = {name: one for name, one in weights.items() if name.startswith("embeddings.")}
    layers = {name: one for name, one in weights.items() if name.startswith("encoder.")}
    return tables | rounded(layers)


def _graph(bert: Bert) -> Any:
    """Give ids (batch, pieces; int32) -> vectors (batch, hidden size) of unit length."""
    ids = bert.parameter("ids")
    mean = bert.ops.reduce_mean(bert.encoded(ids), whole(1))
    vector = bert.ops.normalize_l2(mean, whole(1), float(TINY), "max")
    return openvino_alone().Model([vector], [ids], "sentence encoder")


def _read(folder: Path) -> tuple[dict[str, Any], int] | None:
    """Read a model's config and how many word pieces it sees; None where it is another kind."""
    needed = ("config.json", "modules.json", "model.safetensors", "tokenizer.json")
    if not all((folder / name).is_file() for name in needed):
        return None
    config = _json(folder / "config.json")
    modules = [one["type"].rpartition(".")[2] for one in _json(folder / "modules.json")]
    pooling = folder / "1_Pooling" / "config.json"
    pooled = _json(pooling) if pooling.is_file() else {}
    ways = [way for way, on in pooled.items() if way.startswith("pooling_mode") and on]
    sizes = folder / "sentence_bert_config.json"
    told = _json(sizes) if sizes.is_file() else {}
    known = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and modules[:2] == ["Transformer", "Pooling"]
        and set(modules[2:]) <= {"Normalize"}
        and ways == ["pooling_mode_mean_tokens"]
        and not told.get("do_lower_case")
    )
    longest = int(told.get("max_seq_length") or config.get("max_position_embeddings", 0))
    return (config, longest) if known else None


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
