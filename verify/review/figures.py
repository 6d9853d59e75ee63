"""How a relation holds against what reviewers decided: precision, recall, calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify.review.scaling import RELATIONS

Floats = NDArray[np.float64]
IN_A_BIN: Final = 10
"""Decisions in a bin of the calibration error at least; it has ten bins at most."""


@dataclass(frozen=True)
class Figures:
    """How the pairs decided on come out under some settings; NaN where nothing can be said."""

    precision: float
    """Share of confirmed ones among those shown as the relation."""
    recall: float
    """Share of the confirmed ones that is shown; what was never shown is not in it."""
    calibration_error: float
    """Expected calibration error of the chance shown, 0..1."""
    log_loss: float
    """Mean of minus the log of the chance given to what was decided."""


def figures(
    related: pd.DataFrame, which: NDArray[np.int64], right: NDArray[np.bool_], k: int
) -> Figures:
    """Hold PAIRS against the decisions on relation ``k`` of RELATIONS."""
    asked = which == k
    name = RELATIONS[k]
    truth = right[asked]
    if not len(truth):
        return Figures(math.nan, math.nan, math.nan, math.nan)
    shown = (related["relation"] == name).to_numpy()[asked]
    chance = related[f"p_{name}"].to_numpy(dtype=np.float64)[asked]
    hits = int((shown & truth).sum())
    return Figures(
        precision=hits / int(shown.sum()) if shown.any() else math.nan,
        recall=hits / int(truth.sum()) if truth.any() else math.nan,
        calibration_error=calibration_error(chance, truth),
        log_loss=float(losses(chance, truth).mean()),
    )


def losses(chance: Floats, truth: NDArray[np.bool_]) -> Floats:
    """Give minus the log of the chance that each decision had."""
    given = np.clip(np.where(truth, chance, 1 - chance), 1e-12, 1.0)
    return np.asarray(-np.log(given), dtype=np.float64)


def calibration_error(chance: Floats, truth: NDArray[np.bool_]) -> float:
    """Give the expected calibration error (Naeini et al., AAAI 2015), 0..1.

    Over bins of equally many pairs (Nixon et al., CVPR workshops 2019): with bins of equal width
    most would be empty, since the pairs shown have high chances.
    """
    bins = min(10, max(1, len(chance) // IN_A_BIN))
    parts = np.array_split(np.argsort(chance, kind="stable"), bins)
    gaps = [len(part) * abs(chance[part].mean() - truth[part].mean()) for part in parts]
    return float(sum(gaps) / len(chance))
