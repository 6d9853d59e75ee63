"""Models of the BERT family on a CPU in 8 bits: their graph, built in OpenVINO from their weights.

Weights are rounded once, one scale a row; activations as they come, one scale for a group of them.
That keeps what a model sees, where one scale for a whole batch loses it: a few channels of these
models are a hundred times as large as the rest. Batches hold texts of one length, so that nothing
is padded and no text's result hangs on the texts beside it.

A CPU that multiplies tiles (AMX) is faster in 16 bits (bfloat16) than in 8 with many scales, and
nearer to the model: that is chosen by a variable; see `bits`.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from verify.errors import InputError

CPU: Final = Path("/proc/cpuinfo")
"""Where Linux tells what the CPU can; other systems count as without tiles."""
TILES: Final = "amx_bf16"
"""What it says of a CPU that multiplies tiles of bfloat16."""
BITS: Final = "VERIFY_BITS"
LARGEST: Final = np.float32(127)
"""Of a signed 8-bit number."""
TINY: Final = np.float32(1e-12)

Array = NDArray[Any]
Weights = Mapping[str, Array]
"""By their names in a BERT's file; rounded ones as ``NAME.weight`` (int8, row by row) with
``NAME.scale`` (float32, one a row)."""


def rounded(weights: Mapping[str, Array]) -> dict[str, Array]:
    """Round every matrix of a model to 8 bits, one scale a row; leave the vectors."""
    found: dict[str, Array] = {}
    for name, values in weights.items():
        if not name.endswith(".weight") or values.ndim != 2:
            found[name] = values
            continue
        scale = np.maximum(np.abs(values).max(axis=1) / LARGEST, TINY).astype(np.float32)
        found[name] = np.round(values / scale[:, None]).astype(np.int8)
        found[name.removesuffix("weight") + "scale"] = scale
    return found


class Bert:
    """Builds the graph of an encoder, and what stands on it, from its weights."""

    def __init__(
        self, weights: Weights, *, layers: int, heads: int, hidden: int, epsilon: float = 1e-12
    ) -> None:
        self.ops = openvino_alone().opset13
        self.hidden = hidden
        self._weights = weights
        self._layers, self._heads, self._epsilon = layers, heads, epsilon

    def parameter(self, name: str) -> Any:
        """Give an input (batch, pieces; int32)."""
        openvino = openvino_alone()
        return self.ops.parameter(openvino.PartialShape([-1, -1]), openvino.Type.i32, name)

    def encoded(self, ids: Any, types: Any = None) -> Any:
        """Encode ids, and which of two texts each belongs to, to (batch, pieces, hidden)."""
        x = self._embedded(ids, types)
        for layer in range(self._layers):
            x = self._layer(x, f"encoder.layer.{layer}")
        return x

    def linear(self, x: Any, place: str) -> Any:
        """Multiply by the weights of a place, and add its bias."""
        ops = self.ops
        near = self._table(f"{place}.weight")
        bias = ops.constant(self._weights[f"{place}.bias"])
        return ops.add(ops.matmul(x, near, False, True), bias)

    def _table(self, name: str) -> Any:
        """Give a matrix as the graph holds it: in 8 bits with a scale for each row, or whole."""
        ops, values = self.ops, self._weights[name]
        if values.dtype != np.int8 or bits() != 8:
            return ops.constant(self._rows(name))
        scale = self._weights[name.removesuffix("weight") + "scale"]
        return ops.multiply(
            ops.convert(ops.constant(values), "f32"), ops.constant(scale.reshape(-1, 1))
        )

    def _embedded(self, ids: Any, types: Any) -> Any:
        ops = self.ops
        words, places, kinds = (
            self._rows(f"embeddings.{name}_embeddings.weight")
            for name in ("word", "position", "token_type")
        )
        length = ops.gather(ops.shape_of(ids), whole(1), whole(0))
        here = ops.slice(ops.constant(places), whole(0), length, whole(1), whole(0))
        x = ops.add(ops.gather(ops.constant(words), ids, whole(0)), here)
        if types is None:
            return self._norm(ops.add(x, ops.constant(kinds[:1])), "embeddings")
        told = ops.gather(ops.constant(kinds), types, whole(0))
        return self._norm(ops.add(x, told), "embeddings")

    def _rows(self, name: str) -> Array:
        """Give a matrix in 32 bits."""
        values = self._weights[name]
        if values.dtype != np.int8:
            return values
        scale = self._weights[name.removesuffix("weight") + "scale"]
        return values.astype(np.float32) * scale.reshape(-1, 1)

    def _layer(self, x: Any, place: str) -> Any:
        ops = self.ops
        apart = whole(0, 0, self._heads, self.hidden // self._heads)
        own = f"{place}.attention.self"
        query, key, value = (
            ops.transpose(
                ops.reshape(self.linear(x, f"{own}.{name}"), apart, True), whole(0, 2, 1, 3)
            )
            for name in ("query", "key", "value")
        )
        heard = ops.scaled_dot_product_attention(query, key, value, causal=False)
        heard = ops.reshape(ops.transpose(heard, whole(0, 2, 1, 3)), whole(0, 0, self.hidden), True)
        heard = self.linear(heard, f"{place}.attention.output.dense")
        x = self._norm(ops.add(x, heard), f"{place}.attention.output")
        inner = ops.gelu(self.linear(x, f"{place}.intermediate.dense"), "erf")
        return self._norm(
            ops.add(x, self.linear(inner, f"{place}.output.dense")), f"{place}.output"
        )

    def _norm(self, x: Any, place: str) -> Any:
        ops = self.ops
        scale, shift = (self._weights[f"{place}.LayerNorm.{name}"] for name in ("weight", "bias"))
        flat = ops.mvn(x, whole(2), True, self._epsilon, "inside_sqrt")
        return ops.add(ops.multiply(flat, ops.constant(scale)), ops.constant(shift))


class Compiled:
    """A graph ready to run, one batch after the other: beside each other they hung at times."""

    def __init__(self, graph: Any, *, group: int) -> None:
        wanted = {
            "NUM_STREAMS": 1,
            "INFERENCE_NUM_THREADS": threads(),
            "ENABLE_CPU_PINNING": False,  # else two processes take the same core
            "INFERENCE_PRECISION_HINT": "f32" if bits() == 8 else "bf16",
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": group if bits() == 8 else 0,
        }
        model = openvino_alone().Core().compile_model(graph, "CPU", wanted)
        self._request = model.create_infer_request()

    def __call__(self, *inputs: Array) -> list[Array]:
        """Run a batch; the results are the caller's own."""
        found = self._request.infer(list(inputs))
        return [np.array(found[at]) for at in range(len(found))]


def bits() -> int:
    """Give the bits in which models multiply: VERIFY_BITS, else 8.

    The default does not hang on the machine, so that a claim has the same neighbours on each.
    Raises ``InputError`` for other bits than 8 and 16.
    """
    told = os.environ.get(BITS, "") or "8"
    if told not in ("8", "16"):
        raise InputError(f"{BITS} cannot be {told!r}", "environment", "Say 8 or 16, or nothing.")
    return int(told)


def has_tiles() -> bool:
    """Whether the CPU multiplies tiles, so that 16 bits are faster than 8."""
    try:
        return TILES in CPU.read_text(encoding="utf-8").split()
    except OSError:
        return False


def threads() -> int:
    """Give the threads of a model: OMP_NUM_THREADS, which a cluster sets, else all cores."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isascii() and told.isdigit() and int(told) else os.cpu_count() or 1


def whole(*values: int) -> Any:
    """Give whole numbers as a constant."""
    return openvino_alone().opset13.constant(np.array(values, dtype=np.int64))


def openvino_alone() -> Any:
    """Import OpenVINO without what its converter, which is not used here, would report home by."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    return importlib.import_module("openvino")
