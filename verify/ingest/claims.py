"""Which parts of a text are claims: what was said, and what the source states itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from verify.ingest.datelines import without_dateline
from verify.ingest.lexicon import entries_of, words_of
from verify.ingest.sentences import Span, trim
from verify.ingest.spoken import Attribution
from verify.ingest.words import Word, words_in

_OPENING, _CLOSING = "\"“„«‘'`", "\"”“»’'"
_BOILERPLATE = re.compile(
    "|".join(f"(?:{line})" for line in entries_of("boilerplate")) + r"|\W*$", re.IGNORECASE
)
_LEFTOVER = re.compile("|".join(f"(?:{line})" for line in entries_of("leftovers")), re.IGNORECASE)
_INITIALLED = r"(?:[A-Z]\.\s?)+(?:[ae]l-)?[A-Z][\w'’-]*"
_BYLINE = re.compile(rf"{_INITIALLED}(?:\s?(?:/|,|&|and)\s?{_INITIALLED})*\.?")
"""Initials and family names, and nothing else: "M. al-Frieh/H. Said"."""
_LETTERS = re.compile(r"[^\W\d_]{3}")
_JOINING = re.compile(r"[\s,;]+(?:and|but|while|as|that|when|because)[\s,;:]*\Z")
_PRONOUNS = words_of("objects") | words_of("pronouns") | {"which", "whom", "that", "this", "so"}
_FINITE = words_of("finite")
_LEANING = words_of("leaning")
"""Words that begin a sentence which is understood only with the one before it."""
_ALONE, _NEXT, _LONGEST = 5, 6, 300
"""Fewer words than this never stand alone; characters between two sentences of one quotation, and
of a claim of several sentences. From 300 on PolNeAR's annotators are matched no better."""
_BETWEEN = 120
"""Characters that speaker and cue may take up inside a statement that is read as one."""
_MENU = 14
"""Words of meaning from which a line of capitalised words is a menu, no headline."""
_SHORTEST = 3
"""Words that a part left beside what was said needs to be a claim of its own."""


