"""The program on one page: files -> documents -> claims -> vectors -> events -> pairs -> store."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from verify import rarities, records, work
from verify.analysis.tuned import Tuned
from verify.analysis.tuned import load as load_tuned
from verify.connecting import Desk, connect
from verify.engines import Engine, Local
from verify.errors import InputError, LeftOut
from verify.ingest import languages
from verify.ingest.read import Reading, find, read
from verify.ingest.sides import Sides, label, load_sides
from verify.parcels import Parcel
from verify.progress import Progress, Silent
from verify.quick_bert import bits
from verify.relating import Relating
from verify.remembering import remembering
from verify.review.siding import sides_of
from verify.settings import Settings
from verify.store import stage_marks
from verify.store.connect import building
from verify.store.counts import chunks
from verify.store.stage_marks import Mark
from verify.store.store import Store
from verify.summary import Summary

SIDES_FILE = "sides.toml"
"""A file of this name in a folder that is built says who speaks for whom."""

EXTRACT_CHUNK = 200
"""Documents read for claims between two writes; a run that is killed loses at most so many."""


def build(
    paths: Sequence[Path],
    store: Store,
    settings: Settings,
    *,
    sides: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    progress_of: Callable[[str], Progress] | None = None,
    reread: bool = False,
    engine: Engine | None = None,
) -> Summary:
    """Read what lies at ``paths`` and bring the store up to date with it.

    Only what is new costs work: known documents are not read again for claims, known texts are
    not encoded again. ``mapping`` names our columns in a table's own words; ``progress_of`` gives
    what is told how far the run with that id is. ``reread``: first read what the store holds for
    claims again. ``engine``: where the stages run; None: in this process.

    Raises ``InputError`` before any work where a path or ``sides`` or the tuned relation
    (`verify.analysis.tuned`) cannot be read or another build is at work on this store, and
    ``ModelError`` where the relation model is missing; anything amiss inside the input is listed in
    the summary instead, and the rest goes on.
    """
    files, unknown = find(paths)
    declared = _find_sides(paths, sides)
    table = _sides_table(load_sides(declared)) if declared is not None else None
    tuned = load_tuned(settings.relation_file)
    relating = Relating.of(settings, tuned)
    with alone(settings), building(store.engine):
        if table is not None:
            store.set_sides(table)
        run_id = store.start_run(run_settings(paths, settings, tuned))
        relating = replace(relating, reader=remembering(relating.reader, store))
        summary = Summary(run_id, left_out=[fault for fault in unknown if not _is_sides(fault)])
        progress = progress_of(run_id) if progress_of else Silent()
        desk = Desk(store, summary, settings, progress, relating, engine or Local())
        _run(files, desk, mapping, reread)
    return summary


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Let one build at a time work on a store; the lock goes with its process, even by kill -9.

    Two at once would each group only the claims that it knows, and the later one would undo the
    other's events.
    """
    lock = FileLock(settings.data_dir / "build.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError(
            "Another build is at work on this store",
            str(settings.data_dir),
            "Wait until it has ended; the Import page shows how far it is.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _run(
    files: Sequence[Path], desk: Desk, mapping: Mapping[str, str] | None, reread: bool
) -> None:
    with noted(desk.store, desk.summary):
        if reread:
            read_again(desk)
        take_in(files, desk.store, desk.summary, mapping, desk.progress)
        find_claims(desk)
        relabel(desk.store)
        connect(desk)


@contextmanager
def noted(store: Store, summary: Summary) -> Iterator[None]:
    """Note how a run ended and what it counted and left out, also where it breaks off."""
    state = "failed"
    try:
        yield
        state = "done"
    finally:
        store.add_left_out(summary.run_id, summary.left_out)
        store.add_left_out(summary.run_id, summary.notes, kind="note")
        store.finish_run(summary.run_id, state, summary.counts())


def take_in(
    files: Sequence[Path],
    store: Store,
    summary: Summary,
    mapping: Mapping[str, str] | None,
    progress: Progress,
) -> None:
    """Files to documents: keep the bytes, store what is new, list what cannot be read."""
    sizes = {path: path.stat().st_size if path.exists() else 0 for path in files}
    with progress.stage("read", sum(sizes.values()), "B") as advance:
        for path in files:
            summary.files += 1
            done = 0
            try:
                for reading in read(path, mapping):
                    _keep(reading, store, summary)
                    advance(reading.bytes_done - done)
                    done = reading.bytes_done
            except InputError as error:  # the file changed while it was read
                summary.left_out.append(LeftOut(str(path), error.what, error.remedy))
            advance(sizes[path] - done)


