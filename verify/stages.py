"""One stage alone, from a JSON Lines file to a JSON Lines file: for scripts and benchmarks.

The formats are described in ``docs/files.md``. Each command writes one row for each row that it
could read, in the order of the input, and returns what it left out.
"""

from __future__ import annotations

import gzip
import io
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

import pandas as pd

from verify import records
from verify.analysis import embed
from verify.analysis.group import group
from verify.errors import InputError, LeftOut
from verify.ingest.dates import iso_time
from verify.ingest.extract import extract
from verify.ingest.read import read
from verify.ingest.sides import NO_SIDES, Sides
from verify.ingest.tagger import packaged
from verify.progress import Progress
from verify.relating import Relating
from verify.settings import Settings

SPANS = ("speaker", "cue", "place", "time")


def extract_file(
    source: Path,
    out: Path,
    progress: Progress,
    sides: Sides = NO_SIDES,
    *,
    rules_only: bool = False,
) -> tuple[int, list[LeftOut]]:
    """Documents to claims; ``doc_id`` in the output is the id that the input gave.

    Returns the number of claims written and what was left out. Raises ``InputError`` where the
    input cannot be opened.
    """
    _apart(_existing(source), out)
    written, left_out = 0, []
    tagger = None if rules_only else packaged()
    with _writing(out) as lines, progress.stage("extract", None, "doc") as advance:
        for reading in read(source):
            left_out += reading.left_out
            documents = reading.documents.assign(doc_id=reading.documents["given_id"])
            for claim in records.rows(extract(documents, sides, tagger)):
                lines.write(json.dumps(claim_row(claim), ensure_ascii=False) + "\n")
                written += 1
            advance(len(documents))
    return written, left_out


def claim_row(claim: records.Row) -> records.Row:
    """Shape a row of CLAIMS as the stage format has it: spans as objects or null.

    ``negated`` is true there for what its speaker denies too; ``denied`` tells the two apart.
    """
    row = {key: value for key, value in claim.items() if not key.endswith(("_start", "_end"))}
    for name in SPANS:
        start, end = claim[f"{name}_start"], claim[f"{name}_end"]
        text = claim[name]
        row[name] = None if text is None else {"text": text, "start": start, "end": end}
    row["negated"] = claim["negated"] or claim["denied"]
    row["sentence"] = {"start": claim["sentence_start"], "end": claim["sentence_end"]}
    return row


def group_file(
    source: Path, out: Path, progress: Progress, settings: Settings
) -> tuple[int, list[LeftOut]]:
    """Rows ``{id, text, date?, source?}`` to ``{id, event_id}``; every text counts as one claim."""
    _apart(source, out)
    rows, left_out = _rows(source, ("id", "text"))
    claims = _whole_claims(_keyed(rows))
    vectors = _encode(claims, settings, progress)
    with progress.stage("group", len(claims), "claim") as advance:
        membership = group(claims, vectors).membership.set_index("claim_id")["event_id"]
        advance(len(claims))
    with _writing(out) as lines:
        for row, claim_id in zip(rows, claims["claim_id"], strict=True):
            lines.write(json.dumps({"id": row["id"], "event_id": membership[claim_id]}) + "\n")
    return len(rows), left_out


def relate_file(
    source: Path, out: Path, progress: Progress, settings: Settings
) -> tuple[int, list[LeftOut]]:
    """Rows ``{id, a: {text, ...}, b: {text, ...}}`` to relation, scores and reasons."""
    _apart(source, out)
    rows, left_out = _rows(source, ("id", "a", "b"))
    rows, unfit = _with_texts(rows, source)
    left_out += unfit
    sides = [
        {**row[end], "key": f"{number}{end}"} for number, row in enumerate(rows) for end in "ab"
    ]
    relating = Relating.of(settings)  # as shipped: what a desk tuned is about its own pairs
    claims = _whole_claims(sides)
    vectors = _encode(claims, settings, progress)
    ids = claims["claim_id"].tolist()
    pairs = pd.DataFrame(
        {
            "a": ids[0::2],
            "b": ids[1::2],
            "event_id": None,
            "similarity": (vectors[0::2] * vectors[1::2]).sum(axis=1) if len(ids) else [],
        }
    )
    with progress.stage("relate", len(pairs), "pair") as advance:
        related = relating(pairs, claims)
        advance(len(pairs))
    by_pair = {row["pair_id"]: row for row in records.rows(related)}
    with _writing(out) as lines:
        for row, a, b in zip(rows, ids[0::2], ids[1::2], strict=True):
            found = by_pair[records.pair_id(a, b)]
            kept = {k: v for k, v in found.items() if k not in ("pair_id", "event_id", "a", "b")}
            lines.write(json.dumps({"id": row["id"], **kept}, ensure_ascii=False) + "\n")
    return len(rows), left_out


