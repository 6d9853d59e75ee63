"""The review table as bytes for a download, and its first rows as they will stand in the file."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from verify.records import CLAIM_STATUSES
from verify.review.carried import cell
from verify.review.export import export
from verify.review.interop import DECIDED_ONLY, Published
from verify.settings import from_environment
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store


class Format(NamedTuple):
    """How a format is called, its media type, and how its file ends."""

    words: str
    mime: str
    ending: str


FORMATS: Final = {
    "csv": Format("CSV", "text/csv", "csv"),
    "xlsx": Format(
        "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ),
    "jsonl": Format("JSON Lines", "application/jsonl", "jsonl"),
    "claimreview": Format("ClaimReview", "application/ld+json", "claimreview.jsonld"),
    "annotation": Format("Web Annotation", "application/ld+json", "annotation.jsonld"),
}


def write(store: Store, filters: Filters, fmt: str) -> bytes:
    """Return the whole file."""
    out = io.BytesIO()
    export(store, filters, out, fmt, published=Published.of(from_environment()))
    return out.getvalue()


def held(store: Store, filters: Filters, fmt: str, total: int) -> int:
    """Say how many of the ``total`` claims that match the file will hold."""
    if fmt not in DECIDED_ONLY:
        return total
    if filters.status:
        return 0 if filters.status == "unreviewed" else total
    return total - views.count(store, "claims", replace(filters, status="unreviewed"))


def preview(store: Store, claim_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of these claims, values as text; the same columns as in the file."""
    lines = write(store, Filters(claim_ids=tuple(claim_ids)), "jsonl").splitlines()
    told = [{name: cell(value) for name, value in json.loads(line).items()} for line in lines]
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in told
    ]


def sample(store: Store, filters: Filters, fmt: str) -> str:
    """Return a file with one of the claims that it will hold, "" where there is none."""
    statuses = CLAIM_STATUSES[1:] if fmt in DECIDED_ONLY else CLAIM_STATUSES
    for status in reversed(statuses):
        if filters.status not in (None, status):
            continue
        found, _ = views.claims(store, replace(filters, status=status), sort="arrival", limit=1)
        if len(found):
            only = Filters(claim_ids=(found["claim_id"].iloc[0],))
            return json.dumps(json.loads(write(store, only, fmt)), ensure_ascii=False, indent=2)
    return ""


def file_name(fmt: str) -> str:
    """Name the file by today's date (UTC)."""
    return f"claims-{datetime.now(UTC):%Y-%m-%d}.{FORMATS[fmt].ending}"
