"""Evidence: links and files attached to a claim, a pair, an event or a decision.

A file is kept as it came, under its SHA-256 beside the other originals, before the decision that
attaches it is recorded: a process killed in between leaves a file that nobody refers to. Attaching
and detaching are decisions; detached evidence is hidden, never removed. Nothing is ever fetched
from a link, and nothing in a file is run.
"""

from __future__ import annotations

import tempfile
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert, select

from verify.errors import InputError
from verify.records import content_id
from verify.review import evidence_apart, evidence_files
from verify.review.decidable import exists
from verify.review.decisions import decide
from verify.review.evidence_kept import Bearer, Evidence, by_id, keep_thumbnail
from verify.review.log import Decision, storable
from verify.review.people import permit
from verify.settings import Settings
from verify.store.evidence_table import (
    ATTACHED,
    EVIDENCE,
    TARGETS,
    commitment,
    evidence,
)
from verify.store.store import Store
from verify.store.tables import decisions

LONGEST_URL: Final = 2000


def attach_file(
    store: Store,
    bearer: Bearer,
    source: Path | BinaryIO,
    *,
    name: str = "",
    reviewer: str,
    note: str = "",
    most_mb: int = Settings.evidence_mb,
) -> Evidence:
    """Attach a file; when this returns, the file and the decision are on disk.

    ``name`` is what it is called (of a path, its own name). Raises ``InputError`` for an unknown
    bearer, a file that is empty, larger than ``most_mb`` megabytes, damaged, or neither a picture
    nor a PDF nor plain text, and one that is attached to the same bearer already.
    """
    name = evidence_files.shown_name(name or str(getattr(source, "name", "")))
    _check_bearer(store, bearer, reviewer)
    folder = store.originals.parent
    with tempfile.TemporaryDirectory(dir=folder, prefix=".evidence-") as own:
        staged = evidence_files.stage(source, name, Path(own), most_mb)
        media = evidence_files.media_type(staged, name)
        kind = evidence_files.kind_of(media)
        thumbnail = Path(own) / "thumbnail" if kind == "picture" else None
        opened = evidence_apart.Opened()
        if kind != "text":
            opened = evidence_apart.opened(staged.path, media, name, thumbnail)
        store.keep_original(staged.path, staged.sha256, name)
        if thumbnail is not None:
            keep_thumbnail(store, thumbnail, staged.sha256)
    told = {
        "kind": kind, "sha256": staged.sha256, "name": name, "size": staged.size,
        "media_type": media, "width": opened.width, "height": opened.height,
        "perceptual_hash": opened.perceptual_hash, "says": opened.says,
    }  # fmt: skip
    return _attach(store, bearer, told, reviewer, note)


def attach_link(
    store: Store, bearer: Bearer, url: str, *, reviewer: str, note: str = ""
) -> Evidence:
    """Attach an address (http or https) as text; it is never fetched.

    Raises ``InputError`` for an unknown bearer, what is no such address or carries a password, and
    one that is attached to the same bearer already.
    """
    _check_bearer(store, bearer, reviewer)
    return _attach(store, bearer, {"kind": "link", "url": checked_url(url)}, reviewer, note)


def detach(
    store: Store, evidence_id: str, *, reviewer: str, note: str, seen_version: int | None = None
) -> Decision:
    """Hide a piece of evidence, with the reason as ``note``; the file and its row stay.

    ``seen_version``: that of the newest decision on screen; None: as it stands now. Raises
    ``InputError`` where there is no such evidence, it is detached already or no reason is given,
    ``StaleDecision`` where somebody decided on it meanwhile.
    """
    found = by_id(store, evidence_id)
    if not note.strip():
        raise InputError("Detaching needs a reason", found.called, "Say it in the note.")
    if found.value is None and seen_version is None:
        by = f"Detached already by {found.reviewer}"
        raise InputError(by, found.called, "Nothing is left to do.")
    version = found.version if seen_version is None else seen_version
    return decide(
        store, EVIDENCE, evidence_id, None,
        reviewer=reviewer, field=ATTACHED, note=note, seen_version=version,
    )  # fmt: skip


def checked_url(url: str) -> str:
    """Return an address as it may be kept; raises ``InputError`` where it is none."""
    url = url.strip()
    hidden = any(unicodedata.category(sign)[0] in "CZ" for sign in url)
    try:
        parts = urlsplit(url)
        sound = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not hidden
        signed_in = "@" in parts.netloc
    except ValueError:
        sound = signed_in = False
    if not sound or len(url) > LONGEST_URL:
        what = f"That is no address of a page: {' '.join(url.split())[:80]!r}"
        remedy = f"Give one that begins with https:// and has at most {LONGEST_URL} characters."
        raise InputError(what, "link", remedy)
    if signed_in:
        remedy = "Leave the name and password out: what is recorded stays."
        raise InputError("The address carries a name or password", parts.hostname or "", remedy)
    return url


def _attach(
    store: Store, bearer: Bearer, told: dict[str, Any], reviewer: str, note: str
) -> Evidence:
    at = datetime.now(UTC)
    content = told.get("sha256") or told.get("url")
    row: dict[str, Any] = dict.fromkeys(column.name for column in evidence.c)
    row |= {
        "evidence_id": content_id("v", *bearer, content, at.isoformat()),
        "target_kind": bearer[0],
        "target_id": bearer[1],
        "note": storable(note.strip()),
        "added_by": storable(reviewer.strip()),
        "added_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "says": {},
        **told,
    }

    def first(connection: Connection) -> None:
        connection.execute(insert(evidence).values(row))

    made = decide(
        store, EVIDENCE, row["evidence_id"], commitment(row),
        reviewer=row["added_by"], field=ATTACHED, note=row["note"], seen_version=0, at=at,
        first=first,
    )  # fmt: skip
    return Evidence(
        **row, seq=made.seq, value=made.value, version=made.version, reviewer=made.reviewer,
        decided_at=made.decided_at, reason=made.note,
    )  # fmt: skip


def _check_bearer(store: Store, bearer: Bearer, reviewer: str) -> None:
    """Refuse what nothing is attached to, and who may not attach, before any file is kept."""
    kind, id_ = bearer
    if kind not in TARGETS:
        known = ", ".join(TARGETS)
        raise InputError(f"Nothing is attached to a {kind}", id_, f"Known are: {known}.")
    with store.reading() as connection:
        permit(connection, reviewer, (EVIDENCE, id_, ATTACHED), "")
        if kind == "decision":
            seq = int(id_) if id_.isascii() and id_.isdigit() and len(id_) < 10 else -1
            there = str(seq) == id_ and seq in connection.scalars(
                select(decisions.c.seq).filter_by(seq=seq)
            )
        else:
            there = exists(connection, kind, id_)
    if not there:
        raise InputError(f"There is no {kind} {id_!r}", kind, "Look for its id on its page.")
