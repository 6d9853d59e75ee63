"""What a text calls untrue: "the figure of 31 is invented", "a lie that 31 died"."""

from __future__ import annotations

import re
from typing import Final

_UNTRUE: Final = (
    r"lies?|hoax(?:es)?|fictions?|fabrications?|inventions?|fantas(?:y|ies)|fairy[- ]tales?|myths?"
    r"|falsehoods?|nonsense|fake news|disinformation|exaggerations?|untrue|false|fake|faked"
    r"|fabricated|fictitious|fictional|baseless|unfounded|groundless|made[- ]up|bogus|concocted"
)
_UNTRUE_ACCOUNT: Final = (
    _UNTRUE
    + r"|invented|exaggerated|inflated|overstated|overblown|propaganda|wrong|incorrect|inaccurate"
    r"|staged|doctored|forged|rubbish"
)
"""These call an account untrue; of anything else they say how it is ("inflated prices")."""
_ACCOUNT: Final = (
    r"(?:figures?|numbers?|tolls?|counts?|claims?|reports?|stor(?:y|ies)|accounts?|news|tales?"
    r"|allegations?|accusations?|charges?|assertions?|statements?|rumou?rs?|versions?|videos?"
    r"|footage|images?|pictures?|losses|casualt(?:y|ies)|deaths?|statistics|estimates?"
    r"|data|information)"
)
_SEPARATE: Final = r"[,.;:!?()–—\n]"
_OPEN: Final = (
    r"(?:(?!\b(?:not?|never|hardly|nothing|when|where|while|after|before|because|as|who|which)\b"
    r"|n['’]t)[^,.;:]){0,60}?"
)
"""Words up to what is said, none of which turns it round ("is not exaggerated") or tells of
something else ("deaths when a rescue went wrong")."""
_BETWEEN: Final = (
    r"(?:(?!(?:not?|never|hardly|by|of|to|that|and|who|which|with)\b)[\w’'-]+\s+){0,3}?"
)
_END: Final = (
    r"(?=\W*$|\s*[,.;:!?()–—\"”]|\s+(?:and|but|by|to|in|on|at|for|that|said|says|because|which|as"
    r"|aimed|designed|meant|spread|intended|from|about)\b)"
)
_IS: Final = r"(?:\b(?:is|are|was|were|be|been|being|as|looks?|sounds?)|[’']s)\s+"
_AFTER: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_IS}{_BETWEEN}(?:{_UNTRUE}){_END}",
        rf"\b{_ACCOUNT}\b{_OPEN}{_IS}{_BETWEEN}(?P<said>{_UNTRUE_ACCOUNT}){_END}",
        rf"\b(?:dead|killed|wounded)\s+(?:is|was|are|were)\s+(?P<said>{_UNTRUE_ACCOUNT}){_END}",
        r"(?:\A|(?<=[,.;:!?\"“]\s)|(?<=[\"“])|(?<=\bsaid\s))"
        rf"(?:it|this|that|these|those|they|all)(?:\s+{_IS}|[’']s\s+){_BETWEEN}"
        rf"(?P<said>{_UNTRUE_ACCOUNT}){_END}",
        rf"\b{_ACCOUNT}\b{_OPEN}\s{_BETWEEN}(?P<said>{_UNTRUE_ACCOUNT})"
        r"(?=\W*$|[,.;:])",
    )
)
"""Said of what stands before: "31 dead is invented", "the claim of 31 dead a lie"."""
_BEFORE: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:invent|fabricat|exaggerat|inflat|overstat|fak|concoct|mak(?:e|es|ing) up|made up)"
        rf"(?:e|es|ed|ing|s)?\s+(?:[\w’'-]+\s+){{0,3}}?{_ACCOUNT}\b",
        rf"\b(?:{_UNTRUE}|invented|exaggerated|inflated|overstated)\s+(?:[\w’'-]+\s+)?{_ACCOUNT}\b",
        rf"\b(?:{_UNTRUE}|not true|not the case)\s+that\b",
        r"\b(?:no|without any) (?:truth|basis|substance) (?:in|to|for)\b",
    )
)
"""Said of what comes next: "fabricated a report of 31 dead", "a lie that 31 died"."""
_APART: Final = re.compile(rf"{_SEPARATE}|\b(?:but|while|and|saying|adding|though)\b", re.I)
_FIGURE: Final = re.compile(
    rf"\b{_ACCOUNT}\s+(?:\w+\s+)?(?:of|that|about|at|on)\s+(?:[\w’'-]+\s+){{0,3}}$", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"[^,;.:!?]*,[^,;.:!?]*,\s*$|[^,;.:!?]*$")
_REACH: Final = 80
"""Characters between a number and the words that call it untrue."""


def is_disavowed(text: str) -> bool:
    """Say whether the text calls something untrue, invented or exaggerated."""
    return any(pattern.search(text) for pattern in (*_AFTER, *_BEFORE))


def disavows(text: str, start: int, end: int) -> bool:
    """Say whether the text calls the number ``text[start:end]`` untrue, invented or exaggerated.

    "The figure of 31 is invented, four died" disavows the 31 and states the four.
    """
    for pattern in _AFTER:
        for match in pattern.finditer(text):
            said = match.start("said") if "said" in match.groupdict() else match.start()
            if end <= said <= end + _REACH and _is_of(text, start, text[end:said]):
                return True
    return any(
        match.end() <= start <= match.end() + _REACH and not _APART.search(text, match.end(), start)
        for pattern in _BEFORE
        for match in pattern.finditer(text)
    )


def _is_of(text: str, start: int, between: str) -> bool:
    """Say whether nothing parts a number from what is said, or only an aside about the figure."""
    if not _APART.search(between):
        return True
    return bool(_FIGURE.search(text, 0, start) and _ASIDE.fullmatch(between))