def _keyed(rows: list[records.Row]) -> list[records.Row]:
    """Key each row by its id; a repeated one (1 and "1" are one) also by its number."""
    seen: set[str] = set()
    keyed = []
    for number, row in enumerate(rows):
        key = str(row["id"])
        keyed.append({**row, "key": key if key not in seen else f"{key}#{number}"})
        seen.add(key)
    return keyed


def _whole_claims(rows: list[records.Row]) -> pd.DataFrame:
    """Read each text as one claim, however often it occurs: ``key`` keeps equal texts apart."""
    documents = records.frame(
        (
            {
                "doc_id": row["key"],
                "given_id": row["key"],
                "kind": "row",
                "source": _words(row.get("source")),
                "published_at": iso_time(row.get("date") or row.get("published_at") or None)[0],
                "location": _words(row.get("location")),
                "text": row["text"],
                "given": {},
            }
            for row in rows
        ),
        records.DOCUMENTS,
    )
    claims = extract(documents)
    published = documents.set_index("doc_id")[["source", "title", "published_at"]]
    return claims.join(published, on="doc_id")


def _encode(claims: pd.DataFrame, settings: Settings, progress: Progress) -> Any:
    encoder = embed.load_encoder(settings.model, allow_hub=settings.allow_hub)
    with progress.stage("embed", len(claims), "text") as advance:
        return encoder.encode(claims["text"].tolist(), advance)


def _rows(source: Path, needed: Iterable[str]) -> tuple[list[records.Row], list[LeftOut]]:
    rows: list[records.Row] = []
    left_out = []
    for number, line in enumerate(_lines(_existing(source)), start=1):
        if not line.strip():
            continue
        fault = _fault(line, needed)
        if fault is None:
            rows.append(json.loads(line))
        else:
            what, column, remedy = fault
            left_out.append(LeftOut(str(source), what, remedy, number, column))
    return rows, left_out


def _fault(line: str, needed: Iterable[str]) -> tuple[str, str | None, str] | None:
    try:
        row = json.loads(line)
    except ValueError as error:
        return f"not JSON: {error}", None, "Write one JSON object a line."
    if not isinstance(row, dict):
        return "not a JSON object", None, "Write one JSON object a line."
    missing = [name for name in needed if row.get(name) in (None, "")]
    if missing:
        return f"no {missing[0]}", missing[0], f"Give every row {', '.join(needed)}."
    if "text" in needed and not (isinstance(row["text"], str) and row["text"].strip()):
        return "text is empty or no string", "text", "Write the claim as a string."
    return None


def _with_texts(rows: list[records.Row], source: Path) -> tuple[list[records.Row], list[LeftOut]]:
    fit, unfit = [], []
    for row in rows:
        bad = [
            end
            for end in "ab"
            if not isinstance(row[end], dict)
            or not isinstance(row[end].get("text"), str)
            or not row[end]["text"].strip()
        ]
        if bad:
            remedy = 'Give each end as {"text": "..."}.'
            unfit.append(
                LeftOut(str(source), f"pair {row['id']} has no text", remedy, None, bad[0])
            )
        else:
            fit.append(row)
    return fit, unfit


def _words(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int | float) and str(value).strip() else None


def _apart(source: Path, out: Path) -> None:
    if out.exists() and source.exists() and out.samefile(source):
        raise InputError("IN and --out are one file", str(out), "Name another file with --out.")


def _existing(source: Path) -> Path:
    if not source.is_file():
        raise InputError("No such file", str(source), "Check the path.")
    return source


def _lines(source: Path) -> Iterator[str]:
    with source.open("rb") as file:
        stream = gzip.GzipFile(fileobj=file) if source.suffix == ".gz" else file
        try:
            yield from io.TextIOWrapper(stream, encoding="utf-8-sig")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise InputError(
                f"The file cannot be read to its end: {error}", str(source), "Write it as UTF-8."
            ) from error


@contextmanager
def _writing(out: Path) -> Iterator[TextIO]:
    """Open a file that appears whole under its name when the block ends, or not at all."""
    unfinished = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        opened = gzip.open if out.suffix == ".gz" else open
        with opened(unfinished, "wt", encoding="utf-8") as lines:
            yield cast("TextIO", lines)
        unfinished.replace(out)
    except OSError as error:
        raise InputError(
            f"Cannot write: {error.strerror}", str(out), "Name another file with --out."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
