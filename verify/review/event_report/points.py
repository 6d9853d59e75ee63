"""What the sides of an event agree on, where they contradict each other, who said it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from verify.analysis import points, silence, spread
from verify.records import Row, rows
from verify.review.event_report.labels import Labels


def agreed(claims: pd.DataFrame, pairs: pd.DataFrame, named: Labels) -> list[Row]:
    """Tell the points that opposed sides agree on, the surest first; see `points.agreed`."""
    counts = ("sources", "repeats", "confirmed", "suggested", "independents")
    return [
        {
            "claims": _claims(one["claim_ids"], named),
            "best": named.claims[one["best_claim_id"]],
            "sides": list(one["sides"]),
            **{name: one[name] for name in counts},
            "independent_claims": _claims(one["independent_claim_ids"], named),
            "pairs": _pairs(one["pair_ids"], named),
        }
        for one in rows(points.agreed(claims, pairs))
    ]


def contested(claims: pd.DataFrame, pairs: pd.DataFrame, named: Labels) -> list[Row]:
    """Tell the conflicts by kind, each with the two claims that stand for it."""
    by_kind: dict[Any, list[Row]] = defaultdict(list)
    for one in rows(points.disputes(claims, pairs)):
        by_kind[one["kind"]].append(
            {
                "pair": named.pairs[one["pair_id"]],
                "claims": _claims((one["a"], one["b"]), named),
                "sides": [one["a_side"], one["b_side"]],
                "opposed": one["opposed"],
                "status": one["status"],
                "pairs": _pairs(one["pair_ids"], named),
            }
        )
    counts = ("kind", "conflicts", "opposed", "confirmed", "suggested", "sides")
    return [
        {**{name: one[name] for name in counts}, "disputes": by_kind[one["kind"]]}
        for one in rows(points.contested(claims, pairs))
    ]


_TOLD: Final = ("source", "speaker", "side", "published_at", "days", "first_known")


def unanswered(claims: pd.DataFrame, pairs: pd.DataFrame, named: Labels) -> list[Row]:
    """Tell the claims of parties that no other side answers, in the order of their labels."""
    found = [
        {
            "claim": named.claims[one["claim_id"]],
            "side": one["side"],
            "repeats": one["repeats"],
        }
        for one in rows(silence.unanswered(claims, pairs))
    ]
    return sorted(found, key=lambda one: _number(one["claim"]))


def corroborated(claims: pd.DataFrame, pairs: pd.DataFrame, named: Labels) -> dict[str, list[str]]:
    """Give for each claim (its label) the claims of independent origins that support it."""
    return {
        named.claims[one["claim_id"]]: _claims(one["by_claim_ids"], named)
        for one in rows(points.corroborated(claims, pairs))
    }


def spreading(claims: pd.DataFrame, pairs: pd.DataFrame, named: Labels) -> Row:
    """Tell what was repeated and by whom, and who was first how often."""
    told: dict[str, list[Row]] = defaultdict(list)
    for one in rows(spread.spread(claims)):
        shown = {name: one[name] for name in _TOLD}
        told[one["origin_id"]].append(
            {"claim": named.claims[one["claim_id"]], **shown, "hours": _hours(one["hours"])}
        )
    counted = spread.repeated(claims)
    return {
        "claims": counted.claims,
        "repeats": counted.repeats,
        "origins": counted.origins,
        "repeated": [
            {"first": each[0]["claim"], "told": each} for each in told.values() if len(each) > 1
        ],
        "firsts": rows(spread.firsts(claims, pairs)),
    }


def _hours(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _claims(ids: Iterable[str], named: Labels) -> list[str]:
    return [named.claims[one] for one in ids]


def _pairs(ids: Iterable[str], named: Labels) -> list[str]:
    return sorted((named.pairs[one] for one in ids), key=_number)


def _number(label: str) -> int:
    return int(label[1:])
