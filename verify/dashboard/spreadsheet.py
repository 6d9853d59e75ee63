"""Decisions made in a spreadsheet, on the Import page: what would change, and the button for it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from verify.dashboard import building, verdicts, wording
from verify.dashboard.parts import heading
from verify.dashboard.parts import line as sentence
from verify.errors import LeftOut, VerifyError
from verify.review import returning
from verify.review.edits import Change
from verify.review.returning import Plan
from verify.store.store import Store

SCREEN: Final = "spreadsheet"
ROUND: Final = "spreadsheet_round"
"""Counts the tables taken in by this session; part of the field's key, so that it empties."""
HELD: Final = "spreadsheet_plan"
"""The table under preview: which upload it was, and what it would change."""
REFUSED: Final = "spreadsheet_refused"
"""What was not recorded of the last table."""
MOST_ROWS: Final = 1000


def section(store: Store) -> None:
    """Draw the field for a review table, what it would change, and the button that records it."""
    heading("Decisions made in a spreadsheet")
    verdicts.notice(SCREEN)
    given = st.file_uploader(
        "The review table, exported and edited",
        key=f"spreadsheet_file_{st.session_state.get(ROUND, 0)}",
        help="CSV, Excel or JSON Lines from the Export page. Status, note, side and both grades "
        "may be edited.",
    )
    if given is None:
        st.session_state.pop(HELD, None)
        draw_faults("Not recorded", st.session_state.get(REFUSED, []))
        return
    st.session_state.pop(REFUSED, None)
    made = _plan(store, given)
    if isinstance(made, VerifyError):
        with st.container(border=True, key="spreadsheet_unusable"):
            st.text(f"{wording.REFUSED} {made}")
        return
    draw(store, made)


def _plan(store: Store, given: Any) -> Plan | VerifyError:
    """Compare an upload with the store, once: what was previewed is what the button records."""
    held = st.session_state.get(HELD)
    if held is not None and held[0] == given.file_id:
        return held[1]  # type: ignore[no-any-return]
    name = building.safe_name(given.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(given.getbuffer())
        try:
            made: Plan | VerifyError = returning.plan(store, path, name)
        except VerifyError as error:
            made = error
    st.session_state[HELD] = (given.file_id, made)
    return made


def draw(store: Store, made: Plan) -> None:
    """Draw the preview: the account of rows, the changes, and what cannot be taken."""
    st.text(f"{made.told()}.")
    if made.changes:
        number = wording.counted(len(made.changes), "decision")
        draw_changes(made.changes)
        who = verdicts.reviewer()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                f"Record {number}",
                key="spreadsheet_record",
                type="primary",
                on_click=record,
                args=(store, made),
            )
            sentence(f"They will be signed by {who}." if who else "Give your name first.")
    else:
        st.text("There is nothing to record.")
    draw_faults("Cannot be taken", made.left_out)
    draw_faults("To know", made.notes)


def draw_changes(changes: Sequence[Change]) -> None:
    """Draw what would change: claim, field, what it is now, what it will be."""
    shown = changes[:MOST_ROWS]
    table = pd.DataFrame(
        {
            "Row": [f"{one.row:,}" for one in shown],
            "Claim": [one.claim_text for one in shown],
            "Field": [one.column.replace("_", " ") for one in shown],
            "Is now": [one.was or "nothing" for one in shown],
            "Will be": [one.will or "nothing" for one in shown],
            "Note": [one.note if one.column == "status" else one.remark for one in shown],
            "Id": [one.claim_id for one in shown],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(shown) <= 10 else 400,
        key="spreadsheet_changes",
        alt="What would change: row, claim, field, what it is now, what it will be",
        column_config={"Claim": st.column_config.TextColumn(width="medium")},
    )
    if len(changes) > MOST_ROWS:
        st.text(f"The first {MOST_ROWS:,} of {len(changes):,} are shown; all will be recorded.")


def draw_faults(title: str, faults: Sequence[LeftOut]) -> None:
    """Draw what was left out or should be known: row, column, why, and what to do."""
    if not faults:
        return
    heading(f"{title}: {len(faults):,}", level=3)
    shown = faults[:MOST_ROWS]
    st.dataframe(
        pd.DataFrame(
            {
                "Row": ["" if one.row is None else f"{one.row:,}" for one in shown],
                "Column": [one.column or "" for one in shown],
                "Why": [one.what for one in shown],
                "To do": [one.remedy for one in shown],
            }
        ),
        hide_index=True,
        height="content" if len(shown) <= 10 else 400,
        key=f"spreadsheet_{title.split()[0].lower()}",
        alt=f"{title}: row, column, why, and what to do",
    )
    if len(faults) > MOST_ROWS:
        st.text(f"The first {MOST_ROWS:,} are shown; `verify import` lists all.")


def record(store: Store, made: Plan) -> None:
    """Record what the preview showed, and say what came of it."""
    try:
        outcome = returning.record(store, made, verdicts.reviewer())
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", f"{error} What was recorded until then stands.")
        st.session_state.pop(HELD, None)
        return
    text = f"{wording.counted(len(outcome.done), 'decision')} recorded from {made.file}"
    left = [*outcome.refused, *made.left_out]
    if left:
        text += f"; {len(left):,} not taken, listed below"
    verdicts.say(SCREEN, "refused" if outcome.refused else "done", f"{text}.")
    st.session_state[REFUSED] = left
    st.session_state.pop(HELD, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
