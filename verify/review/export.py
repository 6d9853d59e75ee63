"""The review table: one row a claim, as a file that a spreadsheet opens and a court can read."""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter
from sqlalchemy import Connection, select, union

from verify.errors import InputError
from verify.records import Row
from verify.review import carried, corrections, evidence_kept, interop, readings
from verify.review.carried import cell
from verify.review.interop import Published
from verify.store import where
from verify.store.counts import chunks
from verify.store.filters import Filters
from verify.store.store import Store
from verify.store.tables import claims, pairs
from verify.store.view_rows import claim_rows

COLUMNS: Final = (
    "claim_id", "event_id", "event_title", "side", "speaker", "source", "document_title", "url",
    "published_at", "claim_text", "start", "end", "event_time", "place", "quantity_low",
    "quantity_high", "quantity_kind", "counted", "status", "reviewer", "decided_at", "note",
    "source_grade", "information_grade", "supporting_claim_ids", "conflicting_claim_ids", "run_id",
    "document_sha256", "cue", "negated", "corrected",
    "denied", "hedged", "via", "time_precision", "checkable", "checkable_reason", "origin_id",
    "evidence", "versions",
)  # fmt: skip
QUANTITIES: Final = ("quantity_low", "quantity_high", "quantity_kind", "counted")
_OWN_NAME: Final = {"claim_text": "text", "speaker": "credited"}
_LINKS: Final = {"supporting_claim_ids": "supports", "conflicting_claim_ids": "conflicts"}

MAX_SHEET_ROWS: Final = 1_048_575
"""Rows below the header that one Excel sheet holds."""
MAX_CELL: Final = 32_767
"""Characters that one Excel cell holds; a longer text ends in a note that it goes on."""
GOES_ON: Final = " [... the cell is full; the whole text is in the CSV export]"

NOWHERE: Final = Published()
_NO_DATE: Final = datetime(2000, 1, 1)

_FORMULA_STARTS: Final = frozenset("=+-@")
_CELL_STARTS: Final = ("\t", "\r", "\n")


def export(
    store: Store,
    filters: Filters,
    out: Path | BinaryIO,
    fmt: str = "csv",
    *,
    bom: bool = True,
    published: Published = NOWHERE,
) -> int:
    """Write the claims that match, in order of event and arrival; return how many there are.

    ``fmt`` is csv (RFC 4180, UTF-8 with a byte-order mark unless ``bom`` is False, so that Excel
    knows it), xlsx, jsonl, or one of `verify.review.interop`: ``published`` is for these, and some
    hold only claims that somebody decided on. All rows are of one state of the store, however long
    the writing takes. A file appears whole under its name or not at all. Raises ``InputError`` for
    an unknown format, a place that cannot be written, and more claims than a sheet holds.
    """
    if fmt not in (*FORMATS, *interop.FORMATS):
        known = ", ".join((*FORMATS, *interop.FORMATS))
        raise InputError(f"Unknown format {fmt!r}", "export", f"Say one of {known}.")
    with store.reading() as connection:
        ids = matching(connection, filters, decided=fmt in interop.DECIDED_ONLY)
        if fmt == "xlsx" and len(ids) > MAX_SHEET_ROWS:
            what = f"{len(ids):,} claims are more than a sheet's {MAX_SHEET_ROWS:,} rows"
            raise InputError(what, "export", "Write CSV, or filter first.")

        def write(stream: BinaryIO) -> None:
            if fmt in interop.FORMATS:
                interop.FORMATS[fmt](connection, ids, stream, published)
            else:
                FORMATS[fmt](review_table(connection, ids), stream, bom)

        if isinstance(out, Path):
            whole_file(out, write)
        else:
            write(out)
    return len(ids)


