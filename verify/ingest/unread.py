"""Documents in a language that is not read: every sentence is a claim of the source, kept whole."""

from __future__ import annotations

from verify import records
from verify.ingest.bare_dates import is_bare_date
from verify.ingest.sentences import sentence_spans, trim
from verify.ingest.stated import with_given


def unread(document: records.Row) -> list[records.Row]:
    """Cut a document into sentences, each a claim without speaker and facts.

    Spans are exact offsets into the text; marks that end a sentence in Arabic and other scripts are
    known. A line that is only a date, or a date and its place, is no claim. A row of a claims
    table stays one claim, with the values that the table states.
    """
    text = document["text"] or ""
    row = document["kind"] == "row"
    spans = [trim(text, 0, len(text))] if row else sentence_spans(text)
    claims = [_claim(document, start, end) for start, end in spans if _says(text[start:end], row)]
    if not row:
        return claims
    given = document["given"] or {}
    return [with_given(claim, given, document["published_at"]) for claim in claims]


def _says(words: str, row: bool) -> bool:
    """Say whether words state something; a row of a table is a claim whatever it holds."""
    return any(char.isalpha() for char in words) and (row or not is_bare_date(words))


def _claim(document: records.Row, start: int, end: int) -> records.Row:
    return {
        "claim_id": records.claim_id(document["doc_id"], start, end, None),
        "doc_id": document["doc_id"],
        "start": start,
        "end": end,
        "text": document["text"][start:end],
        "sentence_start": start,
        "sentence_end": end,
        "quantities": [],
        "place": document["location"],
        "event_time": None,
    }
