"""A report as Markdown that also reads well as plain text; nothing out of the data is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from verify.records import Row
from verify.review.event_report.as_html import WEB
from verify.review.event_report.blocks import (
    Address,
    Block,
    Bullets,
    Facts,
    Heading,
    Item,
    Line,
    Mono,
    Picture,
    Quoted,
    Strong,
    Table,
    Words,
)
from verify.review.event_report.saying import readable
from verify.review.event_report.sections import headline, sections

_ACTIVE: Final = re.compile(r"[\\`*_\[\]<>&|~$]")
"""Signs that mean something to Markdown inside of a line."""
_FIRST: Final = re.compile(r"^(?:[#+=-]|(\d+)(?=[.)]))")
"""What does so only where a line begins: "#", "-", "1."."""
_SAFE_ADDRESS: Final = re.compile(r"[^<>\\`|\s]+")


def as_markdown(report: Row) -> bytes:
    """Write a report (see `gathered`) as CommonMark with tables, in UTF-8."""
    head = headline(report)
    parts = [f"# Event report: {escaped(head.title)}", *map(words, head.lines)]
    parts.append(f"> {words(head.notice)}")
    for section in sections(report):
        parts += [f"## {section.title}", *(_block(block) for block in section.blocks)]
    parts += ["---", *map(words, head.record)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Put a backslash before every sign that could become markup, and keep the text on one line."""
    return _ACTIVE.sub(r"\\\g<0>", re.sub(r"\s+", " ", readable(text)))


def words(parts: Words) -> str:
    """Write one line."""
    return _FIRST.sub(_kept, "".join(map(_part, parts)).strip())


def _kept(found: re.Match[str]) -> str:
    number = found[1]
    return f"{number}\\" if number else f"\\{found[0]}"


def _part(part: str) -> str:
    if isinstance(part, Quoted):
        return f"“{escaped(part)}”"
    if isinstance(part, Strong):
        return f"**{escaped(part)}**"
    if isinstance(part, Address) and WEB.fullmatch(part) and _SAFE_ADDRESS.fullmatch(part):
        return f"<{part}>"
    if isinstance(part, Mono) and part.isascii() and part.isalnum():
        return f"`{part}`"
    return escaped(part)


def _block(block: Block) -> str:
    if isinstance(block, Line):
        return words(block.words)
    if isinstance(block, Heading):
        return f"### {words(block.words)}"
    if isinstance(block, Bullets):
        return _list(map(words, block.items))
    if isinstance(block, Facts):
        return _list(f"{name}: {words(said)}" for name, said in block.rows)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Item):
        return _item(block)
    return "" if isinstance(block, Picture) else str(block)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _item(item: Item) -> str:
    """Write the first line as an entry of a list, the others as entries below it."""
    first, *others = map(words, item.lines)
    name = f"**{item.label}** " if item.label else ""
    return "\n".join([f"- {name}{first}", *(f"  - {line}" for line in others)])


def _table(table: Table) -> str:
    marks = ["--:" if at in table.numeric else "---" for at in range(len(table.heads))]
    lines = [table.heads, marks, *([words(cell) for cell in row] for row in table.rows)]
    body = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"**{table.caption}**\n\n{body}"
