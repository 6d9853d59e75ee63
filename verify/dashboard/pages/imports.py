"""Files in: choose them, watch them being read, see what was left out and why."""

import pandas as pd
import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    building,
    importing,
    pace,
    spreadsheet,
    verdicts,
    who,
    wording,
)
from verify.dashboard.parts import heading, pairs_of_words
from verify.dashboard.parts import line as sentence
from verify.records import Row, rows
from verify.store import views
from verify.store.store import Store

MOST_RUNS = 20
MOST_LEFT_OUT = 1000


def form(running: bool) -> None:
    """Draw the fields that say what to read, and the button that starts it."""
    left, right = st.container(key="beside_import").columns([3, 2], gap="large")
    with left:
        st.file_uploader(
            "Files",
            accept_multiple_files=True,
            key=importing.field("files"),
            help="Text, Markdown, HTML, PDF, JSON, JSON Lines, CSV, Excel, Parquet, RSS and Atom",
        )
    with right:
        if not who.required():  # whoever signs in from elsewhere may not read this machine's files
            st.text_area(
                "Or files and folders on this machine, one a line",
                key=importing.field("paths"),
                height=80,
                placeholder="/home/desk/corpus",
            )
        st.file_uploader(
            "Who speaks for whom (sides.toml), if not in the folder",
            key=importing.field("sides"),
        )
    st.button(
        "Read in",
        key="import_begin",
        type="primary",
        disabled=running,
        on_click=importing.begin,
        args=(boot.settings(),),
    )
    if running:
        sentence("A run is under way; the next one can start when it has ended.", quiet=True)


@st.fragment(run_every=1)
def progress(store: Store) -> None:
    """Draw how far the newest run is; when it ends, draw the whole page again."""
    newest = rows(views.runs(store, limit=1))
    run = newest[0] if newest else None
    state = (run and run["run_id"], run and run["state"], importing.under_way(newest))
    before = st.session_state.get("import_state", state)
    st.session_state["import_state"] = state
    if before != state:
        st.rerun()
    if run and run["state"] == "running":
        draw_stage(run)
    else:
        draw_start(run)


def draw_stage(run: Row) -> None:
    """Draw the running stage: its name, a bar, amounts, rate and remaining time."""
    heading("Under way", level=2)
    stage, done, total = run["stage"], run["done"] or 0, run["total"]
    if not stage:
        st.progress(0.0, "Starting")
        return
    watched = pace.watch(st.session_state.get("import_pace"), run["run_id"], stage, done)
    st.session_state["import_pace"] = watched
    words = wording.STAGE_WORDS.get(stage, stage)
    steps = () if (run["settings"] or {}).get("removed") else wording.STEPS
    step = f"Step {steps.index(stage) + 1} of {len(steps)}: " if stage in steps else ""
    st.text(f"{step}{words}")
    st.progress(min(1.0, done / total) if total else 0.0, pace.told(watched, done, total))


def draw_start(newest: Row | None) -> None:
    """Draw a build of this session that has no run yet, or ended before it had one."""
    build: building.Build | None = st.session_state.get(importing.STARTED)
    if build is None:
        return
    code = build.exit_code
    if newest is not None and newest["pid"] == build.process.pid:
        if code is not None:
            del st.session_state[importing.STARTED]
    elif code is None:
        st.progress(0.0, "Starting")
    else:
        with st.container(border=True, key="import_not_begun"):
            st.text(f"{wording.REFUSED} The run did not begin. {building.last_line(build.log)}")


def draw_runs(store: Store, found: list[Row]) -> None:
    """Draw the newest run, or the one chosen: what it did and what it left out.

    The field's key names the newest run, so that a run that ends is the one shown.
    """
    heading("Runs")
    by_id = {run["run_id"]: run for run in found}
    if len(found) > 1:
        st.dataframe(
            pd.DataFrame(importing.table(found)),
            hide_index=True,
            height="content" if len(found) <= 6 else 240,
            key="import_runs",
            alt="The last runs, newest first",
        )
    chosen = st.selectbox(
        "Run", list(by_id), key=f"import_run_{found[0]['run_id']}", width=520,
        label_visibility="collapsed",
        format_func=lambda run_id: importing.label(by_id[run_id]) if run_id in by_id else run_id,
    )  # fmt: skip
    run = by_id.get(chosen) or found[0]
    pairs_of_words(importing.account(run, building.log_of(boot.settings(), run["pid"])))
    draw_lists(views.left_out(store, run["run_id"]), run)
    if run["state"] == "done":
        st.page_link(addresses.file("events"), label="See the events", icon=":material/event_note:")


def draw_lists(listed: pd.DataFrame, run: Row) -> None:
    """Draw what a run left out and what it took in with a change, each with its remedy.

    Of one that took a source out: what it kept.
    """
    if (run["settings"] or {}).get("removed"):
        _draw_list(listed, "note", "Kept")
        return
    _draw_list(listed, "left out", "Left out")
    if run["state"] != "running" and "left out" not in set(listed["kind"]):
        st.text("Nothing was left out.")
    _draw_list(listed, "note", "Taken in, but not understood in full")


def _draw_list(listed: pd.DataFrame, kind: str, title: str) -> None:
    some = listed[listed["kind"] == kind]
    if not len(some):
        return
    heading(f"{title}: {len(some):,}", level=3)
    shown = some.head(MOST_LEFT_OUT)
    st.dataframe(
        pd.DataFrame(
            {
                "Why": shown["what"],
                "To do": shown["remedy"],
                "File": shown["file"].map(importing.short),
                "Row": ["" if row is pd.NA else f"{row:,}" for row in shown["row"]],
                "Column": shown["column"].fillna(""),
            }
        ),
        hide_index=True,
        key=f"import_{kind}",
        alt=f"{title}: file, row, column, why, and what to do",
    )
    if len(some) > MOST_LEFT_OUT:
        st.text(f"The first {MOST_LEFT_OUT:,} are shown.")


store = boot.store()
heading("Import", level=1)
found = rows(views.runs(store, limit=MOST_RUNS))
verdicts.notice(importing.SCREEN)
if who.may_decide():
    form(importing.under_way(found))
else:
    sentence("Readers bring nothing in.", quiet=True)
progress(store)
if who.may_decide() and views.count(store, "claims"):
    spreadsheet.section(store)
if found:
    draw_runs(store, found)
