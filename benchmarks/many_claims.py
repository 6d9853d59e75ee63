"""A store with very many short claims, quickly: what the figures about large stores are taken on.

    python benchmarks/many_claims.py --data FOLDER [--claims 100000]

Four claims an event, of two sides and fifty sources, one pair a claim, a vector a text; all made up
from one seed, so that two runs write the same. Rows go straight into the tables: a build of so many
texts takes its time and is measured elsewhere.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Table, insert

from verify.records import content_id, pair_id, text_hash
from verify.settings import Settings
from verify.store import search
from verify.store.counts import recount
from verify.store.doubt import unsure
from verify.store.store import Store
from verify.store.tables import (
    claim_kinds,
    claims,
    documents,
    events,
    grouped,
    pairs,
    runs,
    vectors,
)

IN_EVENT: Final = 4
SIDES: Final = ("North", "South")
PLACES: Final = ("Ashford", "Milltown", "Harbour", "Eastgate", "Fairwater", "Oldbridge")
ACTS: Final = ("were killed", "were wounded", "were captured", "were displaced")
KINDS: Final = ("killed", "wounded", "captured", "displaced")
RELATIONS: Final = ("conflicts", "supports", "conflicts", "related")
CONFLICTS: Final = ("number", "denial", "outcome")
DIMENSION: Final = 384


def fill(store: Store, count: int, *, with_vectors: bool = True, chunk: int = 5000) -> None:
    """Write ``count`` claims with their documents, events, pairs and vectors in one transaction."""
    chance = np.random.default_rng(7)
    with store.writing() as connection:
        connection.execute(insert(runs).values(_run()))
        for start in range(0, count, chunk):
            numbers = range(start, min(start + chunk, count))
            _write(connection, documents, (_document(n) for n in numbers))
            _write(connection, claims, (_claim(n) for n in numbers))
            _write(connection, claim_kinds, ({"kind": KINDS[n % 4], "claim_id": f"c{n:016x}"}
                                             for n in numbers))  # fmt: skip
            told = [_event(n) for n in numbers if n % IN_EVENT == 0]
            _write(connection, events, told)
            _write(connection, grouped, told)
            drawn = chance.uniform(0.5, 1, len(numbers))
            _write(connection, pairs, (_pair(n, float(p), count)
                                       for n, p in zip(numbers, drawn, strict=True)))  # fmt: skip
            if with_vectors:
                _write(connection, vectors, _vectors(numbers, chance))
        search.add_new(connection)
        recount(connection)


def _write(connection: Connection, table: Table, rows: Any) -> None:
    found = list(rows)
    if found:
        connection.execute(insert(table), found)


def _text(n: int) -> str:
    return f"{n % 97 + 2} people {ACTS[n % 4]} near {PLACES[n // IN_EVENT % 6]} on day {n // 50}."


def _day(n: int) -> str:
    return f"2021-{n // 9000 % 12 + 1:02d}-{n // 320 % 28 + 1:02d}"


def _run() -> dict[str, Any]:
    at = "2021-12-31T00:00:00Z"
    told = {"run_id": "r0", "state": "done", "started_at": at, "finished_at": at, "heartbeat": at}
    return {**told, "host": "", "pid": 0, "settings": {"model": Settings.model}, "counts": {}}


def _document(n: int) -> dict[str, Any]:
    return {
        "doc_id": f"d{n:016x}", "kind": "row", "source": f"Gazette {n % 50}", "run_id": "r0",
        "title": f"Report {n}", "published_at": _day(n), "language": "en", "given": {},
        "text": f"The council met in the morning. {_text(n)} Nobody else was heard of.",
    }  # fmt: skip


def _claim(n: int) -> dict[str, Any]:
    text, begins = _text(n), len("The council met in the morning. ")
    number = str(n % 97 + 2)
    quantity = {"text": number, "start": begins, "end": begins + len(number), "low": n % 97 + 2,
                "high": n % 97 + 2, "kind": KINDS[n % 4], "counted": "people"}  # fmt: skip
    event_id = f"e{n // IN_EVENT:016x}"
    return {
        "n": n + 1, "claim_id": f"c{n:016x}", "doc_id": f"d{n:016x}", "start": begins,
        "end": begins + len(text), "text": text, "sentence_start": begins,
        "sentence_end": begins + len(text), "speaker": f"speaker {n % 900}", "cue": "said",
        "side": SIDES[n % 2], "read_side": SIDES[n % 2], "quantities": [quantity],
        "place": PLACES[n // IN_EVENT % 6], "negated": False, "denied": False, "hedged": False,
        "checkable": "fact", "source": f"Gazette {n % 50}", "published_at": _day(n),
        "day": _day(n), "credited": f"speaker {n % 900}", "event_id": event_id,
        "grouped_event_id": event_id, "run_id": "r0",
    }  # fmt: skip


def _event(n: int) -> dict[str, Any]:
    return {
        "event_id": f"e{n // IN_EVENT:016x}", "title": f"{PLACES[n // IN_EVENT % 6]}, {_day(n)}",
        "topic": ACTS[n // IN_EVENT % 4], "starts": _day(n), "ends": _day(n), "run_id": "r0",
        "places": [PLACES[n // IN_EVENT % 6]], "digest": content_id("x", n),
    }  # fmt: skip


def _pair(n: int, chance: float, count: int) -> dict[str, Any]:
    """Pair a claim with the next one of its event, the last with the first."""
    first = n // IN_EVENT * IN_EVENT
    other = min(first + (n + 1 - first) % IN_EVENT, count - 1)
    a, b = sorted((f"c{n:016x}", f"c{other:016x}"))
    relation = RELATIONS[n % 4]
    told = {"supports": (chance, 0.02), "conflicts": (0.02, chance), "related": (0.2, 0.1)}
    supports, conflicts = told[relation]
    reasons = [{"name": "number", "words": "the numbers differ", "supports": -1.0,
                "conflicts": 2.0}]  # fmt: skip
    return {
        "pair_id": pair_id(a, b), "event_id": f"e{n // IN_EVENT:016x}", "a": a, "b": b,
        "relation": relation, "same_event": 0.9, "p_supports": supports, "p_conflicts": conflicts,
        "conflict_kind": CONFLICTS[n % 3] if relation == "conflicts" else None,
        "reasons": reasons, "kept": False, "sources": IN_EVENT, "digest": content_id("x", n),
        "run_id": "r0", "unsure": unsure(relation, supports, conflicts),
        "arrived": max(n, other) + 1,
    }  # fmt: skip


def _vectors(numbers: range, chance: np.random.Generator) -> Iterator[dict[str, Any]]:
    drawn = chance.standard_normal((len(numbers), DIMENSION), dtype=np.float32)
    near = np.random.default_rng(11).standard_normal((6, DIMENSION), dtype=np.float32)
    drawn += 2 * near[[n // IN_EVENT % 6 for n in numbers]]
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    seen: set[str] = set()
    for n, vector in zip(numbers, drawn.astype("<f2"), strict=True):
        name = text_hash(_text(n))
        if name not in seen:
            seen.add(name)
            yield {"text_hash": name, "model": Settings.model, "vector": vector.tobytes()}


def main() -> None:
    """Fill a new store."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--claims", type=int, default=100_000)
    chosen = options.parse_args()
    started = time.perf_counter()
    fill(Store.open(Settings(data_dir=chosen.data)), chosen.claims)
    print(f"{chosen.claims:,} claims in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
