"""Words of likelihood for a note, so that "likely" means one thing to everybody.

The terms and ranges are those of Intelligence Community Directive 203, Analytic Standards (2015),
section D.6.e(2)(a). They say how likely a claim is, and nothing of how sure the reviewer is or how
good the source: grades stand beside them, never in them.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

TERMS: Final = {
    "almost no chance": "1 to 5 %",
    "very unlikely": "5 to 20 %",
    "unlikely": "20 to 45 %",
    "roughly even chance": "45 to 55 %",
    "likely": "55 to 80 %",
    "very likely": "80 to 95 %",
    "almost certain": "95 to 99 %",
}


def field(note_key: str) -> None:
    """Draw the choice that puts a term at the end of the note kept under ``note_key``."""
    key = f"likelihood_{note_key}"
    st.selectbox(
        "Likelihood",
        list(TERMS),
        index=None,
        key=key,
        format_func=words,
        placeholder="likelihood",
        label_visibility="collapsed",
        width=150,
        help="Puts the words into the note. How likely the claim is, by ICD 203; "
        "not how sure you are.",
        on_change=insert,
        args=(note_key, key),
    )


def note_field(note_key: str, *, by_key: bool = False) -> None:
    """Draw the note of the next verdict and the choice before it, so that Tab leads on to verdicts.

    What is written travels with the verdict: leaving the field runs nothing, so that a key pressed
    right after it meets no answer on its way. ``by_key``: M leads to it.
    """
    field(note_key)
    st.text_input(
        "Note",
        key=note_key,
        placeholder=f"Note, kept with the verdict{' (key M)' if by_key else ''}",
        label_visibility="collapsed",
        on_change="ignore",
    )


def words(term: str) -> str:
    """Say a term with its range: likely (55 to 80 %)."""
    return f"{term} ({TERMS[term]})"


def insert(note_key: str, key: str) -> None:
    """Put the chosen term at the end of the note; another one takes the place of an earlier one."""
    term = st.session_state.get(key)
    st.session_state[key] = None
    if term is not None:
        st.session_state[note_key] = put(str(st.session_state.get(note_key) or ""), term)


def put(note: str, term: str) -> str:
    """Write ``term`` with its range at the end of a note, in the place of one that stood there."""
    for other in TERMS:
        note = note.removesuffix(words(other))
    return f"{note.rstrip()} {words(term)}".lstrip()
