"""The review table as a file: the claims that the filters show, one row each."""

from functools import partial

import pandas as pd
import streamlit as st

from verify.dashboard import boot, downloads, filter_bar, signing_off, wording
from verify.dashboard.parts import heading
from verify.dashboard.parts import line as sentence
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

PREVIEW = 10
SAMPLE_HEIGHT = 400
"""Of one claim in px, so that the sign-offs below stay in reach."""
ABOUT_TABLE = (
    "Statuses, notes and grades are the reviewers'; supporting and conflicting claims are "
    "suggestions of the program that nobody rejected. Texts that a spreadsheet would run as a "
    "formula begin with an apostrophe."
)
ABOUT = {
    "claimreview": "Each review holds a claim, who made it and where, and what your team decided, "
    "in words and without a number. Notes and grades are not in it.",
    "annotation": "Each claim is marked in its document, with its status, speaker, side and note.",
}
"""Formats that are no table, and what they hold."""


def draw(store: Store) -> None:
    """Draw filters, format, button and the first rows."""
    filter_bar.arrive()
    filters = filter_bar.fields()
    others = filter_bar.named(filters)
    if others:
        with st.container(horizontal=True, vertical_alignment="center"):
            sentence(f"Also narrowed to {others}.", quiet=True)
            st.button("Clear the filters", key="clear_filters", on_click=filter_bar.clear)
    first, total = views.claims(store, filters, sort="arrival", limit=PREVIEW)
    if not total:
        st.text("No claim matches. Widen or clear the filters.")
        return
    heading(wording.counted(total, "claim"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fmt = st.segmented_control(
            "Format", list(downloads.FORMATS), default="csv", required=True, key="format",
            format_func=lambda name: downloads.FORMATS[name].words,
        )  # fmt: skip
        held = downloads.held(store, filters, str(fmt), total)
        button(store, filters, str(fmt), held)
    if held < total:
        others = wording.counted(total - held, "claim")
        sentence(f"{others} that nobody has decided on will not be in the file.")
    sentence(ABOUT.get(str(fmt), ABOUT_TABLE), quiet=True)
    signing_off.form(store, filters, str(fmt), total)
    if fmt in ABOUT:
        sample(store, filters, str(fmt))
        return
    heading("As it will be written" if total <= PREVIEW else f"The first {PREVIEW} read in")
    preview(store, list(first["claim_id"]))


def button(store: Store, filters: Filters, fmt: str, total: int) -> None:
    """Draw the button that writes the file when it is pressed, and not before."""
    st.download_button(
        f"Download {wording.counted(total, 'claim')}",
        data=partial(downloads.write, store, filters, fmt),
        file_name=downloads.file_name(fmt),
        mime=downloads.FORMATS[fmt].mime,
        disabled=not total,
        key="download",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )


def preview(store: Store, claim_ids: list[str]) -> None:
    """Draw these claims with all columns, as the file will hold them."""
    table = pd.DataFrame(downloads.preview(store, claim_ids))
    st.dataframe(table, hide_index=True, key="preview", alt="The first rows of the review table")


def sample(store: Store, filters: Filters, fmt: str) -> None:
    """Draw one claim as the file will hold it."""
    told = downloads.sample(store, filters, fmt)
    if told:
        heading("One claim as it will be written")
        st.code(told, language="json", wrap_lines=True, height=SAMPLE_HEIGHT)


store = boot.store()
heading("Export", level=1)
if views.count(store, "claims"):
    draw(store)
    signing_off.listing(store)
else:
    st.text("There is nothing to export yet. Read in documents on the Import page first.")
