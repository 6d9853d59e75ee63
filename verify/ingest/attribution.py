"""Who said what: the one place that decides what reads it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from verify.ingest.claims import is_checkable
from verify.ingest.cue_rules import by_rules
from verify.ingest.lexicon import words_of
from verify.ingest.passed_on import (
    QUOTING,
    SAYING,
    citing,
    inner_of,
    passed_on,
    quoted_as,
    without,
)
from verify.ingest.quotes import inside, quoted
from verify.ingest.sourced import source_of
from verify.ingest.spoken import Attribution, Span
from verify.ingest.tagger import Tagger
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import words_in

_STRESSING = words_from("note stress warn urge call point explain insist reiterate condemn")
"""More verbs whose subject the rules find as surely."""
_POSTING = words_from("post share publish release circulate upload")
_ADVERBS = words_of("adverbial")
_UNSAID = re.compile(
    r"(?:did|does|do|has|have|had|would|could)(?: not|n['’]?t) (?:\w+ )?"
    r"(?:giv|mention|specif|say|said|provid|comment|elaborat|nam|identif|disclos|detail|offer)",
    re.IGNORECASE,
)
"""Cues of what is left unsaid ("did not give a toll")."""
_LIVES = re.compile(
    r"(?:at least |about |some |up to |over )*(?:[\d,.]+|\w+)\b (?:lives|people|martyrs|and)\b"
    r"|the li(?:ves|fe)|lives|responsibility$"
)
"""What is claimed here is no statement: "claimed 12 lives", "claiming eight and injuring 14"."""
_KNOWN = (
    words_of("reported")
    | words_of("adverbial")
    | words_from(
        "said reported told alleged believed known thought rumoured rumored according claims"
        " reports claimed announced confirmed stated learned says reportedly allegedly"
    )
)
"""Cues that put a statement in nobody's mouth."""
_NOBODYS = 5
"""Words from which on what nobody is named for may be a statement without a verb."""
_RELATIVE = words_from("who which that whom")


def attributions(text: str, sentences: Sequence[Span], tagger: Tagger | None) -> list[Attribution]:
    """Find who said what in ``text``, in the order of the cues.

    ``sentences`` are its sentence spans in order. Without a ``tagger`` rules alone read; they need
    no model and find less. Where someone passes on what another one said ("Reuters said the army
    had claimed that ..."), the inner one is the source and the outer one is kept as ``via``.
    """
    ruled = by_rules(text, sentences)
    if tagger is None:
        found = ruled
    else:
        regions = quoted(text)
        read = tagger.attributions(text, sentences)
        tidied = (_tidied(text, sentences, regions, each) for each in read)
        found = [one for one in tidied if one and not _says_nothing(text, one)]
        found = [_around(one) for one in _with_sources(text, found, ruled)]
        found = list(quoted_as(text, found, ruled))
        found += inner_of(text, found, ruled)
        found += _posted(found, ruled)
        found = list(citing(found, ruled))
    return sorted(passed_on(found), key=lambda one: (one.cue, one.content))


def _tidied(
    text: str, sentences: Sequence[Span], quoted_in: list[Span], one: Attribution
) -> Attribution | None:
    """Cut a source at line breaks and marks, and content at the sentence it cannot have left."""
    one = _with_source(text, one)
    content = tuple(
        part
        for each in one.content
        if (part := _part(text, sentences, quoted_in, one, each)) is not None
    )
    return replace(one, content=content) if content else None


def _with_source(text: str, one: Attribution) -> Attribution:
    """Mend the edges of a source; words taken off its front end what is said before it."""
    if one.source is None:
        return one
    source = source_of(text, one)
    if source is None or source[0] <= one.source[0]:
        return replace(one, source=source)
    content = tuple(
        (start, source[0] if one.source[0] - 2 < end <= one.source[0] else end)
        for start, end in one.content
    )
    return replace(one, source=source, content=content)


def _sentence_at(sentences: Sequence[Span], at: int) -> Span:
    return sentences[max(0, bisect_right(sentences, at, key=itemgetter(0)) - 1)]


