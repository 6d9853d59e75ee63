"""Counts in running text: digits, number words, vague words, and the bounds around them.

Bounds follow the coding of event data (UCDP, ACLED): "at least 31" is 31 and open above, "more
than 50" is 51 and open above, "nearly 100" is 100. Vague plurals are open above from the lowest
number that the word allows: dozens 24, scores 40, hundreds 200, thousands 2,000, millions
2,000,000.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_UNITS = {
    word: value
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}
_TENS = {
    word: value * 10
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_VAGUE = {
    "tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000,
    "millions": 2 * 10**6, "billions": 2 * 10**9,
}  # fmt: skip

_WORD = "|".join(sorted((*_UNITS, *_TENS), key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_DIGITS = r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+|\d{1,3}(?: \d{3})+(?= [a-z])|\d+\.\d+(?= (?:million|billion))|\d+"
_CORE = (
    rf"(?:(?:{_DIGITS})(?:[ -](?:{_SCALE})\b)?"
    rf"|(?:tens|hundreds) of thousands\b|(?:{'|'.join(_VAGUE)})\b"
    rf"|half an? (?:dozen|million|billion)\b"
    rf"|(?:several|a few|a couple of) (?:{_SCALE})\b|a couple\b(?= of)"
    rf"|(?:an?[ -])?(?:{_SCALE})(?=\W|$)(?:(?: and)?[ -](?:{_WORD})\b)*"
    rf"|(?:{_WORD})\b(?:(?:[ -]|[ -]and[ -])(?:{_WORD}|{_SCALE})\b)*)"
)
_AT_LEAST = r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|upwards? of"
_OVER = r"more than|over|above|exceeding|in excess of|well over"
_AT_MOST = r"up to|as many as|at most|(?:no|not) more than|a maximum of"
_UNDER = r"fewer than|less than|under|below"
_ABOUT = (
    r"nearly|almost|about|around|approximately|approx\.?|roughly|an estimated|estimated|some"
    r"|close to|circa|only|just|exactly|a total of|precisely|another"
)
_COUNT = re.compile(
    rf"(?<![\w.,:/$€£+-])(?:(?P<span>(?:(?:between|from) )?(?P<a>{_CORE})(?: ?[-–] ?| to | and | or )(?P<b>{_CORE}))"
    rf"|(?:(?P<bound>(?P<least>{_AT_LEAST})|(?P<over>{_OVER})|(?P<most>{_AT_MOST})|(?P<under>{_UNDER})"
    rf"|(?P<about>{_ABOUT})) (?:(?:{_ABOUT}) )?)?(?P<n>{_CORE})(?P<plus>\+| or more\b)?)",
    re.IGNORECASE,
)

_UNIT = re.compile(
    r"[ -]?(?:%|per ?cent|percent|degrees?\b|st\b|nd\b|rd\b|th\b"
    r"|(?:more |full |straight |consecutive |long |whole )?"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|months?|years?|decades?"
    r"|centur(?:y|ies)|generations?)\b"
    r"|(?:square |cubic )?(?:kms?|kilomet\w+|miles?|met(?:er|re)s?|m|cm|mm|yards?|f(?:ee|oo)t|inch(?:es)?"
    r"|acres|hectares|kgs?|kilograms?|kilos?|tons?|tonnes?|grams?|lit(?:er|re)s?|pounds?|barrels of)\b"
    r"|(?:US |U\.S\. )?(?:dollars?|euros?|pounds?|rubles?|roubles?|liras?|USD|EUR|afghanis)\b|[$€£]"
    r"|caliber\b|calibre\b|times\b|[ap]\.?m\b|o'clock|GMT\b|KSA\b|hPa|°|[:/.,]\d|-?(?:year|month|week|day|hour|minute)s?\b"
    r"|[ -]?(?:day|year|hour)-)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\b(?:aged?(?: from| between)?|ages|resolutions?|articles?|chapters?|no\.?|number|tel|phone|route|highway|page"
    r"|figure|type|version|line|item|section|paragraph|channel|flight|grade|chapter|unit|gate|sector"
    r"|level|phase|category|model|block|apartment|room|mazzeh|brigade|division|regiment|top|group of|g)"
    r"|[A-Za-z]-|[$€£]|#|\b(?:US|A)\$)\s?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|before|after|during|mid|early|late|year|summer|spring"
    r"|autumn|winter|and|to|through|back in)[ -]|\()$",
    re.IGNORECASE,
)
_PRONOUN_ONE = re.compile(
    r" (?:of the|another|day|side|such|can|could|would|should|must|is\b|that|which|who\b|more time|thing|way|hand|point|time|stage|after)\b|[.,;:)]|$"
)
_NOT_ONE = re.compile(
    r"\b(?:no|any|every|each|this|that|the|which|some|another|number|is|was|for|as)[ -]$",
    re.IGNORECASE,
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
    ("T-72") and anything that touches a span in ``taken`` (dates) are no counts.
    """
    counts = []
    position = start
    while match := _COUNT.search(text, position, end):
        position = match.end()
        count = _count(match)
        if match["span"] and count is None:  # "2 and 3" that is no range: read the first alone
            position = match.end("a")
            single = _COUNT.match(text, match.start("a"), match.end("a"))
            if single is None:
                continue
            match, count = single, _count(single)
        if count and not _is_name(text, match, end) and not _touches(count, taken):
            counts.append(count)
    return counts


