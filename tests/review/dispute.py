"""The dispute about the bridge, with claims and notes that a spreadsheet likes to rewrite."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.store.bridge import claim, document, fill, killed
from verify.records import CLAIMS, DOCUMENTS, frame
from verify.review.decisions import decide
from verify.store.store import Store

AT = datetime(2020, 7, 1, 9, 30, tzinfo=UTC)
TEXTS = {
    "c5": "=SUM(A1:A9) stood on the sheet; he read it.",
    "c6": "He said “no”, then\n\"never\",\tand left.",
    "c7": "جنگ در پنجشیر ادامه دارد — ۳۱ نفر.",
    "c8": "-5 degrees; over 1,200 people left.",
}  # fmt: skip
MORE: dict[str, dict[str, Any]] = {
    "c5": {"place": "-Front", "event_time": "2020-05-03"},
    "c6": {"event_time": "2020-05", "negated": True, "speaker": "a witness"},
    "c7": {"place": "Panjshir"},
    "c8": {"quantities": [{**killed(1200)[0], "high": None, "kind": "displaced"}]},
}
NOTES = {
    "c2": ("disputed", "1E5"),
    "c3": ("disputed", "3-4"),
    "c5": ("verified", "-5 to +3, he said;\n=see “film 2”"),
    "c6": ("disputed", "2020-05-03"),
    "c7": ("unverifiable", "007"),
    "c8": ("verified", "TRUE"),
}
OTHERS = (
    ("source", "North Post", "reliability", "B"),
    ("claim", "c6", "information_grade", "2"),
    ("claim", "c7", "source_grade", "D"),
    ("claim", "c8", "side", "-South"),
)


def told(store: Store) -> None:
    """Put all of it into a store, always the same."""
    fill(store)
    documents = [document(f"d{name[1]}", text, source="Wire") for name, text in TEXTS.items()]
    store.add_documents(frame(documents, DOCUMENTS), "r1")
    claims = [claim(name, f"d{name[1]}", text, **MORE[name]) for name, text in TEXTS.items()]
    store.add_claims(frame(claims, CLAIMS), "r1")
    for claim_id, (status, note) in NOTES.items():
        decide(store, "claim", claim_id, status, reviewer="Ada", note=note, seen_version=0, at=AT)
    for kind, target, field, value in OTHERS:
        decide(store, kind, target, value, field=field, reviewer="Ada", seen_version=0, at=AT)
