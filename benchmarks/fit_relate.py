"""Fit the weights of the relation's rules and write ``verify/analysis/models/relation.json``.

    python benchmarks/fit_relate.py --data DIR            fit; print figures on kept-apart pairs
    python benchmarks/fit_relate.py --data DIR --write    and write the weights
    ... --rumours FILE       chances of ``emergent`` read out of fold, by training/relation.py

A multinomial logit over the strengths of the rules: log-odds of "supports" and of "conflicts"
against neither. Weights are pulled towards `PRIOR` (maximum a posteriori, normal prior), because
found pairs hold too few conflicts to learn from; a rule that says why two claims cannot both be
right may neither lower "conflicts" nor raise "supports". Each data set has a base rate of its own,
and that of the found pairs is kept, so that written pairs teach what conflict looks like but not
how common it is. ``syria_pairs`` is only judged, never fitted.

The weights beside the cross-encoder are fitted after those of the rules alone, which are their
prior, on pairs that the cross-encoder did not learn from: the stories kept apart by
``training/relation.py``, and rumours read by a model that knew only others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import measured
import numpy as np
from measured import CLASSES, OF_CONFLICTS, Floats, Pairs, Sets
from scipy.optimize import minimize

from verify.analysis import relate
from verify.analysis.cross_encoder import PairReader, load_reader
from verify.analysis.reading import READ, from_chances
from verify.analysis.rules import LIKENESS, RULES

MODEL = Path(relate.__file__).with_name("models") / "relation.json"
NAMES = ("base", *(rule.name for rule in RULES))
PRIOR = {
    "figures_differ": (-1.5, 5.5),
    "figures_far": (-1.0, 4.5),
    "things_differ": (-0.7, 3.5),
    "other_numbers": (-0.5, 0.3),
    "denial": (-1.0, 4.0),
    "denied_outright": (-4.0, 8.0),
    "blame_denied": (-1.0, 4.0),
    "negation": (-0.5, 2.5),
    "opposite_words": (-0.3, 2.0),
    "other_doer": (-0.5, 1.5),
    "other_cause": (-0.5, 1.5),
    "other_account": (-1.5, 3.0),
    "elsewhere": (-1.0, 2.0),
    "other_victims": (-0.5, 3.0),
    "both_succeed": (-2.0, 7.0),
    "other_outcome": (-2.0, 5.5),
    "opposed_sides": (-1.0, 0.3),
    "same_document": (-1.5, 0.0),
    "other_polarity": (-2.0, 0.0),
}
"""Log-odds (supports, conflicts) at full strength where no data speak; 0 for every other rule.

The base rate of conflict is about 1 in 40, log-odds -3.7: a finding of +4 alone makes it even."""
PULL = 8.0
"""Precision of the prior: as much as some tens of pairs; 2 and 8 were tried, 8 is steadier."""
NOT_ALIKE = {"no_names", "published_apart", "other_means", "same_document"}
"""Rules of likeness that may speak against support."""


PRIOR_READ = {
    "read_supports": (0.5, 0.0),
    "read_conflicts": (0.0, 0.3),
    "read_together": (0.2, 0.0),
    "alike_conflicts": (0.0, 0.4),
}
"""Prior of what the cross-encoder says: half of its own log-odds, for it is too sure of itself."""
PULL_READ = 8.0
"""Precision of the prior beside the cross-encoder; 8 and 20 were tried."""
OF_RUMOURS_READ = 3.0
"""How many times as much a rumour counts there: no other pairs without dates are people's own."""


