"""Pairs about who did it: deeds taken from real sentences, told of one side or of two.

Sentences that differ in the doer alone are rare in the texts, and mostly one of two wordings. Here
each deed is told in several wordings, so that neither the wording nor a name gives the label away.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from pairs import Pair
from wordings import SIDES

VERBS = (
    "captured", "seized", "attacked", "bombed", "shelled", "killed", "targeted", "destroyed",
    "hit", "stormed", "besieged", "pounded", "executed", "recaptured", "bombarded", "struck",
    "arrested", "evacuated", "liberated", "shot down", "blew up", "looted", "kidnapped",
)  # fmt: skip
PARTICIPLES = {"blew up": "blown up"}
WORDINGS = (
    "{x} {verb} {what}.", "{x} {verb} {what}, a source said.", "Reports say {x} {verb} {what}.",
    "It was {x} who {verb} {what}.", "{what} {were} {done} by {x}.",
    "{what} {were} reportedly {done} by {x}.", "Witnesses say that {what} {were} {done} by {x}.",
    "{what} {were} {done}, and {x} claimed responsibility.", "{x} said they {verb} {what}.",
    "{x} stand accused: {what} {were} {done} by them, activists say.",
)  # fmt: skip
_DEED = re.compile(
    rf"\b({'|'.join(VERBS)}) "
    r"((?:the|an?|several|two|three|four|five|its|many|\d+)"
    r" (?:(?!where|who|that|and|so-called)[\w-]+ ){0,4}?"
    r"(?:(?:of|in|near|outside|on) (?:the )?(?:[\w-]+ )?[A-Z][\w-]+"
    r"|town|city|village|airport|base|hospital|school|convoy|police station|civilians|soldiers"
    r"|fighters|people|militants|checkpoint|headquarters|neighborhoods?))\b"
)


def found(sentences: Sequence[str]) -> list[tuple[str, str]]:
    """Return (verb, what it was done to) from sentences that tell of a deed."""
    deeds = {(one[1], one[2]) for text in sentences for one in _DEED.finditer(text)}
    return sorted(deeds)


def _told(wording: str, deed: tuple[str, str], name: str) -> str:
    verb, what = deed
    plural = not re.match(r"(?:an?|the|its) (?:[\w-]+ )*?[\w-]+(?<!s)(?= of| in| near| on|$)", what)
    text = wording.format(
        x=name, verb=verb, what=what, were="were" if plural else "was",
        done=PARTICIPLES.get(verb, verb),
    )  # fmt: skip
    return text[0].upper() + text[1:]


def deeds(sentences: Sequence[str], count: int, rng: random.Random) -> list[Pair]:
    """Make ``count`` pairs; as many blame one side as two, a few tell of two deeds of one side."""
    known = found(sentences)
    made = []
    for _ in range(count):
        deed = rng.choice(known)
        first, second = rng.sample(range(len(SIDES)), 2)
        a, b = rng.choices(WORDINGS, k=2)
        name, chance = rng.choice(SIDES[first]), rng.random()
        if chance < 0.1:
            other = rng.choice(known)
            made.append(Pair(_told(a, deed, name), _told(b, other, name), 2, 0.0))
            continue
        if chance < 0.55:
            blamed, label = rng.choice(SIDES[second]), 1
        else:
            blamed, label = rng.choice([name, name, *SIDES[first]]), 0
            a, b = rng.sample(WORDINGS, 2)
        made.append(Pair(_told(a, deed, name), _told(b, deed, blamed), label, 1.0))
    return made
