"""Claims written by hand for the tests of pairing: only what a test is about is given."""

from __future__ import annotations

from typing import Any

import pandas as pd

from verify import records
from verify.analysis.relate import relate


def claim(claim_id: str, text: str, **facts: Any) -> dict[str, Any]:
    """A row of CLAIMS with ``source`` and ``published_at``, in a document of its own."""
    blank: dict[str, Any] = dict.fromkeys(records.CLAIMS)
    own = {"claim_id": claim_id, "doc_id": f"d-{claim_id}", "text": text, "start": 0}
    found = {"quantities": [], "side": "unknown", "negated": False, "hedged": False}
    return {**blank, **own, **found, "source": None, "published_at": None, **facts}


def count(text: str, low: int | None, high: int | None, kind: str, counted: str | None) -> Any:
    """One quantity as the facts room writes it; its span does not matter here."""
    return [
        {
            "text": text, "start": 0, "end": len(text), "low": low, "high": high, "kind": kind,
            "counted": counted,
        }
    ]  # fmt: skip


def killed(number: int, counted: str = "people") -> Any:
    return count(str(number), number, number, "killed", counted)


def frame(*claims: dict[str, Any]) -> pd.DataFrame:
    extra = ("source", "published_at")
    table = records.frame(({k: c[k] for k in records.CLAIMS} for c in claims), records.CLAIMS)
    for name in extra:
        table[name] = pd.Series([c[name] for c in claims], dtype="object")
    return table


def related(
    a: dict[str, Any],
    b: dict[str, Any],
    *,
    similarity: float = 0.7,
    same_event: float = 0.9,
    event_id: str | None = "e1",
) -> dict[str, Any]:
    """Relate two claims as a pair of one event, and return the row of PAIRS."""
    pairs = pd.DataFrame(
        {
            "a": [a["claim_id"]], "b": [b["claim_id"]], "event_id": [event_id],
            "similarity": [similarity], "same_event": [same_event],
        }
    )  # fmt: skip
    return records.rows(relate(pairs, frame(a, b)))[0]


def words(pair: dict[str, Any], name: str) -> str | None:
    """What the reason of that name says, or None where the rule found nothing."""
    return next((reason["words"] for reason in pair["reasons"] if reason["name"] == name), None)