def _touches(count: Count, taken: Sequence[Span]) -> bool:
    return any(a < count.end and count.start < b for a, b in taken)


def _is_name(text: str, match: re.Match[str], end: int) -> bool:
    before, after = text[max(0, match.start() - 24) : match.start()], match.end()
    word = text[match.start("b") if match["span"] else match.start("n") : after]
    if after < end and (text[after].isalnum() or _UNIT.match(text, after, end)):
        return True
    if _NAMED.search(before):
        return True
    if _YEAR.fullmatch(word):
        return bool(_YEAR_BEFORE.search(before)) or not re.match(r" [a-z]", text[after : after + 2])
    if word.lower() == "one" and not match["bound"]:
        return bool(
            _PRONOUN_ONE.match(text[after : after + 12]) or _NOT_ONE.search(before)
        ) and not (
            re.match(r" of (?:its|their|his|them|the victims|whom)\b", text[after : after + 16])
            or re.search(r"\b(?:including|among them) $", before, re.IGNORECASE)
        )
    return False


def _count(match: re.Match[str]) -> Count | None:
    if match["span"]:
        return _range(match)
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


def _range(match: re.Match[str]) -> Count | None:
    """Read "between 12 and 15", "12 to 15", "12-15", "two or three"; None where it is no range."""
    (low, vague_low), (high, vague_high) = _value(match["a"]), _value(match["b"])
    words = match[0].lower()
    joined = words[match.end("a") - match.start() : match.start("b") - match.start()].strip()
    if joined == "and" and not words.startswith("between"):
        return None
    if vague_low or low >= high:
        return None
    scale = re.search(rf"(?:{_SCALE})$", words)
    if scale and low < 1000 and not re.search(_SCALE, match["a"].lower()):
        low *= _SCALES[scale[0]]  # "two to three thousand"
        if low >= high:
            return None
    return Count(match.start(), match.end(), low, None if vague_high else high)


def _value(words: str) -> tuple[int, bool]:
    """Read one number; the flag says that it is vague (open above)."""
    words = " ".join(words.lower().replace("-", " ").split())
    if words in _VAGUE:
        return _VAGUE[words], True
    if of := re.fullmatch(r"(tens|hundreds) of thousands", words):
        return (20_000 if of[1] == "tens" else 200_000), True
    if half := re.fullmatch(r"half an? (\w+)", words):
        return _SCALES[half[1]] // 2, False
    if several := re.fullmatch(r"(?:several|a few|a couple of) (\w+)", words):
        return 2 * _SCALES[several[1]], True
    if words == "a couple":
        return 2, False
    if digits := re.match(r"\d[\d,.\u00a0\u2009\u202f ]*", words):
        number = float(re.sub(r"[^\d.]", "", digits[0]).rstrip(".") or 0)
        scale = _SCALES.get(words[digits.end() :].strip(), 1)
        return round(number * scale), False
    return _of_words(words), False


def _of_words(words: str) -> int:
    total = group = 0
    for word in words.split():
        if word in _SCALES:
            scale = _SCALES[word]
            group = (group or 1) * scale
            if scale >= 1000:
                total, group = total + group, 0
        else:
            group += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return total + group
