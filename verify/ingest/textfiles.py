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
_ENTRY: Final = re.compile(r"(\w[\w -]*?)\s*:(?:\s+(.*))?\s*")
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
        known = recognise(fields, intake.mapping)
        if known and odd is None:
            text = text[fence.end() :]
        else:
            fields = {}
        if known and odd is not None:
            yield _odd(intake, odd)
    columns = recognise(fields, intake.mapping)
    yield intake.document(text, values(fields, columns))


def _odd(intake: Intake, line: str) -> Note:
    return intake.note(
        f"What stands between the --- lines was kept as text, because of: {line[:80]!r}",
        "Write each line of front matter as name: value.",
    )


def _front_matter(block: str) -> tuple[dict[str, str], str | None]:
    """Read ``name: value`` lines, and return the first line that is none.

    This is less than YAML on purpose: a title with a colon in it, which YAML refuses, is common,
    and nothing but these plain entries is of use here. Comments are passed over, and so are lists
    and nested values below an entry that has no value on its own line.
    """
    fields: dict[str, str] = {}
    nested = False
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if entry := _ENTRY.fullmatch(line):
            fields[entry[1]] = _unquoted(entry[2] or "")
            nested = not entry[2] or entry[2] in ("|", ">")
        elif not (nested and line.startswith((" ", "\t", "- "))):
            return fields, line
    return fields, None


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
