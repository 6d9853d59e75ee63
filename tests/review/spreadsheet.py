"""A review table as a person edits it: written by the export, changed, saved, brought back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from verify.review.decisions import decide
from verify.review.export import COLUMNS, export
from verify.review.returning import Plan, plan
from verify.store.filters import EVERYTHING
from verify.store.store import Store

Edits = Mapping[str, Mapping[str, Any]]
"""Claim -> column -> what a person writes there."""


def said(store: Store, claim_id: str, value: str | None, field: str = "status", **more: Any) -> int:
    """Decide on a claim as another screen does; return the version that stands then."""
    seen = more.pop("seen_version", 0)
    made = decide(store, "claim", claim_id, value, field=field, seen_version=seen,
                  **{"reviewer": "Ada", **more})  # fmt: skip
    return made.version


def table(store: Store) -> list[dict[str, Any]]:
    """The rows of the CSV export, as a reader of CSV sees them."""
    out = io.BytesIO()
    export(store, EVERYTHING, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def edited(rows: list[dict[str, Any]], edits: Edits) -> list[dict[str, Any]]:
    return [row | dict(edits.get(row["claim_id"], {})) for row in rows]


def as_csv(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8-sig", **how: Any) -> Path:
    """Write rows as a spreadsheet would; ``how``: delimiter, lineterminator, header."""
    header = how.pop("header", list(rows[0]))
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore", restval="", **how)
        writer.writeheader()
        writer.writerows(rows)
    return path


def in_excel(store: Store, path: Path) -> openpyxl.Workbook:
    """Export as .xlsx and open it for editing."""
    export(store, EVERYTHING, path, "xlsx")
    return openpyxl.load_workbook(path)


def cell(book: openpyxl.Workbook, row: int, column: str) -> Any:
    return book["claims"].cell(row, COLUMNS.index(column) + 1)


def written(store: Store, path: Path, edits: Edits) -> Path:
    """Export in the format of the path's ending and write these edits into the file."""
    if path.suffix == ".csv":
        return as_csv(path, edited(table(store), edits))
    export(store, EVERYTHING, path, path.suffix[1:])
    if path.suffix == ".jsonl":
        rows = edited([json.loads(line) for line in path.read_bytes().splitlines()], edits)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif edits:
        book = openpyxl.load_workbook(path)
        ids = [one.value for one in book["claims"]["A"]]
        for claim_id, cells in edits.items():
            for column, value in cells.items():
                cell(book, ids.index(claim_id) + 1, column).value = value
        book.save(path)
    return path


def brought(store: Store, path: Path, edits: Edits) -> Plan:
    """What these edits would change."""
    return plan(store, written(store, path, edits))


def changes(made: Plan) -> list[tuple[str, str, str | None, str]]:
    """Claim, field, value and note of what would be decided."""
    return [(one.claim_id, one.field, one.value, one.note) for one in made.changes]