def whole_file(out: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let ``write`` fill a file that appears under its name when it is whole, or not at all."""
    unfinished = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(out)
    except OSError as error:
        what = f"The file cannot be written: {error.strerror}"
        raise InputError(what, str(out), "Check the folder and its free space.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def matching(connection: Connection, filters: Filters, *, decided: bool = False) -> list[str]:
    """Return the ids of the claims that match, in order of event and arrival.

    ``decided``: only those whose status a person decided on.
    """
    conditions = where.of_claims(filters, connection.dialect.name)
    if decided:
        conditions.append(claims.c.status != "unreviewed")
    order = (claims.c.event_id.asc().nulls_last(), claims.c.n)
    statement = select(claims.c.claim_id).where(*conditions).order_by(*order)
    return list(connection.scalars(statement))


def review_table(connection: Connection, ids: Sequence[str]) -> Iterator[Row]:
    """Give the rows (COLUMNS), read a page at a time."""
    for page in chunks(ids):
        linked = _linked(connection, page)
        made = corrections.standing_of(connection, page)
        attached = evidence_kept.listed(connection, page)
        stands = carried.standing_of(connection, page)
        for claim in claim_rows(connection, page):
            claim["corrected"] = readings.exported(made.get(claim["claim_id"], []), claim)
            claim["evidence"] = attached.get(claim["claim_id"], [])
            row = review_row(claim, linked[claim["claim_id"]])
            yield row | {carried.VERSIONS: carried.versions(row, stands)}


def _linked(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, set[str]]]:
    """Give claim -> relation -> the other claims, by pairs that nobody rejected."""
    wanted = set(ids)
    linked: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    linking = pairs.c.status.in_(("suggested", "confirmed"))
    ends = [  # by the index of each end; asked for either at once, SQLite would walk all pairs
        select(pairs.c.a, pairs.c.b, pairs.c.relation).where(
            end.in_(ids), linking, pairs.c.relation.in_(list(_LINKS.values()))
        )
        for end in (pairs.c.a, pairs.c.b)
    ]
    for a, b, relation in connection.execute(union(*ends)):
        for one, other in ((a, b), (b, a)):
            if one in wanted:
                linked[one][relation].add(other)
    return linked


def review_row(claim: Row, linked: dict[str, set[str]]) -> Row:
    """Shape a claim (CLAIM_VIEW, ``corrected``, ``evidence``) and its links as one row (COLUMNS).

    Several quantities stand in one cell, parted by "; " in the order of the text, at the same
    place in each of the four columns; an open bound is empty there. A single one is a number.
    """
    row = {name: claim.get(_OWN_NAME.get(name, name)) for name in COLUMNS}
    for name, key in zip(QUANTITIES, ("low", "high", "kind", "counted"), strict=True):
        row[name] = _joined([quantity.get(key) for quantity in claim["quantities"] or []])
    for name, relation in _LINKS.items():
        row[name] = " ".join(sorted(linked.get(relation, ()))) or None
    return row


def _joined(values: list[Any]) -> Any:
    if len(values) <= 1:
        return values[0] if values else None
    return "; ".join("" if value is None else str(value).replace(";", ",") for value in values)


def guarded(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    That is one that starts with = + - @, also in full width or behind space, control or invisible
    characters, and one that starts with a tab or line break (OWASP, "CSV Injection"). One that
    starts with apostrophes and then so gets one more, so that it can be taken off again.
    """
    return f"'{value}" if isinstance(value, str) and _runs(value.lstrip("'")) else value


def _runs(text: str) -> bool:
    if text.startswith(_CELL_STARTS):
        return True
    for letter in text:
        plain = unicodedata.normalize("NFKC", letter)
        if plain.strip() and unicodedata.category(letter)[0] not in "CZ":
            # U+2212 is the minus sign that no normalisation makes a hyphen.
            return plain[0] in _FORMULA_STARTS or letter == "\u2212"
    return False


def write_csv(
    table: Iterable[Row], out: BinaryIO, bom: bool, columns: Sequence[str] = COLUMNS
) -> None:
    """Write rows as CSV; ``columns``: of a table that an earlier version signed off."""
    lines = io.TextIOWrapper(out, "utf-8-sig" if bom else "utf-8", newline="", write_through=True)
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(columns)
    for row in table:
        writer.writerow([guarded(cell(row[name])) for name in columns])
    lines.detach()


def write_json_lines(
    table: Iterable[Row], out: BinaryIO, _bom: bool, columns: Sequence[str] = COLUMNS
) -> None:
    """Write rows as JSON Lines, every value as it is; ``columns`` as in `write_csv`."""
    for row in table:
        told = {name: row[name] for name in columns}
        out.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def _write_excel(table: Iterable[Row], out: BinaryIO, _bom: bool) -> None:
    """Write a sheet whose texts are texts: no formulas, no links, no numbers out of digits."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _NO_DATE})  # the same claims give the same bytes
        sheet = book.add_worksheet("claims")
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(table, start=1):
            for column, name in enumerate(COLUMNS):
                value = cell(row[name])
                if isinstance(value, int):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, _fitting(str(value)))


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - len(GOES_ON)] + GOES_ON


FORMATS: Final[dict[str, Callable[[Iterable[Row], BinaryIO, bool], None]]] = {
    "csv": write_csv,
    "xlsx": _write_excel,
    "jsonl": write_json_lines,
}
"""Format -> what writes it."""
