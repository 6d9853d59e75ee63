"""The dispute about the bridge with texts that try to be markup, and with what people decided."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.store.bridge import (
    CLAIMS_TOLD,
    DENIAL,
    DOCUMENTS_TOLD,
    EVENTS_TOLD,
    MEMBERS_TOLD,
    NUMBER,
    PAIRS_TOLD,
    claim,
    document,
    members,
)
from verify.records import CLAIMS, DOCUMENTS, EVENTS, PAIRS, frame
from verify.review.decisions import decide
from verify.store.store import Store

AT = datetime(2020, 7, 1, 9, 30, tzinfo=UTC)
HOSTILE = (
    '<script>alert(1)</script> <img src="https://evil.test/a.png" onerror="alert(2)"> '
    "![x](https://evil.test/b.png) [link](javascript:alert(3)) `code` *bold* | a | b | <b>&lt;b> "
    "</q></article></style><h1>loud</h1>"
)
RIGHT_TO_LEFT = "قال الجيش إن 40 جنديًا قُتلوا."
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 12
NOTE = "seen on the film </td><script>alert(4)</script> | *sure* |"
TEXTS = {"c5": HOSTILE, "c6": RIGHT_TO_LEFT, "c7": LONG_WORD}
SIDES = {"c5": "South", "c6": "independent", "c7": "North"}


def told(store: Store) -> None:
    """Put all of it into a store, always the same."""
    documents = [
        document(f"d{name[1]}", text, source=f"Wire <i>{name}</i>", title=text[:60],
                 url=f"javascript:alert('{name}')", original_sha256=name[1] * 64)
        for name, text in TEXTS.items()
    ]  # fmt: skip
    claims = [claim(name, f"d{name[1]}", text, side=SIDES[name]) for name, text in TEXTS.items()]
    store.add_documents(frame([*DOCUMENTS_TOLD, *documents], DOCUMENTS), "r1")
    store.add_claims(frame([*CLAIMS_TOLD, *claims], CLAIMS), "r1")
    of = MEMBERS_TOLD | dict.fromkeys(TEXTS, "e1")
    store.replace_events(frame(EVENTS_TOLD, EVENTS), members(of), frame(PAIRS_TOLD, PAIRS), "r1")
    say(store, "claim", "c1", "verified", NOTE)
    say(store, "pair", DENIAL, "confirmed", "both cannot be")
    say(store, "pair", NUMBER, "rejected", "of another day")
    say(store, "source", "North Post", "B", field="reliability")
    say(store, "claim", "c2", "2020-05-02", field="event_time")


def say(store: Store, kind: str, id_: str, value: str, note: str = "", **more: object) -> None:
    """Decide at one and the same time, so that the record is the same each time."""
    decide(store, kind, id_, value, reviewer="Ada", note=note, at=AT, **{"seen_version": 0} | more)
