"""Redo: what the reviewer took back last is decided anew; and many taken back at once."""

from __future__ import annotations

import streamlit as st

from verify.dashboard import progress, verdicts, wording
from verify.errors import VerifyError
from verify.review import by_hand, redoing, undoing
from verify.review.log import Decision
from verify.store.store import Store


def redo(store: Store, screen: str) -> None:
    """Decide anew what was taken back last, and go on behind it; as a button's callback."""
    try:
        made = redoing.redo(store, verdicts.reviewer()).done
    except VerifyError as error:
        verdicts.say(screen, "refused", verdicts.why(error))
        return
    progress.moved(store, made)
    one = made[0]
    now = st.session_state.get(f"{screen}_now", ("", ""))
    if now == (one.target_kind, one.target_id):
        st.session_state[f"{screen}_after"] = one.target_id
        st.session_state.pop(f"{screen}_now", None)
    verdicts.say(screen, "done", f"Done anew: {_words(made)}.")


def undo_together(store: Store, screen: str, made: list[Decision]) -> None:
    """Take back what was decided at once; what somebody decided on since stays, and is counted."""
    try:
        outcome = undoing.undo_some(store, [one.seq for one in made], verdicts.reviewer())
    except VerifyError as error:
        verdicts.say(screen, "refused", verdicts.why(error))
        return
    progress.moved(store, outcome.done)
    told = f"Taken back: {_words(made[: len(outcome.done)] or made)}."
    stay = len(outcome.refused)
    if stay:
        told = f"{told} {wording.counted(stay, made[0].target_kind)} stay: decided on since."
    verdicts.say(screen, "done" if outcome.done else "refused", told)


def _words(made: list[Decision]) -> str:
    one = made[0]
    if by_hand.corrects(one):
        return f"a correction of {wording.counted(len(made), one.target_kind)}"
    field = "" if one.field == "status" else f"{verdicts.field_words(one.field)} "
    values = {verdicts.value_words(one.field, other.value) for other in made}
    value = values.pop() if len(values) == 1 else "several values"
    count = f" for {wording.counted(len(made), one.target_kind)}" if len(made) > 1 else ""
    return f"{field}{value}{count}"
