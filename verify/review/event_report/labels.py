"""Short names by which a report speaks of claims, documents, pairs and evidence, and their order.

They follow from what the record holds and not from the order in which it arrived, so that the same
record gives the same report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from verify.analysis.origins import by_origin, order_sides
from verify.records import UNKNOWN, Row, rows
from verify.review.event_report.held import Held, told_pairs

LAST: Final = "\U0010ffff"
"""Sorts behind every time and text: what is undated comes last."""
_RELATIONS: Final = ("conflicts", "supports", "related", "unrelated")


@dataclass(frozen=True)
class Labels:
    """Id -> label, each in the order of the report: C1, C2, ... and so on."""

    sides: list[str]
    """Parties first, as declared, then independent, then unknown."""
    claims: dict[str, str]
    documents: dict[str, str]
    pairs: dict[str, str]
    evidence: dict[str, str]
    firsts: dict[str, str]
    """Claim -> the first claim here of its words: itself where it repeats none."""

    def of(self, kind: str, id_: str) -> str | None:
        """Return the label of what a decision or evidence is about; None: it has none."""
        known = {"claim": self.claims, "pair": self.pairs, "evidence": self.evidence}
        return known.get(kind, {}).get(id_)


def labels(held: Held) -> Labels:
    """Name everything in this event; names of hidden pairs follow from their ids alone."""
    told = rows(held.claims)
    sides = order_sides({one["side"] or UNKNOWN for one in told}, list(held.declared["side"]))
    told.sort(key=lambda one: (sides.index(one["side"] or UNKNOWN), *_by_time(one)))
    claims = _named("C", (one["claim_id"] for one in told))
    at = {claim_id: place for place, claim_id in enumerate(claims)}
    paired = rows(told_pairs(held))
    paired.sort(
        key=lambda one: (_RELATIONS.index(one["relation"]), *sorted(at[end] for end in _ends(one)))
    )
    known = {one["pair_id"] for one in paired}
    hidden = [pair_id for pair_id in sorted(held.pairs["pair_id"]) if pair_id not in known]
    documents = sorted(held.documents, key=_by_publication)
    return Labels(
        sides=sides,
        claims=claims,
        documents=_named("D", (one["doc_id"] for one in documents)),
        pairs=_named("P", [*(one["pair_id"] for one in paired), *hidden]),
        evidence=_named(
            "E", (one["evidence_id"] for one in held.evidence if one["value"] is not None)
        ),
        firsts=_firsts(held),
    )


def _by_time(claim: Row) -> tuple[Any, ...]:
    published = claim["published_at"] or LAST
    return published, claim["source"] or LAST, claim["doc_id"], claim["start"], claim["claim_id"]


def _by_publication(document: Row) -> tuple[str, ...]:
    shown = ("published_at", "source", "title", "doc_id")
    return tuple(document[name] or LAST for name in shown)


def _ends(pair: Row) -> tuple[str, str]:
    return pair["a"], pair["b"]


def _named(letter: str, ids: Iterable[str]) -> dict[str, str]:
    return {one: f"{letter}{number}" for number, one in enumerate(ids, start=1)}


def _firsts(held: Held) -> dict[str, str]:
    return {one["claim_id"]: told[0]["claim_id"] for told in by_origin(held.claims) for one in told}
