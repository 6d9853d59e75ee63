"""What one party says and no other side answers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from verify import records
from verify.analysis import compare
from verify.analysis.links import standing, told_by
from verify.analysis.origins import is_party

ASK_NO_ANSWER: Final = ("forecast", "opinion", "wish", "question")
"""What a claim is that nobody is asked to answer; a fragment may well be a fact cut short."""


def unanswered(claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """List the claims of parties that no other side answers, one an origin and side.

    Takes CLAIMS of one event with ``checkable`` and its PAIRS (with ``status`` where known);
    returns claim_id, side and repeats, in the order of ``claims``; none where fewer than two
    parties speak. A pair that a reviewer rejected is no answer. What repeats an answered claim of
    its side is answered. Left out are wishes, opinions and the like (`ASK_NO_ANSWER`).
    """
    sides = {side for side in claims["side"] if is_party(side)}
    silent = set(compare.unanswered(claims, standing(pairs))["claim_id"])
    found = {}
    for (_, side), told in told_by(claims).items():
        ids = [claim["claim_id"] for claim in told]
        asked = side in sides and told[0]["checkable"] not in ASK_NO_ANSWER
        if len(sides) > 1 and asked and silent.issuperset(ids):
            found[ids[0]] = {"claim_id": ids[0], "side": side, "repeats": len(ids) - 1}
    kept = [found[claim_id] for claim_id in claims["claim_id"] if claim_id in found]
    return records.frame(kept, {"claim_id": "text", "side": "text", "repeats": "int"})
