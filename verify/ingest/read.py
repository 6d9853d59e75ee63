"""Files to documents: which files there are, which reader takes each, and what was left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from verify import records
from verify.errors import InputError, LeftOut
from verify.ingest.columns import check_mapping
from verify.ingest.encodings import hash_file
from verify.ingest.intake import Intake, Item, Note, Taken
from verify.ingest.jsonlines import read_json, read_json_lines
from verify.ingest.markup import read_feed, read_html, read_pdf
from verify.ingest.tables import read_csv, read_excel, read_parquet
from verify.ingest.textfiles import read_text

CHUNK: Final = 1000
"""Rows in one Reading."""

Reader = Callable[[Intake], Iterator[Item]]

KINDS: Final[Mapping[str, tuple[str, Reader]]] = {
    ".txt": ("text/plain", read_text),
    ".md": ("text/markdown", read_text),
    ".html": ("text/html", read_html),
    ".htm": ("text/html", read_html),
    ".pdf": ("application/pdf", read_pdf),
    ".json": ("application/json", read_json),
    ".jsonl": ("application/jsonl", read_json_lines),
    ".jsonl.gz": ("application/gzip", read_json_lines),
    ".csv": ("text/csv", read_csv),
    ".tsv": ("text/tab-separated-values", read_csv),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        read_excel,
    ),
    ".parquet": ("application/vnd.apache.parquet", read_parquet),
    ".rss": ("application/rss+xml", read_feed),
    ".atom": ("application/atom+xml", read_feed),
    ".xml": ("application/xml", read_feed),
}
"""Ending -> media type and reader."""


@dataclass(frozen=True)
class Original:
    """One input file as it came; ``size`` in bytes."""

    path: Path
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Reading:
    """One chunk of one file: at most 1,000 rows.

    ``rows_seen`` is the number of documents (columns DOCUMENTS) plus the number of ``left_out``
    that name a row; those without a row concern the file or its rest. ``notes`` lose nothing: the
    rows were kept, but a value in them was not understood. ``bytes_done`` counts from the file's
    beginning.
    """

    original: Original
    documents: pd.DataFrame
    left_out: list[LeftOut]
    rows_seen: int
    bytes_done: int
    notes: list[LeftOut] = field(default_factory=list)


def find(paths: Sequence[Path]) -> tuple[list[Path], list[LeftOut]]:
    """List the files at and below ``paths``, sorted, each once, and what is not going to be read.

    Hidden files and folders, endings that are not in ``KINDS``, links that lead nowhere and what
    may not be opened are left out. Raises ``InputError`` for a path that does not exist.
    """
    files: dict[Path, Path] = {}
    left_out: list[LeftOut] = []
    for path in paths:
        if not os.access(path, os.F_OK):  # exists() raises where a folder may not be entered
            raise InputError("There is no such file or folder", str(path), "Check the path.")
        for found in _below(path, left_out) if path.is_dir() else [path]:
            if fault := _unfit(found):
                left_out.append(fault)
            else:
                files.setdefault(found.resolve(), found)
    return sorted(files.values()), left_out


def _below(folder: Path, left_out: list[LeftOut]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        remedy = "Change its permissions, or leave it out."
        left_out.append(LeftOut(str(error.filename), "The folder cannot be opened", remedy))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(place)
        for hidden in sorted(name for name in folders if name.startswith(".")):
            left_out.append(_hidden(here / hidden))
        for link in sorted(n for n in folders if n[0] != "." and (here / n).is_symlink()):
            remedy = "Name the folder that it leads to."
            left_out.append(LeftOut(str(here / link), "Links to folders are not followed", remedy))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (here / name for name in sorted(names))


def _hidden(path: Path) -> LeftOut:
    return LeftOut(str(path), "It is hidden (its name begins with a dot)", "Rename it to read it.")


def _unfit(path: Path) -> LeftOut | None:
    if path.name.startswith("."):
        return _hidden(path)
    if _kind(path) is None:
        what = f"Files of this kind ({path.suffix or 'no ending'}) are not read"
        return LeftOut(str(path), what, f"Save it as one of {', '.join(KINDS)}.")
    try:
        opens = path.is_file() and os.access(path, os.R_OK)
    except OSError as error:  # its folder may be listed but not entered
        return _closed(path, error)
    if not opens:
        return LeftOut(str(path), "The file cannot be opened", "Check the link and permissions.")
    return None


def _kind(path: Path) -> tuple[str, Reader] | None:
    name = path.name.lower()
    return next((KINDS[ending] for ending in KINDS if name.endswith(ending)), None)


def read(path: Path, mapping: Mapping[str, str] | None = None) -> Iterator[Reading]:
    """Read one file, chunk by chunk; there is at least one, empty where nothing could be taken.

    ``mapping`` says which of the file's columns holds what (our name -> theirs) where the names
    alone do not. Whatever is wrong inside the file is listed and the rest goes on; a file that
    cannot be opened, or is gone by now, is left out with size 0 and no hash. Raises ``InputError``
    where ``mapping`` names a column that we lack.
    """
    check_mapping(mapping or {})
    kind = _kind(path)
    media_type = kind[0] if kind else "application/octet-stream"
    try:
        sha256, size = hash_file(path)
    except OSError as error:
        gone = Original(path, "", 0, media_type)
        yield from _chunks(gone, Intake(path, "", 0), [_closed(path, error)])
        return
    intake = Intake(path, sha256, size, mapping or {})
    items = kind[1](intake) if kind else iter([_unfit(path)])
    yield from _chunks(Original(path, sha256, size, media_type), intake, _opened(path, items))


def _opened(path: Path, items: Iterator[Item | None]) -> Iterator[Item | None]:
    """Give what a reader gives; a file that can no longer be read is left out from there on."""
    try:
        yield from items
    except OSError as error:
        yield _closed(path, error)


def _closed(path: Path, error: OSError) -> LeftOut:
    what = f"The file cannot be opened: {error.strerror or error}"
    return LeftOut(str(path), what, "Check the path and its permissions.")


def _chunks(original: Original, intake: Intake, items: Iterable[Item | None]) -> Iterator[Reading]:
    documents: list[records.Row] = []
    left_out: list[LeftOut] = []
    notes: list[LeftOut] = []

    def reading(done: int) -> Reading:
        seen = len(documents) + sum(fault.row is not None for fault in left_out)
        table = records.frame(documents, records.DOCUMENTS)
        return Reading(original, table, left_out.copy(), seen, done, notes.copy())

    for item in items:
        if isinstance(item, Taken):
            documents.append(item.document)
            notes.extend(item.notes)
        elif isinstance(item, Note):
            notes.append(item.fault)
        elif item is not None:
            left_out.append(item)
        if len(documents) + len(left_out) >= CHUNK:
            yield reading(min(intake.done, original.size))
            documents, left_out, notes = [], [], []
    yield reading(original.size)
