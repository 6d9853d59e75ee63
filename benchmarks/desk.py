"""Let many reviewers decide at once on overlapping claims, kill some, and prove what is left.

    python -m benchmarks.desk [--database URL | --postgresql] [--reviewers 8] [--decisions 5000]

Each reviewer is a process that decides on random claims of a made-up store; a share of the
decisions is stale on purpose. Every acknowledgement goes into a file of that reviewer's own before
the next decision. In the middle some reviewers are killed (kill -9). Afterwards the log must hold
each acknowledged decision once, no stale one, and at most one more for each reviewer killed; and
the audit must find it whole. Printed: decisions a second, and how long one takes.

Without an address a SQLite store in a temporary folder is used; ``--postgresql`` starts a server,
durable, in one. A database that is named must be empty and is left as it is afterwards.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Final

import numpy as np
from sqlalchemy import func, select

from benchmarks.postgresql import server
from verify.errors import StaleDecision, StoreError
from verify.records import CLAIMS, DOCUMENTS, EVENTS, MEMBERSHIP, PAIRS, frame, pair_id
from verify.review.audit import audit
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store.store import Store
from verify.store.tables import decisions, standing

VERDICTS: Final = ("verified", "disputed", "unverifiable")
PER_EVENT: Final = 10
"""Claims of one event."""
WAIT_S: Final = 0.002
"""Between two looks at how far the reviewers are, seconds."""


@dataclass(frozen=True)
class Plan:
    """How much is done."""

    reviewers: int = 8
    decisions: int = 5000
    """Of each reviewer, those that are refused included."""
    claims: int = 400
    stale: float = 0.1
    """Share of the decisions that name an older version on purpose."""
    killed: int = 2
    seed: int = 7


@dataclass
class Found:
    """What was measured, and every fault that was found."""

    database: str
    acknowledged: int
    refused_on_purpose: int
    refused_in_a_race: int
    busy: int
    """Not taken because another writer held the store for 5 seconds."""
    killed: int
    unacknowledged: int
    seconds: float
    per_second: float
    p50_ms: float
    p95_ms: float
    faults: list[str]


def run(settings: Settings, plan: Plan) -> Found:
    """Do it all on an empty store; see above."""
    store = Store.open(settings)
    ids = fill(store, plan.claims)
    with tempfile.TemporaryDirectory() as folder:
        seconds, ended = _at_work(settings, plan, ids, Path(folder))
        told = {who: _lines(_file(Path(folder), who)) for who in range(plan.reviewers)}
    return _judged(store, plan, told, seconds, ended)


def fill(store: Store, claims: int) -> list[str]:
    """Make a store of so many claims in events of `PER_EVENT`, each of these with some pairs."""
    ids = [f"c{number}" for number in range(claims)]
    text = "At least 12 soldiers were killed at the bridge, the army said."
    document = {"doc_id": "d", "kind": "text", "text": text, "source": "Hill Radio"}
    store.add_documents(frame([document], DOCUMENTS), None)
    same = {"doc_id": "d", "start": 0, "end": len(text), "text": text, "side": "unknown"}
    store.add_claims(frame([{"claim_id": claim, **same} for claim in ids], CLAIMS), None)
    of = {claim: f"e{number // PER_EVENT}" for number, claim in enumerate(ids)}
    events = [{"event_id": event, "title": event} for event in dict.fromkeys(of.values())]
    pairs = [
        {"pair_id": pair_id(a, b), "a": a, "b": b, "event_id": of[a], "relation": "conflicts",
         "same_event": 0.9, "p_supports": 0.05, "p_conflicts": 0.9}
        for a, b in pairwise(ids)
        if of[a] == of[b]
    ]  # fmt: skip
    members = [{"claim_id": claim, "event_id": event} for claim, event in of.items()]
    store.replace_events(
        frame(events, EVENTS), frame(members, MEMBERSHIP), frame(pairs, PAIRS), None
    )
    return ids


def _file(folder: Path, who: int) -> Path:
    return folder / f"reviewer-{who}.jsonl"


def _lines(file: Path) -> list[dict[str, Any]]:
    """Read what a reviewer was told; a last line that a kill cut off was told to nobody."""
    whole = file.read_text().rpartition("\n")[0] if file.exists() else ""
    return [json.loads(line) for line in whole.splitlines()]


def _at_work(
    settings: Settings, plan: Plan, ids: Sequence[str], folder: Path
) -> tuple[float, list[int | None]]:
    """Let all reviewers decide, kill some in the middle.

    Returns the seconds that it took, and how each process ended.
    """
    apart = multiprocessing.get_context("forkserver")  # imports once, and has no store open
    apart.set_forkserver_preload(["verify.review.audit", "verify.review.decisions"])
    go = apart.Barrier(plan.reviewers + 1)
    at_work: list[BaseProcess] = []
    for who in range(plan.reviewers):
        made = apart.Process(target=review, args=(settings, plan, ids, folder, who, go))
        made.start()
        at_work.append(made)
    go.wait()
    started = time.perf_counter()
    for who in range(plan.killed):
        while len(_lines(_file(folder, who))) < plan.decisions // 2 and at_work[who].is_alive():
            time.sleep(WAIT_S * plan.decisions / 40)
        at_work[who].kill()  # SIGKILL; one that ended by itself is a fault, found afterwards
    for one in at_work:
        one.join()
    return time.perf_counter() - started, [one.exitcode for one in at_work]


def review(
    settings: Settings, plan: Plan, ids: Sequence[str], folder: Path, who: int, go: Barrier
) -> None:
    """Decide so often as one reviewer, and write down what was acknowledged and what refused."""
    chance = random.Random(plan.seed * 1000 + who)
    store = Store.open(settings)
    seen = dict.fromkeys(ids, 0)
    with _file(folder, who).open("a", encoding="utf-8") as told:
        go.wait()
        for number in range(plan.decisions):
            claim = chance.choice(ids)
            late = chance.random() < plan.stale
            version = _version(store, claim) if not late or seen[claim] == 0 else seen[claim] - 1
            late = late and seen[claim] > 0
            note = f"{who}/{number}"
            line: dict[str, Any] = {"claim": claim, "late": late, "note": note}
            started = time.perf_counter()
            try:
                made = decide(
                    store, "claim", claim, chance.choice(VERDICTS), reviewer=f"Reviewer {who}",
                    note=note, seen_version=version,
                )  # fmt: skip
                seen[claim] = made.version
                line |= {"done": True, "seq": made.seq, "version": made.version, "hash": made.hash}
            except StaleDecision as error:
                seen[claim] = int(str(error.current["version"]))
                line |= {"done": False}
            except StoreError as error:
                line |= {"done": False, "busy": str(error)}
            line["ms"] = (time.perf_counter() - started) * 1000
            told.write(json.dumps(line) + "\n")
            told.flush()


def _version(store: Store, claim: str) -> int:
    """Look at the claim as a screen does."""
    stands = standing.c.version
    statement = select(func.max(stands)).filter_by(
        target_kind="claim", target_id=claim, field="status"
    )
    with store.reading() as connection:
        return connection.scalar(statement) or 0


def _judged(
    store: Store,
    plan: Plan,
    told: dict[int, list[dict[str, Any]]],
    seconds: float,
    ended: Sequence[int | None],
) -> Found:
    every = [line for of_one in told.values() for line in of_one]
    lines = [line for line in every if "busy" not in line]
    done = [line for line in lines if line["done"]]
    with store.reading() as connection:
        log = {row.note: row for row in connection.execute(select(decisions))}
        count = connection.scalar(select(func.count()).select_from(decisions)) or 0
    faults = [f"acknowledged, but not in the log: {line}" for line in done if not _is(line, log)]
    faults += [f"stale, but taken: {line}" for line in lines if line["late"] and line["done"]]
    faults += [f"refused, but in the log: {line}" for line in every if _taken_anyway(line, log)]
    if count != len(log):
        faults.append(f"{count - len(log)} decisions are in the log twice")
    acknowledged = {line["note"] for line in done}
    more = [note for note in log if note not in acknowledged]
    for who in range(plan.reviewers):
        own = [note for note in more if note.startswith(f"{who}/")]
        if len(own) > (who < plan.killed):
            faults.append(f"in the log, but not acknowledged: {own}")
        wanted = -signal.SIGKILL if who < plan.killed else 0
        if ended[who] != wanted or (wanted == 0 and len(told[who]) != plan.decisions):
            faults.append(f"reviewer {who} ended by {ended[who]} after {len(told[who])} decisions")
    faults += audit(store)
    slow = np.array([line["ms"] for line in done])
    return Found(
        database=store.engine.dialect.name,
        acknowledged=len(done),
        refused_on_purpose=sum(line["late"] for line in lines if not line["done"]),
        refused_in_a_race=sum(not line["late"] for line in lines if not line["done"]),
        busy=len(every) - len(lines),
        killed=list(ended).count(-signal.SIGKILL),
        unacknowledged=len(more),
        seconds=seconds,
        per_second=len(done) / seconds,
        p50_ms=float(np.percentile(slow, 50)),
        p95_ms=float(np.percentile(slow, 95)),
        faults=faults,
    )


def _is(line: dict[str, Any], log: dict[str, Any]) -> bool:
    row = log.get(line["note"])
    if row is None:
        return False
    stored = (row.target_id, row.seq, row.version, row.hash)
    return stored == (line["claim"], line["seq"], line["version"], line["hash"])


def _taken_anyway(line: dict[str, Any], log: dict[str, Any]) -> bool:
    return not line["done"] and line["note"] in log


@contextmanager
def _place(options: argparse.Namespace) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        if not options.postgresql:
            yield Settings(data_dir=Path(folder), database_url=options.database)
            return
        with server(durable=True) as running:
            running.run("CREATE DATABASE desk")
            yield Settings(data_dir=Path(folder), database_url=running.url("desk"))


def main() -> int:
    """Print what was found; 1 where there is a fault."""
    usual = Plan()
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    where = asked.add_mutually_exclusive_group()
    where.add_argument("--database", default="", help="address of an empty database")
    where.add_argument("--postgresql", action="store_true", help="start a server for it")
    for name in ("reviewers", "decisions", "claims", "killed"):
        asked.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    asked.add_argument("--json", action="store_true", help="print one JSON object")
    options = asked.parse_args()
    plan = Plan(options.reviewers, options.decisions, options.claims, killed=options.killed)
    with _place(options) as settings:
        found = run(settings, plan)
    if options.json:
        print(json.dumps(asdict(found), indent=1))
    else:
        for name, value in asdict(found).items():
            shown = f"{value:,.2f}" if isinstance(value, float) else value
            print(f"{name.replace('_', ' '):<22}{shown}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
