"""What is acknowledged is on disk, whoever else writes and whatever is killed."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import select

from tests.framed import history
from verify.errors import StaleDecision
from verify.records import rows
from verify.review.decisions import decide
from verify.review.log import FIRST_HASH, decision_hash
from verify.settings import Settings
from verify.store import views
from verify.store.store import Store
from verify.store.tables import decisions

OPEN = (
    "import sys; from pathlib import Path\n"
    "from verify.review.decisions import decide\n"
    "from verify.settings import Settings\n"
    "from verify.store.store import Store\n"
    "store = Store.open(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2]))\n"
)
DECIDE_AND_WAIT = OPEN + (
    "made = decide(store, 'claim', 'c1', 'verified', reviewer='Ada', seen_version=0)\n"
    "print(made.seq, flush=True)\n"
    "sys.stdin.read()\n"
)


def start(code: str, settings: Settings) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(settings.data_dir), settings.database_url]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )


def test_a_decision_outlives_the_process_killed_right_after_it(settings: Settings, store: Store):
    process = start(DECIDE_AND_WAIT, settings)
    assert process.stdout is not None
    seq = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert list(history(store, "claim", "c1")["seq"]) == [seq]
    assert views.claim(store, "c1")["status"] == "verified"


MERGE_AND_WAIT = OPEN + (
    "made = decide(store, 'event', 'e2', 'e1', field='same_as', reviewer='Ada', seen_version=0)\n"
    "print(made.seq, flush=True)\n"
    "sys.stdin.read()\n"
)


def test_merged_events_outlive_the_process_killed_right_after_it(settings: Settings, store: Store):
    process = start(MERGE_AND_WAIT, settings)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert list(views.events(store)[0]["event_id"]) == ["e1"]
    assert views.claim(store, "c4")["event_id"] == "e1"


def decide_many_times(settings: Settings, reviewer: str, go: Barrier) -> list[tuple]:
    store = Store.open(settings)
    told = []
    go.wait()
    for turn in range(12):
        target = f"c{turn % 4 + 1}"
        seen = views.claim(store, target)["version"]
        try:
            made = decide(store, "claim", target, "disputed", reviewer=reviewer, seen_version=seen)
            told.append(("done", target, made.version, made.seq, made.hash))
        except StaleDecision as error:
            told.append(("stale", target, seen, error.current["version"], ""))
    return told


def test_of_many_at_once_each_acknowledged_decision_is_there_once(settings: Settings, store: Store):
    fork = multiprocessing.get_context("fork")
    with fork.Manager() as manager, ProcessPoolExecutor(8, mp_context=fork) as processes:
        go = manager.Barrier(8)
        sent = [
            processes.submit(decide_many_times, settings, f"Reviewer {number}", go)
            for number in range(8)
        ]
        told = [line for job in sent for line in job.result()]
    assert len(told) == 8 * 12
    with store.reading() as connection:
        log = [row._asdict() for row in connection.execute(select(decisions).order_by("seq"))]
    acknowledged = {line[1:] for line in told if line[0] == "done"}
    stored = [(row["target_id"], row["version"], row["seq"], row["hash"]) for row in log]
    assert len(acknowledged) == len(stored)
    assert acknowledged == set(stored)

    before = FIRST_HASH
    for row in log:
        assert row["previous_hash"] == before
        before = decision_hash(row, before)
        assert row["hash"] == before

    assert all(current > seen for kind, _, seen, current, _ in told if kind == "stale")
    newest = Counter(row["target_id"] for row in log)
    for claim in rows(views.claims(store)[0]):
        assert claim["version"] == newest[claim["claim_id"]]
