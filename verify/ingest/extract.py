"""Documents to claims: the stage that reads who says what, and which facts a claim states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from verify import records
from verify.ingest.attribution import attributions
from verify.ingest.checkable import checkable_of
from verify.ingest.claims import own_statements, statements
from verify.ingest.facts import facts_of
from verify.ingest.languages import is_read
from verify.ingest.sentences import Span, sentence_spans, trim
from verify.ingest.sides import NO_SIDES, Sides, label
from verify.ingest.speakers import resolve
from verify.ingest.spoken import Attribution
from verify.ingest.stated import with_given
from verify.ingest.tagger import Tagger
from verify.ingest.unread import unread

_NEAR = 500
"""Characters around a claim in which its sentence is read for place and time."""
_BEFORE_TITLE = 40
"""Characters, a date mostly, that may stand before a title that the text repeats."""


def extract(
    documents: pd.DataFrame, sides: Sides = NO_SIDES, tagger: Tagger | None = None
) -> pd.DataFrame:
    """Read claims out of documents.

    Takes DOCUMENTS (any slice), returns CLAIMS in the order of the text. What someone is credited
    with has ``cue`` and, where someone is named, ``speaker``; what the source states itself has
    neither. A document of kind "row" is one claim that covers its text, and what its ``given``
    values state wins over what is read. Sides are laid over by ``sides.label``. With a ``tagger``
    the trained model reads who says what, without one rules do. A document in a language that is
    not read (``languages.READS``) becomes a claim of its source a sentence, without facts.
    """
    rows = [claim for document in records.rows(documents) for claim in _claims(document, tagger)]
    return label(records.frame(rows, records.CLAIMS), documents, sides)


def _claims(document: records.Row, tagger: Tagger | None) -> list[records.Row]:
    text = document["text"] or ""
    if not is_read(text, document["language"]):
        return unread(document)
    if document["kind"] == "row" and (document["given"] or {}).get("speaker"):
        return _row(document, [], {})  # who says it is stated
    sentences = sentence_spans(text, _title_end(text, document["title"]))
    found = attributions(text, sentences, tagger)
    names = dict(zip(found, resolve(text, [one.source for one in found]), strict=True))
    if document["kind"] == "row":
        return _row(document, found, names)
    claims: dict[str, records.Row] = {}
    seen = set()
    for span, sentence, one in _spans(text, sentences, found):
        name = names.get(one) if one else None
        if (span, name) in seen:
            continue  # a quotation between two cues of one speaker
        seen.add((span, name))
        claim = _claim(document, span, sentence, one, name)
        claims.setdefault(claim["claim_id"], claim)
    return sorted(claims.values(), key=lambda claim: (claim["start"], claim["end"]))


def _title_end(text: str, title: str | None) -> list[int]:
    """Find where a title ends that the text repeats at its beginning without a period."""
    title = (title or "").strip()
    at = text.find(title, 0, len(title) + _BEFORE_TITLE) if len(title) > 10 else -1
    return [at + len(title)] if at >= 0 and text[at + len(title) :][:1].isspace() else []


def _spans(
    text: str, sentences: list[Span], found: list[Attribution]
) -> Iterator[tuple[Span, Span, Attribution | None]]:
    """Yield (claim, sentence, attribution): attributed ones first, then the source's own."""
    taken: list[Span] = []
    for one in found:
        taken += [part for part in (one.source, one.cue, *one.content) if part]
        for span, sentence in statements(text, one, sentences):
            yield span, sentence, one
    taken.sort()
    first = 0
    for sentence in sentences:
        while first < len(taken) and taken[first][1] <= sentence[0]:
            first += 1
        inner, place = [], first
        while place < len(taken) and taken[place][0] < sentence[1]:
            if taken[place][1] > sentence[0]:
                inner.append(taken[place])
            place += 1
        for span in own_statements(text, sentence, inner):
            yield span, sentence, None


def _claim(
    document: records.Row,
    span: Span,
    sentence: Span,
    one: Attribution | None,
    name: str | None,
) -> records.Row:
    text = document["text"]
    facts = facts_of(
        text,
        *span,
        published_at=document["published_at"],
        sentence=(max(sentence[0], span[0] - _NEAR), min(sentence[1], span[1] + _NEAR)),
        location=document["location"],
        said=one,
    )
    claim = {
        "doc_id": document["doc_id"],
        "start": span[0],
        "end": span[1],
        "text": text[slice(*span)],
        "sentence_start": min(sentence[0], span[0]),
        "sentence_end": max(sentence[1], span[1]),
        **asdict(facts),
    }
    if one:
        claim |= _credit(text, one, name)
    claim["checkable"], claim["checkable_reason"] = checkable_of(claim)
    claim["claim_id"] = records.claim_id(document["doc_id"], *span, claim.get("speaker_start"))
    return claim


def _credit(text: str, one: Attribution, name: str | None) -> dict[str, Any]:
    credit: dict[str, Any] = {
        "cue": text[slice(*one.cue)],
        "cue_start": one.cue[0],
        "cue_end": one.cue[1],
    }
    if one.source:
        credit |= {
            "speaker": text[slice(*one.source)],
            "speaker_start": one.source[0],
            "speaker_end": one.source[1],
            "speaker_name": name,
        }
    if one.via:
        credit |= {
            "via": text[slice(*one.via)],
            "via_start": one.via[0],
            "via_end": one.via[1],
        }
    return credit


def _length(one: Attribution) -> int:
    return sum(end - start for start, end in filter(None, (one.source, one.cue, *one.content)))


def _row(
    document: records.Row, found: list[Attribution], names: dict[Attribution, str | None]
) -> list[records.Row]:
    text = document["text"] or ""
    span = trim(text, 0, len(text))
    if span[0] == span[1]:
        return []
    given = document["given"] or {}
    credited = None
    if not given.get("speaker"):
        whole = (one for one in found if _length(one) * 2 > len(text))
        credited = next(whole, None)
    claim = _claim(document, span, span, credited, names.get(credited) if credited else None)
    return [with_given(claim, given, document["published_at"])]
