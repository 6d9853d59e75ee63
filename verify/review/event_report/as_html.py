"""A report as one HTML file that needs nothing else: no script, font or picture from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from verify.records import Row
from verify.review.event_report import drawn
from verify.review.event_report.blocks import (
    Address,
    Label,
    Mono,
    Named,
    Quoted,
    Strong,
    Words,
)
from verify.review.event_report.saying import readable
from verify.review.event_report.sections import headline, sections

FOLDER: Final = Path(__file__).parent / "page"
WEB: Final = re.compile(r"https?://[!-~]+", re.IGNORECASE)
"""Addresses that become links; any other (javascript:, file:) stays text."""
_TAGS: Final = {
    Quoted: Markup('<q dir="auto">{}</q>'),
    Named: Markup('<bdi dir="auto">{}</bdi>'),
    Mono: Markup("<code>{}</code>"),
    Strong: Markup("<strong>{}</strong>"),
    str: Markup("{}"),
}
_LABEL: Final = Markup('<a class="label" href="#{0}">{0}</a>')
_ADDRESS: Final = Markup('<a class="address" href="{0}" rel="noreferrer noopener">{0}</a>')
_PLAIN_ADDRESS: Final = Markup('<bdi dir="auto" class="address">{}</bdi>')


def as_html(report: Row) -> bytes:
    """Write a report (see `gathered`) as a whole page, everything out of the data escaped.

    A Content-Security-Policy in it forbids all that is not the one style sheet inside.
    """
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _templates().get_template("report.html")
    told = page.render(
        headline=headline(report),
        sections=sections(report),
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
    )
    return told.encode("utf-8", "replace")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"words": words, "kind": lambda block: type(block).__name__, "draw": drawn.draw}
    return made


def words(parts: Words) -> Markup:
    """Write one line: each part escaped, and marked by its kind."""
    return Markup("").join(_part(part) for part in parts)


def _part(part: str) -> Markup:
    text = readable(part)
    if isinstance(part, Label):
        return _LABEL.format(text)
    if isinstance(part, Address):
        return (_ADDRESS if WEB.fullmatch(text) else _PLAIN_ADDRESS).format(text)
    return _TAGS[type(part)].format(text)
