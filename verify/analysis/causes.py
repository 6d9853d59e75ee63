"""What a claim names as the cause of what happened, by the words around "because" and its like."""

from __future__ import annotations

import re
from typing import Final

from verify.analysis import wording

_REACH: Final = 6
"""Words of a cause that are looked at: where it is long, it begins with what tells most."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FOLLOWS: Final = re.compile(
    r"\b(?:(?:caused|sparked|triggered|ignited|set off|brought (?:on|about)) by|because of"
    r"|due to(?= (?:an?|the|his|her|its|their)\b)|owing to|blamed on|died of"
    r"|(?:as a|the) (?:direct )?(?:result|consequence) of"
    r"|attribut\w+ to|put (?:it )?down to|stem\w* from|result(?:s|ed|ing)? from)\b",
    re.IGNORECASE,
)
_PRECEDES: Final = re.compile(
    r"\b(?:caused|sparked|triggered|ignited|set off|brought about|was what (?:killed|caused)"
    r"|(?:was|were|is) (?:the cause of|the reason for|what (?:killed|caused|led)))\b(?! by\b)",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,.;:!?()]|\b(?:and|but|which|who|that|when|while)\b", re.IGNORECASE)


def causes_of(text: str) -> tuple[str, ...]:
    """Return the words, in lower case, of all causes that the text names."""
    found: list[str] = []
    for match in _FOLLOWS.finditer(text):
        found += _content(_CLAUSE.split(text[match.end() :], maxsplit=1)[0])[:_REACH]
    for match in _PRECEDES.finditer(text):
        found += _content(_CLAUSE.split(text[: match.start()])[-1])[-_REACH:]
    return tuple(dict.fromkeys(found))


def _content(part: str) -> list[str]:
    words = (word.lower() for word in _WORD.findall(part))
    return [word for word in words if word not in wording.FUNCTION_WORDS]
