"""The model that reads who said what, and its export as 8-bit ONNX."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel

from verify.ingest.tagger import ROLES

SIZE = 96
"""Dimensions of the space in which an anchor and a word are compared."""
REACH = 64
"""Pieces beyond which distances to an anchor count as one."""


def encoder(folder: str) -> nn.Module:
    """Load MiniLM, its attention without dropout."""
    return AutoModel.from_pretrained(
        folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0
    )


class Reader(nn.Module):
    """MiniLM with the two heads."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.encoder = encoder(folder)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.anchor = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.as_cue = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Linear(width, len(ROLES) * SIZE)
        )
        self.as_word = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, SIZE))
        self.distance = nn.Embedding(2 * REACH + 1, len(ROLES))
        nn.init.zeros_(self.distance.weight)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return anchors (batch, n) and roles (batch, anchor n, roles, word n), all logits."""
        hidden = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        count = ids.shape[1]
        anchors = self.anchor(hidden).squeeze(-1)
        cues = self.as_cue(hidden).reshape(-1, count * len(ROLES), SIZE)
        scores = torch.matmul(cues, self.as_word(hidden).transpose(1, 2)) / SIZE**0.5
        roles = scores.reshape(-1, count, len(ROLES), count)
        at = torch.arange(count, device=ids.device)
        apart = (at[None, :] - at[:, None]).clamp(-REACH, REACH) + REACH
        return anchors, roles + self.distance(apart).permute(0, 2, 1)


def mean_of(weights: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Average the weights of several rounds (Wortsman et al. 2022, "model soups")."""
    return {
        name: torch.stack([each[name].float() for each in weights]).mean(0).to(first.dtype)
        for name, first in weights[0].items()
    }


def export(model: Reader, out: Path) -> None:
    """Write the model as ONNX with 8-bit weights, one scale a column."""
    model.eval()
    # the other kind of attention guards against rows without a word, for a third of the time
    model.encoder.set_attn_implementation("eager")
    ids = torch.randint(1000, 2000, (2, 40))
    batch, count = (
        torch.export.Dim("batch", min=1, max=64),
        torch.export.Dim("count", min=3, max=512),
    )
    sizes = {0: batch, 1: count}
    program = torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        dynamo=True,
        input_names=["ids", "mask"],
        output_names=["anchors", "roles"],
        dynamic_shapes=(sizes, sizes),
    )
    shrink(program, out)


def shrink(program: torch.onnx.ONNXProgram, out: Path) -> None:
    """Write an exported model with 8-bit weights, one scale a column."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        program.save(full)
        quantize_dynamic(
            full,
            out,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    _without_traces(out)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def _without_traces(path: Path) -> None:
    """Take out what the exporter notes about the code of the machine that it ran on."""
    exported = onnx.load(path)
    for graph in (exported.graph, *exported.functions):
        for part in (graph, *graph.node):
            del part.metadata_props[:]
            part.doc_string = ""
    for value in (
        *exported.graph.value_info,
        *exported.graph.input,
        *exported.graph.output,
        *exported.graph.initializer,
    ):
        del value.metadata_props[:]
        value.doc_string = ""
    del exported.metadata_props[:]
    onnx.save(exported, path)
