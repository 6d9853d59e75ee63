"""Exports that other programs read: fact checks for the web, annotations of the documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, Final

from sqlalchemy import Connection

from verify.review.interop import annotation, claim_review
from verify.review.interop.published import Published

__all__ = ["DECIDED_ONLY", "FORMATS", "Published"]

FORMATS: Final[dict[str, Callable[[Connection, Sequence[str], BinaryIO, Published], None]]] = {
    "claimreview": claim_review.write,
    "annotation": annotation.write,
}
"""Format -> what writes claims by id, in that order."""
DECIDED_ONLY: Final = ("claimreview",)
"""Formats that hold only claims whose status a person decided on."""