def statements(
    text: str, one: Attribution, sentences: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Yield (claim, its sentences) for what an attribution's content says, sentence by sentence.

    A sentence that leans on the one before it ("They were all killed") goes with it. Enclosing
    quotation marks and the "that" before a clause are not part of a claim.
    """
    held: tuple[Span, Span] | None = None
    for span, sentence in _by_sentence(text, one, sentences):
        if held and _leans(text, held[0], span):
            held = (held[0][0], span[1]), (held[1][0], sentence[1])
            continue
        if held:
            yield held
        held = span, sentence
    if held:
        yield held


def _leans(text: str, before: Span, span: Span) -> bool:
    """Say whether a sentence is understood only with the one before it ("They were all killed")."""
    gap = text[before[1] : span[0]]
    if not before[1] < span[0] <= before[1] + _NEXT or "\n" in gap:
        return False
    if span[1] - before[0] > _LONGEST:
        return False
    words = words_in(text, *span)
    short = len(words) < _ALONE and not is_checkable(words, whole=True)
    return short or words[0].folded in _LEANING


def _by_sentence(
    text: str, one: Attribution, sentences: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    starts = [start for start, _ in sentences]
    for start, end in _joined(text, one.content):
        place = max(0, bisect_right(starts, start) - 1)
        while place < len(sentences) and sentences[place][0] < end:
            sentence = sentences[place]
            span = _unquoted(text, max(start, sentence[0]), min(end, sentence[1]))
            if span[0] == sentence[0]:
                span = (without_dateline(text, *span)[0], span[1])
            content = text[slice(*span)]
            if states_something(text, *span) and content.lower() not in _PRONOUNS:
                yield span, sentence
            place += 1


def states_something(text: str, start: int, end: int) -> bool:
    """Say whether a span has letters, is no bare number, no byline and no leftover of a page.

    Beside a number a word of three letters is needed ("218-11" states nothing); what somebody says
    may do without ("I do").
    """
    content = text[start:end]
    if _LEFTOVER.match(content) or _BYLINE.fullmatch(content):
        return False
    words = words_in(text, start, end)
    worded = any(word.tag != "N" and _LETTERS.search(word.folded) for word in words)
    return worded or (any(map(str.isalpha, content)) and not any(map(str.isdigit, content)))


def _joined(text: str, parts: Sequence[Span]) -> list[Span]:
    """Join parts that only together make a statement ("The talks, he said, failed")."""
    if len(parts) != 2 or "\n" in text[parts[0][1] : parts[1][0]]:
        return list(parts)
    close = 0 < parts[1][0] - parts[0][1] < _BETWEEN
    alone = all(is_checkable(words_in(text, *part), whole=False) for part in parts)
    quoted = any(text[part[0]] in _OPENING for part in parts)
    return [(parts[0][0], parts[1][1])] if close and not alone and not quoted else list(parts)


def _unquoted(text: str, start: int, end: int) -> Span:
    start, end = trim(text, start, end)
    if text.startswith("that ", start, end):
        start += 5
    content = text[start:end]
    opens = _mark_length(content[:2], content[:1], _OPENING)
    closes = _mark_length(content[-2:], content[-1:], _CLOSING)
    inner = content[opens : len(content) - closes]
    marks = sum(inner.count(mark) for mark in '"“”„«»')
    if opens and marks % 2 == 0:
        start, end = start + opens, end - closes
    elif closes and not opens and marks == 0:
        end -= closes
    while end > start and text[end - 1] in ",; \t\n":
        end -= 1
    return trim(text, start, end)


def _mark_length(two: str, one: str, marks: str) -> int:
    if two in ("''", "``"):
        return 2
    return 1 if one and one in marks else 0


def own_statements(text: str, sentence: Span, taken: Sequence[Span]) -> list[Span]:
    """Return the claims that the source itself makes in a sentence.

    ``taken`` are the spans of speakers, cues and contents in it. What is left is a claim when it is
    checkable: it has a finite verb or a number, and is no question, byline or heading of a list.
    """
    start, end = without_dateline(text, *sentence)
    if _BOILERPLATE.match(text, start, end) or text[start:end].rstrip("\"”’' )").endswith("?"):
        return []
    pieces = []
    at = start
    for first, last in [*sorted(taken), (end, end)]:
        if first > at:
            pieces.append((at, min(first, end)))
        at = max(at, last)
    found = []
    for piece in pieces:
        for span in _clauses(text, *piece) if taken else _clauses(text, start, end):
            first, last = _tidied(text, *span)
            checkable = is_checkable(words_in(text, first, last), whole=not taken)
            if checkable and states_something(text, first, last):
                found.append((first, last))
    return found


def is_checkable(words: Sequence[Word], whole: bool) -> bool:
    """Say whether words make a statement: a finite verb, or a number with what it counts."""
    content = [word for word in words if word.tag in "LXVN"]
    if len(content) < (2 if whole else _SHORTEST):
        return False
    finite = any(word.tag in "AV" or word.folded in _FINITE for word in words)
    if whole and len(content) > _MENU and sum(w.tag == "X" for w in content) > 0.7 * len(content):
        return False
    if whole:
        return finite or any(word.tag == "N" for word in words) or len(content) >= 5
    return finite and any(word.tag in "LXRN" for word in words[:4])


def _clauses(text: str, start: int, end: int) -> list[Span]:
    """Cut at semicolons, ", while" and ", and" + subject + verb: each part can be checked alone."""
    words = words_in(text, start, end)
    cuts = [start]
    for at, word in enumerate(words):
        if word.tag == ";":
            if word.folded == ";" and _independent(words, at + 1):
                cuts.append(word.end)
        elif word.tag == "," and _joins_clauses(words, at):
            cuts.append(words[at + 1].end)
    cuts.append(end)
    return list(pairwise(cuts))


def _joins_clauses(words: Sequence[Word], at: int) -> bool:
    if at + 3 >= len(words) or at < 3 or words[at + 1].folded not in ("and", "but", "while"):
        return False
    return any(w.tag in "AV" or w.folded in _FINITE for w in words[max(0, at - 30) : at]) and (
        _independent(words, at + 2)
    )


def _independent(words: Sequence[Word], at: int) -> bool:
    """Say whether a subject and a finite verb begin at word ``at``."""
    if at >= len(words) or words[at].tag not in "DXRLN":
        return False
    for word in words[at + 1 : at + 8]:
        if word.tag in "AV" or word.folded in _FINITE:
            return True
        if word.tag in ",;SW":
            return False
    return False


def _tidied(text: str, start: int, end: int) -> Span:
    """Take connecting commas, conjunctions and stray marks off both ends."""
    if joining := _JOINING.search(text, max(start, end - 20), end):
        end = joining.start()
    start, end = _unquoted(text, start, end)
    while start < end and (text[start].isspace() or text[start] in ",;:.-–—)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—("):
        end -= 1
    return start, end
