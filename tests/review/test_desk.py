"""Many reviewers at once, one of them killed: what the benchmark of the desk proves, in small."""

import json
from pathlib import Path

import pytest

from benchmarks.desk import Plan, run
from verify.settings import Settings
from verify.store.store import Store

SMALL = Plan(reviewers=4, decisions=40, claims=12, stale=0.2, killed=1)


def test_what_is_acknowledged_is_kept_once_and_what_is_stale_never(
    settings: Settings, empty: Store
) -> None:
    found = run(settings, SMALL)
    assert found.faults == []
    assert found.killed == 1
    assert found.unacknowledged <= 1
    assert found.refused_on_purpose > 0
    assert found.acknowledged > 60


def test_a_log_that_lacks_what_was_acknowledged_is_a_fault(
    settings: Settings, empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.desk._lines", with_one_more)
    faults = run(settings, Plan(reviewers=2, decisions=4, claims=2, killed=0)).faults
    assert any("not in the log" in fault for fault in faults)


def with_one_more(file: Path) -> list[dict[str, object]]:
    told = {"claim": "c0", "late": False, "note": "9/9", "done": True, "ms": 1.0}
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return [*lines, told | {"seq": 99, "version": 9, "hash": "x"}]
