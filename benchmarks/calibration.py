"""Hold the chances of the relation against labels that were not fitted; draw the reliability plot.

    python benchmarks/calibration.py --data DIR --out docs/reliability.png

``desk_pairs`` are read in folds by story, each by weights fitted without it; of what the
cross-encoder reads too, only stories that it did not learn from. ``syria_pairs`` were never fitted.
The expected calibration error is taken over ten bins of equally many pairs. Drawing needs the
optional extra ``bench``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import altair as alt
import fit_relate
import labelled
import numpy as np
import pandas as pd
from fit_relate import NAMES, PRIOR, PULL, Floats, Pairs

from verify.analysis import relate
from verify.analysis.cross_encoder import load_reader
from verify.analysis.reading import READ
from verify.review.figures import calibration_error

FOLDS = 5
BINS = 10
LANES = ("supports", "conflicts")


def main() -> None:
    """Print the errors; draw what chance was said and how often it was so."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, help="the plot; without it, only figures are printed")
    asked = options.parse_args()
    measured = fit_relate.measuring()

    def read(name: str, weight: fit_relate.Weight) -> Pairs:
        return measured(labelled.read(asked.data / f"data/stance/{name}.jsonl.gz"), weight)

    found = read("desk_pairs", fit_relate.weight_of_found)
    written = read("written_pairs", lambda row: 0.2)
    judged = read("syria_pairs", lambda row: 1.0)
    folder = asked.data / "data"
    prior = np.array([[PRIOR.get(name, (0.0, 0.0))[k] for name in NAMES[1:]] for k in (0, 1)])
    alone = (found, in_folds(found, [written], prior, PULL, folder))
    reader = load_reader()
    assert reader is not None
    apart, others = (pairs.only(fit_relate.kept_apart(pairs, folder)) for pairs in (found, written))
    both = [one.beside(fit_relate.readings(one, reader)) for one in (apart, others)]
    about = np.array([fit_relate.PRIOR_READ.get(name, (0.0, 0.0)) for name in READ]).T
    rules = np.array([relate.load_weights()[name] for name in NAMES]).T
    beside = np.hstack([rules[:, 1:], about])
    read_too = (both[0], in_folds(both[0], both[1:], beside, fit_relate.PULL_READ, folder))
    shipped = np.array([relate.load_weights("weights_read")[n] for n in (*NAMES, *READ)]).T
    war = judged.beside(fit_relate.readings(judged, reader))
    kinds = {
        "news, rules": alone,
        "news, rules and model": read_too,
        "war, rules": (judged, chances(judged, rules)),
        "war, rules and model": (war, chances(war, shipped)),
    }
    points = []
    for name, (pairs, said) in kinds.items():
        for lane, label in enumerate(LANES):
            truth = pairs.classes == lane
            error = calibration_error(said[:, lane], truth)
            print(f"{name:<22} {label:<10} {len(truth):>5} pairs, calibration error {error:.3f}")
            points += binned(name, label, said[:, lane], truth)
    if asked.out:
        drawn(points).save(asked.out, scale_factor=2)


def in_folds(
    found: Pairs, others: Sequence[Pairs], prior: Floats, pull: float, folder: Path
) -> Floats:
    """Return chances of found pairs, each by weights that its story took no part in fitting."""
    at = fit_relate.folds(found, folder, FOLDS)
    said = np.zeros((len(found.rows), len(LANES)))
    for fold in range(FOLDS):
        rest = [found.only(at != fold), *(replace(one) for one in others)]
        held = found.only(at == fold)
        said[at == fold] = chances(held, fit_relate.fit(rest, prior, pull))
    return said


def chances(pairs: Pairs, weights: Floats) -> Floats:
    """Probabilities (pairs, 2) of supports and of conflicts."""
    return np.array([relate.softmax(*scores) for scores in pairs.strengths @ weights.T])


def binned(name: str, label: str, said: Floats, truth: np.ndarray) -> list[dict[str, object]]:
    """Return the mean chance and the share that was so, over bins of equally many pairs."""
    parts = np.array_split(np.argsort(said, kind="stable"), BINS)
    return [
        {
            "pairs": name, "relation": label, "said": float(said[part].mean()),
            "so": float(truth[part].mean()), "count": len(part),
        }
        for part in parts
    ]  # fmt: skip


def drawn(points: list[dict[str, object]]) -> alt.HConcatChart:
    """Draw one panel a relation: where a mark lies on the line, the chance is what it says."""
    table = pd.DataFrame(points)
    line = alt.Chart(pd.DataFrame({"said": [0, 1], "so": [0, 1]})).mark_line(
        color="grey", strokeDash=[4, 4]
    )
    panels = []
    for label in LANES:
        marks = alt.Chart(table[table["relation"] == label]).mark_line(
            point=alt.OverlayMarkDef(size=50)
        )
        shown = marks.encode(
            x=alt.X(
                "said:Q", title=f"chance of “{label}” that was said", scale=alt.Scale(domain=[0, 1])
            ),
            y=alt.Y("so:Q", title="share that was so", scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("pairs:N", title=None),
            shape=alt.Shape("pairs:N", title=None),
        )
        ruler = line.encode(x="said:Q", y="so:Q")
        panels.append((ruler + shown).properties(width=300, height=300, title=label))
    return alt.hconcat(*panels)


if __name__ == "__main__":
    main()
