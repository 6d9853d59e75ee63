"""A small dispute about a bridge and a dam, told by two sides, for tests of the store.

c1 and c2 (north) say that about 40 soldiers fell at the bridge, c3 (south) that nobody did; c4, of
an agency that takes no side, reports a flood at the dam.
"""

from typing import Any

import pandas as pd

from verify.records import (
    CLAIMS,
    DOCUMENTS,
    EVENTS,
    MEMBERSHIP,
    PAIRS,
    content_id,
    frame,
    pair_id,
)
from verify.store.store import Store


def document(doc_id: str, text: str, **more: Any) -> dict[str, Any]:
    given = {"source": "Agency", "title": "Report", "published_at": "2020-05-04T10:00:00Z"}
    return {"doc_id": doc_id, "kind": "text", "text": text, **given, **more}


def claim(claim_id: str, doc_id: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "claim_id": claim_id,
        "doc_id": doc_id,
        "start": 0,
        "end": len(text),
        "text": text,
        "side": "unknown",
        **more,
    }


def pair(a: str, b: str, relation: str, **more: Any) -> dict[str, Any]:
    chances = {"p_supports": 0.05, "p_conflicts": 0.05, "same_event": 0.9}
    chances[{"supports": "p_supports", "conflicts": "p_conflicts"}[relation]] = 0.9
    known = {"pair_id": pair_id(a, b), "event_id": "e1", "a": a, "b": b, "relation": relation}
    return {**known, **chances, **more}


def killed(low: int) -> list[dict[str, Any]]:
    return [
        {"text": str(low), "start": 0, "end": 2, "low": low, "high": low, "kind": "killed"}
        | {"counted": "soldiers"}
    ]


DOCUMENTS_TOLD = [
    document(
        "d1", "Forty soldiers fell at the bridge.", source="North Post", title="At the bridge"
    ),
    document("d2", "40 soldiers died by the river crossing.", source="Hill Radio"),
    document("d3", "Nobody was hurt at the bridge.", source="South Star", title="A calm night"),
    document("d4", "Water rose at the dam.", published_at="2020-06-01", url="https://a.test/4"),
]
CLAIMS_TOLD = [
    claim("c1", "d1", "Forty soldiers fell at the bridge.", side="North", quantities=killed(40),
          side_reason="speaker “General Ode”", speaker="the general", speaker_name="General Ode",
          place="Ashford", event_time="2020-05-03"),
    claim("c2", "d2", "40 soldiers died by the river crossing.", side="North",
          side_reason="source “Hill Radio”", quantities=killed(40), place="Ashford"),
    claim("c3", "d3", "Nobody was hurt at the bridge.", side="South", negated=True,
          speaker="a spokesman", side_reason="speaker “a spokesman”"),
    claim("c4", "d4", "Water rose at the dam.", place="Milltown", checkable="fact"),
]  # fmt: skip
EVENTS_TOLD = [
    {"event_id": "e1", "title": "Deaths at the bridge", "topic": "fighting", "starts": "2020-05-03",
     "ends": "2020-05-04", "places": ["Ashford"], "claims": 3},
    {"event_id": "e2", "title": "Flood at the dam", "topic": "weather", "starts": "2020-06-01",
     "ends": "2020-06-01", "places": ["Milltown"], "claims": 1},
]  # fmt: skip
MEMBERS_TOLD = {"c1": "e1", "c2": "e1", "c3": "e1", "c4": "e2"}
SUPPORT, DENIAL, NUMBER = pair_id("c1", "c2"), pair_id("c1", "c3"), pair_id("c2", "c3")
PAIRS_TOLD = [
    pair("c1", "c2", "supports"),
    pair("c1", "c3", "conflicts", conflict_kind="denial", p_conflicts=0.95),
    pair("c2", "c3", "conflicts", conflict_kind="number", p_conflicts=0.8),
]


def members(of: dict[str, str]) -> pd.DataFrame:
    rows = [{"claim_id": claim_id, "event_id": event_id} for claim_id, event_id in of.items()]
    return frame(rows, MEMBERSHIP)


def fill(store: Store) -> None:
    """Put the whole dispute into a store."""
    store.add_documents(frame(DOCUMENTS_TOLD, DOCUMENTS), "r1")
    store.add_claims(frame(CLAIMS_TOLD, CLAIMS), "r1")
    relate(store)


def relate(
    store: Store,
    pairs: list[dict[str, Any]] = PAIRS_TOLD,
    of: dict[str, str] = MEMBERS_TOLD,
) -> None:
    """Replace events and pairs as a run does."""
    store.replace_events(frame(EVENTS_TOLD, EVENTS), members(of), frame(pairs, PAIRS), "r1")


def relate_as(store: Store, pair_id: str, relation: str, **more: Any) -> None:
    """Relate again as a run does that relates one pair otherwise."""
    changed = {"relation": relation, **more}
    relate(store, [row | (changed if row["pair_id"] == pair_id else {}) for row in PAIRS_TOLD])


def flood(store: Store, number: int) -> list[str]:
    """Add so many claims more, of no event; return their ids."""
    told = [f"Shell {at} fell on the mill." for at in range(number)]
    ids = [content_id("c", text) for text in told]
    made = [claim(id_, "d4", text) for id_, text in zip(ids, told, strict=True)]
    store.add_claims(frame(made, CLAIMS), "r1")
    return ids
