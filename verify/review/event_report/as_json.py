"""A report as JSON: the dict itself, which docs/schemas/event-report.schema.json describes."""

from __future__ import annotations

import json

from verify.records import Row


def as_json(report: Row) -> bytes:
    """Write a report (see `gathered`) as JSON in UTF-8, keys in the order of reading."""
    told = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False)
    return told.encode("utf-8", "replace") + b"\n"
