"""Who is credited with a statement: from where to where the words that name them reach."""

from __future__ import annotations

import re

from verify.ingest.kind_words import (
    CASUALTY_NOUNS,
    INTRANSITIVE,
    KIND_OF,
    NOUNS_OF_ACTS,
    PASSIVE,
    PREDICATES,
)
from verify.ingest.lexicon import words_of
from verify.ingest.spoken import Attribution, Span
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import words_in

_RELATIVE_END = re.compile(r"\s(?:which|who|whose)\Z")
_GOES_ON = re.compile(r"(?<=\w)\s+(?:with|adding|by now|as well)\b")
"""After "according to the Observatory" the statement goes on here ("with 40 wounded")."""
_GLUED = re.compile(r"(?<!and)(?<!or)\s(?=(?:he|she|it|they)\Z)")
"""Where punctuation is lost, a pronoun has no part in the words before it ("... the city he")."""
_COUNTED = re.compile(rf"[\d,.]+\s(?=(?:\w+\s)?(?:{'|'.join(sorted(words_of('sayers')))})\Z)")
"""A count that may end what is said ("... and wounded | 50 state media reported")."""
_UNDERGOING = CASUALTY_NOUNS | PREDICATES | INTRANSITIVE | words_from("die dies dying flee fleeing")
_ABOUT = words_from(
    "at least most about around some nearly almost over more less fewer than up to as many no only"
    " just another roughly approximately estimated"
)
"""Words between a verb and the count that it governs."""
_TOLLS = NOUNS_OF_ACTS | words_from("toll number total rose rises risen climbed stood stands")
_BEFORE_COUNT = 80
"""Characters before a count in which the verb stands that governs it."""
_TOLD_OF = re.compile(r"\b(?:an?|the)\s(?:[\w-]+\s){1,2}(?:that|which|who)\s\w+\s\Z")
"""What is told of a source before its last word ("an organisation that monitors the | war")."""
_ANTECEDENT = re.compile(r"\b(?:an?|the)\s(?:[\w-]+\s){1,2}\Z")
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_NAME_ON = re.compile(
    rf"(?:\s(?!{_DAY}\b)(?:of|for|the|de|von|bin|ibn|[ae]l-\w+|[A-Z][\w.'’-]*)){{1,6}}\s?"
)
"""The rest of a name that was cut before its verb ("President Recep | Tayyip Erdogan said")."""
_MONTH_ON = re.compile(rf"\s{_MONTH}\b")
_DATED = re.compile(
    rf"(?<=\w),?\s(?:(?:on|late|early|last)\s)?"
    rf"(?:{_DAY}(?:\s(?:morning|afternoon|evening|night))?|{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})"
    r",?\s?\Z"
)
"""When something was said, between who says it and the verb ("The Pentagon | Tuesday said")."""
_PARTICIPLE = re.compile(r"\b(?:[a-z]+ed|held|made|sent)\Z")
"""A day behind one of these is part of who speaks ("a poll released | Friday")."""
_ARTICLED = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_BEFORE_FOR = re.compile(r"(?:\b[Tt]he )?(?:\b[A-Z][\w'’-]*\s)+\Z")
_MODIFIED = re.compile(
    rf"(?:\b(?:{'|'.join(map(re.escape, sorted(words_of('modifiers'))))})\s)+\Z", re.IGNORECASE
)
_ARTICLES = words_of("determiners")
_SAYERS = words_of("sayers")


def source_of(text: str, one: Attribution) -> Span | None:
    """Give a source its whole name and no word that is not its own; None where none is left."""
    start, end = one.source or one.cue
    lines = text[start:end].split("\n")
    if clause := _RELATIVE_END.search(text, start, end):
        end = clause.start()
    if end <= one.cue[0]:
        start = end - len(lines[-1]) if len(lines) > 1 else start  # a heading, then the sentence
        start, end = _before_its_cue(text, (start, end), one.cue)
    else:
        end = start + len(lines[0]) if len(lines) > 1 else end
        end = min(
            match.start() if match else end
            for match in (_GOES_ON.search(text, start, end), _GLUED.search(text, start, end))
        )
    while start < end and not (text[start].isalnum() or text[start] in "\"“‘'«"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    return (start, end) if start < end and text[start:end].casefold() not in _ARTICLES else None


def _before_its_cue(text: str, source: Span, cue: Span) -> Span:
    """Move the edges of a source that stands before its verb, where punctuation is lost."""
    start, end = source
    if pronoun := _GLUED.search(text, start, end):
        start = pronoun.end()
    number = _COUNTED.match(text, start, end)
    if number and _ends_a_statement(text, start):
        start = number.end()
    if _goes_on(text, (start, end), cue[0]):
        end = cue[0]
    dated = _DATED.search(text, start, end)
    if dated and not _PARTICIPLE.search(text, start, dated.start()):
        end = dated.start()
    words = text[start:end]
    more = None
    if words in _SAYERS:
        more = _MODIFIED.search(text, max(0, start - 60), start)  # "well-informed | sources"
    elif words.startswith(("for ", "of ")):
        more = _BEFORE_FOR.search(text, max(0, start - 80), start)  # "Observatory | for Human ..."
    else:
        told = _TOLD_OF if not words.startswith(("that ", "which ", "who ")) else _ANTECEDENT
        more = told.search(text, max(0, start - 80), start)
    return (more.start() if more else start), end


def _goes_on(text: str, source: Span, cue: int) -> bool:
    """Say whether all between a source and its verb is the rest of a name, not a day or a month.

    "Theresa | May said" goes on; behind an article a month is none ("The ministry | May said").
    """
    if not _NAME_ON.fullmatch(text, source[1], cue):
        return False
    month = _MONTH_ON.search(text, source[1], cue)
    return not (month and _ARTICLED.match(text, source[0]))


def _ends_a_statement(text: str, at: int) -> bool:
    """Say whether the count at ``at`` belongs to the words before it, where punctuation is lost.

    A verb of harm governs it ("wounded | 50", "killing at least | 12") or a toll does ("rose to |
    31"). After a mark, a conjunction, a passive ("were killed | 14 residents said") or any other
    word it begins a statement of those it counts.
    """
    before = words_in(text, max(0, at - _BEFORE_COUNT), at)
    linked = {word.folded for word in before[-3:]} & {"of", "to", "at"}
    while before and before[-1].folded in _ABOUT | {"of"}:
        before.pop()
    if not before or "\n" in text[before[-1].end : at]:
        return False
    verb = before[-1].folded
    if linked and verb in _TOLLS:
        return True
    helped = any(word.folded in PASSIVE for word in before[-3:-1])
    return verb in KIND_OF and verb not in _UNDERGOING and not helped
