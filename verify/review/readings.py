"""Readings in words, for the history, the export and the screens: never as raw data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from verify.records import Row
from verify.review.corrections import AS_JSON, Correction
from verify.store.corrected import FLAGS, columns

NOTHING: Final = "nothing"
_KIND_WORDS: Final = {"force_size": "force", "other": ""}


def number(quantity: Mapping[str, Any]) -> str:
    """Say what a quantity was read as: 31 or more, killed, civilians."""
    low, high = quantity.get("low"), quantity.get("high")
    if low is None and high is None:
        bounds = "an unknown number"
    elif high is None:
        bounds = f"{low:,} or more"
    elif low is None:
        bounds = f"{high:,} or fewer"
    else:
        bounds = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    kind = quantity.get("kind") or "other"
    parts = (bounds, _KIND_WORDS.get(kind, kind), quantity.get("counted"))
    return ", ".join(part for part in parts if part)


def of_value(field: str, value: str | None) -> str:
    """Say the value of a correction of ``field``; other decisions' values are words already."""
    if value is None:
        return "as read"
    if field not in AS_JSON:
        return value
    return of_columns(field, columns(field, value, ""))


def of_columns(field: str, claim: Row) -> str:
    """Say what a claim's columns hold as ``field``."""
    if field == "quantities":
        told = [f"“{one['text']}”: {number(one)}" for one in claim["quantities"]]
        return "; ".join(told) or NOTHING
    if field in FLAGS:
        return "yes" if claim[field] else "no"
    return claim["text" if field == "content" else field] or NOTHING


def was_read(correction: Correction, claim: Row) -> str:
    """Say what the pipeline read where ``correction`` stands (CLAIM_VIEW with ``read_as``)."""
    return of_columns(correction.field, {**claim, **(claim["read_as"] or {})})


def exported(corrections: list[Correction], claim: Row) -> str | None:
    """List a claim's corrections for one cell: speaker_name: Ahmad Massoud (was: he), by Ana."""
    told = [
        f"{one.field}: {of_columns(one.field, claim)} (was: {was_read(one, claim)}), "
        f"by {one.reviewer}"
        for one in corrections
        if one.value is not None
    ]
    return "; ".join(told) or None
