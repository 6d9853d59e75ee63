"""Where the stages of a build run: in this process, or on the workers of a Dask cluster.

On a cluster a part of the corpus goes from stage to stage as files (`verify.parcels`) at an address
that every worker reaches: what passes through the scheduler is that address. A worker that dies
loses the part that it was at work on, which another one does again; parts that are done are in the
store.
"""

from __future__ import annotations

import importlib
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from verify import parcels, work
from verify.errors import InputError
from verify.parcels import Parcel

LOCAL: Final = "local"
DASK: Final = "dask"
AHEAD: Final = 3
"""Parts handed out for each worker: enough that none is idle while an earlier part is waited for,
few enough that their files stay few."""

PATIENCE_S: int = 10
"""Seconds that a scheduler may take to answer."""

Here = Callable[[Parcel], Parcel]
Task = tuple[str, Callable[[], Parcel]]
"""Name of a part, and what makes its parcel; called when its turn comes."""


class Engine(Protocol):
    """Something that runs a stage over parts of the corpus."""

    @property
    def far(self) -> bool:
        """Whether parts are worked on in other processes."""
        ...

    def run(self, stage: str, tasks: Iterable[Task], here: Here) -> Iterator[tuple[str, Parcel]]:
        """Give each part's name and result, in order; ``here`` is the stage in this process."""
        ...


class Local:
    """One part after the other, in this process."""

    far: ClassVar[bool] = False

    def run(self, stage: str, tasks: Iterable[Task], here: Here) -> Iterator[tuple[str, Parcel]]:
        """Run a stage; see `Engine`."""
        for name, parcel in tasks:
            yield name, here(parcel())


@dataclass(frozen=True)
class Cluster:
    """The workers of a Dask cluster; ``address`` is the folder or bucket that all of them share."""

    client: Any
    address: str
    far: ClassVar[bool] = True

    def run(self, stage: str, tasks: Iterable[Task], here: Here) -> Iterator[tuple[str, Parcel]]:
        """Run a stage; see `Engine`. Raises what a worker raised."""
        running: deque[tuple[str, str, Any]] = deque()
        try:
            yield from self._run(stage, iter(tasks), running)
        finally:
            for _, base, future in running:  # where the build broke off
                future.cancel()
                _remove(base)

    def _run(
        self, stage: str, waiting: Iterator[Task], running: deque[tuple[str, str, Any]]
    ) -> Iterator[tuple[str, Parcel]]:
        while True:
            most = AHEAD * max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))
            while len(running) < most and (task := next(waiting, None)) is not None:
                name, parcel = task
                base = f"{self.address}/{stage}-{secrets.token_hex(6)}"
                parcels.save(parcel(), f"{base}-in")
                running.append((name, base, self.client.submit(work_on, stage, base, pure=False)))
            if not running:
                return
            name, base, future = running[0]
            _finished(name, future)
            found = parcels.load(f"{base}-out")
            _remove(base)
            running.popleft()
            yield name, found


def _finished(name: str, future: Any) -> None:
    """Wait for a part; raise ``InputError`` where the cluster failed, not its work."""
    try:
        future.result()
    except Exception as error:
        if not type(error).__module__.startswith("distributed"):
            raise
        raise InputError(
            f"The workers gave up on a part of the build: {error}",
            f"part {name}",
            "Look at their memory and logs, and build again; what is done is kept.",
        ) from error


def _remove(base: str) -> None:
    for end in ("in", "out"):
        parcels.remove(f"{base}-{end}")


def work_on(stage: str, base: str) -> None:
    """Do one part of a stage, from files to files; this is what a worker calls."""
    made = work.ELSEWHERE[stage](parcels.load(f"{base}-in"))
    if parcels.there(f"{base}-in"):  # else nobody waits for it any more
        parcels.save(made, f"{base}-out")


@contextmanager
def opened(name: str, shared: str) -> Iterator[Engine]:
    """Open an engine: ``local``, ``dask`` for workers on this machine, ``dask://HOST:PORT``.

    ``shared``: the folder or address for `Cluster`. Raises ``InputError`` for another name, where
    the package for clusters is missing, and where no scheduler answers.
    """
    if name == LOCAL:
        yield Local()
        return
    kind, _, place = name.partition("://")
    if kind != DASK or (not place and name != DASK):
        raise InputError(
            f"There is no engine {name!r}", "--engine", "Say local, dask or dask://HOST:PORT."
        )
    try:
        dask: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise InputError(
            "Dask is not installed",
            "--engine",
            "Install it with the extra “cluster”: pip install 'counterclaim[cluster]'.",
        ) from error
    if place:
        with _connected(dask.Client, place) as client:
            _staffed(client, place)
            yield Cluster(client, shared)
        return
    with (
        dask.LocalCluster(threads_per_worker=1, dashboard_address=None) as cluster,
        dask.Client(cluster) as client,
    ):
        yield Cluster(client, shared)


def _staffed(client: Any, place: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE_S)
    except TimeoutError as error:
        raise InputError(
            "The scheduler of Dask has no workers", f"dask://{place}",
            "Start some with `dask worker`, each with this package.",
        ) from error  # fmt: skip


def _connected(client: Any, place: str) -> AbstractContextManager[Any]:
    try:
        found: AbstractContextManager[Any] = client(f"tcp://{place}", timeout=PATIENCE_S)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            "No scheduler of Dask answers there", f"dask://{place}",
            "Start one with `dask scheduler`, and look at the address.",
        ) from error  # fmt: skip
    return found
