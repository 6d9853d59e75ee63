"""The review table as it stood: a sign-off byte for byte, or what was decided up to a moment.

A sign-off is built from the rows kept with it, and every column that people decide is worked out
anew from the decision log up to the entry that the sign-off saw. Any other moment is what stood
then over what the program reads, groups and pairs today.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, select

from verify.errors import StoreError
from verify.records import Row
from verify.review import regrouping
from verify.review.audit import broken_at
from verify.review.export import QUANTITIES, review_table, whole_file, write_csv, write_json_lines
from verify.review.siding import follow_speakers
from verify.review.signed import SignOff, kept_faults
from verify.review.signing import KEPT, copy, digest
from verify.store import past
from verify.store.counts import CHUNK, chunks, recount
from verify.store.standing import settle_places, unsettled
from verify.store.store import Store
from verify.store.tables import decisions

DECIDED: Final = (
    "event_id", "side", "speaker", "claim_text", "start", "end", "event_time", "time_precision",
    "place", *QUANTITIES, "cue", "negated", "denied", "hedged", "checkable", "checkable_reason",
    "corrected", "status", "reviewer", "decided_at", "note", "source_grade", "information_grade",
    "supporting_claim_ids", "conflicting_claim_ids", "evidence",
)  # fmt: skip
"""Columns that a decision may set; the others are what the program read, and are kept as it was."""
WRITERS: Final = {"csv": write_csv, "jsonl": write_json_lines}


@contextmanager
def as_of(store: Store, seq: int) -> Iterator[Store]:
    """Give a store as decision ``seq`` left it, over today's readings; 0: as nobody had decided.

    It is a copy, gone when the block ends. Raises ``StoreError`` where what stood cannot be worked
    out.
    """
    with past.scratch() as then:
        with store.reading() as source, then.writing() as target:
            past.copy_all(source, target, seq)
            kept = past.kept_by_verdict(target)
            past.settle_claims(target)
            for some in chunks(_credited_anew(source)):
                follow_speakers(target, [("claim", claim_id, "speaker") for claim_id in some])
            regrouping.settle(target)
            past.settle_links(target, kept)
            recount(target)
            _check_settled(target)
        yield dataclasses.replace(then, originals=store.originals)


def _credited_anew(connection: Connection) -> list[str]:
    """Name the claims whose speaker anybody ever corrected."""
    speaker = decisions.c.field.in_(("speaker", "speaker_name"))
    statement = select(decisions.c.target_id).where(decisions.c.target_kind == "claim", speaker)
    return sorted(set(connection.scalars(statement)))


def _check_settled(connection: Connection) -> None:
    odd = unsettled(connection)
    if odd:
        what = f"What stood cannot be worked out for {len(odd)} of the rows, the first is {odd[0]}"
        raise StoreError(what, "export --as-of", "Run verify audit.")


def rebuild(store: Store, found: SignOff, out: Path | BinaryIO) -> None:
    """Write the file of a sign-off again, byte for byte.

    Raises ``StoreError`` where the decision log is broken, the kept rows are gone or others, the
    log says something else of a row than was signed off (the row is named), or the bytes differ.
    """
    where = f"sign-off {found.id}"
    with store.reading() as connection:
        broken = broken_at(connection)
    faults = [broken] if broken else kept_faults(store, found.content, where)
    if faults:
        raise StoreError(faults[0].removesuffix("."), where, "Run verify audit.")
    kept = store.originals / found.content.rows_sha256
    with past.scratch() as then, TemporaryDirectory(prefix="verify-") as folder:
        made = Path(folder) / "table"
        with store.reading() as source, then.writing() as target:
            past.copy_log(source, target, found.content.as_of)
            _put_kept(kept, target)
            past.settle_claims(target)
            settle_places(target)
            past.settle_links(target)
            with made.open("wb") as stream:
                table = _checked(kept, target, where)
                WRITERS[found.content.format](table, stream, True, _columns(kept))
        if digest(made) != found.content.sha256:
            what = "The file that was built again has other bytes than the one signed off"
            raise StoreError(what, where, "Build it with the version that signed it off.")
        if isinstance(out, Path):
            whole_file(out, lambda stream: copy(made, stream))
        else:
            copy(made, out)


def _lines(kept: Path) -> Iterator[tuple[str, Any]]:
    with gzip.open(kept, "rb") as lines:
        for line in lines:
            told = json.loads(line)
            yield told["kind"], told["row"]


def _columns(kept: Path) -> list[str]:
    return list(next(row for kind, row in _lines(kept) if kind == "columns"))


def _put_kept(kept: Path, target: Connection) -> None:
    """Fill the tables (KEPT) with what was kept beside the rows."""
    for name, group in groupby(_lines(kept), key=lambda line: line[0]):
        if name in KEPT:
            rows = (row for _, row in group)
            while some := list(islice(rows, CHUNK)):
                past.put(target, KEPT[name], some)


def _checked(kept: Path, target: Connection, where: str) -> Iterator[Row]:
    """Give the rows of a sign-off, each decided column as the log has it.

    Raises ``StoreError`` naming the first row of which the log says something else.
    """
    signed = (row for kind, row in _lines(kept) if kind == "row")
    columns = _columns(kept)
    number = 0
    while some := list(islice(signed, CHUNK)):
        anew = {row["claim_id"]: row for row in _anew(target, some)}
        for row in some:
            number += 1
            said = anew.get(row["claim_id"], {})
            decided = {name: said.get(name) for name in DECIDED if name in row}
            for name, value in decided.items():
                if value != row[name]:
                    what = (
                        f"Row {number}, claim {row['claim_id']}: by the decision log its {name} "
                        f"is {value!r}, but {row[name]!r} was signed off"
                    )
                    raise StoreError(what, where, "One of the two was changed; run verify audit.")
            yield {name: decided.get(name, row[name]) for name in columns}


def _anew(target: Connection, some: list[Row]) -> Iterator[Row]:
    return review_table(target, [row["claim_id"] for row in some])
