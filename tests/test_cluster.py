"""Builds on a Dask cluster of processes: the same result as on one machine, whatever happens."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from benchmarks import corpus
from tests.test_connecting import assert_same
from verify import connecting, engines, pipeline, rarities, work
from verify.engines import Cluster
from verify.errors import InputError
from verify.parcels import Parcel
from verify.progress import Advance
from verify.review.audit import audit
from verify.settings import Settings
from verify.store.store import Store

pytestmark = [pytest.mark.cluster, pytest.mark.model]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus.write(tmp_path / "corpus", 120, articles=0.3, a_day=1)
    return tmp_path / "corpus"


@pytest.fixture
def settings(desk_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(connecting, "WHOLE", 40)
    monkeypatch.setattr(connecting, "SHORTEST", 16)
    monkeypatch.setattr(pipeline, "EXTRACT_CHUNK", 20)
    monkeypatch.setattr(rarities, "KEPT_FROM", 20)
    return desk_settings


class Killing:
    """Progress that kills a worker when the first part of each stage is done."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.killed: list[str] = []

    @contextmanager
    def stage(self, name: str, total: int | None, unit: str) -> Iterator[Advance]:
        def advance(step: int) -> None:
            if name in ("extract", "group", "relate") and name not in self.killed:
                self.killed.append(name)
                workers = self.client.scheduler_info(n_workers=-1)["workers"]
                busy = next(iter(self.client.processing()), next(iter(workers)))
                os.kill(self.client.run(os.getpid)[busy], signal.SIGKILL)

        yield advance


def test_a_cluster_gives_what_one_machine_gives_though_workers_die(
    cluster: LocalCluster, folder: Path, settings: Settings, desk_store: Store, tmp_path: Path
) -> None:
    paths, sides = sorted(folder.glob("*.jsonl")), folder / "sides.toml"
    alone = Store.open(replace(settings, data_dir=tmp_path / "alone"))
    expected = pipeline.build(paths, alone, settings, sides=sides)
    shared = tmp_path / "shared"
    with Client(cluster) as client:
        killing = Killing(client)
        found = pipeline.build(
            paths, desk_store, settings, sides=sides,
            engine=Cluster(client, str(shared)), progress_of=lambda run_id: killing,
        )  # fmt: skip
    assert killing.killed == ["extract", "group", "relate"]
    assert replace(found, run_id="") == replace(expected, run_id="")
    assert expected.claims_new > 100
    assert_same(desk_store, alone)
    late = tmp_path / "late.csv"
    late.write_text("claim,source,date\nThe mill at Oskeva burned.,Gazette 1,2021-03-05\n")
    alone_more = pipeline.build([late], alone, settings, sides=sides)
    with Client(cluster) as client:
        far = Cluster(client, str(shared))
        more = pipeline.build([late], desk_store, settings, sides=sides, engine=far)
    assert replace(more, run_id="") == replace(alone_more, run_id="")
    assert_same(desk_store, alone)
    assert list(shared.iterdir()) == []
    assert audit(desk_store) == []


def test_the_command_line_builds_on_a_scheduler_that_it_is_told_of(
    cluster: LocalCluster, folder: Path, settings: Settings
) -> None:
    place = cluster.scheduler_address.removeprefix("tcp://")
    done = subprocess.run(
        [sys.executable, "-m", "verify.cli", "build", str(folder / "articles.jsonl"),
         "--engine", f"dask://{place}", "--relation-model", "none"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "texts encoded" in done.stdout


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("spark", "There is no engine 'spark'"),
        ("dask://", "There is no engine 'dask://'"),
        ("dask://127.0.0.1:9", "No scheduler of Dask answers there"),
    ],
)
def test_an_engine_that_is_not_there_is_named_with_a_remedy(
    name: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE_S", 1)
    with pytest.raises(InputError, match=what) as refused, engines.opened(name, str(tmp_path)):
        raise AssertionError("it opened")
    assert refused.value.remedy


def test_without_the_package_its_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="not installed") as refused:
        engines.opened("dask", str(tmp_path)).__enter__()
    assert "[cluster]" in refused.value.remedy


def test_a_scheduler_without_workers_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE_S", 1)
    with LocalCluster(n_workers=0, dashboard_address=None) as empty:
        place = empty.scheduler_address.removeprefix("tcp://")
        with pytest.raises(InputError, match="has no workers"):
            engines.opened(f"dask://{place}", str(tmp_path)).__enter__()


def test_a_build_that_breaks_off_leaves_no_files_of_its_parts(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    told = {"model": "all-MiniLM-L6-v2", "allow_hub": False, "texts": ["The mill burned."]}
    tasks = ((str(number), lambda: Parcel(told=told)) for number in range(4))
    with Client(cluster) as client:
        running = Cluster(client, str(tmp_path)).run(work.ENCODE, tasks, work.encode_texts)
        next(running)
        running.close()
    assert list(tmp_path.iterdir()) == []
