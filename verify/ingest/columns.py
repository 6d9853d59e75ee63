"""Which column is what: names and synonyms, whatever their case, spaces and underscores."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from verify.errors import InputError
from verify.ingest.intake import filled

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("doc_id", "id", "document_id", "claim_id", "article_id", "guid"),
    "text": ("text", "body", "content", "full_text", "article", "article_text", "post", "message"),
    "claim": ("claim", "statement", "claim_text", "assertion", "allegation"),
    "title": ("title", "headline", "document_title", "subject_line"),
    "source": ("source", "publisher", "outlet", "site", "site_name", "agency", "account"),
    "url": ("url", "link", "address", "web_url", "source_url", "permalink"),
    "published_at": (
        "published_at", "date", "published", "publication_date", "pub_date", "date_published",
        "posted_at", "created_at", "datetime", "timestamp", "day",
    ),
    "language": ("language", "lang"),
    "location": ("location", "dateline", "city", "region"),
    "speaker": ("speaker", "claimant", "speaker_name", "said_by", "attributed_to", "reported_by"),
    "side": ("side", "party", "camp", "faction"),
    "place": ("place", "where", "event_place", "event_location"),
    "time": ("event_time", "time", "when", "event_date", "incident_date"),
    "quantity_low": ("quantity_low", "low", "minimum", "min", "at_least", "low_estimate"),
    "quantity_high": ("quantity_high", "high", "maximum", "max", "at_most", "high_estimate"),
    "quantity_kind": ("quantity_kind", "kind_of_count"),
    "counted": ("counted", "unit", "what_is_counted"),
    "subject": ("subject", "target"),
    "metric": ("metric", "indicator", "measure", "variable"),
    "value": ("value", "figure", "amount", "number", "count", "quantity"),
    "qualifier": ("qualifier", "precision", "bound"),
}  # fmt: skip
"""Our name -> the names by which a column is recognised; where several are there, the first wins
and the next ones fill its empty cells."""

_FOLDED: Final = {
    ours: [name.replace("_", "") for name in names] for ours, names in COLUMNS.items()
}

Recognised = dict[str, list[str]]
"""Our name -> the file's columns that hold it, best first."""


def folded(name: str) -> str:
    """Bring a column's name into the form that is compared: letters and digits, lower case."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise ``InputError`` where a mapping names a column that we do not have."""
    for ours in mapping:
        if ours not in COLUMNS:
            raise InputError(
                f"There is no column {ours!r} to map to", "", f"Use one of {', '.join(COLUMNS)}."
            )


def recognise(names: Iterable[str], mapping: Mapping[str, str]) -> Recognised:
    """Say which columns hold what; a mapped column holds what the mapping says and nothing else."""
    by_name: dict[str, list[str]] = {}
    for name in names:
        by_name.setdefault(folded(name), []).append(name)
    mapped = {ours: by_name.get(folded(theirs), []) for ours, theirs in mapping.items()}
    spoken_for = {name for found in mapped.values() for name in found}
    recognised: Recognised = {}
    for ours, synonyms in _FOLDED.items():
        own = [name for word in dict.fromkeys(synonyms) for name in by_name.get(word, [])]
        found = mapped.get(ours) or [name for name in own if name not in spoken_for]
        if found:
            recognised[ours] = found
    return recognised


def holds(recognised: Mapping[str, object]) -> str | None:
    """Say what a table with these columns holds: claims, texts, metrics, or nothing we know."""
    if "claim" in recognised:
        return "claims"
    if "text" in recognised:
        return "texts"
    return "metrics" if {"metric", "value"} <= set(recognised) else None


def repeated(names: Sequence[str], recognised: Recognised) -> str | None:
    """Give a column name that we would use and that stands twice in a header."""
    used = {name for found in recognised.values() for name in found}
    seen: set[str] = set()
    for name in names:
        key = folded(name)
        if name in used and key in seen:
            return name
        seen.add(key)
    return None


def values(cells: Mapping[str, Any], recognised: Recognised) -> dict[str, Any]:
    """Give our name -> the first filled cell of its columns; empty ones are absent."""
    found: dict[str, Any] = {}
    for ours, columns in recognised.items():
        for column in columns:
            if filled(cells.get(column)):
                found[ours] = cells[column]
                break
    return found
