"""JSON Lines, plain or gzipped, read line by line; and JSON files of a list of documents."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from math import inf
from typing import Any, Final

from verify.ingest.columns import Recognised, recognise, values
from verify.ingest.encodings import BROKEN_GZIP, MAX_UNPACKED, encoding_of, unpacked
from verify.ingest.intake import SPLIT, Intake, Item
from verify.ingest.rowed import row_document
from verify.ingest.tables import guessed

MAX_LINE: Final = 20_000_000
"""Characters of one line: four times a document's, because JSON may write a letter as six."""
MAX_JSON: Final = 256 << 20
"""Bytes of a .json file (256 MiB), which is held in memory whole; JSON Lines has no such limit."""

NOT_AN_OBJECT: Final = 'Write an object such as {"text": "...", "source": "..."}.'


def read_json_lines(intake: Intake) -> Iterator[Item]:
    """Read one object a line; blank lines are passed over, broken ones left out by their number."""
    encoding = encoding_of(intake.path)
    if encoding.binary:
        yield intake.fault(f"This is {encoding.binary}, not JSON Lines", "Save it as UTF-8 text.")
        return
    if encoding.guessed:
        yield guessed(intake, encoding.name)
    known: dict[tuple[str, ...], Recognised] = {}
    number, limit = 0, MAX_UNPACKED if intake.path.suffix.lower() == ".gz" else inf
    with intake.path.open("rb") as file:
        stream = io.TextIOWrapper(
            unpacked(file, intake.path), encoding.name, errors="replace", newline="\n"
        )
        try:
            for number, line in _lines(stream, limit):
                intake.done = file.tell()
                if line is None:
                    what = f"The line is longer than {MAX_LINE:,} characters"
                    yield intake.fault(what, SPLIT, number)
                else:
                    yield _line(intake, line, number, known)
        except BROKEN_GZIP as error:
            what = f"The gzip file ends in a fault after line {number}: {error}"
            yield intake.fault(what, "Get it again or split it; what came before was taken.")
            return
    if number == 0:
        yield intake.fault("The file is empty", "Delete it or fill it in.")


def _lines(stream: io.TextIOWrapper, limit: float) -> Iterator[tuple[int, str | None]]:
    """Give lines that are not blank; one that is too long is None, and is never held whole."""
    number = done = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        done += len(line)
        whole = len(line) < MAX_LINE or line.endswith("\n")
        if not whole or line.strip():
            yield number, line if whole else None
        while not whole and (rest := stream.readline(MAX_LINE)):
            done += len(rest)
            whole = rest.endswith("\n")
            if done > limit:
                break
        if done > limit:
            raise EOFError(f"it unpacks to more than {limit:,} characters")


def _line(intake: Intake, line: str, number: int, known: dict[tuple[str, ...], Recognised]) -> Item:
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        what = f"The line is not JSON: {str(error)[:120]}"
        return intake.fault(what, "Write one complete JSON object a line.", number)
    return _object(intake, row, number, known)


def _object(
    intake: Intake, row: Any, number: int, known: dict[tuple[str, ...], Recognised]
) -> Item:
    if not isinstance(row, dict):
        what = f"This is no object but {type(row).__name__}"
        return intake.fault(what, NOT_AN_OBJECT, number)
    names = tuple(row)
    if names not in known:
        known[names] = recognise(names, intake.mapping)
    return row_document(intake, values(row, known[names]), number)


def read_json(intake: Intake) -> Iterator[Item]:
    """Read a list of objects, an object with one such list, or one object; or JSON Lines."""
    if intake.size > MAX_JSON:
        yield intake.fault(f"It is larger than {MAX_JSON:,} bytes", "Save it as JSON Lines.")
        return
    encoding = encoding_of(intake.path)
    if encoding.binary:
        yield intake.fault(f"This is {encoding.binary}, not JSON", "Save it as UTF-8 text.")
        return
    text = intake.path.read_bytes().decode(encoding.name, errors="replace")
    if not text.strip():
        yield intake.fault("The file is empty", "Delete it or fill it in.")
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        if _is_json_lines(text):
            yield from read_json_lines(intake)
        else:
            what = f"The file is not JSON: {str(error)[:120]}"
            yield intake.fault(what, "Mend it at that place.")
        return
    if encoding.guessed:
        yield guessed(intake, encoding.name)
    known: dict[tuple[str, ...], Recognised] = {}
    for number, row in enumerate(_documents(whole), start=1):
        yield _object(intake, row, number, known)


def _is_json_lines(text: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _documents(whole: Any) -> list[Any]:
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        lists = [
            value
            for value in whole.values()
            if isinstance(value, list) and value and all(isinstance(row, dict) for row in value)
        ]
        if len(lists) == 1 and "text" not in recognise(whole, {}):
            return lists[0]
    return [whole]
