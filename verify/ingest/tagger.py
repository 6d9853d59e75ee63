"""Who said what, read by a small trained model (ONNX Runtime, 8-bit)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verify.ingest.windows import CLOSING, OPENING, Window

ROLES = ("none", "cue", "source", "content")


def padded(batch: Sequence[Window]) -> tuple[np.ndarray, np.ndarray]:
    """Return ids and mask, int64 (len(batch), longest + 2), with the opening and closing marks."""
    longest = max(len(window.ids) for window in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(batch):
        end = len(window.ids) + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = OPENING, window.ids, CLOSING
        mask[row, : end + 1] = 1
    return ids, mask
