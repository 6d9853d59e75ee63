"""What `verify remove` does: a source goes, and what is left is grouped and related anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from verify.analysis.titles import shorten
from verify.analysis.tuned import load as load_tuned
from verify.connecting import connect
from verify.desk import Desk
from verify.engines import Local
from verify.errors import InputError, LeftOut
from verify.pipeline import alone, noted, run_settings
from verify.progress import Progress, Silent
from verify.relating import Relating
from verify.remembering import remembering
from verify.settings import Settings
from verify.store import removing
from verify.store.connect import building
from verify.store.removing import Removal
from verify.store.store import Store
from verify.summary import Summary, told


def take_out(
    source: str,
    store: Store,
    settings: Settings,
    *,
    progress_of: Callable[[str], Progress] | None = None,
) -> Summary:
    """Remove the documents of ``source`` with their claims, and group and relate what is left.

    It is a run like a build, and costs what it changed. Claims that somebody ever decided on stay,
    and are listed in the summary's notes. A process that is killed leaves the source as it was, or
    gone; the next build then brings the events in line.

    Raises ``InputError`` where no document has that source or a build is at work on this store.
    """
    relating = Relating.of(settings, load_tuned(settings.relation_file))
    with alone(settings), building(store.engine):
        check(store, source)
        called = {"removed": source, "removed_by": settings.reviewer}
        run_id = store.start_run(run_settings([], settings) | called)
        relating = replace(relating, reader=remembering(relating.reader, store))
        summary = Summary(run_id, removed=source)
        progress = progress_of(run_id) if progress_of else Silent()
        with noted(store, summary):
            _remove(store, source, summary)
            connect(Desk(store, summary, settings, progress, relating, Local()))
    return summary


def check(store: Store, source: str) -> None:
    """Raise ``InputError`` where no document has that source."""
    with store.reading() as connection:
        if not removing.is_there(connection, source):
            raise InputError(
                f"No document has the source {source!r}", "remove", "`verify sources` lists them."
            )


def asked(store: Store, source: str) -> list[str]:
    """Say what removing ``source`` would do; raises ``InputError`` as `take_out` does."""
    check(store, source)
    with store.reading() as connection:
        found = removing.removal(connection, source)
        stays = _stays(connection, source, found)
    return [
        "to be removed: " + told(source, len(found.documents), len(found.claims), len(found.kept)),
        *(f"  {one}" for one in stays),
        "nothing was changed",
    ]


def _remove(store: Store, source: str, summary: Summary) -> None:
    with store.writing() as connection:
        found = removing.remove(connection, source)
        summary.notes += _stays(connection, source, found)
    summary.documents_gone = len(found.documents)
    summary.claims_gone, summary.claims_kept = len(found.claims), len(found.kept)


def _stays(connection: Connection, source: str, found: Removal) -> list[LeftOut]:
    return [
        LeftOut(
            source,
            f"“{shorten(text)}” ({one.claim_id}) stays: somebody decided on it or on a pair of it",
            "What was decided stays on record; mark it disputed where it should not count.",
        )
        for one, text in removing.with_texts(connection, found.kept)
    ]
