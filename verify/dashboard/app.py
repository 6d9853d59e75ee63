"""The frame around every page: navigation, and in whose name decisions are made."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from verify.dashboard import addresses, boot, changed_view, frame, who

ICON = str(Path(__file__).with_name("icon.svg"))
"""Our own file: a named icon would be fetched from elsewhere."""
STYLE = """
.stMainBlockContainer { padding: 3.6rem 2.5rem 4rem; }
@media (max-width: 900px) { .stMainBlockContainer { padding: 3.6rem 1.2rem 3rem; } }
@media (max-width: 1000px) {
  [class*="st-key-beside"] [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  [class*="st-key-beside"] [data-testid="stColumn"] { min-width: 100%; }
  .st-key-verdict_row > :nth-child(2) { flex: 1 0 calc(100% - 12.5rem); width: auto; }
  .st-key-verdict_row button { padding-inline: 8px; }
}
.stMain button kbd { color: inherit; opacity: 1; }
[class*="st-key-changed_"] summary { opacity: .85; }
.st-key-review_head { padding-top: .4rem; }
.stMain [data-testid="stPageLink-NavLink"] { padding-inline: 0; margin-inline: 0; }
.stMain [data-testid="stPageLink-NavLink"] p {
  text-decoration: underline; white-space: normal;
}
"""
"""Streamlit leaves the upper tenth of a screen free; a desk needs it. What stands beside a table
(in a container whose key begins with "beside") goes below it on a narrow screen, and the note of a
verdict above its buttons. A link among text is underlined and begins where the text does."""
DARK = '[data-testid="stBaseButton-primary"] { color: #14181d; }'
"""On the dark theme's accent white has a contrast of 3.3, the paper's own colour one of 5.4."""
SIDEBAR = 230
"""Width in px: the longest title of a page, and room for a name."""


def run() -> None:
    """Draw the desk: the navigation, the reviewer's name, and the page that was asked for."""
    st.set_page_config(
        page_title="Counterclaim",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )
    st.html(f"<style>{STYLE}{DARK if st.context.theme.type == 'dark' else ''}</style>")
    store = boot.store()
    boot.settle()
    if not frame.let_in(store):
        return
    page = st.navigation(pages(), position="sidebar", expanded=True)
    with st.sidebar:
        frame.name(store)
    who.look(store)
    changed_view.note(store)
    page.run()


def pages() -> list[st.Page]:
    """Describe the pages, the first one as the home page; a missing file is an error."""
    return [
        st.Page(
            screen.file,
            title=screen.title,
            icon=screen.icon,
            url_path=screen.path or None,
            default=not screen.path,
            visibility="visible" if screen.listed else "hidden",
        )
        for screen in addresses.SCREENS.values()
    ]
