"""What every reader works with: the file it reads, and the three things it may say of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from verify import records
from verify.errors import LeftOut
from verify.ingest.dates import iso_time
from verify.ingest.languages import detect

MAX_TEXT: Final = 5_000_000
"""Characters of one document, about ten novels; longer ones are left out."""

_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")

LONG: Final = f"It is longer than {MAX_TEXT:,} characters"
SPLIT: Final = "Split it into documents of their own."


@dataclass(frozen=True)
class Taken:
    """One row that became a document (columns DOCUMENTS), and what was not understood in it."""

    document: records.Row
    notes: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something about the file as a whole that its reader should know; no row is lost by it."""

    fault: LeftOut


Item = Taken | LeftOut | Note
"""A ``LeftOut`` with a row number is exactly one row; without, it is the file or its rest."""


@dataclass
class Intake:
    """One file being read; ``done`` is how many of its bytes are through."""

    path: Path
    sha256: str
    size: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    done: int = 0

    def fault(
        self, what: str, remedy: str, row: int | None = None, column: str | None = None
    ) -> LeftOut:
        """Say what was not taken from this file."""
        return LeftOut(str(self.path), what, remedy, row, column)

    def note(self, what: str, remedy: str, column: str | None = None) -> Note:
        """Say something about the file as a whole."""
        return Note(self.fault(what, remedy, column=column))

    def document(
        self,
        text: Any,
        fields: Mapping[str, Any],
        *,
        row: int | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> Taken | LeftOut:
        """Make a document of a text and its fields id, source, title, url, ... (any may be absent).

        ``row`` is None for a file that is one document. ``given`` makes it one row of a claims
        table; what it states is part of the document's id then, because two speakers may say the
        same words on the same day. A date that is not understood leaves ``published_at`` empty
        and is noted.
        """
        body = clean(text)
        if not body.strip():
            return self.fault("There is no text", "Fill it in or delete the row.", row, "text")
        if len(body) > MAX_TEXT:
            return self.fault(LONG, SPLIT, row, "text")
        published_at, doubt = iso_time(fields.get("published_at"))
        notes = [self.fault(*doubt, row or 1, "published_at")] if doubt else []
        short = {name: line(fields.get(name)) for name in ("source", "title", "url", "location")}
        stated = {name: value for name, value in (given or {}).items() if value is not None}
        named = body if not stated else f"{body}\n{sorted(stated.items())}"
        document = {
            **short,
            "doc_id": records.document_id(short["source"], short["title"], published_at, named),
            "given_id": line(fields.get("id")) or self._name(row),
            "kind": "text" if given is None else "row",
            "published_at": published_at,
            "language": _language(fields.get("language")) or detect(body),
            "text": body,
            "original_sha256": self.sha256,
            "file": str(self.path),
            "row": row or 1,
            "given": stated,
        }
        return Taken(document, tuple(notes))

    def _name(self, row: int | None) -> str:
        return self.path.name if row is None else f"{self.path.name}:{row}"


def clean(value: Any) -> str:
    r"""Give a cell's text: ``\r\n`` and ``\r`` become ``\n``; NUL and a leading BOM are removed.

    Half surrogate pairs, which no encoding can write, become U+FFFD. Nothing else is changed, so
    that offsets hold.
    """
    text = _plain(value)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text if text.isascii() else _HALF_PAIR.sub("\ufffd", text)


def filled(value: Any) -> bool:
    """Say whether a cell holds anything: not None, not NaN, not blank."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None and value == value


def line(value: Any) -> str | None:
    """Give a short field's text on one line, without space around it; None when it is empty."""
    return " ".join(clean(value).split()) or None


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _language(value: Any) -> str | None:
    code = (line(value) or "").replace("_", "-").split("-")[0].lower()
    return code if code.isalpha() and len(code) in (2, 3) else None
