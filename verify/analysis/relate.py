"""Which claims support and which contradict each other, and why.

Two scores are kept apart. ``same_event`` says how far both claims are about one incident. Given
that, every rule that finds something adds its log-odds to two sums, for "supports" and for
"conflicts", both against "neither", whose sum is 0. A softmax over (supports, conflicts, 0) turns
them into ``p_supports`` and ``p_conflicts`` (multinomial logit). So the reasons of a pair add up
to its scores, and a person can argue with each of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verify import records
from verify.analysis.candidates import candidates
from verify.analysis.edges import same_event
from verify.analysis.finding import Finding, Pair
from verify.analysis.naming import named, named_point
from verify.analysis.reading import (
    READ,
    Reading,
    as_read,
    circumstances,
    doubted,
    in_words,
    legible,
)
from verify.analysis.rules import RULES, Rule
from verify.analysis.statements import statements

if TYPE_CHECKING:
    from verify.analysis.cross_encoder import PairReader

__all__ = ["RelateSettings", "Weights", "candidates", "load_weights", "relate"]

Weights = Mapping[str, tuple[float, float]]
"""Rule -> log-odds for (supports, conflicts) at strength 1; "base" holds for every pair."""


@cache
def load_weights(which: str = "weights") -> dict[str, tuple[float, float]]:
    """Read the fitted weights; ``models/relation.json`` says from which data they come.

    ``weights`` are those of the rules alone, ``weights_read`` those of rules and READ together.
    """
    text = files("verify.analysis").joinpath("models/relation.json").read_text(encoding="utf-8")
    return {name: (pair[0], pair[1]) for name, pair in json.loads(text)[which].items()}


def _weights_read() -> dict[str, tuple[float, float]]:
    return load_weights("weights_read")


@dataclass(frozen=True)
class RelateSettings:
    """Knobs of the relation."""

    same_event: float = 0.5
    """From this probability on, a pair can support or conflict, and is "related" where it does
    neither. A pair of which a date is missing can do so from any."""
    supports: float = 0.0
    """Log-odds from which on a pair is said to support: as likely as neither."""
    conflicts: float = -0.5
    """Log-odds from which on a pair is said to conflict, if they are above those of support.

    Conflicts are rare, and one that nobody looks at costs more than one that is put away. How often
    they are right, by people who read them, says ``models/README.md``."""
    scale: tuple[float, float] = (1.0, 1.0)
    """Factor on every log-odds, for (supports, conflicts); both may be set by `verify tune`."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Log-odds added to the base rate after that, for (supports, conflicts)."""
    decisions: int = 0
    """How many decisions of a desk's reviewers these values come from; 0: as shipped."""
    weights: Weights = field(default_factory=load_weights)
    weights_read: Weights = field(default_factory=_weights_read)
    read_from: float = 0.05
    """Probability of either relation, by the rules alone, from which on a pair is read by the
    cross-encoder: most pairs of an event are plainly neither, and reading costs most."""


def relate(
    pairs: pd.DataFrame,
    claims: pd.DataFrame,
    settings: RelateSettings | None = None,
    reader: PairReader | None = None,
) -> pd.DataFrame:
    """Relate pairs of claims, by rules, and by ``reader`` where the rules leave it open.

    ``pairs``: columns a, b (claim ids), event_id, similarity (cosine). ``claims``: CLAIMS, with
    ``source`` and ``published_at`` of the document where known. Returns PAIRS, one row a pair in
    the same order, a < b whichever way round it came. Raises ``KeyError`` for an unknown claim.
    """
    settings = settings or RelateSettings()
    placed = side_by_side(pairs, claims)
    told = [findings(pair) for pair in placed]
    read = _readings(placed, told, settings, reader) if reader else [None] * len(placed)
    rows = [
        {"event_id": event_id, **_relation(pair, found, reading, settings)}
        for pair, found, reading, event_id in zip(
            placed, told, read, pairs["event_id"], strict=True
        )
    ]
    return records.frame(rows, records.PAIRS)


Told = Sequence[tuple[Rule, Finding]]


def _readings(
    placed: Sequence[Pair], told: Sequence[Told], settings: RelateSettings, reader: PairReader
) -> list[Reading | None]:
    """Read the pairs that the rules leave open, and those that somebody chose; None for others."""
    asked = []
    for at, found in enumerate(told):
        open_yet = max(softmax(*_sums(_reasons(found, None, settings)))) >= settings.read_from
        handed_over = placed[at].undated and not placed[at].inside
        if (open_yet or handed_over) and legible(placed[at]):
            asked.append(at)
    pairs = [placed[at] for at in asked]
    read = reader.read([pair.a.told for pair in pairs], [pair.b.told for pair in pairs])
    answers: list[Reading | None] = [None] * len(placed)
    for at, reading in zip(asked, as_read(read, circumstances(pairs)).tolist(), strict=True):
        answers[at] = tuple(reading)
    return answers