def _keep(reading: Reading, store: Store, summary: Summary) -> None:
    if len(reading.documents):
        store.keep_original(reading.original.path, reading.original.sha256)
    new = store.add_documents(reading.documents, summary.run_id)
    summary.rows_seen += reading.rows_seen
    summary.documents_new += len(new)
    summary.documents_known += len(reading.documents) - len(new)
    summary.left_out += reading.left_out
    summary.notes += reading.notes


def find_claims(desk: Desk) -> None:
    """Documents to claims, for each document that no run has read for claims yet."""
    store, waiting = desk.store, desk.store.unread_documents()
    kept: dict[str, Counter[str]] = {}
    sides, rules_only = store.sides(), desk.settings.rules_only
    parts = {str(start): waiting[start : start + EXTRACT_CHUNK]
             for start in range(0, len(waiting), EXTRACT_CHUNK)}  # fmt: skip

    def to_read(part: list[str]) -> Parcel:
        documents = store.documents(part)
        languages.add_unread(kept, records.rows(documents))
        return Parcel({"documents": documents, "sides": sides}, told={"rules_only": rules_only})

    tasks = ((name, partial(to_read, part)) for name, part in parts.items())
    with desk.progress.stage("extract", len(waiting), "doc") as advance:
        for name, found in desk.engine.run(work.EXTRACT, tasks, work.read_claims):
            claims, run_id = found.frames["claims"], desk.summary.run_id
            desk.summary.claims_new += store.add_claims(claims, run_id, read=parts[name])
            advance(len(parts[name]))
    desk.summary.notes += languages.notes(kept)


def read_again(desk: Desk) -> None:
    """Read stored documents for claims once more, by a reader that may read better than before.

    Claims found again keep their ids and decisions; of those no longer found, the ones that people
    decided on stay. A run that is killed leaves the rest to the next one.
    """
    store, summary = desk.store, desk.summary
    before, _ = store.counted(summary.run_id)
    summary.documents_reread = store.forget_readings()
    with store.writing() as connection:
        stage_marks.keep(connection, [rarities.STAGE], [])  # of words that may be read no more
    find_claims(desk)
    after, summary.claims_kept = store.counted(summary.run_id)
    summary.claims_found = summary.claims_new
    summary.claims_gone = before + summary.claims_new - after


RELABEL_CHUNK = 2000
"""Documents whose claims are labelled between two writes."""


def relabel(store: Store) -> None:
    """Work out anew which side each claim is on, from the sides as declared now.

    Where they are as they were the last time, only claims that people corrected are looked at. What
    analysts decided about a claim, a speaker or a source stands above it (in the store).
    """
    sides = stored_sides(store)
    told = repr(sides).encode() + files("verify.ingest").joinpath("sides.py").read_bytes()
    mark = Mark(hashlib.sha256(told).hexdigest())
    with store.reading() as connection:
        before = stage_marks.marks(connection, "sides").get("all")
    doc_ids = store.to_relabel(every=before != mark)
    for some in chunks(doc_ids, RELABEL_CHUNK):
        store.relabel_sides(label(store.claims(doc_ids=some), store.documents(some), sides))
    with store.writing() as connection:
        stage_marks.put(connection, "sides", "all", mark)


def stored_sides(store: Store) -> Sides:
    """Give the sides as ``sides.toml`` files declared them."""
    return sides_of(store.sides())


def _sides_table(sides: Sides) -> pd.DataFrame:
    found = [
        {"side": side.name, "kind": kind, "words": word}
        for side in sides.sides
        for kind, words in (("alias", side.aliases), ("source", side.sources))
        for word in words
    ]
    return pd.DataFrame(found, columns=["side", "kind", "words"])


def _find_sides(paths: Sequence[Path], sides: Path | None) -> Path | None:
    if sides is not None:
        return sides
    found = [path / SIDES_FILE for path in paths if (path / SIDES_FILE).is_file()]
    if len(found) > 1:
        raise InputError(
            f"{len(found)} files say who speaks for whom", str(found[1]), "Name one with --sides."
        )
    return found[0] if found else None


def _is_sides(fault: LeftOut) -> bool:
    return Path(fault.file).name == SIDES_FILE


def run_settings(
    paths: Sequence[Path], settings: Settings, tuned: Tuned | None = None
) -> dict[str, object]:
    """Say how a run was called, for its record."""
    return {
        "paths": [str(path) for path in paths],
        "model": settings.model,
        "relation_model": settings.relation_model,
        "rules_only": settings.rules_only,
        "bits": bits(),
        "relation": tuned.values() if tuned else "as shipped",
    }
