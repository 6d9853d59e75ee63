"""Hold the chances of the relation against labels that were not fitted; draw the reliability plot.

    python benchmarks/calibration.py --data DIR --out docs/reliability.png

``desk_pairs`` are read in folds, each by weights fitted without its stories (a pair of two stories
stands with the first); beside the cross-encoder, only stories that it did not learn from.
``syria_pairs`` were never fitted and are read by the weights that ship.
The expected calibration error is taken over ten bins of equally many pairs. Drawing needs the
optional extra ``bench``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import altair as alt
import fit_relate
import measured
import numpy as np
import pandas as pd
from measured import Floats, Pairs

from verify.analysis import relate
from verify.analysis.cross_encoder import load_reader
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
    folder = asked.data / "data"
    known = measured.sets(asked.data)
    found, judged = known.found, known.judged
    reader = load_reader()
    assert reader is not None
    apart, apart_drawn, *others = fit_relate.apart(known, reader, folder)

    def dealt(pairs: Pairs) -> np.ndarray:
        return measured.folds(pairs, folder, FOLDS)

    at, at_apart, at_drawn = map(dealt, (found, apart, apart_drawn))
    alone, beside = (np.zeros((len(pairs.rows), len(LANES))) for pairs in (found, apart))
    for fold in range(FOLDS):
        rules = fit_relate.fit_rules(known._replace(found=found.only(at != fold)))
        alone[at == fold] = chances(found.only(at == fold), rules)
        kept = [apart.only(at_apart != fold), apart_drawn.only(at_drawn != fold), *others]
        both = fit_relate.fit_beside(kept, rules)
        beside[at_apart == fold] = chances(apart.only(at_apart == fold), both)
    shipped, shipped_read = (
        np.array(list(relate.load_weights(which).values())).T
        for which in ("weights", "weights_read")
    )
    war = judged.beside(measured.readings(judged, reader))
    kinds = {
        "news, rules": (found, alone),
        "news, rules and model": (apart, beside),
        "war, rules": (judged, chances(judged, shipped)),
        "war, rules and model": (war, chances(war, shipped_read)),
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
