"""The numbers of an event as its report tells them: low, best and high, and who sets them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from verify.analysis import reconcile, ucdp
from verify.analysis.stated import SideOf
from verify.records import Row, rows
from verify.review.event_report.held import Held
from verify.review.event_report.labels import Labels

_SETTERS: Final = {"low_claim": "low_claim_id", "best_claim": "best_claim_id",
                   "high_claim": "high_claim_id"}  # fmt: skip
_STEP: Final = (
    "source", "side", "at", "kind", "counted", "whose", "low", "high", "step", "stands",
)  # fmt: skip


def numbers(held: Held, rule: str, side_of: SideOf, sides: Sequence[str], named: Labels) -> Row:
    """Tell what is counted, by all and by each side, what changed, and the dead in UCDP's names.

    ``side_of`` tells whose people are counted; ``sides``: the parties in the order of the report.
    Where the desk hides suggestions it is not told which counts the program holds against others.
    """
    claims = held.claims
    steps = rows(reconcile.steps(claims, side_of))
    if held.hide_scores:
        steps = [one for one in steps if one["step"] != "contradicts"]
    return {
        "rule": rule,
        "rule_in_words": reconcile.RULES[rule],
        "counts": [_count(one, named) for one in rows(reconcile.reconcile(claims, rule, side_of))],
        "by_side": [_count(one, named) for one in rows(reconcile.by_side(claims, rule, side_of))],
        "steps": [_step(one, named) for one in steps],
        "ucdp": rows(ucdp.ucdp(claims, rule, side_of, sides))[0],
    }


def _count(one: Row, named: Labels) -> Row:
    told: dict[str, Any] = {
        name: value for name, value in one.items() if name not in _SETTERS.values()
    }
    return told | {name: named.claims.get(one[id_]) for name, id_ in _SETTERS.items()}


def _step(one: Row, named: Labels) -> Row:
    return {
        "claim": named.claims[one["claim_id"]],
        **{name: one[name] for name in _STEP},
        "earlier_claim": named.claims.get(one["earlier_claim_id"]),
    }
