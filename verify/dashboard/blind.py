"""Judging a pair before the program's suggestion is seen.

The reviewer says how two claims relate; where that is the relation that the program suggested it
is confirmed, else rejected, and the note then keeps what the reviewer saw instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from verify.dashboard import verdicts, wording
from verify.records import Row
from verify.store.store import Store

JUDGED: Final = {
    "conflicts": ("Contradict each other", "1"),
    "supports": ("Say the same", "2"),
    "neither": ("Neither", "3"),
}
"""What may be said of two claims, with its key."""

Record = Callable[[Store, str, verdicts.Target, str], None]


def value_of(judged: str, relation: str) -> str:
    """Turn a judgement into the verdict on the relation that the program suggested."""
    suggested = relation if relation in JUDGED else "neither"
    return "confirmed" if judged == suggested else "rejected"


def buttons(store: Store, pair: Row, screen: str, target: verdicts.Target, record: Record) -> None:
    """Draw one button a judgement; ``record`` records the verdict that follows from it."""
    for judged, (label, shortcut) in JUDGED.items():
        st.button(
            label,
            key=f"{screen}_judged_{judged}_{pair['pair_id']}",
            shortcut=shortcut,
            on_click=judge,
            args=(store, screen, target, judged, record),
        )


def judge(store: Store, screen: str, target: verdicts.Target, judged: str, record: Record) -> None:
    """Record a judgement as the verdict that follows from it, and say then what was suggested."""
    relation = target.shown_as or ""
    value = value_of(judged, relation)
    key = f"{screen}_note_{target.id}"
    written = str(st.session_state.get(key) or "")
    if value == "rejected":
        seen = f"Judged unseen: {JUDGED[judged][0].lower()}."
        st.session_state[key] = f"{written} {seen}".lstrip()
    record(store, screen, target, value)
    said = st.session_state.get(f"{screen}_notice")
    if said is not None and said.kind == "done":
        suggested = wording.RELATION_WORDS[relation]
        verdicts.say(screen, "done", f"{said.text} The program suggested: {suggested}.")
    else:
        st.session_state[key] = written
