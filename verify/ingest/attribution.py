"""Who said what: the one place that decides what reads it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from verify.ingest.claims import is_checkable
from verify.ingest.cue_rules import by_rules
from verify.ingest.lexicon import words_of
from verify.ingest.quotes import inside, quoted
from verify.ingest.spoken import Attribution, Span
from verify.ingest.tagger import Tagger
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import words_in

_PASSED_ON = 0.8
"""Share of what someone says from which on an inner statement is what he passes on."""
_OPENING = 12
"""Characters before an inner source that begins what is passed on: "that ", "on Monday "."""
_SAYING = words_from(
    "say tell claim announce report deny confirm state declare according accuse blame add"
)
"""Cues that the rules read inside what someone else says; there they are as sure as outside."""
_CLAUSE = re.compile(r"(?<=\w\w)\s+(?:which|who|whose|another)\s(?=.{5})")
"""Begins what is told of a source: it names nobody ("the monitor which earlier gave a toll")."""
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
_RELATIVE = words_from("who which that whom")
_JOINS = words_from("and but while as when after before because who which where although if")
_FIRST, _LAST = 20, 8
"""Words that a content may have been cut short by at its beginning and at its end."""
_MARK = re.compile(r"[,;:\"“”«»()\n–—]|\s-\s|\.\s")
_ARTICLE = re.compile(r"\s(?:the|an?)(?:\s(?:[A-Z][\w'’-]*|[a-z]+))?(?:\s[A-Z][\w'’-]*)*\Z")
_BEFORE_FOR = re.compile(r"(?:\b[Tt]he )?(?:\b[A-Z][\w'’-]*\s)+\Z")
_ARTICLES = words_of("determiners")
_SELF = words_of("pronouns")


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
        found = list(_with_sources(text, found, ruled))
        found = [_with_article(text, one) for one in _whole(text, sentences, found)]
        found = list(_quoted_as(text, found, ruled))
        found += _inner(text, found, ruled)
    return sorted(_passed_on(found), key=lambda one: (one.cue, one.content))


def _tidied(
    text: str, sentences: Sequence[Span], quoted_in: list[Span], one: Attribution
) -> Attribution | None:
    """Cut a source at line breaks and marks, and content at the sentence it cannot have left."""
    source = _source(text, one) if one.source else None
    content = tuple(
        part
        for each in one.content
        if (part := _part(text, sentences, quoted_in, one, each)) is not None
    )
    return replace(one, source=source, content=content) if content else None


def _source(text: str, one: Attribution) -> Span | None:
    start, end = one.source or one.cue
    before = end <= one.cue[0]
    lines = text[start:end].split("\n")
    if len(lines) > 1:  # a heading or byline, then the sentence
        start, end = (end - len(lines[-1]), end) if before else (start, start + len(lines[0]))
    if clause := _CLAUSE.search(text, start, end):
        end = clause.start()
    while start < end and not (text[start].isalnum() or text[start] in "\"“‘'«"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    if text.startswith(("for ", "of "), start) and (
        name := _BEFORE_FOR.search(text, max(0, start - 80), start)
    ):
        start = name.start()  # "the Observatory" of "the Observatory for Human Rights"
    return (start, end) if start < end and text[start:end].casefold() not in _ARTICLES else None


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
    """Take from the rules who said it, where the model finds a verb of saying without a subject."""
    named = {end: one for one in ruled if one.source for end in range(*one.cue)}
    for one in found:
        known = named.get(one.cue[0]) or named.get(one.cue[1] - 1)
        if one.source or known is None or known.lemma not in _SAYING:
            yield one
            continue
        parts = (_without(part, known.source) for part in one.content)
        content = tuple(part for part in parts if part)
        yield replace(one, source=known.source, content=content) if content else one


def _with_article(text: str, one: Attribution) -> Attribution:
    """Give a source the article that stands before it, at the end of the content.

    "... killing ten the Syrian | Observatory said" is cut before the article, and so is "... an
    organisation | monitoring the conflict said".
    """
    if one.source is None or not one.content:
        return one
    start, end = one.content[-1]
    if not end <= one.source[0] <= end + 1 or one.source[0] > one.cue[0]:
        return one
    article = _ARTICLE.search(text, max(start + 1, end - 60), end)
    if article is None or text[slice(*one.source)].split()[0].casefold() in _ARTICLES:
        return one
    content = (*one.content[:-1], (start, article.start()))
    return replace(one, source=(article.start() + 1, one.source[1]), content=content)


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
    if one.source is None:
        known = _KNOWN & set(text[slice(*one.cue)].casefold().split())
        return not known and not is_checkable(words_in(text, *one.reach), whole=False)
    relative = text[slice(*one.source)].casefold() in _RELATIVE
    return relative and one.lemma not in _SAYING


def _whole(
    text: str, sentences: Sequence[Span], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Let a statement reach to the ends of its sentence, or to its own source or cue.

    Where punctuation is lost the model now and then stops a few words short of them.
    """
    taken = [span for one in found for span in (one.source, one.cue) if span]
    firsts = sorted(first for first, _ in taken)
    lasts = sorted(last for _, last in taken)
    for one in found:
        own = _sentence_at(sentences, one.cue[0])
        content = []
        for start, end in one.content:
            if own[0] <= start and end <= own[1]:
                place = bisect_right(lasts, start)
                ended = [last for _, last in one.content if last <= start]
                before = max([own[0], *ended, *lasts[max(0, place - 1) : place]])
                place = bisect_left(firsts, end)
                begun = [first for first, _ in one.content if first >= end]
                after = min([own[1], *begun, *firsts[place : place + 1]])
                at_start = before == own[0] and one.cue[0] >= end
                if _is_rest(text, before, start, _FIRST if at_start else 0):
                    start = before + len(text[before:start]) - len(text[before:start].lstrip())
                if _is_rest(text, end, after, _LAST):
                    end = end + len(text[end:after].rstrip(' .\t\n"”'))
            content.append((start, end))
        yield replace(one, content=tuple(content))


