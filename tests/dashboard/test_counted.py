"""Figures of the whole store: counted once for a state, and beside the pages where that is slow."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from verify.dashboard import counted
from verify.dashboard.counted import Counter


@pytest.fixture
def counter() -> Counter:
    return Counter()


def finish() -> None:
    """Wait for what is counted beside."""
    for thread in threading.enumerate():
        if thread.name.startswith("count "):
            thread.join(10)


def test_a_figure_is_counted_once_for_a_state_of_the_store(counter):
    asked = []
    for state in (1, 1, 2):
        counter.now("sources", state, lambda: asked.append(1) or len(asked))
    assert len(asked) == 2
    assert counter.now("sources", 2, lambda: 99) == 2
    assert counter.now("speakers", 2, lambda: 99) == 99


def test_what_is_quick_is_counted_when_it_is_asked_for(counter):
    assert counter.lately("records", 1, lambda: "before").value == "before"
    assert counter.lately("records", 2, lambda: "after").value == "after"


def test_what_is_slow_is_counted_beside_and_shown_as_it_was_until_then(counter, monkeypatch):
    monkeypatch.setattr(counted, "PATIENCE_S", 0.05)
    monkeypatch.setattr(counted, "QUICK_S", 0.05)
    go_on, asked = threading.Event(), []

    def slowly() -> str:
        asked.append(1)
        go_on.wait(10)
        return f"count {len(asked)}"

    assert [counter.lately("records", 1, slowly) for _ in range(3)] == [None] * 3
    go_on.set()
    finish()
    assert asked == [1]
    assert counter.lately("records", 1, slowly).value == "count 1"
    go_on.clear()
    for _ in range(3):
        shown = counter.lately("records", 2, slowly)
        assert (shown.value, shown.of) == ("count 1", 1)
    go_on.set()
    finish()
    assert counter.lately("records", 2, slowly).value == "count 2"


def test_what_fails_beside_is_told_to_who_asks_and_tried_again(counter):
    def fail() -> str:
        raise OSError("the disk is gone")

    for _ in range(2):
        with pytest.raises(OSError, match="the disk is gone"):
            counter.lately("records", 1, fail)
    assert counter.lately("records", 1, lambda: "there again").value == "there again"


def test_old_figures_are_counted_anew_though_nothing_seems_changed(counter, monkeypatch):
    counter.now("sources", 1, lambda: "then")
    monkeypatch.setattr(counted, "OLD_S", 0)
    assert counter.now("sources", 1, lambda: "now") == "now"


def test_only_so_many_figures_are_kept(counter):
    for n in range(counted.KEPT + 5):
        counter.now(n, 1, lambda n=n: n)
    assert counter.now(counted.KEPT + 4, 1, lambda: "anew") == counted.KEPT + 4
    assert counter.now(0, 1, lambda: "anew") == "anew"


def test_the_figure_that_nobody_asked_for_longest_goes_first(counter):
    counter.lately("records", 1, lambda: "dear")
    for n in range(counted.KEPT + 5):
        counter.now(n, 1, lambda n=n: n)
        counter.lately("records", 1, lambda: "counted anew")
    assert counter.lately("records", 1, lambda: "counted anew").value == "dear"


def test_whoever_asks_while_it_is_counted_waits_for_that(counter):
    asked, go_on = [], threading.Event()

    def slowly() -> int:
        asked.append(1)
        go_on.wait(10)
        return len(asked)

    with ThreadPoolExecutor(4) as threads:
        found = [threads.submit(counter.now, "sources", 1, slowly) for _ in range(4)]
        go_on.set()
    assert [one.result() for one in found] == [1] * 4
