"""Whether a run that says "running" still lives."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from verify.store import runs, tables, views
from verify.store.connect import writing


@pytest.fixture
def told(desk_store):
    """Begin a run of this process, then lay its times so many seconds back; return its state."""

    def state(**ages):
        run_id = desk_store.start_run({})
        now = datetime.now(UTC)
        times = {
            name: (now - timedelta(seconds=age)).strftime("%Y-%m-%dT%H:%M:%SZ")
            for name, age in ages.items()
        }
        with writing(desk_store.engine) as connection:
            chosen = tables.runs.c.run_id == run_id
            connection.execute(update(tables.runs).where(chosen).values(times))
        states = views.runs(desk_store).set_index("run_id")["state"]
        return states[run_id]

    return state


LONG = 10 * 365 * 86_400


def test_a_silent_run_older_than_the_process_of_its_pid_died(told):
    assert told(started_at=LONG, heartbeat=LONG) == "died"


def test_a_run_that_still_reports_lives_whatever_the_clock_says(told):
    assert told(started_at=LONG, heartbeat=1) == "running"


def test_a_run_of_its_own_process_may_be_silent(told):
    assert told(started_at=0, heartbeat=runs.SILENT_S * 5) == "running"


def test_where_the_system_tells_no_start_long_silence_means_died(told, monkeypatch):
    monkeypatch.setattr(runs, "_began", lambda pid: None)
    assert told(started_at=LONG, heartbeat=runs.SILENT_S * 5) == "running"
    assert told(started_at=LONG, heartbeat=runs.SILENT_UNKNOWN_S + 5) == "died"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc")
def test_a_process_began_before_now():
    began = runs._began(os.getpid())
    assert timedelta(0) <= datetime.now(UTC) - began + timedelta(seconds=runs.CLOCK_S)
    assert runs._began(2**22 + 1) is None
