"""What a report is made of for reading: sections of blocks, which each form writes in its own way.

Texts from the data are parts of their own kind, so that each form marks and escapes them rightly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


class Quoted(str):
    """Words out of a document, a note or a name: in quotation marks, in any script."""


class Named(str):
    """A name out of the data, in any script, without quotation marks."""


class Label(str):
    """The label of something that the report tells elsewhere, such as C4."""


class Mono(str):
    """An id or a hash, to be read letter by letter."""


class Address(str):
    """An address out of the data; only those of web pages become links."""


class Strong(str):
    """A word that says what stands: a status, a relation."""


Words = Sequence[str]
"""Parts of one line: plain text, or one of the kinds above."""


@dataclass(frozen=True)
class Line:
    """A paragraph; ``quiet``: of less weight."""

    words: Words
    quiet: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    words: Words


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: Sequence[Words]


@dataclass(frozen=True)
class Facts:
    """Names and what stands for them."""

    rows: Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names it. ``numeric``: columns of numbers, from 0."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Words]]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Item:
    """One thing that is told in some lines; ``label`` is where links to it lead, "" for none."""

    label: str
    lines: Sequence[Words]
    """The first is what it is; the others say more of it."""
    even: bool = False
    """Whether the others weigh as much as the first."""


@dataclass(frozen=True)
class Picture:
    """Ranges of numbers on one axis; the table beside it says the same."""

    anchor: str
    title: str
    says: str
    bars: Sequence[Any]


Block = Line | Heading | Bullets | Facts | Table | Item | Picture


@dataclass(frozen=True)
class Section:
    """A part of the report; ``anchor`` is its address inside of it."""

    anchor: str
    title: str
    blocks: list[Block] = field(default_factory=list)
