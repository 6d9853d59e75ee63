"""What the Import page does when its button is pressed, and what it says of runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import streamlit as st

from verify import summary
from verify.dashboard import boot, building, verdicts, who, wording
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
    if not who.acting(boot.store()).decides:
        verdicts.say(SCREEN, "refused", "Not started: readers bring nothing in.")
        return
    named = "" if who.required() else str(st.session_state.get(field("paths")) or "")
    try:
        paths = building.existing(named)
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


def under_way(found: Sequence[Row]) -> bool:
    """Tell whether a run is being made, or one of this session is about to begin."""
    build: building.Build | None = st.session_state.get(STARTED)
    if build is not None and build.exit_code is None:
        return True
    return bool(found) and found[0]["state"] == "running"


def label(run: Row) -> str:
    """Name a run in a list: when it began and what it read."""
    return f"{wording.moment(run['started_at'])}  ·  {read_from(run)}"


def read_from(run: Row) -> str:
    """Say in a few words what a run read."""
    called = run["settings"] or {}
    paths = [str(path) for path in called.get("paths", [])]
    names = ["uploaded files" if building.uploaded(path) else Path(path).name for path in paths]
    if called.get("removed"):
        return f"nothing: {called['removed']} was removed by {called['removed_by']}"
    if not names:
        return "paths not recorded"
    return names[0] if len(names) < 2 else f"{names[0]} and {len(names) - 1} more"


def table(found: Sequence[Row]) -> list[dict[str, Any]]:
    """Return a row a run, as the list of runs shows it."""
    names = {
        "rows_seen": "Rows",
        "documents_new": "New documents",
        "rows_left_out": "Rows left out",
        "claims_new": "New claims",
    }
    return [
        {
            "Started": wording.moment(run["started_at"]),
            "Read from": read_from(run),
            "State": run["state"],
            "Took": took(run),
            **{words: (run["counts"] or {}).get(name) for name, words in names.items()},
        }
        for run in found
    ]


def short(path: str) -> str:
    """Say a file's path; only its name where it was uploaded, since its folder means nothing."""
    return Path(path).name if building.uploaded(path) else path


def took(run: Row) -> str:
    """Say how long a run took, "" where it did not end."""
    if not run["finished_at"]:
        return ""
    started, ended = (datetime.fromisoformat(run[name]) for name in ("started_at", "finished_at"))
    return wording.duration((ended - started).total_seconds())


def account(run: Row, log: Path) -> list[tuple[str, str]]:
    """Say what a run did, as names and figures; the rows add up. ``log``: of its process."""
    paths = "\n".join(str(path) for path in (run["settings"] or {}).get("paths", []))
    entries = [("Run", run["run_id"]), ("Read from", paths or read_from(run))]
    entries.append(("State", wording.RUN_WORDS[run["state"]]))
    if run["state"] in ("died", "failed"):
        step = wording.STAGE_WORDS.get(run["stage"] or "", run["stage"] or "the start")
        remedy = "What was stored so far is kept; read the same paths in again to go on from there."
        if (run["settings"] or {}).get("removed"):
            remedy = "Remove it again: it then goes on."
        entries.append(("What now", f"It got as far as “{step}”. {remedy}"))
        last = building.last_line(log)
        if last:
            entries += [("Last words", last), ("Log", str(log))]
    entries.append(("Took", took(run)))
    return [*entries, *_figures(run["counts"] or {}, whole=run["state"] == "done")]


def _figures(counts: dict[str, Any], *, whole: bool) -> list[tuple[str, str]]:
    if "rows_seen" not in counts:
        return []
    figures = _taken(counts)
    if not whole:  # what follows was not counted yet when the run broke off
        return figures
    relations = counts.get("relations") or {}
    pairs = ", ".join(
        wording.counted(relations.get(name, 0), wording.RELATION_NOUNS[name])
        for name in ("conflicts", "supports", "related")
    )
    store = (
        f"{wording.counted(counts.get('claims', 0), 'claim')}, "
        f"{wording.counted(counts.get('events', 0), 'event')}; suggested pairs: {pairs}"
    )
    return [*figures, ("In the store then", store)]


def _taken(counts: dict[str, Any]) -> list[tuple[str, str]]:
    if counts.get("removed"):
        gone = (counts[name] for name in ("documents_gone", "claims_gone", "claims_kept"))
        return [("Removed", summary.told(counts["removed"], *gone))]
    return [
        (
            "Rows",
            f"{wording.counted(counts['rows_seen'], 'row')} in "
            f"{wording.counted(counts.get('files', 0), 'file')}: "
            f"{wording.counted(counts.get('documents_new', 0), 'new document')}, "
            f"{counts.get('documents_known', 0):,} known already, "
            f"{counts.get('rows_left_out', 0):,} left out",
        ),
        ("New claims", f"{counts.get('claims_new', 0):,}"),
    ]
