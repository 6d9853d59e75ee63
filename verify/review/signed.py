"""Sign-offs: which file somebody stood for, as a decision of the log.

The decision is on ("export", id, "signed_off"). Its value is canonical JSON (`Content`): how the
file was asked for, how far the log went, and the hashes of the file and of the rows kept with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from verify.errors import InputError
from verify.records import content_id
from verify.store.connect import fetch
from verify.store.store import Store
from verify.store.tables import decisions

EXPORT: Final = "export"
"""Kind of what a sign-off decides on: a file that was handed over."""
SIGNED: Final = "signed_off"
"""Field of that decision."""
SIGNABLE: Final = ("csv", "jsonl")
"""Formats whose bytes hang on nothing but the rows."""
_ID: Final = re.compile(r"x[0-9a-f]{16}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Content:
    """What a sign-off says of its file."""

    as_of: int
    """The newest entry of the decision log that the rows saw; 0: none."""
    filters: dict[str, str]
    """As `verify.store.filters.Filters.to_query` writes them."""
    format: str
    rows: int
    rows_sha256: str
    """Of the file under ``originals`` that holds what the rows were made of."""
    sha256: str
    """Of the file's bytes."""

    def encode(self) -> str:
        """Write it as the decision's value: JSON with sorted keys and no spaces."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class SignOff:
    """One sign-off with who made it and when."""

    id: str
    seq: int
    reviewer: str
    decided_at: str
    note: str
    content: Content
    withdrawn_by: str | None
    """Who took it back, if anybody did."""


def sign_off_id(content: Content, reviewer: str) -> str:
    """Name a sign-off by its file, the log that it saw and who made it."""
    return content_id("x", content.encode(), reviewer)


def is_sign_off(text: str) -> bool:
    """Whether this is the id of a sign-off."""
    return _ID.fullmatch(text) is not None


def parse(value: str | None, where: str) -> Content:
    """Read the value of a sign-off. Raises ``InputError`` for anything else."""
    try:
        content = Content(**json.loads(value or ""))
    except (TypeError, ValueError) as error:
        raise InputError("This is no sign-off", where, "Use verify export --sign-off.") from error
    hashes = all(
        isinstance(one, str) and _SHA256.fullmatch(one)
        for one in (content.rows_sha256, content.sha256)
    )
    counts = all(type(number) is int and number >= 0 for number in (content.as_of, content.rows))
    if not (hashes and counts and content.format in SIGNABLE):
        raise InputError("This is no sign-off", where, "Use verify export --sign-off.")
    return content


def sign_offs(store: Store) -> list[SignOff]:
    """Return every sign-off, newest first."""
    with store.reading() as connection:
        return list(_found(connection))[::-1]


def sign_off_of(store: Store, sign_off: str) -> SignOff:
    """Return one sign-off. Raises ``InputError`` where there is none of that id."""
    for found in sign_offs(store):
        if found.id == sign_off:
            return found
    raise InputError(f"There is no sign-off {sign_off}", "export", "Look on the Export page.")


def kept_hashes(connection: Connection) -> set[str]:
    """Return the hashes of the rows that sign-offs keep under ``originals``."""
    return {found.content.rows_sha256 for found in _found(connection)}


def faults(store: Store) -> list[str]:
    """Say which sign-offs have lost the rows kept with them, or have other ones; a line each."""
    with store.reading() as connection:
        rows = _rows(connection)
    told = []
    for row in rows:
        where = f"sign-off {row['target_id']} (decision {row['seq']}, by {row['reviewer']})"
        try:
            told += kept_faults(store, parse(row["value"], where), where)
        except InputError as error:
            told.append(str(error))
    return told


def kept_faults(store: Store, content: Content, where: str) -> list[str]:
    """Say whether the rows kept with a sign-off are gone or others."""
    try:
        with (store.originals / content.rows_sha256).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return [f"The rows of {where} cannot be read: {error.strerror}."]
    if found != content.rows_sha256:
        return [f"The rows of {where} are not those that were signed off."]
    return []


def _rows(connection: Connection) -> list[dict[str, Any]]:
    """Return the decisions that are sign-offs, oldest first, each with ``withdrawn_by``."""
    statement = select(decisions).filter_by(target_kind=EXPORT, field=SIGNED)
    found = fetch(connection, statement.order_by(decisions.c.seq))
    withdrawn = {row["undoes"]: row["reviewer"] for row in found if row["undoes"] is not None}
    made = [row for row in found if row["undoes"] is None and row["value"] is not None]
    return [row | {"withdrawn_by": withdrawn.get(row["seq"])} for row in made]


def _found(connection: Connection) -> Iterator[SignOff]:
    """Give every sign-off, oldest first; one that cannot be read is a fault (see `faults`)."""
    said = ("seq", "reviewer", "decided_at", "note", "withdrawn_by")
    for row in _rows(connection):
        with suppress(InputError):
            content = parse(row["value"], row["target_id"])
            shown = {name: row[name] for name in said}
            yield SignOff(row["target_id"], content=content, **shown)