def side_by_side(pairs: pd.DataFrame, claims: pd.DataFrame) -> list[Pair]:
    """Put the claims of each pair side by side, the smaller id first, for the rules to read.

    The probability of one incident is taken from a column ``same_event`` of ``pairs`` where
    `candidates` has left it, else reckoned here.
    """
    asked = claims[claims["claim_id"].isin(set(pairs["a"]) | set(pairs["b"]))]
    known = statements(asked)
    if "same_event" in pairs:
        together = pairs["same_event"]
    else:
        together = same_event(pairs, claims)["probability"]
    inside = pairs["event_id"].notna()
    columns = (pairs["a"], pairs["b"], pairs["similarity"], together, inside)
    placed = []
    for a, b, similarity, incident, event in zip(*columns, strict=True):
        first, second = sorted((a, b))
        pair = Pair(known[first], known[second], float(similarity), float(incident), bool(event))
        placed.append(pair)
    return placed


def findings(pair: Pair) -> list[tuple[Rule, Finding]]:
    """Apply every rule; those that find something, in the order of the table."""
    found = ((rule, rule.evidence(pair)) for rule in RULES)
    return [(rule, finding) for rule, finding in found if finding is not None]


def _relation(
    pair: Pair, told: Told, reading: Reading | None, settings: RelateSettings
) -> records.Row:
    reasons = _reasons(told, reading, settings)
    supports, conflicts = _sums(reasons)
    p_supports, p_conflicts = softmax(supports, conflicts)
    point = named_point(told, _weights(reading, settings))
    leaning = reading is not None and doubted(pair, reading)
    relation, withheld = named((supports, conflicts), pair, point, settings, leaning=leaning)
    if withheld:
        reasons.append(
            {"name": records.WITHHELD, "words": withheld, "supports": 0.0, "conflicts": 0.0}
        )
    return {
        "pair_id": records.pair_id(pair.a.claim_id, pair.b.claim_id),
        "a": pair.a.claim_id,
        "b": pair.b.claim_id,
        "relation": relation,
        "same_event": pair.incident,
        "p_supports": p_supports,
        "p_conflicts": p_conflicts,
        "conflict_kind": point.kind if relation == "conflicts" else None,
        "reasons": reasons,
    }


def _weights(reading: Reading | None, settings: RelateSettings) -> Weights:
    return settings.weights if reading is None else settings.weights_read


def _reasons(told: Told, reading: Reading | None, settings: RelateSettings) -> list[dict[str, Any]]:
    """Say what speaks for and against a pair, as log-odds that add up to its scores."""
    weights = _weights(reading, settings)
    reasons = [_base(weights["base"], settings)]
    for rule, finding in told:
        contribution = _logodds(weights[rule.name], finding.strength, settings.scale)
        reasons.append({"name": rule.name, "words": rule.say(finding), **contribution})
    if reading is not None:
        parts = [
            _logodds(weights[name], odds, settings.scale)
            for name, odds in zip(READ, reading, strict=True)
        ]
        both = {lane: sum(part[lane] for part in parts) for lane in ("supports", "conflicts")}
        reasons.append({"name": "read", "words": in_words(reading), **both})
    return reasons


def _sums(reasons: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    supports = sum(reason["supports"] for reason in reasons)
    return supports, sum(reason["conflicts"] for reason in reasons)


def _base(weight: tuple[float, float], settings: RelateSettings) -> dict[str, Any]:
    words = "how often pairs support or conflict at all"
    if settings.decisions:
        words += f", as {settings.decisions} decisions on this desk put it"
    base = _logodds(weight, 1.0, settings.scale)
    supports, conflicts = settings.shift
    moved = {"supports": base["supports"] + supports, "conflicts": base["conflicts"] + conflicts}
    return {"name": "base", "words": words, **moved}


def _logodds(
    weight: tuple[float, float], strength: float, scale: tuple[float, float]
) -> dict[str, float]:
    return {
        "supports": weight[0] * strength * scale[0],
        "conflicts": weight[1] * strength * scale[1],
    }


def softmax(supports: float, conflicts: float) -> tuple[float, float]:
    """Probabilities of supports and conflicts where neither has the score 0."""
    top = max(supports, conflicts, 0.0)
    parts = math.exp(supports - top), math.exp(conflicts - top), math.exp(-top)
    return parts[0] / sum(parts), parts[1] / sum(parts)


def strengths(pairs: list[Pair]) -> NDArray[np.float64]:
    """Strength of every rule for every pair, (pairs, rules): what weights are fitted to."""
    return np.array(
        [
            [0.0 if (found := rule.evidence(pair)) is None else found.strength for rule in RULES]
            for pair in pairs
        ]
    ).reshape(len(pairs), len(RULES))
