"""Learning from reviewers: set the relation anew from the pairs that they confirmed or rejected.

How the chances are fitted to the decisions: `verify.review.scaling`. From the new chances follow
the lines from which on a pair is shown. They stay where they were shipped, on the new log-odds, so
that "as likely as neither" means this desk's odds. People saw only what was shown, so no line ever
comes to lie lower than shipped on the old log-odds: nobody has looked at what is there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from verify.analysis.relate import RelateSettings
from verify.review.figures import Figures, figures, losses
from verify.review.scaling import RELATIONS, Floats, fit, log_odds

Relating = Callable[[pd.DataFrame, RelateSettings], pd.DataFrame]
"""Rows of the decided pairs and settings -> PAIRS, in the same order."""

ENOUGH: Final = 50
"""Decisions on a relation from which on values are suggested.

Tried on made-up desks (120 each). Odds as shipped: 3 or 4 of 100 were given a suggestion at 30 to
100 decisions, a little worse than the shipped values (log loss +0.03 to +0.05). Odds 1.6 times
lower: of those given one, 0.47 were made worse at 30 decisions (on average +0.013), 0.30 at 50
(-0.003), 0.11 at 100 (-0.009). Odds 2.7 times lower: none was made worse even at 20 (-0.068)."""
RARER: Final = 5
"""Decisions that confirm, and that reject: with fewer the sign of a shift hangs on two or three."""
EVENTS: Final = 5
"""Events that they come from, so that each fold keeps apart one at least."""
FOLDS: Final = 5
NO_BETTER: Final = "on events kept apart the tuned chances were not surely better than the shipped"


@dataclass(frozen=True)
class Learned:
    """What the decisions on one relation say."""

    relation: str
    confirmed: int
    rejected: int
    events: int
    shipped: Figures
    tuned: Figures | None
    """On events that took no part in the fit; None where there are too few decisions to fit."""
    why_not: str
    """Why nothing is suggested; empty where something is."""


@dataclass(frozen=True)
class Tuning:
    """What all decisions say: the figures of both relations, and the settings suggested if any."""

    learned: tuple[Learned, ...]
    settings: RelateSettings | None
    unclear: int
    """Decisions that count for neither: on pairs shown as related only, or as something else
    before, where it cannot be told what was decided on."""


def decided_on(pairs: pd.DataFrame, shipped: pd.Series[str]) -> pd.Series[str]:
    """Say which relation each decision was about: supports, conflicts, or None where unclear.

    ``pairs``: REVIEWED; ``shipped``: their relation under the settings as shipped. Decisions say
    it; the oldest do not. Of those, what the store shows is what was decided on, where it showed
    it at the time of the decision. One that is older than that was about what the shipped settings
    show, as far as that does not disagree with the store: a build under tuned settings may have
    taken the pair out of sight since.
    """
    abouts: list[str | None] = []
    columns = (pairs["about"], pairs["relation"], shipped, pairs["decided_at"], pairs["related_at"])
    for said, shown, would, decided, related in zip(*columns, strict=True):
        fresh = related is None or decided >= related
        guess = shown if fresh or shown == would else would if shown not in RELATIONS else None
        about = said or guess
        abouts.append(about if about in RELATIONS else None)
    return pd.Series(abouts, index=pairs.index, dtype="object")


@dataclass(frozen=True)
class _Decided:
    """Decisions that count: one row each in every array."""

    pairs: pd.DataFrame
    scores: Floats
    """(n, 2): log-odds as shipped."""
    which: NDArray[np.int64]
    """Column of the relation decided on."""
    right: NDArray[np.bool_]
    events: NDArray[np.object_]


def tune(decided: pd.DataFrame, relating: Relating) -> Tuning:
    """Learn from decisions.

    ``decided``: REVIEWED and what ``relating`` reads. The figures of the tuned settings are of
    pairs whose events took no part in the fit (grouped k-fold). A relation is tuned where there
    are `ENOUGH` decisions on it, and where the tuned chances do better on those pairs by more than
    one standard error of the difference, counted by event.
    """
    before = relating(decided, RelateSettings())
    about = decided_on(decided, before["relation"])
    clear = about.notna().to_numpy()
    pairs, before = decided[clear].reset_index(drop=True), before[clear].reset_index(drop=True)
    known = _Decided(
        pairs,
        log_odds(before),
        np.array([RELATIONS.index(name) for name in about[clear]], dtype=np.int64),
        (pairs["decision"] == "confirmed").to_numpy(),
        pairs["a_event"].fillna(pairs["pair_id"]).to_numpy(),
    )
    why_not = [_lacking(known, k) for k in (0, 1)]
    after: list[Figures | None] = [None, None]
    while free := [k for k in (0, 1) if not why_not[k]]:
        held_out = _held_out(known, free, relating)
        for k in free:
            after[k] = figures(held_out, known.which, known.right, k)
            if not _better(known, before, held_out, k):
                why_not[k] = NO_BETTER
        if not any(why_not[k] for k in free):
            break
    settings = fit(known.scores, known.which, known.right, free) if free else None
    learned = tuple(_learned(known, before, k, after[k], why_not[k]) for k in (0, 1))
    return Tuning(learned, settings, int((~clear).sum()))


def _learned(
    known: _Decided, before: pd.DataFrame, k: int, after: Figures | None, why_not: str
) -> Learned:
    asked = known.which == k
    return Learned(
        relation=RELATIONS[k],
        confirmed=int((known.right & asked).sum()),
        rejected=int((~known.right & asked).sum()),
        events=len(set(known.events[asked])),
        shipped=figures(before, known.which, known.right, k),
        tuned=after,
        why_not=why_not,
    )


def _lacking(known: _Decided, k: int) -> str:
    """Say what the decisions on one relation lack, empty where they are enough."""
    asked = known.which == k
    right = known.right[asked]
    there = (
        (len(right), ENOUGH, "decisions"),
        (int(right.sum()), RARER, "confirmed pairs"),
        (int((~right).sum()), RARER, "rejected pairs"),
        (len(set(known.events[asked])), EVENTS, "events with decisions"),
    )
    lacking = [f"{count} of {needed} {what}" for count, needed, what in there if count < needed]
    return f"too few decisions to go by: {', '.join(lacking)}" if lacking else ""


def _held_out(known: _Decided, free: list[int], relating: Relating) -> pd.DataFrame:
    """Relate each pair under settings fitted to the decisions on other events."""
    parts = []
    folds = GroupKFold(n_splits=min(FOLDS, len(set(known.events))))
    for seen, unseen in folds.split(known.scores, groups=known.events):
        settings = fit(known.scores[seen], known.which[seen], known.right[seen], free)
        rows = relating(known.pairs.iloc[unseen].reset_index(drop=True), settings)
        parts.append(rows.set_axis(unseen, axis="index"))
    return pd.concat(parts).sort_index()


def _better(known: _Decided, before: pd.DataFrame, held_out: pd.DataFrame, k: int) -> bool:
    asked = known.which == k
    truth, name = known.right[asked], f"p_{RELATIONS[k]}"
    old, new = (losses(rows[name].to_numpy()[asked], truth) for rows in (before, held_out))
    gains = pd.Series(old - new).groupby(known.events[asked]).sum().to_numpy()
    error = float(np.sqrt(len(gains)) * gains.std(ddof=1))
    return float(gains.sum()) > error


SELECTION: Final = (
    "People decide on what is shown, conflicts first and the surest first: the figures tell how "
    "the pairs shown did, not what was missed, so no line is set lower than it was shipped."
)
_ROWS: Final = (
    ("precision among the reviewed pairs", "precision"),
    ("recall, only among those that were shown", "recall"),
    ("expected calibration error", "calibration_error"),
    ("log loss", "log_loss"),
)


def told(tuning: Tuning) -> str:
    """Say in lines what was learned, before (as shipped) and after (on events kept apart)."""
    lines = [SELECTION]
    if tuning.unclear:
        lines.append(
            f"Decisions that count for neither: {tuning.unclear:,} (on pairs shown as related "
            "only, or shown as something else before)."
        )
    for one in tuning.learned:
        lines += ["", *_told(one, tuning.settings)]
    return "\n".join(lines)


def _told(one: Learned, settings: RelateSettings | None) -> list[str]:
    decisions = one.confirmed + one.rejected
    lines = [
        f"{one.relation:<11}{decisions:,} decisions in {one.events:,} events: "
        f"{one.confirmed:,} confirmed, {one.rejected:,} rejected"
    ]
    if decisions:
        lines.append(f"  {'':<42}{'as shipped':>11}{'tuned, on events kept apart':>29}")
        for words, name in _ROWS:
            after = _number(getattr(one.tuned, name)) if one.tuned else "-"
            lines.append(f"  {words:<42}{_number(getattr(one.shipped, name)):>11}{after:>29}")
    if one.why_not or settings is None:
        return [*lines, f"  nothing is suggested: {one.why_not}"]
    k = RELATIONS.index(one.relation)
    shipped, line = (getattr(s, one.relation) for s in (RelateSettings(), settings))
    on_shipped = (line - settings.shift[k]) / settings.scale[k]
    return [
        *lines,
        f"  suggested: scale {settings.scale[k]:g}, shift {settings.shift[k]:+g}, shown from "
        f"{line:g}; on the log-odds as shipped, from {on_shipped:.2f} instead of {shipped:g}",
    ]


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
