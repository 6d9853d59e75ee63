"""What the Import page does when its button is pressed, and what it says of runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import streamlit as st

from verify.dashboard import building, verdicts, wording
from verify.errors import VerifyError
from verify.records import Row
from verify.settings import Settings

SCREEN: Final = "import"
ROUND: Final = "import_round"
"""Counts the imports begun in this session; part of the fields' keys, so that they empty."""
STARTED: Final = "import_build"


def field(name: str) -> str:
    """Key a field of the form for this round."""
    return f"import_{name}_{st.session_state.get(ROUND, 0)}"


def begin(settings: Settings) -> None:
    """Keep what was given and start a build of it; say why where that cannot be."""
    uploads = st.session_state.get(field("files")) or []
    given_sides = st.session_state.get(field("sides"))
    try:
        paths = building.existing(str(st.session_state.get(field("paths")) or ""))
        sides = building.checked_sides(given_sides, settings) if given_sides else None
        if uploads:
            paths.append(building.keep(uploads, settings))
        if not paths:
            verdicts.say(SCREEN, "refused", "Nothing to read: choose files or name a path first.")
            return
        st.session_state[STARTED] = building.start(paths, settings, sides)
    except (VerifyError, OSError) as error:
        verdicts.say(SCREEN, "refused", f"Not started: {error}")
        return
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    verdicts.say(SCREEN, "done", "Started. You may leave this page; it goes on by itself.")


def label(run: Row) -> str:
    """Name a run in a list: when, how it ended, what of."""
    return f"{wording.moment(run['started_at'])}  ·  {run['state']}  ·  {_what(run)}"


def _what(run: Row) -> str:
    paths = [str(path) for path in (run["settings"] or {}).get("paths", [])]
    first = paths[0].rstrip("/").rsplit("/", 1)[-1] if paths else "paths not recorded"
    return first if len(paths) < 2 else f"{first} and {len(paths) - 1} more"


def took(run: Row) -> str:
    """Say how long a run took, "" where it did not end."""
    if not run["finished_at"]:
        return ""
    started, ended = (datetime.fromisoformat(run[name]) for name in ("started_at", "finished_at"))
    return wording.duration((ended - started).total_seconds())


def account(run: Row) -> list[tuple[str, str]]:
    """Say what a run did, as names and figures; the rows add up."""
    paths = "\n".join(str(path) for path in (run["settings"] or {}).get("paths", []))
    entries = [
        ("Run", run["run_id"]),
        ("Read from", paths),
        ("State", wording.RUN_WORDS[run["state"]]),
    ]
    if run["state"] in ("died", "failed"):
        step = wording.STAGE_WORDS.get(run["stage"] or "", run["stage"] or "the start")
        entries.append(
            (
                "What now",
                f"It got as far as “{step}”. What was stored so far is kept; read the same "
                "paths in again and it goes on from there.",
            )
        )
    entries.append(("Took", took(run)))
    return [*entries, *_figures(run["counts"] or {})]


def _figures(counts: dict[str, Any]) -> list[tuple[str, str]]:
    if "rows_seen" not in counts:
        return []
    relations = counts.get("relations") or {}
    pairs = ", ".join(f"{relations.get(name, 0):,} {name}" for name in wording.RELATION_NOUNS)
    return [
        (
            "Rows",
            f"{wording.counted(counts['rows_seen'], 'row')} in "
            f"{wording.counted(counts.get('files', 0), 'file')}: "
            f"{wording.counted(counts.get('documents_new', 0), 'new document')}, "
            f"{counts.get('documents_known', 0):,} known already, "
            f"{counts.get('rows_left_out', 0):,} left out",
        ),
        (
            "Claims",
            f"{counts.get('claims_new', 0):,} new, {counts.get('claims', 0):,} in the store",
        ),
        ("Events", f"{counts.get('events', 0):,} in the store"),
        ("Suggested pairs", pairs.removesuffix(", 0 unrelated")),
    ]
