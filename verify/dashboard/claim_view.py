"""A claim with its verdict buttons, its grades and its history, for the pages that show one."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import addresses, anew, likelihood, passage, verdicts, who, wording
from verify.dashboard.parts import line
from verify.records import INFORMATION_GRADES, SOURCE_GRADES, Row
from verify.review import by_hand, decisions
from verify.store import views
from verify.store.regrouped import EVENT
from verify.store.store import Store

GRADES = {
    "information_grade": ("Information grade", INFORMATION_GRADES, wording.INFORMATION_WORDS),
    "source_grade": ("Source grade", SOURCE_GRADES, wording.SOURCE_WORDS),
}
"""Admiralty code: both are judged on their own, beside the status."""


def verdict_buttons(store: Store, claim: Row, screen: str, *, go_on: bool) -> None:
    """Draw one button a verdict, with its key; ``go_on``: the next claim comes up by itself."""
    if not who.may_decide():
        return
    target = verdicts.target_of(claim, "claim")
    for value, shortcut in verdicts.CLAIM_KEYS.items():
        st.button(
            f"{wording.STATUS_ICONS[value]} {value.capitalize()}",
            key=f"{screen}_{value}_{claim['claim_id']}",
            shortcut=shortcut,
            type="primary" if claim["status"] == value else "secondary",
            on_click=verdicts.decide,
            args=(store, screen, target, value, go_on),
        )


def undo_button(store: Store, screen: str) -> None:
    """Draw the buttons that take back my last decision, wherever it was made, and do it anew."""
    if not who.may_decide():
        return
    st.button(
        "Undo my last",
        key=f"{screen}_undo",
        shortcut="Z",
        on_click=verdicts.undo,
        args=(store, screen),
    )
    st.button(
        "Redo",
        key=f"{screen}_redo",
        shortcut="Shift+Z",
        on_click=anew.redo,
        args=(store, screen),
    )


def note_field(claim: Row, screen: str) -> None:
    """Draw the note of the next verdict; stand it before the buttons, so that Tab leads to them."""
    if not who.may_decide():
        line("Readers give no verdict.", quiet=True)
        return
    likelihood.note_field(f"{screen}_note_{claim['claim_id']}", by_key=True)


def open_button(claim_id: str, label: str, key: str) -> None:
    """Draw the button that shows another claim on the Claim page itself.

    A link from a page to itself leaves the address as it is (Streamlit 1.67), so that the next
    button would bring the claim before it back.
    """
    st.button(
        label,
        key=key,
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=st.query_params.from_dict,
        args=(addresses.claim(claim_id),),
    )


def status_line(claim: Row) -> str:
    """Say the status, and who decided it when."""
    status = f"{wording.STATUS_ICONS[claim['status']]} {claim['status']}"
    if not claim["version"]:
        return status
    by = f"{status} by {claim['reviewer']}, {wording.moment(claim['decided_at'])}"
    return by + (f". Note: {claim['note']}" if claim["note"] else "")


def grade_fields(store: Store, claim: Row, screen: str, *names: str) -> None:
    """Draw a choice of grade for each of ``names`` (keys of GRADES); choosing records it."""
    past = decisions.history(store, "claim", claim["claim_id"])
    for name in names:
        label, values, words = GRADES[name]
        version = max([row["version"] for row in past if row["field"] == name], default=0)
        own = next((row["value"] for row in reversed(past) if row["field"] == name), None)
        key = f"{screen}_{name}_{claim['claim_id']}_{version}"
        st.session_state.setdefault(key, own)  # not by index: that could not be cleared again
        given = claim[name] if not own else None
        st.selectbox(
            label,
            values,
            index=None,
            key=key,
            format_func={value: f"{value}  {words[value]}" for value in values}.__getitem__,
            placeholder=f"{given}  {words[given]} (of its source)" if given else "not graded",
            disabled=not who.may_decide(),
            on_change=verdicts.grade,
            args=(
                store,
                screen,
                verdicts.Target("claim", claim["claim_id"], version, name),
                key,
            ),
        )


def show_passage(store: Store, claim: Row) -> Row | None:
    """Draw the claim with the sentences around it; return its document."""
    document = views.document(store, claim["doc_id"])
    if document is None:
        line(claim["text"])
    else:
        passage.show_context(document["text"], claim)
    return document


def show_history(store: Store, claim_id: str) -> None:
    """List every decision on the claim, newest first."""
    past = decisions.history(store, "claim", claim_id)
    if not past:
        st.text("Nobody has decided on this claim yet.")
    for row in reversed(past):
        field = "" if row["field"] == "status" else f"{verdicts.field_words(row['field'])}: "
        undone = f", takes back decision {row['undoes']}" if row["undoes"] else ""
        note = f"  ·  {row['note']}" if row["note"] else ""
        value = verdicts.value_words(row["field"], row["value"])
        if row["field"] == EVENT:
            value = by_hand.title(store, row["value"]) if row["value"] else "as the program groups"
        line(
            f"{wording.moment(row['decided_at'])}  ·  {row['reviewer']}  ·  "
            f"{field}{value}{undone}{note}  ·  decision {row['seq']}"
        )
