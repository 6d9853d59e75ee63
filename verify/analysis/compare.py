"""What the sides say beside each other: their numbers, and what the other never addressed."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from verify import records
from verify.analysis.statements import is_negative
from verify.disavowed import disavows

NUMBERS: Final = (
    "kind", "counted", "side", "low", "high", "low_claim_id", "high_claim_id", "claims", "sources",
)  # fmt: skip
ANSWERS: Final = ("supports", "conflicts", "related")


def numbers(claims: pd.DataFrame) -> pd.DataFrame:
    """Lay the counts of each side beside each other: one row a kind, what is counted, and side.

    Takes CLAIMS of one event with ``source``; returns ``NUMBERS``. ``low`` is the lowest lower
    bound that anyone on the side claims, ``high`` the highest upper bound, each with the claim
    that sets it (the first by id where several do). A bound that a claim leaves open sets nothing:
    ``high`` is None only where every claim leaves it open ("at least 31"), likewise ``low``. Where
    what is counted differs only in case it is one row, in the words used most. ``claims`` and
    ``sources`` count claims and different publishers. What a claim denies it does not count
    ("denied that 85 men fell", "did not lose 85 men"); "85 men and no more" it does. Rows are in
    the order of kind, counted and side.
    """
    counts = _counts(claims)
    found = [_range(own) for _, own in counts.groupby(["kind", "key", "side"])]
    table = pd.DataFrame(found, columns=list(NUMBERS), dtype=object)
    table = table.astype({"claims": int, "sources": int})
    return table.sort_values(["kind", "counted", "side"], ignore_index=True, na_position="first")


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


def _counts(claims: pd.DataFrame) -> pd.DataFrame:
    found: list[dict[str, Any]] = []
    for claim in records.rows(claims.sort_values("claim_id")):
        for quantity in claim["quantities"]:
            if denied(claim, quantity):
                continue
            counted = quantity.get("counted")
            found.append(
                {
                    "kind": quantity["kind"],
                    "counted": counted,
                    "key": (counted or "").casefold(),
                    "side": claim["side"] or records.UNKNOWN,
                    "low": quantity["low"],
                    "high": quantity["high"],
                    "claim_id": claim["claim_id"],
                    "source": claim.get("source"),
                }
            )
    names = ("kind", "counted", "key", "side", "low", "high", "claim_id", "source")
    return pd.DataFrame(found, columns=list(names), dtype=object)


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


def _range(own: pd.DataFrame) -> dict[str, Any]:
    low, low_claim = _bound(own, "low", min)
    high, high_claim = _bound(own, "high", max)
    words = own["counted"].mode()
    return {
        "kind": own["kind"].iloc[0],
        "counted": words.iloc[0] if len(words) else None,
        "side": own["side"].iloc[0],
        "low": low,
        "high": high,
        "low_claim_id": low_claim,
        "high_claim_id": high_claim,
        "claims": own["claim_id"].nunique(),
        "sources": own["source"].nunique(),
    }


def _bound(own: pd.DataFrame, name: str, pick: Any) -> tuple[Any, str | None]:
    stated = [
        (value, claim)
        for value, claim in zip(own[name], own["claim_id"], strict=True)
        if value is not None and value == value
    ]
    if not stated:
        return None, None
    value = pick(value for value, _ in stated)
    return value, next(claim for bound, claim in stated if bound == value)
