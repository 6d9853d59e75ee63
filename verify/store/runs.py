"""Runs of the pipeline: how far they are, whether they still live, and what they left out."""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import Engine, insert, select, update

from verify.errors import InputError, LeftOut
from verify.store.connect import fetch, reading, writing
from verify.store.tables import left_out as left_out_table
from verify.store.tables import runs as runs_table

SILENT_S: Final = 60
"""A running run of another host that reports nothing for so long counts as dead, seconds.

Twelve times the 5 s that a writer may have to wait for the store.
"""
SILENT_UNKNOWN_S: Final = 10 * SILENT_S
"""The same for a run of this host where the system does not say since when its pid is in use."""
CLOCK_S: Final = 5
"""Seconds that two readings of the clock may differ: the boot time is told in whole seconds."""
STATES: Final = ("running", "done", "failed")


def now() -> str:
    """Return the time as the store writes it: UTC, ISO 8601, seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def start(engine: Engine, settings: Mapping[str, Any]) -> str:
    """Note that this process begins a run with these settings; return its id."""
    # to the microsecond: of two runs that begin in one second the later one is the newer one
    run_id = f"r{datetime.now(UTC):%Y%m%d-%H%M%S%f}-{secrets.token_hex(3)}"
    row = {
        "run_id": run_id,
        "state": "running",
        "started_at": now(),
        "heartbeat": now(),
        "host": platform.node(),
        "pid": os.getpid(),
        "settings": dict(settings),
        "counts": {},
    }
    with writing(engine) as connection:
        connection.execute(insert(runs_table).values(row))
    return run_id


def progress(engine: Engine, run_id: str, stage: str, done: int, total: int) -> None:
    """Note how far a run is. One small transaction; the caller says it a few times a second."""
    _update(engine, run_id, stage=stage, done=done, total=total, heartbeat=now())


def finish(engine: Engine, run_id: str, state: str, counts: Mapping[str, Any]) -> None:
    """Note how a run ended: state ``done`` or ``failed``, and what it counted."""
    if state not in STATES:
        raise InputError(f"A run cannot be {state!r}", run_id, f"Say one of {', '.join(STATES)}.")
    _update(
        engine, run_id, state=state, counts=dict(counts), finished_at=now(), heartbeat=now()
    )  # fmt: skip


def _update(engine: Engine, run_id: str, **values: object) -> None:
    with writing(engine) as connection:
        changed = connection.execute(
            update(runs_table).where(runs_table.c.run_id == run_id).values(values)
        )
        if changed.rowcount == 0:
            raise InputError("There is no such run", run_id, "Start it first.")


def add_left_out(
    engine: Engine, run_id: str, items: Sequence[LeftOut], kind: str = "left out"
) -> None:
    """Add what a run did not take in; kind "note" for what it took in with a change."""
    rows = [
        {
            "run_id": run_id,
            "kind": kind,
            "file": item.file,
            "row": item.row,
            "column": item.column,
            "what": item.what,
            "remedy": item.remedy,
        }
        for item in items
    ]
    if rows:
        with writing(engine) as connection:
            connection.execute(insert(left_out_table), rows)


def runs(engine: Engine, limit: int = 20) -> pd.DataFrame:
    """List runs, newest first.

    Columns run_id, state, started_at, finished_at, heartbeat, host, pid, stage, done, total,
    settings (dict), counts (dict). State is running, done, failed, or ``died``: it says running,
    but its process is gone (this host) or silent for ``SILENT_S`` (another host). On this host a
    silent run has died too where its pid now belongs to a process that began after it.
    """
    statement = select(runs_table).order_by(
        runs_table.c.started_at.desc(), runs_table.c.run_id.desc()
    )
    with reading(engine) as connection:
        rows = fetch(connection, statement.limit(limit))
    for row in rows:
        if row["state"] == "running" and _gone(row):
            row["state"] = "died"
    return pd.DataFrame(rows, columns=[column.name for column in runs_table.c], dtype="object")


def _gone(row: Mapping[str, Any]) -> bool:
    heard = datetime.fromisoformat(row["heartbeat"])
    silent = datetime.now(UTC) - heard
    if row["host"] != platform.node():
        return silent > timedelta(seconds=SILENT_S)
    if not _alive(row["pid"]):
        return True
    began = _began(row["pid"])
    if began is None:
        return silent > timedelta(seconds=SILENT_UNKNOWN_S)
    # Both, because a clock that was set meanwhile would make a living run look older than its pid.
    reused = began > datetime.fromisoformat(row["started_at"]) + timedelta(seconds=CLOCK_S)
    return reused and silent > timedelta(seconds=SILENT_S)


def _began(pid: int) -> datetime | None:
    """Return when a process began, None where the system does not say (no /proc; see proc(5))."""
    try:
        ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
        told = Path("/proc/stat").read_text().splitlines()
        booted = next(int(line.split()[1]) for line in told if line.startswith("btime "))
    except (OSError, StopIteration):
        return None
    return datetime.fromtimestamp(booted + ticks / os.sysconf("SC_CLK_TCK"), UTC)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    status = Path(f"/proc/{pid}/stat")
    if status.exists():  # a killed child that nobody waited for is dead too
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    return True


def left_out(engine: Engine, run_id: str) -> pd.DataFrame:
    """List what a run left out, in order: columns kind, file, row, column, what, remedy."""
    names = ["kind", "file", "row", "column", "what", "remedy"]
    statement = (
        select(*[left_out_table.c[name] for name in names])
        .where(left_out_table.c.run_id == run_id)
        .order_by(left_out_table.c.n)
    )
    with reading(engine) as connection:
        rows = connection.execute(statement).all()
    table = pd.DataFrame([tuple(row) for row in rows], columns=names, dtype="object")
    return table.astype({"row": "Int64"})
