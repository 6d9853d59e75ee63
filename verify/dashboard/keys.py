"""The keys of Review and Claim: their list, and those that no button of Streamlit can have."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

import streamlit as st

from verify.dashboard import blind, verdicts
from verify.dashboard.parts import heading, line, pairs_of_words
from verify.review.queue import ORDER

CLAIM_KEYS: Final = tuple((key, value) for value, key in verdicts.CLAIM_KEYS.items())
PAIR_KEYS: Final = (
    (verdicts.PAIR_KEYS["confirmed"], "confirm the relation that is shown"),
    (verdicts.PAIR_KEYS["rejected"], "reject it"),
    *((key, f"{label.lower()}, where suggestions are hidden at first")
      for label, key in blind.JUDGED.values()),
)  # fmt: skip
ALWAYS: Final = (
    ("N", "next, without a verdict"),
    ("Z", "undo my last decision, or all that I decided at once"),
    ("Shift + Z", "redo what I undid last"),
    ("M", "go to the note; Enter or Escape leaves it"),
    ("L", "load the page again, where others decided on it"),
    ("A", "where somebody was faster: set mine all the same"),
    ("T", "where somebody was faster: leave theirs"),
    ("?", "these keys"),
)
BUTTON: Final = "keys_help"
"""Key of the button that the script presses for "?"."""


def button() -> None:
    """Draw the button that lists the keys, which "?" presses too."""
    st.button("Keys ?", key=BUTTON, type="tertiary", on_click=_ask)


def listen(note: str) -> None:
    """Hear the keys that no button can have; ``note``: beginning of the key of the note's field."""
    _component()(key="keys", data={"help": BUTTON, "note": f"st-key-{note}"})
    if st.session_state.pop("keys_asked", False):
        listed()


def _ask() -> None:
    st.session_state["keys_asked"] = True


@st.dialog("Keys")
def listed() -> None:
    """List the keys, and in which order the queue comes."""
    with st.container(key="keys_listed"):
        for title, keys in (
            ("Claims", CLAIM_KEYS),
            ("Pairs", PAIR_KEYS),
            ("Both", ALWAYS),
        ):
            heading(title, level=3)
            pairs_of_words(keys)
        heading("What comes first", level=3)
        for kind, order in ORDER.items():
            line(f"Of {kind}s: {'; then '.join(order)}.")


@cache
def _component() -> Any:
    script = files("verify.dashboard").joinpath("keys.js").read_text(encoding="utf-8")
    return st.components.v2.component("counterclaim_keys", html="<i></i>", js=script)