def _is_rest(text: str, start: int, end: int, most: int) -> bool:
    """Say whether a gap holds up to so many words and no mark inside them."""
    gap = text[start:end].rstrip(' .\t\n"”')
    words = gap.split()
    return 0 < len(words) <= most and not _MARK.search(gap) and words[0].casefold() not in _JOINS


def _quoted_as(
    text: str, found: Sequence[Attribution], ruled: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Read "RIA quoted the ministry as saying": the ministry says it, RIA passes it on."""
    quoting = [one for one in ruled if one.source and text.endswith("as ", 0, one.cue[0])]
    for one in found:
        start, end = one.extent
        inner = next((other for other in quoting if start <= other.cue[0] <= end + 4), None)
        if inner is None or inner.source == one.source:
            yield one
            continue
        content = (_without(part, inner.source) for part in one.content)
        kept = tuple(part for part in content if part and part[1] <= inner.extent[0])
        yield replace(
            inner,
            content=inner.content or kept,
            via=one.source,
        )


def _without(part: Span, source: Span | None) -> Span | None:
    """Take a source off the end or the beginning of a content."""
    if source is None or source[1] <= part[0] or part[1] <= source[0]:
        return part
    kept = (
        (part[0], source[0]) if source[0] - part[0] >= part[1] - source[1] else (source[1], part[1])
    )
    return kept if kept[0] < kept[1] else None


def _inner(
    text: str, found: Sequence[Attribution], ruled: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Yield what the rules find inside what someone says and the model, trained flat, does not."""
    cues = sorted(one.cue for one in found)
    firsts = [first for first, _ in cues]
    begins = [one.cue[0] for one in ruled]
    for start, end in (part for outer in found for part in outer.content):
        for one in ruled[bisect_left(begins, start) : bisect_left(begins, end)]:
            if one.source is None or one.reach[1] > end:
                continue
            words = text[slice(*one.source)].casefold()
            place = bisect_left(firsts, one.cue[1])
            new = not place or cues[place - 1][1] <= one.cue[0]
            if new and one.lemma in _SAYING and words not in _SELF and one.source[0] >= start:
                yield one


def _passed_on(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give inner ones their ``via``; an outer one that says nothing else is left out."""
    by_cue = sorted(found, key=lambda one: one.cue)
    begins = [one.cue[0] for one in by_cue]
    carried: dict[Attribution, Attribution] = {}
    empty = set()
    for outer, (start, end) in ((each, part) for each in by_cue for part in each.content):
        for one in by_cue[bisect_left(begins, start) : bisect_left(begins, end)]:
            if one is outer or one.source is None or one.source == outer.source:
                continue
            if one.cue[1] <= end and start <= one.source[0]:
                carried.setdefault(one, outer)
                at_once = one.source[0] <= start + _OPENING or one.lemma == "according"
                covered = min(one.extent[1], end) - max(one.extent[0], start)
                if at_once and covered >= _PASSED_ON * (end - start):
                    empty.add(outer)
    for one in found:
        if one not in empty:
            passing = carried.get(one)
            yield replace(one, via=passing.source) if passing else one
