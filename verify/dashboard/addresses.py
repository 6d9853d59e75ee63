"""Where each screen lives: its file, and the links that lead to it with what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from verify.store.filters import EVERYTHING, Filters

NARROWED: Final = "narrowed"
"""Parameter of a link that carries filters, as `filtered` writes it."""
FOLDER: Final = Path(__file__).parent / "pages"


class Screen(NamedTuple):
    """One page of the desk; ``file`` is absolute, so that it is found wherever the package lies."""

    file: Path
    title: str
    icon: str
    path: str
    """The address behind the slash, the file's name; the first screen has none."""
    listed: bool = True
    """Whether the navigation lists it; a claim is opened from elsewhere."""


SCREENS: Final = {
    "events": Screen(FOLDER / "events.py", "Events", ":material/event_note:", ""),
    "compare": Screen(FOLDER / "compare.py", "Compare", ":material/compare_arrows:", "compare"),
    "review": Screen(FOLDER / "review.py", "Review", ":material/rule:", "review"),
    "claim": Screen(FOLDER / "claim.py", "Claim", ":material/format_quote:", "claim", listed=False),
    "sources": Screen(FOLDER / "sources.py", "Sources & sides", ":material/groups:", "sources"),
    "team": Screen(FOLDER / "team.py", "Team", ":material/diversity_3:", "team"),
    "import": Screen(FOLDER / "imports.py", "Import", ":material/upload_file:", "imports"),
    "export": Screen(FOLDER / "exports.py", "Export", ":material/download:", "exports"),
}


def file(name: str) -> Path:
    """Return the page's file, for `st.page_link` and `st.switch_page`."""
    return SCREENS[name].file


def event(event_id: str) -> dict[str, str]:
    """Return the parameters with which Compare opens an event."""
    return {"event": event_id}


def claim(claim_id: str) -> dict[str, str]:
    """Return the parameters with which Claim opens a claim."""
    return {"claim": claim_id}


def filtered(filters: Filters = EVERYTHING) -> dict[str, str]:
    """Return the parameter with which Events and Export open narrowed to ``filters``.

    It is one of its own, which `verify.dashboard.filter_bar.arrive` takes apart: Streamlit (1.67)
    lets no link carry a parameter that a field of the page is bound to.
    """
    query = filters.to_query()
    return {NARROWED: urlencode(query)} if query else {}
