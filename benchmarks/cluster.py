"""Time builds on one and on two worker processes of a Dask cluster, and compare what comes out.

    python benchmarks/cluster.py [--claims 4000] [--articles 0.5] [--rounds 1]

A made-up corpus (``corpus.py``) is built by a cluster of one process and by one of two, in turn,
each with one thread; the workers have loaded their models before the clock starts. Both stores have
to hold the same claims, events and pairs, id for id and score for score. Needs the extra "cluster",
and two cores that are free.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import write
from distributed import Client, LocalCluster

from verify import connecting, pipeline
from verify.engines import Cluster
from verify.settings import Settings
from verify.store import views
from verify.store.store import Store


def main() -> int:
    """Print seconds and their ratio; fail where the results differ."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=4000)
    options.add_argument("--articles", type=float, default=0.5)
    options.add_argument("--rounds", type=int, default=1)
    chosen = options.parse_args()
    connecting.WHOLE, connecting.SHORTEST = chosen.claims // 16, 16  # parts for two, and more
    took: dict[int, list[float]] = {1: [], 2: []}
    told: list[Any] = []
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "corpus"), chosen.claims, chosen.articles, a_day=2)
        write(Path(folder, "first"), 60, 0.5)
        for round_ in range(chosen.rounds):
            for workers in (1, 2):
                with (
                    LocalCluster(
                        n_workers=workers, threads_per_worker=1, dashboard_address=None
                    ) as cluster,
                    Client(cluster) as client,
                ):
                    engine = Cluster(client, str(Path(folder, "shared")))
                    for n in range(workers):
                        build(Path(folder, "first"), Path(folder, f"w{round_}{workers}{n}"), engine)
                    data = Path(folder, f"store{round_}{workers}")
                    seconds, shown = build(Path(folder, "corpus"), data, engine)
                took[workers].append(seconds)
                told.append(shown)
                print(f"{workers} worker(s): {seconds:.1f} s", flush=True)
    ratio = statistics.median(took[1]) / statistics.median(took[2])
    print(f"two workers are {ratio:.2f} times as fast as one")
    same = all(shown == told[0] for shown in told)
    print("the stores hold the same" if same else "THE STORES DIFFER")
    return 0 if same else 1


def build(corpus: Path, data: Path, engine: Cluster) -> tuple[float, Any]:
    """Build a corpus into a new store; give the seconds, and what the store holds."""
    settings = Settings(data_dir=data)
    store = Store.open(settings)
    began, used = time.perf_counter(), time.process_time()
    paths = sorted(corpus.glob("*.jsonl"))
    pipeline.build(paths, store, settings, sides=corpus / "sides.toml", engine=engine)
    seconds = time.perf_counter() - began
    own = time.process_time() - used
    print(f"  of these, this process computed {own:.1f} s: reading, and writing to the store")
    columns = ["pair_id", "relation", "p_supports", "p_conflicts", "conflict_kind"]
    pairs = views.pairs(store, limit=None)[0].sort_values("pair_id")[columns]
    members = store.membership().sort_values("claim_id")
    return seconds, (members.to_numpy().tolist(), pairs.to_csv(index=False))


if __name__ == "__main__":
    sys.exit(main())
