"""The words and measures that numbers are written with. Patterns are matched whatever the case."""

from __future__ import annotations

from typing import Final

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_UNITS.split())},
    **{word: value * 10 for value, word in enumerate(_TENS.split(), start=2)},
}
SCALES: Final[dict[str, int]] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
}
VAGUE: Final[dict[str, int]] = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
}

AT_LEAST: Final = (
    r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|upwards? of"
)
OVER: Final = r"well over|more than|over|above|exceeding|in excess of"
AT_MOST: Final = r"up to|as many as|at most|(?:no|not) more than|a maximum of"
UNDER: Final = r"fewer than|less than|under|below"
ABOUT: Final = (
    r"nearly|almost|about|around|approximately|approx\.?|roughly|an estimated|estimated|some"
    r"|close to|circa|only|just|exactly|a total of|precisely|another"
)

_WORD = "|".join(sorted(VALUES, key=len, reverse=True))
SCALE: Final = "|".join(SCALES)
_GROUPED = r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+|\d{1,3}(?: \d{3})+(?= [a-z])"
_DIGITS = rf"{_GROUPED}|\d+\.\d+(?= (?:thousand|million|billion))|\d+"
NUMBER: Final = (
    rf"(?:(?:{_DIGITS})(?:[ -](?:{SCALE})\b)?"
    rf"|(?:tens|hundreds) of thousands\b|(?:{'|'.join(VAGUE)})\b"
    r"|half an? (?:dozen|million|billion)\b"
    rf"|(?:several|a few|a couple of) (?:{SCALE})\b|a couple\b(?= of)"
    rf"|(?:an?[ -])?(?:{SCALE})(?=\W|$)(?:(?: and)?[ -](?:{_WORD})\b)*"
    rf"|(?:{_WORD})\b(?:(?:[ -]|[ -]and[ -])(?:{_WORD}|{SCALE})\b)*)"
)

MEASURE: Final = (
    r"[ -]?(?:%|per ?cent|percent|degrees?\b|(?:st|nd|rd|th)\b"
    r"|(?:more |full |straight |consecutive |long |whole )?"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|months?|years?"
    r"|decades?|centur(?:y|ies)|generations?)\b"
    r"|(?:square |cubic )?(?:kms?|kilomet\w+|miles?|met(?:er|re)s?|m|cm|mm|yards?|f(?:ee|oo)t"
    r"|inch(?:es)?|acres|hectares|kgs?|kilograms?|kilos?|tons?|tonnes?|grams?|lit(?:er|re)s?"
    r"|pounds?|barrels of)\b"
    r"|(?:US |U\.S\. )?(?:dollars?|euros?|rubles?|roubles?|liras?|USD|EUR|afghanis)\b|[$€£]"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
    r"|(?:thirds|quarters|fifths|sixths|tenths|halves)\b|cali(?:ber|bre)\b|times\b|[ap]\.?m\b|o'clock|GMT\b|KSA\b|°|[:/.,]\d"
    r"|-(?:storey|story|floor|room|seat|member|man|car|truck|vehicle|point)\b|(?:day|year|hour)-)"
)
"""What follows a number that measures or dates instead of counting."""
NAMED: Final = (
    r"(?:\b(?:aged \w+(?:, \w+)*(?:,| and)|(?:one|two|three|four|nine) in"
    r"|aged?(?: from| between| of)?|ages|resolutions?|articles?|chapters?|no\.?|number|tel"
    r"|phone|route|highway|page|figure|type|version|line|item|section|paragraph|channel|flight"
    r"|grade|unit|gate|sector|level|phase|category|model|block|apartment|room|brigade|division"
    r"|regiment|top|group of|g|channel|france|russia|bbc)|\b0\d+|[a-z]-|[$€£#])\s?$"
)
"""What stands before a number that names something: an age, a resolution, an aeroplane."""
