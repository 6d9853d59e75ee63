"""Sentence encoders of the BERT family on a CPU in 8 bits, several times as fast as in 32.

The weights come from a sentence-transformers folder and are rounded when it is loaded, one scale a
row; activations are rounded as they come, one scale for `GROUP` of them. That keeps the neighbours
(`benchmarks/encoding.py` measures how many), where one scale for a whole batch loses them: a few
channels of these models are a hundred times as large as the rest.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

GROUP: Final = 32
"""Activations that share one scale. Measured on 6,069 claims of news, all-MiniLM-L6-v2: of ten
neighbours by 32 bits 32 keeps 9.67, 64 keeps 9.62 and 128 keeps 9.54, a tenth faster each; only
with 32 are events grouped as well as by 32 bits (`benchmarks/quality.py`)."""
TOKENS: Final = 1024
"""Word pieces encoded at once: what the work needs stays in the caches."""
BLOCK: Final = 4096
"""Texts cut into word pieces at once, and sorted by their number."""
LARGEST: Final = np.float32(127)
"""Of a signed 8-bit number."""
TINY: Final = np.float32(1e-12)

Weights = dict[str, NDArray[np.float32]]


class QuickEncoder:
    """A sentence encoder whose graph runs in OpenVINO; see `verify.analysis.embed.Encoder`."""

    def __init__(self, name: str, model: Any, tokenizer: Tokenizer, dimension: int) -> None:
        self.name = name
        self.dimension = dimension
        self._request = model.create_infer_request()
        self._tokenizer = tokenizer

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, dimension) float32 vectors of unit length, row i for text i."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), BLOCK):
            for rows, ids in self._batches(texts[start : start + BLOCK]):
                # one after the other: beside each other they hung, and ended some processes badly
                found = self._request.infer([ids])[0]
                vectors[[start + row for row in rows]] = found
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
    return QuickEncoder(
        name, _compiled(_Bert(weights, config).graph()), tokenizer, config["hidden_size"]
    )


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


def _compiled(graph: Any) -> Any:
    wanted = {
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": os.cpu_count() or 1,
        "INFERENCE_PRECISION_HINT": "f32",
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": GROUP,
    }
    return openvino_alone().Core().compile_model(graph, "CPU", wanted)


class _Bert:
    """Builds the graph of a BERT encoder from its weights, by their names in the file."""

    def __init__(self, weights: Weights, config: dict[str, Any]) -> None:
        self._ops = openvino_alone().opset13
        self._weights = weights
        self._config = config

    def graph(self) -> Any:
        """Return ids (batch, pieces; int32) -> vectors (batch, hidden size) of unit length."""
        openvino, ops = openvino_alone(), self._ops
        ids = ops.parameter(openvino.PartialShape([-1, -1]), openvino.Type.i32, "ids")
        x = self._embedded(ids)
        for layer in range(self._config["num_hidden_layers"]):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean = ops.reduce_mean(x, _whole(1))
        vector = ops.normalize_l2(mean, _whole(1), float(TINY), "max")
        return openvino.Model([vector], [ids], "sentence encoder")

    def _embedded(self, ids: Any) -> Any:
        ops = self._ops
        word, place, kind = (
            self._weights[f"embeddings.{name}_embeddings.weight"]
            for name in ("word", "position", "token_type")
        )
        length = ops.gather(ops.shape_of(ids), _whole(1), _whole(0))
        places = ops.slice(ops.constant(place + kind[0]), _whole(0), length, _whole(1), _whole(0))
        words = ops.gather(ops.constant(word), ids, _whole(0))
        return self._norm(ops.add(words, places), "embeddings")

    def _layer(self, x: Any, place: str) -> Any:
        ops = self._ops
        heads = self._config["num_attention_heads"]
        apart = _whole(0, 0, heads, self._config["hidden_size"] // heads)
        own = f"{place}.attention.self"
        query, key, value = (
            ops.transpose(
                ops.reshape(self._linear(x, f"{own}.{name}"), apart, True), _whole(0, 2, 1, 3)
            )
            for name in ("query", "key", "value")
        )
        heard = ops.scaled_dot_product_attention(query, key, value, causal=False)
        joined = _whole(0, 0, self._config["hidden_size"])
        heard = ops.reshape(ops.transpose(heard, _whole(0, 2, 1, 3)), joined, True)
        heard = self._linear(heard, f"{place}.attention.output.dense")
        x = self._norm(ops.add(x, heard), f"{place}.attention.output")
        inner = ops.gelu(self._linear(x, f"{place}.intermediate.dense"), "erf")
        return self._norm(
            ops.add(x, self._linear(inner, f"{place}.output.dense")), f"{place}.output"
        )

    def _norm(self, x: Any, place: str) -> Any:
        ops = self._ops
        scale, shift = (self._weights[f"{place}.LayerNorm.{name}"] for name in ("weight", "bias"))
        flat = ops.mvn(x, _whole(2), True, self._config["layer_norm_eps"], "inside_sqrt")
        return ops.add(ops.multiply(flat, ops.constant(scale)), ops.constant(shift))

    def _linear(self, x: Any, place: str) -> Any:
        """Multiply by the weights of a place, each row rounded to 8 bits."""
        ops = self._ops
        weight, bias = (self._weights[f"{place}.{name}"] for name in ("weight", "bias"))
        scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True) / LARGEST, TINY)
        rounded = ops.constant(np.round(weight / scale).astype(np.int8))
        near = ops.multiply(ops.convert(rounded, "f32"), ops.constant(scale))
        return ops.add(ops.matmul(x, near, False, True), ops.constant(bias))


def _whole(*values: int) -> Any:
    return openvino_alone().opset13.constant(np.array(values, dtype=np.int64))


def openvino_alone() -> Any:
    """Import OpenVINO without what its converter, which is not used here, would report home by."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    return importlib.import_module("openvino")
