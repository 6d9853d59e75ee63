"""What `verify remove` does: a source goes, and what is left is grouped and related anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, select

from verify.analysis.titles import shorten
from verify.analysis.tuned import load as load_tuned
from verify.connecting import connect
from verify.desk import Desk
from verify.engines import Engine, Local
from verify.errors import InputError, LeftOut, NotAllowed
from verify.pipeline import alone, noted, run_settings
from verify.progress import Progress, Silent
from verify.relating import Relating
from verify.remembering import remembering
from verify.review import people
from verify.settings import Settings
from verify.store import removing
from verify.store.connect import building, fetch
from verify.store.counts import chunks
from verify.store.removing import Removal
from verify.store.store import Store
from verify.store.tables import runs
from verify.summary import Summary, told

STAGE = "remove"


def take_out(
    source: str,
    store: Store,
    settings: Settings,
    *,
    progress_of: Callable[[str], Progress] | None = None,
    engine: Engine | None = None,
) -> Summary:
    """Remove the documents of ``source`` with their claims, and group and relate what is left.

    It is a run like a build, and costs what it changed. Claims that are on record stay, and are
    listed in the summary's notes: somebody decided on them or on one of their pairs, or hung
    evidence on either. One that is stopped, by kill -9 too, goes on when it is asked for again.

    Raises ``InputError`` where no document has that source or a build is at work on this store, and
    ``NotAllowed`` where who asks may read alone.
    """
    tuned = load_tuned(settings.relation_file)
    relating = Relating.of(settings, tuned)
    with alone(settings), building(store.engine):
        check(store, source, settings.reviewer)
        called = {"removed": source, "removed_by": settings.reviewer}
        run_id = store.start_run(run_settings([], settings, tuned) | called)
        relating = replace(relating, reader=remembering(relating.reader, store))
        summary = Summary(run_id, removed=source)
        progress = progress_of(run_id) if progress_of else Silent()
        with noted(store, summary):
            _remove(store, source, summary, progress)
            connect(Desk(store, summary, settings, progress, relating, engine or Local()))
    return summary


def check(store: Store, source: str, reviewer: str) -> None:
    """Raise ``InputError`` or ``NotAllowed`` where `take_out` does."""
    if people.role_of(store, reviewer) == people.READER:
        what, remedy = f"“{reviewer}” may read, and remove nothing", "Ask a lead."
        raise NotAllowed(what, source, remedy)
    with store.reading() as connection:
        if not removing.is_there(connection, source) and not _broken_off(connection, source):
            raise InputError(
                f"No document has the source {source!r}", "remove", "`verify sources` lists them."
            )


def asked(store: Store, source: str, reviewer: str) -> tuple[str, list[LeftOut]]:
    """Say what removing ``source`` would do, and what would stay; raises as `take_out` does."""
    check(store, source, reviewer)
    with store.reading() as connection:
        found = removing.removal(connection, removing.documents_of(connection, source))
        stay = _staying(connection, found)
    return told(source, len(found.documents), len(found.claims), len(found.kept)), stay


def _broken_off(connection: Connection, source: str) -> bool:
    """Whether the last run took this source out and was stopped before it had grouped the rest."""
    newest = (runs.c.started_at.desc(), runs.c.run_id.desc())
    last = fetch(connection, select(runs.c.settings, runs.c.state).order_by(*newest).limit(1))
    return any(
        run["state"] != "done" and (run["settings"] or {}).get("removed") == source for run in last
    )


def _remove(store: Store, source: str, summary: Summary, progress: Progress) -> None:
    with store.reading() as connection:
        doc_ids = removing.documents_of(connection, source)
    found = Removal()
    with progress.stage(STAGE, len(doc_ids), "doc") as advance:
        for some in chunks(doc_ids, removing.AT_ONCE):
            with store.writing() as connection:
                found.add(removing.remove(connection, some))
            summary.documents_gone = len(found.documents)
            summary.claims_gone, summary.claims_kept = len(found.claims), len(found.kept)
            advance(len(some))
    with store.reading() as connection:
        summary.notes += _staying(connection, found)


def _staying(connection: Connection, found: Removal) -> list[LeftOut]:
    return [
        LeftOut(
            row["title"] or "Document without a title",
            f"“{shorten(row['text'])}” ({row['claim_id']}) stays: it or a pair of it is on record",
            "Nothing to do: it counts as before, with what was decided on it.",
        )
        for row in removing.told(connection, found.kept)
    ]