def _part(
    text: str,
    sentences: Sequence[Span],
    quoted_in: list[Span],
    one: Attribution,
    part: Span,
) -> Span | None:
    """Leave out the tail of a sentence that ended before the cue's own began."""
    own = _sentence_at(sentences, one.cue[0])
    first = _sentence_at(sentences, part[0])
    start, end = part
    if part[1] <= own[0] or part[0] >= own[1]:
        least = (first[1] - first[0]) // 2
        if end - start < least and inside(quoted_in, start) is None:
            return None  # a word or two of another sentence
    if start < own[0] < end and start > first[0] + 2 and text[start - 1] not in "\"“‘'«":
        start = own[0]
    within = [span for span in (one.source, one.cue) if span and start <= span[0] < end]
    if within:  # the words before are somebody else's, or the order is "he said: ..."
        after = max(span[1] for span in within)
        before = min(span[0] for span in within)
        start, end = (after, end) if end - after >= before - start else (start, before)
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return (start, end) if start < end else None


def _with_sources(
    text: str, found: Sequence[Attribution], ruled: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Take from the rules who said it, where the model finds a verb of saying without a subject.

    Where it takes what is said for the speaker and the speaker for what is said ("Some 2,000 fled,
    said the aid group"), the reading of the rules stands.
    """
    named = {end: one for one in ruled if one.source for end in range(*one.cue)}
    for one in found:
        known = named.get(one.cue[0]) or named.get(one.cue[1] - 1)
        if known is not None and _turned(one, known):
            yield known
            continue
        if one.source or known is None or known.lemma not in SAYING | _STRESSING:
            yield one
            continue
        parts = (without(part, known.source) for part in one.content)
        content = tuple(part for part in parts if part)
        yield replace(one, source=source_of(text, known), content=content) if content else one


def _turned(one: Attribution, known: Attribution) -> bool:
    """Say whether each takes for the speaker what the other takes for what is said before it."""
    if one.source is None or known.source is None or known.lemma in QUOTING:
        return False
    if known.source[0] < known.cue[1]:
        return False
    said = any(start <= known.source[0] and known.source[1] <= end for start, end in one.content)
    return said and any(start <= one.source[0] < end for start, end in known.content)


def _says_nothing(text: str, one: Attribution) -> bool:
    """Say whether this credits nobody with a statement.

    Somebody or something claims lives ("claiming eight"), nobody is named and nothing is stated
    ("is revered as a place of pilgrimage"), or a relative clause holds no verb of saying ("which
    considers it a partner").
    """
    if one.source and (one.lemma == "tags" or text[one.source[0] - 1 : one.source[0]] == "/"):
        return True  # a list of topics, the byline of a picture
    if text[slice(*(one.source or one.cue))].casefold() == "tags":
        return True
    if one.lemma == "claim" and _LIVES.match(text[slice(*one.reach)].casefold()):
        return True
    if _UNSAID.match(text, *one.cue):
        return True
    if one.source is None:
        known = _KNOWN & set(text[slice(*one.cue)].casefold().split())
        words = words_in(text, *one.reach)
        return not known and len(words) < _NOBODYS and not is_checkable(words, whole=False)
    relative = text[slice(*one.source)].casefold() in _RELATIVE
    return relative and one.lemma not in SAYING


def _posted(found: Sequence[Attribution], ruled: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield what somebody posts ("supporters posted victory pictures"): a side says it so.

    The model was taught that pictures which show something are no statement.
    """
    known = {at for one in found for at in range(*one.cue)}
    for one in ruled:
        if one.source and one.lemma in _POSTING and not known & set(range(*one.cue)):
            yield one


def _around(one: Attribution) -> Attribution:
    """Join what stands before and after an adverb ("A blast has reportedly left 25 dead")."""
    if one.source is not None or one.lemma not in _ADVERBS or len(one.content) < 2:
        return one
    return replace(one, content=(one.reach,))
