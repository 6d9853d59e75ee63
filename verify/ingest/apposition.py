"""Who is named beside a role: "the governor, Olena Marchuk", "Omar Haddad, son of the founder"."""

from __future__ import annotations

import re
from typing import Final

from verify.ingest.gazetteer import known
from verify.ingest.lexicon import words_of
from verify.ingest.wordlists import words

_ROLES: Final = words_of("roles") | words(
    "executive boss deputy councillor councilor teacher nurse medic surgeon priest engineer driver"
    " farmer student survivor deserter defector prosecutor investigator historian economist author"
    " researcher coordinator organiser organizer representative negotiator veteran aide"
)
_KIN: Final = words(
    "son daughter brother sister wife husband widow widower father mother uncle aunt cousin nephew"
    " niece grandson granddaughter successor predecessor"
)
_STANDING_BEHIND: Final = _KIN | words("leader head chief founder")
"""Nouns that, without an article, go with the name before them."""
_BODIES: Final = words_of("bodies") | words("monitor charity party militia outlet watchdog ngo")
_TITLES: Final = words_of("titles") | words_of("ranks") | words("abu")
_WORDS: Final = r"[A-Z][\w'’-]*"
_PARTICLE: Final = r"(?:(?:al|el|bin|ibn|abu|ben|de|da|van|von|der|ul|ur)[\s-])"
_TITLED: Final = rf"(?:(?i:{'|'.join(sorted(map(re.escape, _TITLES)))})\b\.?\s+)"
_PERSON: Final = re.compile(
    r"\s*(?:known (?:only )?as |named |called |identified (?:only )?as )?"
    rf"(?P<name>{_TITLED}{{0,4}}{_WORDS}(?:\s+(?:{_PARTICLE}?{_WORDS}|[A-Z]\.)){{0,4}}?)"
    r"(?=\s*(?:[,(;–—]|\.?\s*\Z|\.\s+[A-Z\"“]|who\b|which\b))"
)
_BODY: Final = re.compile(
    rf"\s*(?:known as |called )?(?:the )?"
    rf"(?P<name>{_WORDS}(?:\s+(?:(?:of|for|and|the|in)\s+){{0,2}}{_WORDS})*)(?=\s*(?:[,(;–—]|\.?\s*\Z))"
)
_NO_PERSON: Final = words(
    "north south east west northern southern eastern western central province city district county"
    " region state street village town monday tuesday wednesday thursday friday saturday sunday"
)
_ENDED: Final = re.compile(r",(?!\d)|\(|\s[—–-]\s|[—–]")
_NAME_BEFORE: Final = re.compile(
    rf"(?P<at>\b(?:in|at|near|from|of|to|on|for|outside)\s+)?"
    rf"(?P<name>{_WORDS}(?:\.?\s+{_PARTICLE}?{_WORDS}){{1,4}}),\s+\Z"
)
_BESIDE: Final = re.compile(rf",{_PERSON.pattern}")
_REACH: Final = 80
"""Characters in which a name stands beside a role; what ends it is looked for in as many more."""


def apposed(words_of_source: str) -> str | None:
    """Return the name that stands in apposition to a role or a kind of body, or None.

    "The regional governor, Olena Marchuk" gives "Olena Marchuk", with a title where one is
    written ("Dr. Ilan Roth"). Of "a resident of Elmham, North Shire" nobody is named.
    """
    cut = _ENDED.search(words_of_source)
    if cut is None:
        return None
    head, rest = words_of_source[: cut.start()], words_of_source[cut.end() :]
    kind = _kind_of(head)
    if kind is None:
        return None
    match = (_PERSON if kind == "role" else _BODY).match(rest)
    if match is None:
        return None
    name = " ".join(match["name"].split()).strip(" .")
    if kind == "role" and not _can_be_named(head, name):
        return None
    return name


def following(text: str, end: int) -> str | None:
    """Return what stands after a source as an apposition does: ", Olena Marchuk"."""
    match = _BESIDE.match(text, end, end + 2 * _REACH)
    return match[0] if match and match.end() <= end + _REACH else None


def preceding(text: str, start: int, source: str) -> str | None:
    """Return the name before a source that only says who that is: "Omar Haddad, | son of ..."."""
    if source.split()[0].casefold() not in _STANDING_BEHIND:
        return None
    match = _NAME_BEFORE.search(text, max(0, start - _REACH), start)
    return " ".join(match["name"].split()) if match and not match["at"] else None


def is_role(head: str) -> bool:
    """Say whether a noun phrase names somebody by role only: "the spokesman of the Guard"."""
    return _kind_of(head) == "role"


def _kind_of(head: str) -> str | None:
    """Say whether a noun phrase names a person by role, or a body by its kind; None: by name."""
    tokens = head.split()
    lead = re.split(r"\s+(?:of|for|from|in|at|to|on|with|and)\s+", head)[0].split()
    if not lead or not tokens:
        return None
    noun = lead[-1].casefold().strip(".,")
    if lead[-1][:1].isupper() and lead[0].casefold() not in ("the", "a", "an", "its", "their"):
        return None
    if noun in _ROLES or noun in _KIN or noun in words_of("ranks"):
        return "role"
    return "body" if noun in _BODIES and lead[-1].islower() else None


def _can_be_named(head: str, name: str) -> bool:
    """Say whether words are a person's name, not the rest of an address or a kind of person."""
    parts = [part.casefold().strip(".,") for part in name.split()]
    plain = [part for part in parts if part not in _TITLES]
    if not plain or set(parts) & _NO_PERSON or known(name):
        return False
    placed = head.split()[-1][:1].isupper()
    definite = head.split()[0].casefold() not in ("a", "an")
    titled = len(plain) < len(parts)
    return titled or (len(plain) > 1 and (definite or not placed)) or (definite and not placed)
