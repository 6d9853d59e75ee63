"""The pairs of an event and the decisions on it, with what may not be told left out."""

from __future__ import annotations

from typing import Final

from verify.records import Row, rows
from verify.review import readings
from verify.review.event_report.claims import on
from verify.review.event_report.held import Held, told_pairs
from verify.review.event_report.labels import Labels
from verify.store.evidence_table import EVIDENCE

_CHANCES: Final = ("same_event", "p_supports", "p_conflicts")
_REASON: Final = ("name", "words", "supports", "conflicts")
PLACES: Final = 6
"""Decimal places of chances and reasons: more than anybody can mean."""


def pairs(held: Held, named: Labels) -> list[Row]:
    """Tell each pair that may be told, in the order of its label."""
    by_id = {one["pair_id"]: one for one in rows(told_pairs(held))}
    return [_pair(by_id[one], label, named) for one, label in named.pairs.items() if one in by_id]


def _pair(one: Row, label: str, named: Labels) -> Row:
    ends = sorted((named.claims[one["a"]], named.claims[one["b"]]), key=lambda name: int(name[1:]))
    told = {name: one[name] for name in ("relation", "conflict_kind", "status", "about", "kept")}
    return {
        "label": label,
        "pair_id": one["pair_id"],
        "claims": ends,
        **told,
        **{name: one[name] for name in ("reviewer", "decided_at", "note")},
        **{name: _rounded(one[name]) for name in _CHANCES},
        "reasons": [
            {name: _rounded(reason.get(name)) for name in _REASON} for reason in one["reasons"]
        ],
    }


def _rounded(value: object) -> object:
    return round(value, PLACES) if isinstance(value, float) else value


def decisions(held: Held, named: Labels) -> list[Row]:
    """Tell each decision, in the order of the log.

    The relation that a pair showed when somebody decided is left out where that was taken back and
    the desk hides suggestions: nobody has decided on it any more.
    """
    hidden = set(held.pairs["pair_id"]) - set(told_pairs(held)["pair_id"])
    names = ("reviewer", "decided_at", "note", "undoes", "hash")
    return [
        {
            "seq": one["seq"],
            "on": on(one["target_kind"], one["target_id"], named),
            "field": one["field"],
            "value": _value(one),
            "about": None if one["target_id"] in hidden else one["about"],
            **{name: one[name] for name in names},
        }
        for one in held.decisions
    ]


def _value(one: Row) -> str | None:
    if one["target_kind"] == EVIDENCE:
        return "attached" if one["value"] is not None else "detached"
    if one["target_kind"] == "claim":
        return readings.of_value(one["field"], one["value"])
    value: str | None = one["value"]
    return value
