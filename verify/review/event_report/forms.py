"""The forms that a report is written in, and which one a file name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from verify.errors import InputError
from verify.records import Row
from verify.review.event_report.as_html import as_html
from verify.review.event_report.as_json import as_json
from verify.review.event_report.as_markdown import as_markdown


class Form(NamedTuple):
    """How a form is called, its media type, and what writes it."""

    words: str
    mime: str
    write: Callable[[Row], bytes]


FORMS: Final = {
    "html": Form("HTML", "text/html", as_html),
    "json": Form("JSON", "application/json", as_json),
    "md": Form("Markdown", "text/markdown", as_markdown),
}
"""Forms by the ending of their files."""


def form_of(out: Path) -> Form:
    """Return the form that a file name asks for; raises ``InputError`` for any other ending."""
    form = FORMS.get(out.suffix.lstrip(".").lower())
    if form is None:
        endings = ", ".join(f".{ending}" for ending in FORMS)
        raise InputError("No report is written like that", str(out), f"Name a file {endings}.")
    return form
