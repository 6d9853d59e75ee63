"""What the other side never addressed, and which counts a claim denies."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from verify import records
from verify.analysis.statements import is_negative
from verify.disavowed import disavows

ANSWERS: Final = ("supports", "conflicts", "related")


def unanswered(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """List claims that no other side has supported, contradicted or so much as touched on.

    Takes CLAIMS of one event and its PAIRS; returns claim_id and side, in the order of ``claims``.
    A pair counts where its relation is supports, conflicts or related and its claims are on
    different sides; a claim without a side takes no part.
    """
    sides = claims.set_index("claim_id")["side"]
    touching = pairs[pairs["relation"].isin(ANSWERS)]
    a, b = touching["a"].map(sides), touching["b"].map(sides)
    across = a.notna() & b.notna() & (a != b) & (a != records.UNKNOWN) & (b != records.UNKNOWN)
    answered = set(touching.loc[across, "a"]) | set(touching.loc[across, "b"])
    open_ = ~claims["claim_id"].isin(answered) & ~claims["side"].isin([records.UNKNOWN])
    found = claims.loc[open_ & claims["side"].notna(), ["claim_id", "side"]]
    return found.reset_index(drop=True)


_DENIES: Final = re.compile(r"den(?:y|ies|ied|ying)|reject|dismiss|refut|disput", re.IGNORECASE)
_NEGATES: Final = re.compile(
    r"\b(?:not|never|nobody|no one|none|neither|without|\w+n['’]t)\b", re.IGNORECASE
)


def denies(cue: str | None) -> bool:
    """Say whether the word that credits a claim makes it what its speaker denies."""
    return bool(_DENIES.search(cue or ""))


def denied(claim: records.Row, quantity: records.Row) -> bool:
    """Say whether a claim denies a count rather than states it.

    It does where its cue denies ("denied that"), a negation stands before the count in the claim,
    or the claim calls the count invented or exaggerated. "No men fell" is a count of its own, zero.
    """
    if not is_negative(claim) or quantity["high"] == 0:
        return False
    at, start = quantity["start"], claim["start"]  # a count stated in a table has no place
    before = claim["text"] if at is None or start is None else claim["text"][: max(0, at - start)]
    if denies(claim["cue"]) or _NEGATES.search(before):
        return True
    if at is None or start is None:
        return False
    return disavows(claim["text"], at - start, quantity["end"] - start)
