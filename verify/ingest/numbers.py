"""Counts in running text: digits, number words, vague words, and the bounds around them.

Bounds are as in ``docs/reading.md``, which names the readings of UCDP and ACLED beside ours: "at
least 31" is 31 and open above, "more than 50" is 51 and open above, "nearly 100" is 100. Vague
plurals are open above from the lowest number that the word allows: dozens 24, hundreds 200. "A man"
is no count: event coders count figures, not articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.ingest.number_words import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    MEASURE,
    NAMED,
    NUMBER,
    OVER,
    SCALE,
    SCALES,
    UNDER,
    VAGUE,
    VALUES,
)

Span = tuple[int, int]

_COUNT = re.compile(
    r"(?<![\w.,:/$€£+-])(?P<bound>(?:"
    rf"(?P<least>{AT_LEAST})|(?P<over>{OVER})|(?P<most>{AT_MOST})|(?P<under>{UNDER})|(?:{ABOUT})"
    rf") (?:(?:{ABOUT}) )?)?(?P<n>{NUMBER})(?P<plus>\+| or more\b)?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<a>{NUMBER})(?P<joint> ?[-–] ?| to | and | or )(?P<b>{NUMBER})", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|from) $", re.IGNORECASE)
_MEASURE = re.compile(MEASURE, re.IGNORECASE)
_NAMED = re.compile(NAMED, re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|before|after|during|mid|early|late|year|summer|spring"
    r"|autumn|winter|and|to|through|back in)[ -]|\()$",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\d{6} \d")
"""A clock time whose colons got lost, before a number: "190703 35 dead"."""
_PRONOUN_ONE = re.compile(
    rf" (?:of the(?! (?:{NUMBER}) )|another|day|side|such|can|could|would|should|must|is|that|which"
    r"|who|more time|thing|way|hand|point|time|stage|after)\b|[.,;:)]|$"
)
_PART_ONE = re.compile(r" of (?:its|their|his|them|the victims|whom)\b")
_NOT_ONE = re.compile(
    r"\b(?:no|any|every|each|this|that|the|which|some|another|number|is|was|for|as)[ -]$",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\b(?:including|among them) $", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?P<none>[Nn]obody(?= (?:was|were|is|has|had|got|died)\b)|[Nn]o(?= (?:[a-z-]+ ){0,2}?"
    r"(?:people|civilians?|casualties|deaths|injuries|one\b|soldiers?|fighters?|troops|victims?"
    r"|children)))"
    r"(?=[^.,;:]{0,60}\b(?:killed|wounded|injured|hurt|died|casualties|deaths|injuries|captured)\b)"
)


@dataclass(frozen=True)
class Count:
    """One counted number: its span with the words that bound it, and the bounds (None = open)."""

    start: int
    end: int
    low: int | None
    high: int | None


def find_counts(text: str, start: int, end: int, taken: Sequence[Span] = ()) -> list[Count]:
    """Find the counts in ``text[start:end]``, in order.

    Ages, years, clock times, distances, weights, money, percentages, ordinals, model names
    ("T-72") and anything that touches a span in ``taken`` (dates) are no counts. "No civilians
    were killed" counts none.
    """
    counts = []
    position = start
    while match := _COUNT.search(text, position, end):
        count, number, position = _read(text, match, start, end)
        touched = [b for a, b in taken if a < count.end and count.start < b]
        if touched:  # the count may begin right after the date: "July 5 120 people"
            position = max(*touched, match.start() + 1)
        elif not _is_name(text, count, number, bool(match["bound"]), end):
            counts.append(count)
    none = [
        Count(*match.span("none"), 0, 0)
        for match in _NONE.finditer(text, start, end)
        if not any(a <= match.start() < b for a, b in taken)
    ]
    return sorted([*counts, *none], key=lambda count: count.start) if none else counts


def _read(text: str, match: re.Match[str], start: int, end: int) -> tuple[Count, Span, int]:
    """Read a range where one starts here, else the single number: count, its last number, end."""
    opening = match.start("n")
    ranged = _RANGE.match(text, opening, end)
    if ranged:
        between = _BETWEEN.search(text, max(start, opening - 8), opening)
        if bounds := _bounds(ranged, between is not None):
            begin = between.start() if between else opening
            return Count(begin, ranged.end(), *bounds), ranged.span("b"), ranged.end()
    return _single(match), match.span("n"), match.end()


def _single(match: re.Match[str]) -> Count:
    value, vague = _value(match["n"])
    low: int | None = value
    high: int | None = None if vague else value
    if match["over"]:
        low, high = (value if vague else value + 1), None
    elif match["least"] or match["plus"]:
        high = None
    elif match["most"]:
        low, high = None, value
    elif match["under"]:
        low, high = None, value - 1
    return Count(match.start(), match.end(), low, high)


def _bounds(match: re.Match[str], between: bool) -> tuple[int, int | None] | None:
    """Read "between 12 and 15", "12 to 15", "12-15", "two or three"; None where it is no range."""
    (low, vague_low), (high, vague_high) = _value(match["a"]), _value(match["b"])
    if match["joint"] == " and " and not between:
        return None
    scale = re.search(rf"(?:{SCALE})$", match["b"], re.IGNORECASE)
    if scale and low < 1000 and not re.search(SCALE, match["a"], re.IGNORECASE):
        low *= SCALES[scale[0].lower()]  # "two to three thousand"
    return None if vague_low or low >= high else (low, None if vague_high else high)


def _is_name(text: str, count: Count, number: Span, bound: bool, end: int) -> bool:
    """Tell a name, a measure or a year from a count."""
    before, after = text[max(0, count.start - 24) : count.start], count.end
    if after < end and (text[after].isalnum() or _MEASURE.match(text, after, end)):
        return True
    if _NAMED.search(before):
        return True
    word = text[slice(*number)]
    if (len(word) > 1 and word[0] == "0") or _STAMP.match(text, number[0], end):
        return True
    if _YEAR.fullmatch(word):
        return bool(_YEAR_BEFORE.search(before)) or not re.match(r" [a-z]", text[after : after + 2])
    if word.lower() == "one" and not bound:
        return _is_pronoun(text, before, after)
    return False


def _is_pronoun(text: str, before: str, after: int) -> bool:
    if _PART_ONE.match(text, after) or _AMONG.search(before):
        return False
    return bool(_PRONOUN_ONE.match(text, after) or _NOT_ONE.search(before))


def _value(words: str) -> tuple[int, bool]:
    """Read one number; the flag says that it is vague (open above)."""
    words = " ".join(words.lower().replace("-", " ").split())
    if words in VAGUE:
        return VAGUE[words], True
    if of := re.fullmatch(r"(tens|hundreds) of thousands", words):
        return (20_000 if of[1] == "tens" else 200_000), True
    if half := re.fullmatch(r"half an? (\w+)", words):
        return SCALES[half[1]] // 2, False
    if several := re.fullmatch(r"(?:several|a few|a couple of) (\w+)", words):
        return 2 * SCALES[several[1]], True
    if words == "a couple":
        return 2, False
    if digits := re.match(r"\d[\d,.\u00a0\u2009\u202f ]*", words):
        return _of_digits(digits[0], words[digits.end() :].strip()), False
    return _of_words(words), False


def _of_digits(digits: str, scale: str) -> int:
    whole, _, fraction = re.sub(r"[^\d.]", "", digits).partition(".")
    factor = SCALES.get(scale, 1)
    part = int(fraction) * factor // 10 ** len(fraction) if fraction else 0
    return int(whole) * factor + part


def _of_words(words: str) -> int:
    total = group = 0
    for word in words.split():
        if word not in SCALES:
            group += VALUES.get(word, 0)
            continue
        group = (group or 1) * SCALES[word]
        if SCALES[word] >= 1000:
            total, group = total + group, 0
    return total + group
