"""Pairs from stories and rumours that were written for this project; all in them is invented.

``invented.jsonl`` holds one story or one rumour a line. Language models wrote them by a guide, for
what found pairs hold too little of: contradictions put in other words than the claim, negations
that leave a claim as it is, and other events of one kind. Nothing of them is ever shown.
"""

from __future__ import annotations

import json
import random
from itertools import combinations, product
from pathlib import Path

from pairs import LABELS, Pair

FILE = Path(__file__).with_name("invented.jsonl")
SUPPORTS, CONFLICTS, NEITHER = range(len(LABELS))
APART = 6
"""Pairs that are neither, of each kind, kept of a story, whose pairs that are something are 10."""


def invented(rng: random.Random) -> tuple[list[tuple[Pair, set[str]]], list[Pair]]:
    """Read the pairs of stories, each with its story, and the pairs of rumours and headlines."""
    stories: list[tuple[Pair, set[str]]] = []
    rumours: list[Pair] = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if "rumour" in row:
            rumours += _rumour(row, f"rumour {number}")
        else:
            key = f"invented {number}"
            stories += [(pair, {key}) for pair in _story(row, key, rng)]
    return stories, rumours


def _story(row: dict[str, list[str]], key: str, rng: random.Random) -> list[Pair]:
    told = [row["base"], *row["same"]]
    against, aspect, other = row["against"], row["aspect"], row["other"]
    event = [*told, *against]
    beside = rng.sample([*product(aspect, event), tuple(aspect)], APART)
    elsewhere = rng.sample(list(product(other, [*event, *aspect])), APART)
    return [
        *(Pair(a, b, SUPPORTS, 1.0, key) for a, b in combinations(told, 2)),
        *(Pair(a, b, CONFLICTS, 1.0, key) for a, b in product(told, against)),
        *(Pair(a, b, NEITHER, 1.0, key) for a, b in beside),
        *(Pair(a, b, NEITHER, 0.0, key) for a, b in elsewhere),
        Pair(other[0], other[1], SUPPORTS, 1.0, key),
    ]


def _rumour(row: dict[str, list[str]], key: str) -> list[Pair]:
    rumour, told, against, aside = row["rumour"], row["for"], row["against"], row["observing"]
    return [
        *(Pair(text, rumour, SUPPORTS, 1.0, key) for text in told),
        *(Pair(text, rumour, CONFLICTS, 1.0, key) for text in against),
        *(Pair(text, rumour, NEITHER, 1.0, key) for text in aside),
        *(Pair(a, b, CONFLICTS, 1.0, key) for a, b in zip(told, against, strict=True)),
    ]
