"""Connections that stay open in a process that is asked often."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.store.bridge import fill
from verify.dashboard import boot
from verify.review import holds
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store import views
from verify.store.connect import connect, writing
from verify.store.past import scratch
from verify.store.store import Store

NORMAL, FULL = 1, 2
"""Of SQLite's synchronous: a commit waits for the disk with the second alone."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a store that holds the dispute about the bridge."""
    found = Settings(data_dir=tmp_path / "data")
    fill(Store.open(found))
    return found


def test_one_connection_serves_call_after_call(settings):
    engine, opened = connect(settings.url, lasting=True), []
    for _ in range(3):
        with engine.connect() as connection:
            opened.append(connection.connection.driver_connection)
    assert len(set(map(id, opened))) == 1


def test_a_call_sees_what_another_process_wrote_since(settings):
    lasting, other = Store.open(settings, lasting=True), Store.open(settings)
    assert views.count(lasting, "claims")
    with other.writing() as connection:
        connection.execute(text("UPDATE claims SET place = 'Ashford'"))
    assert views.facets(lasting)["place"] == ["Ashford"]


def test_threads_share_them_without_mixing_up_what_they_read(settings):
    store = Store.open(settings, lasting=True)
    expected = views.claims(store)[0]
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(lambda _: views.claims(store)[0], range(80)):
            assert found.equals(expected)


def test_a_copy_put_in_the_place_of_the_store_is_read_from_then_on(settings, tmp_path):
    lasting = Store.open(settings, lasting=True)
    assert views.count(lasting, "claims")
    empty = Settings(data_dir=tmp_path / "empty")
    Store.open(empty)
    shutil.move(tmp_path / "empty" / "verify.db", settings.data_dir / "verify.db")
    for end in ("-wal", "-shm"):
        (settings.data_dir / f"verify.db{end}").unlink(missing_ok=True)
    assert views.count(lasting, "claims") == 0


def test_a_log_that_is_gone_is_not_written_on(settings):
    lasting = Store.open(settings, lasting=True)
    assert views.count(lasting, "claims")
    for end in ("-wal", "-shm"):
        (settings.data_dir / f"verify.db{end}").unlink()
    with lasting.writing() as connection:
        connection.execute(text("UPDATE claims SET place = 'Ashford'"))
    assert views.facets(Store.open(settings))["place"] == ["Ashford"]


def test_the_dashboard_leaves_nothing_in_the_log_when_it_ends(settings, monkeypatch):
    monkeypatch.setenv("VERIFY_DATA", str(settings.data_dir))
    assert views.count(boot.store(), "claims")
    assert (settings.data_dir / "verify.db-wal").exists()
    boot.close()
    assert not (settings.data_dir / "verify.db-wal").exists()


def synchronous(store: Store, write: Callable[[], object]) -> list[str]:
    """Return what is said to SQLite about waiting for the disk while something is written."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.extend(re.findall(r"PRAGMA synchronous = (\w+)", statement))

    event.listen(store.engine, "before_cursor_execute", note)
    write()
    event.remove(store.engine, "before_cursor_execute", note)
    return said


def test_a_decision_waits_for_the_disk_and_who_has_what_on_screen_does_not(settings):
    store = Store.open(settings, lasting=True)
    hold = partial(holds.take, store, "claim", "c1", "Ada")
    decided = partial(decide, store, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    assert synchronous(store, hold) == ["NORMAL"]
    assert synchronous(store, decided) == ["FULL"]
    assert synchronous(store, partial(holds.release, store, "Ada")) == ["NORMAL"]


def test_a_connection_that_wrote_what_may_be_lost_waits_again_for_the_next(settings):
    engine = connect(settings.url, lasting=True)
    said = []
    for fleeting in (False, True, False):  # one connection, one after the other
        with writing(engine, fleeting=fleeting) as connection:
            said.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    engine.dispose()
    assert said == [FULL, NORMAL, FULL]


def test_a_store_that_is_thrown_away_waits_for_no_disk():
    with scratch() as store, store.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 0
