"""The report of the event as a file: a page, JSON or Markdown, written when it is asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from verify.dashboard import boot
from verify.review.event_report.forms import FORMS
from verify.review.event_report.gathered import gathered
from verify.settings import BEST_RULES
from verify.store.store import Store


def draw(store: Store, event_id: str) -> None:
    """Draw the choice of forms behind one button; nothing is gathered before one is taken.

    The best numbers are those of the rule that was chosen among the numbers of the event.
    """
    chosen = st.query_params.get("best", "").casefold()  # the field keeps its label there
    rule = chosen if chosen in BEST_RULES else boot.settings().best_rule
    with st.popover("Report", icon=":material/description:"):
        for ending, form in FORMS.items():
            st.download_button(
                form.words,
                data=partial(written, store, event_id, ending, rule),
                file_name=f"event-{event_id}.{ending}",
                mime=form.mime,
                key=f"report_{ending}",
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
            )


def written(store: Store, event_id: str, ending: str, rule: str) -> bytes:
    """Return the whole file."""
    return FORMS[ending].write(gathered(store, event_id, rule))
