"""Correcting what was read in a claim: the form, and what its buttons record.

A correction is a decision (`verify.review.corrections`) that names the version on screen; the
fields are keyed by that version, so that they start afresh when somebody corrected meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from verify.dashboard import focus, verdicts, who, wording
from verify.dashboard.parts import line
from verify.errors import InputError
from verify.records import QUANTITY_KINDS, Row
from verify.review import corrections, readings
from verify.review.corrections import ALLOWED, Correction, encode, nearest
from verify.store.corrected import CORRECTED, FLAGS, NOT_KNOWN, SPANS
from verify.store.store import Store

SCREEN: Final = "correcting"
PLACES: Final = [f"{SCREEN}_notice_{kind}" for kind in ("done", "refused")]
"""Where the focus goes when the button that was pressed is drawn anew or gone."""
OLD_NUMBERS: Final = "numbers were read from the old words: check them"
HINTS: Final = {
    "content": "What is claimed, in words that stand in the document.",
    "speaker": "Words of the document that credit someone; empty: the source itself speaks. "
    "A name that was read for other words goes with them.",
    "speaker_name": "Who that is, by full name.",
    "cue": "The word that credits the speaker, such as “said”; empty: there is none.",
    "place": "Words of the document, or a name that it does not give; empty: there is none.",
    "event_time": "2021, 2021-08 or 2021-08-30; empty: it cannot be told.",
    "quantities": "Words that stand in the document; clear them to remove a number. "
    "An empty bound is open.",
}


def made(store: Store, claim_id: str) -> list[Correction]:
    """Return what was corrected in a claim; see `corrections.standing_of`."""
    with store.reading() as connection:
        return corrections.standing_of(connection, [claim_id]).get(claim_id, [])


def way_back(store: Store, claim: Row, standing: Sequence[Correction]) -> None:
    """Draw a button for each correction that takes it back."""
    corrected = [one for one in standing if one.value is not None]
    if not corrected or not who.may_decide():
        return
    with st.container(horizontal=True, gap="small"):
        for one in corrected:
            st.button(
                f"Take back: {corrections.FIELD_WORDS[one.field]}",
                key=f"take_back_{one.field}_{claim['claim_id']}",
                icon=":material/undo:",
                on_click=focus.after,
                args=(PLACES, take_back, store, _target(claim, one.field, one.version)),
            )


def form(store: Store, claim: Row, text: str, standing: Sequence[Correction]) -> None:
    """Draw the form that corrects a reading, and what became of the last correction.

    Nothing slides open: a list of choices closes as soon as the page moves under it.
    """
    if not who.may_decide():
        return
    verdicts.notice(SCREEN)
    field = st.selectbox(
        "Correct a reading",
        CORRECTED,
        index=None,
        key=f"correct_field_{claim['claim_id']}",
        placeholder="choose what to correct",
        format_func=lambda name: corrections.FIELD_WORDS[name].capitalize(),
    )
    if field is not None:
        version = next((one.version for one in standing if one.field == field), 0)
        with st.container(border=True):
            _form(store, claim, text, field, version)


def _form(store: Store, claim: Row, text: str, field: str, version: int) -> None:
    key = f"correct_{field}_{claim['claim_id']}_{version}"
    line(f"Now: {readings.of_columns(field, claim)}", quiet=True)
    if field in HINTS:
        line(HINTS[field], quiet=True)
    if field == "quantities":
        for number, quantity in enumerate([*claim["quantities"], {}]):
            _quantity_fields(f"{key}_{number}", number, quantity)
    elif ALLOWED[field] is not None:
        now = claim[field] if field == "checkable" else readings.of_columns(field, claim)
        values = list(ALLOWED[field] or ())
        index = values.index(now) if now in values else None
        st.selectbox("Correct reading", values, index=index, key=key)
    else:
        now = claim["text" if field == "content" else field] or ""
        write = st.text_area if field == "content" else st.text_input
        write("Correct reading", now, key=key)
    note_key = f"{key}_note"
    st.text_input("Note", key=note_key, placeholder="why; kept with the correction")
    st.button(
        "Save the correction",
        key=f"correct_save_{claim['claim_id']}",
        type="primary",
        on_click=focus.after,
        args=(PLACES, save, store, claim, text, _target(claim, field, version), key),
    )


def _quantity_fields(key: str, number: int, quantity: Row) -> None:
    """Draw the fields of one quantity; the last, empty one adds a number."""
    name = f"Number {number + 1}" if quantity else "Another number"
    with st.container(horizontal=True, gap="small"):  # wraps on a narrow screen
        st.text_input(f"{name}, in words", quantity.get("text", ""), key=f"{key}_text", width=180)
        for bound, label in (("low", "At least"), ("high", "At most")):
            bound_key = f"{key}_{bound}"
            st.session_state.setdefault(bound_key, quantity.get(bound))
            st.number_input(
                label,
                min_value=0,
                value=None,  # a number as the default would come back whenever it is cleared
                step=1,
                key=bound_key,
                placeholder="open",
                width=96,
            )
        st.selectbox(
            "Kind",
            QUANTITY_KINDS,
            index=QUANTITY_KINDS.index(quantity.get("kind") or "other"),
            key=f"{key}_kind",
            format_func=wording.kind,
            width=116,
        )
        counted = quantity.get("counted") or ""
        st.text_input("Counted", counted, key=f"{key}_counted", width=120)


def save(store: Store, claim: Row, text: str, target: verdicts.Target, key: str) -> None:
    """Record what stands in the form as the correction of ``target``, with its note."""
    try:
        value = _value(claim, text, target.field, key)
    except InputError as error:
        verdicts.say(SCREEN, "refused", str(error))
        return
    if readings.of_value(target.field, value) == readings.of_columns(target.field, claim):
        verdicts.say(SCREEN, "refused", "Nothing was changed, so nothing was recorded.")
        return
    verdicts.record(store, SCREEN, target, value, str(st.session_state.get(f"{key}_note") or ""))


def take_back(store: Store, target: verdicts.Target) -> None:
    """Let what the program read stand again, by a decision of its own."""
    if verdicts.record(store, SCREEN, target, None):
        field = corrections.FIELD_WORDS[target.field]
        are = "are" if target.field == "quantities" else "is"
        verdicts.say(SCREEN, "done", f"Taken back: {field} {are} as read again.")


def _value(claim: Row, text: str, field: str, key: str) -> str:
    """Turn what was typed into the value of a decision."""
    if field == "quantities":
        count = len(claim["quantities"]) + 1
        typed = [_quantity(claim, text, number, key) for number in range(count)]
        return encode([quantity for quantity in typed if quantity])
    written = str(st.session_state.get(key) or "").strip()
    if field in SPANS:
        if not written and field != "content":
            return encode(None)
        return encode(_span(claim, text, written, field))
    return NOT_KNOWN if field == "event_time" and not written else written


def _span(claim: Row, text: str, words: str, field: str) -> Row:
    found = nearest(text, words, claim)
    if found is not None:
        return found
    if field == "place":
        return {"start": None, "end": None, "text": words}
    if not words:
        raise InputError("The words are empty", field, "Give words of the document.")
    what = f"“{words[:60]}” does not occur in the document"
    raise InputError(what, corrections.FIELD_WORDS[field], "Copy the words as they stand there.")


def _quantity(claim: Row, text: str, number: int, key: str) -> Row | None:
    typed: dict[str, Any] = {
        name: st.session_state.get(f"{key}_{number}_{name}")
        for name in ("text", "low", "high", "kind", "counted")
    }
    words, counted = (str(typed[name] or "").strip() for name in ("text", "counted"))
    if not words:
        return None
    before = claim["quantities"][number] if number < len(claim["quantities"]) else {}
    same = words == before.get("text")
    span = {"text": words, "start": before.get("start"), "end": before.get("end")}
    found = span if same else _span(claim, text, words, "quantities")
    as_before = counted == (before.get("counted") or "")
    side = {"side": before["side"]} if as_before and before.get("side") else {}
    return {**found, **{name: typed[name] for name in ("low", "high", "kind")},
            "counted": counted or None, **side}  # fmt: skip


def _target(claim: Row, field: str, version: int) -> verdicts.Target:
    return verdicts.Target("claim", claim["claim_id"], version, field)


def mark(correction: Correction, claim: Row) -> str:
    """Say beside a reading who corrected it when, and what was read."""
    unread = f"; {OLD_NUMBERS}" if correction.field == "content" else ""
    return (
        f"{corrections.FIELD_WORDS[correction.field]} corrected by {correction.reviewer}, "
        f"{wording.moment(correction.decided_at)}; "
        f"was read as {_quoted(correction.field, readings.was_read(correction, claim))}{unread}"
    )


def _quoted(field: str, words: str) -> str:
    if field == "event_time":
        return wording.day(words)
    plain = field in (*FLAGS, "quantities", "checkable") or words == readings.NOTHING
    return words if plain else f"“{words}”"
