"""The report of the event as a file: a page, JSON or Markdown, written when it is asked for."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import Final

import streamlit as st

from verify.dashboard import boot
from verify.records import Row
from verify.review.event_report.forms import FORMS
from verify.review.event_report.gathered import gathered
from verify.settings import BEST_RULES
from verify.store.store import Store

LONGEST: Final = 60
"""Characters of a title in a file's name."""


def draw(store: Store, event: Row) -> None:
    """Draw the choice of forms behind one button; nothing is gathered before one is taken.

    The best numbers are those of the rule that was chosen among the numbers of the event.
    """
    chosen = st.query_params.get("best", "").casefold()  # the field keeps its label there
    event_id = event["event_id"]
    rule = chosen if chosen in BEST_RULES else boot.settings().best_rule
    with st.popover("Report", icon=":material/description:"):
        for ending, form in FORMS.items():
            st.download_button(
                form.words,
                data=partial(written, store, event_id, ending, rule),
                file_name=f"{file_name(event)}.{ending}",
                mime=form.mime,
                key=f"report_{ending}",
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
            )


def file_name(event: Row) -> str:
    """Name the file by the event's title, as any file system can hold it, and its id."""
    plain = unicodedata.normalize("NFKD", event["title"] or "").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    title = "-".join(words)[:LONGEST].rstrip("-")
    return "-".join(part for part in ("event", title, event["event_id"]) if part)


def written(store: Store, event_id: str, ending: str, rule: str) -> bytes:
    """Return the whole file."""
    return FORMS[ending].write(gathered(store, event_id, rule))
