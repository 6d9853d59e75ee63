"""Plain text and Markdown; front matter between --- lines may say where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verify.ingest.columns import recognise, values
from verify.ingest.encodings import encoding_of
from verify.ingest.intake import LONG, MAX_TEXT, SPLIT, Intake, Item, Note, clean
from verify.ingest.tables import guessed

_FENCE: Final = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.S)
_ENTRY: Final = re.compile(r"([\w -]+?)\s*:(?:\s+(.*))?\s*")
_WIDEST: Final = 4  # bytes of one character in any encoding


def read_text(intake: Intake) -> Iterator[Item]:
    """Read one file as one document; its text is what stands below the front matter."""
    encoding = encoding_of(intake.path)
    if encoding.binary:
        remedy = "Give the file the ending of what it is, or save it as text."
        yield intake.fault(f"This is {encoding.binary}, not text", remedy)
        return
    if intake.size > MAX_TEXT * _WIDEST:
        yield intake.fault(LONG, SPLIT)
        return
    if encoding.guessed:
        yield guessed(intake, encoding.name)
    text = clean(intake.path.read_bytes().decode(encoding.name, errors="replace"))
    if not text:
        yield intake.fault("The file is empty", "Delete it or fill it in.")
        return
    fields: dict[str, str] = {}
    if fence := _FENCE.match(text):
        fields, odd = _front_matter(fence[1] or "")
        yield from (_odd(intake, line) for line in odd)
        text = text[fence.end() :]
    columns = recognise(fields, intake.mapping)
    yield intake.document(text, values(fields, columns))


def _odd(intake: Intake, line: str) -> Note:
    return intake.note(
        f"A line of the front matter is not understood: {line[:80]!r}", "Write it as name: value."
    )


def _front_matter(block: str) -> tuple[dict[str, str], list[str]]:
    """Read ``name: value`` lines, and return the lines that are none.

    This is less than YAML on purpose: a title with a colon in it, which YAML refuses, is common,
    and nothing but these plain entries is of use here. Lists and nested values are passed over.
    """
    fields, odd = {}, []
    for line in block.splitlines():
        if not line.strip() or line.startswith((" ", "\t", "#", "-")):
            continue
        if entry := _ENTRY.fullmatch(line):
            fields[entry[1]] = _unquoted(entry[2] or "")
        else:
            odd.append(line)
    return fields, odd


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
