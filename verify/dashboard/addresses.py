"""Where each screen lives: its file, and the links that lead to it with what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from verify.dashboard import wording
from verify.store.filters import EVERYTHING, Filters

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


def filtered(filters: Filters = EVERYTHING, **more: str) -> dict[str, str]:
    """Return the parameters with which Events, Review and Export open narrowed to ``filters``."""
    query = {**filters.to_query(), **more}
    if filters.conflicts_only:
        query["conflicts_only"] = "true"  # as Streamlit writes and reads a bound toggle
    if filters.status:
        query["status"] = wording.status(filters.status)  # a bound choice is read by its words
    return query
