"""Scale and shift of the two log-odds of a pair, fitted to what reviewers decided.

Both log-odds are multiplied by a scale and moved by a shift of their own, so that the chances
agree with the decisions. That is Platt scaling ("Probabilistic outputs for support vector
machines", 1999) in its form for several classes, vector scaling (Guo et al., "On calibration of
modern neural networks", ICML 2017): the model stays, two numbers a relation move. A confirmed pair
counts with its chance of being what was shown, a rejected one with the chance of being anything
else, since a rejection does not say what the pair is instead.

A desk has tens of decisions, not thousands, so both numbers are held near the shipped ones by a
normal prior (maximum a posteriori: `SHIFT_SD`, `SCALE_SD`): with no decisions nothing moves, with
few a little, with many the decisions alone count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from verify.analysis.relate import RelateSettings

Floats = NDArray[np.float64]
RELATIONS: Final = ("supports", "conflicts")
SHIFT_SD: Final = 1.0
"""Standard deviation of the prior of a shift, log-odds: a desk's odds differ from those shipped by
less than sevenfold in 95 of 100 cases."""
SCALE_SD: Final = 0.35
"""The same of a scale's logarithm: it lies between half and double in 95 of 100 cases."""


def log_odds(related: pd.DataFrame) -> Floats:
    """Give the sums of the reasons of PAIRS: (n, 2), supports and conflicts against neither."""
    sums = [
        [math.fsum(reason[name] for reason in reasons) for name in RELATIONS]
        for reasons in related["reasons"]
    ]
    return np.array(sums, dtype=np.float64).reshape(len(related), 2)


def fit(
    scores: Floats, which: NDArray[np.int64], right: NDArray[np.bool_], free: Sequence[int]
) -> RelateSettings:
    """Fit scale and shift (maximum a posteriori) and draw the lines.

    ``scores``: (n, 2) log-odds as shipped; ``which``: the column decided on; ``right``: whether it
    was confirmed; ``free``: which of the columns may move.
    """
    counted = np.isin(which, free)
    scores, which, right = scores[counted], which[counted], right[counted]
    spread = np.array([SCALE_SD, SCALE_SD, SHIFT_SD, SHIFT_SD])
    movable = np.array([k in free for k in (0, 1, 0, 1)])
    chosen = np.eye(2)[which]

    def loss(moves: Floats) -> tuple[float, Floats]:
        scale, shift = np.exp(moves[:2]), moves[2:]
        sums = np.hstack([scores * scale + shift, np.zeros((len(scores), 1))])
        whole = logsumexp(sums, axis=1)
        chances = np.exp(sums - whole[:, None])
        others = np.where(np.eye(3, dtype=bool)[which], -np.inf, sums)
        yes = sums[np.arange(len(sums)), which] - whole
        no = logsumexp(others, axis=1) - whole
        told = np.where(right, yes, no)
        odds = np.exp(np.clip(yes - no, -700, 700))
        slope = (chosen - chances[:, :2]) * np.where(right, 1.0, -odds)[:, None]
        steep = np.concatenate([(slope * scores * scale).sum(axis=0), slope.sum(axis=0)])
        pulled = moves / spread**2
        return float(((moves / spread) ** 2).sum() / 2 - told.sum()), (pulled - steep) * movable

    found = minimize(loss, np.zeros(4), jac=True, method="L-BFGS-B").x
    scale = (round(math.exp(found[0]), 3), round(math.exp(found[1]), 3))
    shift = (round(float(found[2]), 3) + 0.0, round(float(found[3]), 3) + 0.0)  # no minus 0
    return drawn(scale, shift, int(counted.sum()))


def drawn(scale: tuple[float, float], shift: tuple[float, float], decisions: int) -> RelateSettings:
    """Draw the lines: where they were shipped, but never lower on the shipped log-odds."""
    shipped = RelateSettings()
    lines = [
        max(line, math.ceil(round(1000 * (scale[k] * line + shift[k]), 6)) / 1000)
        for k, line in enumerate((shipped.supports, shipped.conflicts))
    ]
    return replace(
        shipped,
        supports=lines[0],
        conflicts=lines[1],
        scale=scale,
        shift=shift,
        decisions=decisions,
    )
