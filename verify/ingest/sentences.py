"""Where sentences begin and end, as offsets into the raw text.

Every rule looks at a bounded neighbourhood, so that the time grows with the text's length and with
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verify.ingest.datelines import heading_breaks
from verify.ingest.lexicon import words_of

Span = tuple[int, int]

_TITLES = words_of("titles")
"""Abbreviations that a name or a number follows: their period never ends a sentence."""
_SHORTENED = words_of("shortened")
"""Abbreviations that may also end a sentence: the next word decides."""
_STARTERS = words_of("starters")
"""Words that, capitalised, begin a sentence rather than go on with a name."""

_CLOSING = "\"”’'»)\\]›"
_END = re.compile(
    rf"(?:\.(?: \.)+|[.!?…؟۔።։]+)[{_CLOSING}]{{0,4}}(?=\s|$|[—–])"
    rf"|[.!?…]+[\"”'»)\]]{{1,4}}(?=[A-Z])"
    rf"|[.!?](?=[A-Z][a-z]+ )"
    rf"|[।॥]|[。！？｡][」』”）]{{0,2}}"
    rf"|\n"
)
_BULLET = re.compile(r"[ \t]*(?:[-*•‣·▪–—]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+\S")
_BEFORE = re.compile(r"(?:[^\W_]\.)+[^\W_]$|[\w'’-]+$")
_NEXT = re.compile(r"\s*([\"“”‘’'«‹(\[—–]*)\s*([\w'’-]*)(\.?)")
_WRAP = 120
"""Lines longer than this were not wrapped by hand: each line break then ends a paragraph."""


def sentence_spans(text: str, breaks: Iterable[int] = ()) -> list[Span]:
    """Return the sentences of ``text`` as (start, end), in order, trimmed of white space.

    What is not white space belongs to exactly one sentence. A text without any capital letter is
    cut at every closing punctuation mark. ``breaks`` are offsets where a sentence ends in any case,
    such as the end of a title that the text repeats.
    """
    cased = any(character.isupper() for character in text)
    longest = max((len(line) for line in text.splitlines()), default=0)
    spans, start = [], 0
    for match in _END.finditer(text):
        if match[0] == "\n":
            final = _line_ends(text, match.start(), longest)
        else:
            final = _sentence_ends(text, start, match, cased)
        if final:
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    for cut in sorted({*breaks, *heading_breaks(text)}):
        spans = _cut(spans, cut)
    trimmed = (trim(text, *span) for span in spans)
    return [(first, last) for first, last in trimmed if first < last]


def _cut(spans: list[Span], cut: int) -> list[Span]:
    parts: list[Span] = []
    for start, end in spans:
        parts += [(start, cut), (cut, end)] if start < cut < end else [(start, end)]
    return parts


def trim(text: str, start: int, end: int) -> Span:
    """Take white space off both ends of a span."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _line_ends(text: str, at: int, longest: int) -> bool:
    """Say whether the line break at ``at`` also ends a sentence (else the line was wrapped)."""
    after = text[at + 1 : at + 200]
    if not after.strip() or not after.split("\n", 1)[0].strip() or _BULLET.match(after):
        return True
    line_start = text.rfind("\n", max(0, at - _WRAP - 1), at) + 1
    if longest > _WRAP or (line_start == 0 and at > _WRAP):
        return True
    first_word = len(after.split(maxsplit=1)[0])
    return (at - line_start) + 1 + first_word < 0.85 * longest


def _sentence_ends(text: str, start: int, match: re.Match[str], cased: bool) -> bool:
    mark = match[0]
    if mark[0] not in ".!?…":
        return True
    following = _NEXT.match(text, match.end(), match.end() + 60)
    opening, word = (following[1], following[2]) if following else ("", "")
    if not word and not opening:
        return True
    if cased and word[:1].islower() and not opening.startswith("("):
        return False
    if mark[0] != "." or len(mark) > 1:
        return True
    before = _BEFORE.search(text, max(start, match.start() - 30), match.start())
    return not before or _period_ends(before[0], word, opening)


def _period_ends(before: str, word: str, opening: str) -> bool:
    """Say whether a lone period after the word ``before`` ends a sentence."""
    folded = before.lower()
    if folded in _TITLES:
        return False
    if folded == "no":
        return not word[:1].isdigit()
    if "." in before or folded in _SHORTENED:
        return bool(opening) or word.lower() in _STARTERS
    if len(before) == 1 and before.isalpha():
        return not before.isupper() or (word.lower() in _STARTERS and before != "A")
    return True