def main() -> None:
    """Fit, print and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--write", action="store_true")
    options.add_argument(
        "--keep", action="store_true", help="fit only the weights beside the cross-encoder"
    )
    options.add_argument("--rumours", type=Path, help="chances (pairs, 3) read out of fold")
    chosen = options.parse_args()
    known = measured.sets(chosen.data)
    weights = fit_rules(known)
    if chosen.keep:
        weights = np.array([relate.load_weights()[name] for name in NAMES]).T
    shown = {"desk_pairs (fitted)": known.found, "read_pairs": known.drawn}
    for name, pairs in (*shown.items(), ("syria_pairs", known.judged)):
        print(name, json.dumps(figures(pairs, weights)))
    reader = load_reader()
    assert reader is not None
    folder = chosen.data / "data"
    sets = apart(known, reader, folder)
    if chosen.rumours:
        rumours, chances = known.rumours, np.load(chosen.rumours)
        rumours = replace(rumours, weights=rumours.weights * OF_RUMOURS_READ)
        sets.append(rumours.beside(from_chances(chances, rumours.known[:, 0], rumours.known)))
    beside = fit_beside(sets, weights)
    for name, pair in zip((*NAMES, *READ), beside.T, strict=True):
        alone = weights.T[NAMES.index(name)] if name in NAMES else (np.nan, np.nan)
        print(f"{name:<18}" + "".join(f"{value:>8.2f}" for value in (*alone, *pair)))
    read_too = known.judged.beside(measured.readings(known.judged, reader))
    print("syria_pairs, rules and reading", json.dumps(figures(read_too, beside)))
    if chosen.write:
        model = _model(weights, beside)
        MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


def apart(known: Sets, reader: PairReader, folder: Path) -> list[Pairs]:
    """Read the pairs that the cross-encoder did not learn from; those found come first.

    Pairs found in news that gives no dates stand for dated ones: nobody chose them to be compared.
    """
    found, drawn, written = (
        one.only(measured.kept_apart(one, folder))
        for one in (known.found, known.drawn, known.written)
    )
    as_dated = [replace(one, known=one.known * [1.0, 1.0, 0.0]) for one in (found, drawn)]
    several = (*as_dated, written, known.invented)
    return [one.beside(measured.readings(one, reader)) for one in several]


def fit_rules(known: Sets) -> Floats:
    """Return weights (2, NAMES) of the rules alone.

    Without the pairs that were drawn: with them the rules find 4 instead of 6 of 24 conflicts of
    ``syria_pairs``. What they teach is what to make of the cross-encoder.
    """
    prior = np.array([[PRIOR.get(name, (0.0, 0.0))[k] for name in NAMES[1:]] for k in (0, 1)])
    return fit([known.found, known.written, known.rumours], prior, PULL)


def fit_beside(sets: list[Pairs], rules: Floats) -> Floats:
    """Return weights (2, NAMES and READ), pulled towards those of the rules alone."""
    about = np.array([PRIOR_READ.get(name, (0.0, 0.0)) for name in READ]).T
    beside = fit(sets, np.hstack([rules[:, 1:], about]), PULL_READ)
    # somebody chose the pairs that come without dates: there conflicts are no rarer than as fitted
    beside[1, len(NAMES) + READ.index("undated")] += np.log(OF_CONFLICTS)
    return beside


def fit(sets: list[Pairs], prior: Floats, pull: float) -> Floats:
    """Return weights (2, strengths); the base rate is that of the first set.

    ``prior`` (2, strengths - 1) is of every weight but the base's.
    """
    strengths = np.vstack([one.strengths for one in sets])
    classes = np.concatenate([one.classes for one in sets])
    row_weights = np.concatenate([one.weights for one in sets])
    which = np.concatenate([np.full(len(one.classes), i) for i, one in enumerate(sets)])
    own_base = np.eye(len(sets))[which][:, 1:]
    table = np.hstack([strengths, own_base])
    rules, width = strengths.shape[1], table.shape[1]
    truth = np.eye(3)[classes]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(2, width)
        scores = np.hstack([table @ weights.T, np.zeros((len(table), 1))])
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        apart = weights[:, 1:rules] - prior
        surprise = -np.log((chances * truth).sum(axis=1) + 1e-12) * row_weights
        slope = ((chances - truth)[:, :2] * row_weights[:, None]).T @ table
        slope[:, 1:rules] += pull * apart
        return float(surprise.sum() + pull * (apart**2).sum() / 2), slope.ravel()

    bounds = _bounds(rules - len(NAMES), len(sets) - 1)
    start = np.zeros(2 * width)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B",
                     options={"maxiter": 2000})  # fmt: skip
    weights = np.asarray(found.x).reshape(2, width)[:, :rules].copy()
    weights[1, 0] -= np.log(OF_CONFLICTS)  # so often a conflict was counted; chances are as found
    return weights


def _bounds(readings: int, bases: int) -> list[tuple[float | None, float | None]]:
    free = (None, None)
    others = [free] * (readings + bases)
    likeness = {rule.name for rule in LIKENESS} - NOT_ALIKE
    clashing = {rule.name for rule in RULES if rule.conflict_kind}
    supports = [
        (None, 0.0) if name in clashing else (0.0, None) if name in likeness else free
        for name in NAMES
    ]
    conflicts = [(0.0, None) if name in clashing else free for name in NAMES]
    return [*supports, *others, *conflicts, *others]


def figures(pairs: Pairs, weights: Floats) -> dict[str, Any]:
    """Precision, recall and F1 of each class, and their mean F1."""
    scores = pairs.strengths @ weights.T
    guess = np.where(scores.max(axis=1) <= 0, 2, scores.argmax(axis=1))
    table: dict[str, Any] = {}
    for name, code in (*CLASSES.items(), ("neither", 2)):
        hits = int(((guess == code) & (pairs.classes == code)).sum())
        precision = hits / max(1, int((guess == code).sum()))
        recall = hits / max(1, int((pairs.classes == code).sum()))
        both = 2 * precision * recall / (precision + recall) if hits else 0.0
        table[name] = [round(precision, 3), round(recall, 3), round(both, 3)]
    table["macro_f1"] = round(sum(row[2] for row in table.values()) / 3, 3)
    return table


def _rounded(names: Sequence[str], weights: Floats) -> dict[str, list[float]]:
    return {
        name: [round(float(value), 3) for value in pair]
        for name, pair in zip(names, weights.T, strict=True)
    }


def _model(weights: Floats, beside: Floats) -> dict[str, Any]:
    return {
        "provenance": {
            "made_by": "benchmarks/fit_relate.py",
            "made_on": datetime.now(UTC).date().isoformat(),
            "fitted_on": {
                "desk_pairs": "found news pairs labelled for this project (AllSides round-ups, "
                "ECB+ CC BY 3.0, FA-KES CC BY 4.0)",
                "read_pairs": "pairs of the same corpora that language models read by the guide of "
                "desk_pairs (training/read_pairs.csv); the weights beside the cross-encoder alone",
                "written_pairs": "counterclaims written for this project",
                "invented": "stories written for this project by language models; the weights "
                "beside the cross-encoder alone",
                "emergent": "train split; Ferreira and Vlachos 2016, licence none stated",
            },
            "judged_on": "syria_pairs, not fitted",
            "set_by_hand": "both_succeed, other_outcome, opposed_sides, denied_outright, "
            "same_document: the fitted pairs carry no sides, cues or shared documents",
        },
        "weights": _rounded(NAMES, weights),
        "weights_read": _rounded((*NAMES, *READ), beside),
    }


if __name__ == "__main__":
    main()
