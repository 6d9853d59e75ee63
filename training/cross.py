"""The model that reads two claims at once, how it reads pairs, and its export in 8 bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pairs import LABELS, Pair
from reader import encoder
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from verify.quick_bert import rounded

PIECES = 80
"""Pieces that are read of a claim; one claim in a thousand of ``desk_pairs`` is longer."""


class Relation(nn.Module):
    """MiniLM over both claims, and two heads over what it makes of each side."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.encoder = encoder(folder)
        # the other kind of attention guards against rows without a word, for a third of the time
        self.encoder.set_attn_implementation("eager")
        width = self.encoder.config.hidden_size
        self.mixed = nn.Sequential(nn.Linear(4 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.relation = nn.Linear(width, len(LABELS))
        self.together = nn.Linear(width, 1)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits: relations (batch, 3) in the order of LABELS, together (batch,)."""
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        second = (mask * types).unsqueeze(-1).to(hidden.dtype)
        first = (mask * (1 - types)).unsqueeze(-1).to(hidden.dtype)
        a = (hidden * first).sum(1) / first.sum(1)
        b = (hidden * second).sum(1) / second.sum(1)
        mixed = self.mixed(torch.cat([hidden[:, 0], a + b, (a - b).abs(), a * b], dim=-1))
        return self.relation(mixed), self.together(mixed).squeeze(-1)


@dataclass(frozen=True)
class Coded:
    """A pair as piece numbers."""

    a: list[int]
    b: list[int]
    label: int
    together: float

    def __len__(self) -> int:
        return len(self.a) + len(self.b) + 3


class Coder:
    """Turns pairs into batches of piece numbers."""

    def __init__(self, folder: str) -> None:
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.start, self.end = (self.tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))

    def coded(self, pairs: Sequence[Pair]) -> list[Coded]:
        """Cut each claim into at most PIECES pieces."""
        texts = [text for pair in pairs for text in (pair.a, pair.b)]
        coded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        pieces = [one.ids[:PIECES] for one in coded]
        return [
            Coded(pieces[2 * at], pieces[2 * at + 1], pair.label, pair.together)
            for at, pair in enumerate(pairs)
        ]

    def batch(self, pairs: Sequence[Coded], swapped: Sequence[bool]) -> list[Tensor]:
        """Return ids, mask and types (pairs, length), shorter pairs filled up with zeros."""
        longest = max(map(len, pairs))
        ids, mask, types = (np.zeros((len(pairs), longest), dtype=np.int64) for _ in range(3))
        for place, (pair, swap) in enumerate(zip(pairs, swapped, strict=True)):
            first, second = (pair.b, pair.a) if swap else (pair.a, pair.b)
            line = [self.start, *first, self.end, *second, self.end]
            ids[place, : len(line)] = line
            mask[place, : len(line)] = 1
            types[place, len(first) + 2 : len(line)] = 1
        return [torch.from_numpy(table) for table in (ids, mask, types)]


def chances(
    model: Relation, coder: Coder, pairs: Sequence[Pair], size: int = 32
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Read pairs in both orders; return their mean chances (pairs, 3) and of one incident."""
    coded = coder.coded(pairs)
    order = sorted(range(len(coded)), key=lambda at: len(coded[at]))
    relations, together = np.zeros((len(pairs), len(LABELS))), np.zeros(len(pairs))
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for begin in range(0, len(order), size):
            picked = order[begin : begin + size]
            chosen = [coded[at] for at in picked]
            for swap in (False, True):
                logits, same = model(*coder.batch(chosen, [swap] * len(chosen)))
                relations[picked] += logits.float().softmax(-1).numpy() / 2
                together[picked] += same.float().sigmoid().numpy() / 2
    return relations, together


def export(model: Relation, out: Path) -> None:
    """Write the weights in 8 bits, one scale a row, as `verify.quick_bert` reads them."""
    weights = {
        name.removeprefix("encoder."): values.float().numpy()
        for name, values in model.state_dict().items()
        if not name.endswith("position_ids")
    }
    save_file(rounded(weights), out)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")
