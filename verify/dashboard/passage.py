"""A claim in its document: which parts of the text are its content, speaker, cue and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

import streamlit as st

from verify.records import Row

CONTEXT: Final = 240
"""Characters of document shown on each side of a claim's sentence: about two sentences."""
MARKS: Final = {
    "claim": "content",
    "speaker": "speaker",
    "cue": "cue",
    "via": "passed on by",
    "place": "place",
    "time": "time",
    "number": "number",
}
"""What is marked, with its word in the legend; each has a line or box of its own form."""
_STYLE: Final = {
    "claim": "background:color-mix(in srgb,#e9b208 30%,transparent);color:inherit;padding:1px 0",
    "speaker": "font-weight:600;border-block:2px solid #3b82d6",
    "cue": "text-decoration:underline dotted 2px;text-underline-offset:3px",
    "via": "border-block:2px dashed #80868b",
    "place": "text-decoration:underline double 1px;text-underline-offset:3px",
    "time": "text-decoration:underline dashed 1.5px;text-underline-offset:3px",
    "number": "font-weight:600;border-bottom:3px solid #d9701a",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what it is: any of MARKS, or nothing."""

    text: str
    marks: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """What it is, in the words of the legend."""
        return ", ".join(word for mark, word in MARKS.items() if mark in self.marks)


def pieces(text: str, claim: Row, start: int = 0, end: int | None = None) -> list[Piece]:
    """Cut ``text[start:end]`` at the spans of ``claim`` (CLAIMS offsets into ``text``).

    The pieces joined are exactly ``text[start:end]``.
    """
    end = len(text) if end is None else min(end, len(text))
    spans = []
    for mark, first, last in _spans(claim):
        if first is not None and last is not None and first < last:
            spans.append((max(first, start), min(last, end), mark))
    cuts = sorted({start, end, *(at for span in spans for at in span[:2] if start < at < end)})
    return [
        Piece(
            text[here:there],
            frozenset(mark for first, last, mark in spans if first <= here and there <= last),
        )
        for here, there in pairwise(cuts)
    ]


def _spans(claim: Row) -> Iterator[tuple[str, int | None, int | None]]:
    """Give each mark of a claim with its start and end, where it has them."""
    yield "claim", claim.get("start"), claim.get("end")
    for mark in MARKS:
        yield mark, claim.get(f"{mark}_start"), claim.get(f"{mark}_end")
    for quantity in claim.get("quantities") or []:
        yield "number", quantity.get("start"), quantity.get("end")


def legend(parts: Sequence[Piece]) -> list[dict[str, str]]:
    """Name the marks that occur: what stands in the legend above a document."""
    found = {mark for part in parts for mark in part.marks}
    return [{"mark": mark, "word": word} for mark, word in MARKS.items() if mark in found]


def around(text: str, claim: Row) -> tuple[int, int]:
    """Return the span to show for a claim: its sentence, CONTEXT more, cut between words."""
    first = claim["sentence_start"] if claim["sentence_start"] is not None else claim["start"]
    last = claim["sentence_end"] if claim["sentence_end"] is not None else claim["end"]
    start = max(0, min(first, claim["start"]) - CONTEXT)
    end = min(len(text), max(last, claim["end"]) + CONTEXT)
    if start > 0:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", last, end)
        end = space if space >= 0 else end
    return start, end


def as_html(parts: Sequence[Piece], before: bool = False, after: bool = False) -> str:
    """Write pieces as HTML in which every text is escaped; an ellipsis where text was cut."""
    written = "".join(_marked(part) for part in parts)
    ends = ("… " if before else "", " …" if after else "")
    return (
        '<div dir="auto" style="white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.55">'
        f"{ends[0]}{written}{ends[1]}</div>"
    )


def show_context(text: str, claim: Row) -> None:
    """Draw the claim with the sentences around it."""
    start, end = around(text, claim)
    st.html(as_html(pieces(text, claim, start, end), start > 0, end < len(text)))


def show_document(text: str, claim: Row, *, key: str) -> None:
    """Draw the whole document in a box that opens scrolled to the claim."""
    parts = pieces(text, claim)
    shown = [
        {
            "text": part.text,
            "marks": sorted(part.marks),
            "words": part.words,
        }
        for part in parts
    ]
    _component()(key=key, data={"pieces": shown, "legend": legend(parts)})


def _marked(part: Piece) -> str:
    text = escape(part.text)
    if not part.marks:
        return text
    style = ";".join(_STYLE[mark] for mark in MARKS if mark in part.marks and _STYLE[mark])
    tag = "mark" if "claim" in part.marks else "span"
    return f'<{tag} title="{part.words}" style="{style}">{text}</{tag}>'


@cache
def _component() -> Any:
    here = files("verify.dashboard")
    return st.components.v2.component(
        "counterclaim_document",
        html='<div class="legend"></div>'
        '<div class="document" role="region" aria-label="Document" tabindex="0"></div>',
        css=(here / "document.css").read_text(encoding="utf-8"),
        js=(here / "document.js").read_text(encoding="utf-8"),
    )
