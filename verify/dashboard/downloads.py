"""The review table as bytes for a download, and its first rows as they will stand in the file."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from verify.review.export import cell, export
from verify.store.filters import Filters
from verify.store.store import Store


class Format(NamedTuple):
    """How a format is called, and its media type."""

    words: str
    mime: str


FORMATS: Final = {
    "csv": Format("CSV", "text/csv"),
    "xlsx": Format("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "jsonl": Format("JSON Lines", "application/jsonl"),
}


def write(store: Store, filters: Filters, fmt: str) -> bytes:
    """Return the whole file."""
    out = io.BytesIO()
    export(store, filters, out, fmt)
    return out.getvalue()


def preview(store: Store, claim_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of these claims, values as text; the same columns as in the file."""
    lines = write(store, Filters(claim_ids=tuple(claim_ids)), "jsonl").splitlines()
    told = [{name: cell(value) for name, value in json.loads(line).items()} for line in lines]
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in told
    ]


def file_name(fmt: str) -> str:
    """Name the file by today's date (UTC)."""
    return f"claims-{datetime.now(UTC):%Y-%m-%d}.{fmt}"
