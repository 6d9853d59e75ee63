"""Who is said to have done it, by the words that news uses for parties, without a parser.

Two claims about one attack that name other kinds of doers blame another actor. Names that a war
of its own uses come in through the analyst's sides (``actor_side``), not through this list.
"""

from __future__ import annotations

import re
from functools import cache

_FAMILIES = {
    "the US-led coalition": r"(?:US|U\.S\.?|american)-led(?: coalition| alliance)?",
    "the Islamic State": r"islamic state|ISIS|ISIL|IS|daesh|da'esh",
    "rebels": r"rebels?|insurgents?|opposition (?:fighters|forces)|armed opposition|militants?"
    r"|terrorists?|gunmen|armed groups?|guerrillas?|separatists?|jihadists?|militiamen"
    r"|paramilitar\w+",
    "government forces": r"government(?: forces| troops)?|regime(?: forces| troops)?|army|troops"
    r"|soldiers|security forces|state forces|military|air force|police|authorities",
    "the coalition": r"coalition|NATO|allied (?:forces|jets|planes)|alliance",
    "Russia": r"russian?s?",
    "the United States": r"US|U\.S\.?|americans?|united states",
    "Israel": r"israelis?|israel",
    "Turkey": r"turkey|turkish",
    "Iran": r"iran(?:ian)?",
    "Kurdish forces": r"kurdish|kurds|YPG|SDF",
}  # fmt: skip
_PARTY = re.compile(
    "|".join(f"(?P<f{i}>\\b(?:{pattern})(?!\\w))" for i, pattern in enumerate(_FAMILIES.values())),
    re.IGNORECASE,
)
_NAMES = tuple(_FAMILIES)
_TWO = {"the US-led coalition": frozenset({"the coalition", "the United States"})}
"""Parties that are named by one word as well as by the other."""
_BEFORE = re.compile(
    r"\b(?:(?<!controlled )(?<!held )(?<!seized )(?<!captured )by"
    r"|blam(?:e|ed|es|ing)|accus(?:e|ed|es|ing)|hands of|fault of)(?: \S+){0,3} ?$",
    re.IGNORECASE,
)
_ACT = (
    r"air ?strikes?|air ?raids?|raids?|strikes?|shelling|bombings?|bombardments?|barrages?|attacks?"
    r"|fire|rockets?|mortars?|shells?|missiles?|(?:car )?bombs?|(?:war)?planes?|jets?|helicopters?"
    r"|artillery|snipers?"
)
_DID = (
    r"kill(?:ed|s)?|shot|bomb(?:ed|s)?|shell(?:ed|s)?|execut(?:ed|es)|fired|launched|carried out"
    r"|massacred|targeted|struck|hit|attacked|(?:was|were|is|are) (?:behind|responsible|to blame)"
    r"|used|gassed|poisoned|detonated|conducted"
)
_AFTER = re.compile(
    rf"^(?:['’]s?)? ?(?:[\w-]+ ){{0,3}}(?:{_ACT})\b|^ (?:have |had |has |\w+ly )?(?:{_DID})\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(r"\bus\b")


def doers_of(text: str) -> frozenset[str]:
    """Families of parties that the text puts in the doer's place: "by rebels", "army shelling"."""
    found: frozenset[str] = frozenset()
    for match in _PARTY.finditer(text):
        if _ABOUT_US.fullmatch(match[0]) or match[0] == "is":
            continue
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :][:40]
        if _BEFORE.search(before) or _AFTER.search(after):
            found |= _family(match)
    return found


def may_be_one(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether doers can be the same: they meet, or one may lead the coalition that is the other."""
    return bool(a & b) or {"the coalition", "the United States"} <= a | b


@cache
def family_of(actor: str | None) -> frozenset[str]:
    """Families that the words for an actor name."""
    return frozenset(
        name
        for match in _PARTY.finditer(actor or "")
        for name in _family(match)
        if not _ABOUT_US.fullmatch(match[0]) and match[0] != "is"
    )


def _family(match: re.Match[str]) -> frozenset[str]:
    name = _NAMES[int(str(match.lastgroup)[1:])]
    return _TWO.get(name, frozenset({name}))


_MEANS = {
    "air strikes": r"air ?strikes?|air[- ]?raids?|warplanes?|jets|barrel bombs?|aerial|helicopters?"
    r"|aircraft|planes",
    "shelling": r"shell(?:s|ed|ing)?|rockets?|mortars?|artillery|missiles?",
    "a bomb attack": r"suicide|car bombs?|explosive devices?|blew (?:him|them|her)\w+ up|bomber"
    r"|detonated",
    "chemical weapons": r"gas|gassed|chemical|sarin|nerve|chlorine",
    "execution": r"execut\w+|behead\w+|crucif\w+|firing squad",
    "gunfire": r"shot|gunm[ae]n|snip(?:er|ers|ing)|shooting|gunfire|opened fire",
}  # fmt: skip
_MEANS_WORDS = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _MEANS.items()
}


def means_of(text: str) -> frozenset[str]:
    """How the harm was done, as far as the text says: air strikes, shelling, a bomb attack."""
    return frozenset(name for name, words in _MEANS_WORDS.items() if words.search(text))
