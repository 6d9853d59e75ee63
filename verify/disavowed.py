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
    r"|staged|doctored|forged|rubbish|not\s+(?:true|correct|accurate|real|the\s+case)"
)
"""These call an account untrue; of anything else they say how it is ("inflated prices")."""
_ACCOUNT: Final = (
    r"(?:figures?|numbers?|tolls?|counts?|claims?|reports?|stor(?:y|ies)|accounts?|news|tales?"
    r"|allegations?|accusations?|charges?|assertions?|statements?|rumou?rs?|versions?|videos?"
    r"|photos?|photographs?|clips?"
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
    r"(?:(?!(?:not?|never|hardly|by|of|to|that|and|who|which|with|for|over|on|from|about|after|amid"
    r"|in(?!\s(?:fact|reality|truth))|at(?!\sbest)|\w+ing)\b)[\w’'-]+\s+){0,3}?"
)
_END: Final = (
    rf"(?:\s+{_ACCOUNT}\b)?"
    r"(?=\W*$|\s*[,.;:!?()–—\"”]|\s+(?:and|but|by|to|in|on|at|for|that|said|says|because|which|as"
    r"|aimed|designed|meant|spread|intended|from|about)\b)"
)
_LED: Final = (
    r"(?P<led>\b(?:for|with|over|after|by|on|amid|following)\s+(?:\w+ing\s+)?"
    r"(?:(?:an?|the|their|his|her)\s+)?)?"
)
"""What leads on to an untrue account as a cause, not as what is said ("over | fake news")."""
_CAUSE: Final = re.compile(
    r"\b(?:because|when|while|after|as|since|until|where)\s+(?:(?!that\b)[\w’'-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""Behind these, what was false is why or when something happened ("as the | map was wrong")."""
_IS: Final = r"(?:\b(?:is|are|was|were|be|been|being|as|looks?|sounds?)|[’']s)\s+"
_AFTER: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_IS}{_BETWEEN}(?:{_UNTRUE}){_END}",
        rf"\b{_ACCOUNT}\b{_OPEN}{_IS}{_BETWEEN}(?P<said>{_UNTRUE_ACCOUNT}){_END}",
        rf"\b(?:alleged|supposed|purported)\b{_OPEN}{_IS}{_BETWEEN}(?P<said>staged|invented){_END}",
        r"\b(?P<said>(?:never|did\s?n[o’']t)\s+(?:happen(?:ed)?|(?:take|took)\s+place|occur(?:red)?))\b",
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
        rf"{_LED}\b(?:invent|fabricat|exaggerat|inflat|overstat|fak|concoct|mak(?:e|es|ing) up"
        rf"|made up)(?:e|es|ed|ing|s)?\s+(?:[\w’'-]+\s+){{0,3}}?{_ACCOUNT}\b",
        rf"{_LED}\b(?:{_UNTRUE}|invented|exaggerated|inflated|overstated)"
        rf"\s+(?:[\w’'-]+\s+)?{_ACCOUNT}\b",
        rf"\b(?:{_UNTRUE}|not true|not the case)\s+that\b",
        r"\b(?:no|without any) (?:truth|basis|substance) (?:in|to|for)\b",
    )
)
"""Said of what comes next: "fabricated a report of 31 dead", "a lie that 31 died"."""
_NOT_CALLED: Final = (
    r"(?:an?|not?|never|hardly|by|of|to|in|on|at|for|over|from|about|after|amid|as|with|that|and|who"
    r"|which|their|his|her|its|our|your|such|the|how|why|t[eo]lls?|told|spreads?|publish(?:es|ed)?"
    r"|ma[kd]es?|stop|end|\w+ing)\b"
)
"""Words that take what follows for themselves: "men spreading lies", "a result of fake news"."""
_CALLED: Final = (
    r"(?:[\"“'‘]\s*)?(?:(?:an?|all|just|only|merely)\s+)?(?:[\"“'‘]\s*)?"
    rf"(?:(?!{_NOT_CALLED})[\w’'-]+,?\s+){{0,3}}?(?:{_UNTRUE_ACCOUNT})\W*\Z"
)
_CALLED_AS: Final = re.compile(rf"(?:\A|\s)as\s+{_CALLED}", re.IGNORECASE)
_CALLED_SO: Final = re.compile(
    rf"(?:\A|(?<=\s))(?!{_NOT_CALLED})[\"“'‘(]?[\w’'%-]+[\"”’)]*,?\s+{_CALLED}", re.IGNORECASE
)
_WRONG: Final = re.compile(r"\bwrong\W*\Z", re.IGNORECASE)
_ACCOUNTED: Final = re.compile(rf"\b{_ACCOUNT}\b|\A(?:it|this|that|these|those|them)\b", re.I)
_TELLING: Final = re.compile(r"\W*(?:how|why|when|where|who|what)\b", re.IGNORECASE)
_APART: Final = re.compile(
    rf"{_SEPARATE}|\b(?:but|while|and|saying|adding|though|because|when|after|as)\b", re.I
)
_FIGURE: Final = re.compile(
    rf"\b{_ACCOUNT}\s+(?:\w+\s+)?(?:of|that|about|at|on)\s+(?:[\w’'-]+\s+){{0,3}}$", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"[^,;.:!?]*,[^,;.:!?]*,\s*$|[^,;.:!?]*$")
_REACH: Final = 80
"""Characters between a number and the words that call it untrue."""


def is_disavowed(text: str) -> bool:
    """Say whether the text calls something untrue, invented or exaggerated."""
    return any(
        not match.groupdict().get("led")
        and not _CAUSE.search(text, max(0, match.start() - _REACH), match.start())
        for pattern in (*_AFTER, *_BEFORE)
        for match in pattern.finditer(text)
    )


def calls_untrue(said: str, named: bool) -> bool:
    """Say whether what follows a verb of calling ends in words that call it untrue.

    "The claim of 31 dead a lie" does behind "called" (``named``), "the video as staged" behind any
    such verb; "how 31 people died at a fake checkpoint" tells what happened. A raid is called wrong
    by those who do not doubt it, a report by those who do.
    """
    if _TELLING.match(said) or (_WRONG.search(said) and not _ACCOUNTED.search(said)):
        return False
    return bool(_CALLED_AS.search(said) or (named and _CALLED_SO.search(said)))


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
        not match.groupdict().get("led")
        and match.end() <= start <= match.end() + _REACH
        and not _APART.search(text, match.end(), start)
        for pattern in _BEFORE
        for match in pattern.finditer(text)
    )


def _is_of(text: str, start: int, between: str) -> bool:
    """Say whether nothing parts a number from what is said, or only an aside about the figure."""
    if not _APART.search(between):
        return True
    return bool(_FIGURE.search(text, 0, start) and _ASIDE.fullmatch(between))
