"""Where: the most specific place that a claim names, with the evidence that it is a place.

A name counts where a kind of place ("village of X", "X province"), a direction ("northern X") or a
preposition ("in X") says so; known names (`gazetteer`) need less than unknown ones. A street or
mosque comes before a quarter or village, that before a town, a province, a country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from verify.ingest.gazetteer import known

_RANKS: Final = {
    6: "street square hospital mosque checkpoint airport airbase air-base base crossing prison"
    " bridge dam shrine highway market roundabout stadium border-crossing",
    5: "neighborhood neighbourhood neighborhoods neighbourhoods district districts suburb suburbs"
    " quarter village villages camp",
    4: "town towns city cities",
    3: "area areas valley outskirts mountain mountains island enclave pocket",
    2: "province provinces provincial countryside governorate region oblast county state",
}
_RANK: Final = {word: rank for rank, words in _RANKS.items() for word in words.split()}
_TYPES = "|".join(sorted(_RANK, key=len, reverse=True))
_WORD = r"(?:[a-z]{2,3}-)?[A-Z][\w'’]*(?:-[\w'’]+)*"
_NAME = rf"{_WORD}(?: {_WORD}| (?:al|el|as|os|ez|az|de)(?:-| ){_WORD}){{0,3}}"
_COMPASS = "(?:north|south|east|west|central)(?:[- ]?(?:east|west))?(?:ern)?"
_NEXT_TO = rf"(?:outskirts|edge|entrance|mouth|gates|heart|cent(?:er|re)|parts?|{_COMPASS})"
_FINDERS = (
    re.compile(rf"(?P<type>\b(?:{_TYPES})) of (?:the )?(?P<name>{_NAME})"),
    re.compile(rf"(?<!\w)(?P<name>{_NAME}) (?P<type>(?i:{_TYPES}))\b"),
    re.compile(rf"(?P<shift>\b(?:{_NEXT_TO}) of )(?:the (?:\w+ )?(?:\w+ )?)?(?P<name>{_NAME})"),
    re.compile(
        r"\b(?P<prep>[Ii]n|near|[Aa]t|around|outside|inside|on|into|from|to|towards?|across|of"
        r"|between|against|over|entered|reached|struck|hit|captured|seized|took|left|attacked) "
        rf"(?:the )?(?:(?!{_COMPASS}\b)[a-z-]+ ){{0,3}}?(?P<shift>(?i:{_COMPASS}) )?(?P<name>{_NAME})"
    ),
)
_LOCATIVE: Final = frozenset(["in", "near", "at", "around", "outside", "inside"])
_NO_NAME = re.compile(
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May"
    r"|June|July|August|September|October|November|December|Mon|Tue|Wed|Thu|Fri|Sat|Sun|AFP|AP|NGO"
    r"|Reuters|SANA|SOHR|UN|EU|NATO|ISIS|ISIL|IS|Daesh|Islamic|Islamist|State|Monitor|Report|Twitter"
    r"|Facebook|Arabic|English|God|Allah|President|Prime|General|Army|Observatory|Police|Media"
    r"|Nusra|Taliban|Resistance|Front|Terrorists?|Terrorist|Militants?|Rebels?|The|A|An|It|He|She"
    r"|They|We|I|At|In|On|If|But|And|US|U\.S|Date|Published|Tags|GMT|KSA|Middle|Kurds?|Arabs?"
    r"|\w+(?:ian|ish|ese|ist|ists|ians)|[Aa]l-(?:Nusra|Qaeda|Assad)|Assads?|Kurdish|Turkish|Iraqi"
    r"|Afghan|Israeli|Saudi|French|Emirate|Alliance)$"
)
_ORGANISATION = re.compile(
    r"(?:[- ](?:based|linked|backed|affiliated|led|made|brokered)|(?: \w+)? (?:Police|Command|Media|Cent(?:er|re)|Ministry|Observatory|Institute|Network"
    r"|Army|Front|Brigade|Radio|Daily|Post|Times|News|Council|Committee|Agency|Coalition|Defen[cs]e"
    r"|[Ff]ighters?|[Ff]orces|[Mm]ilitants?|[Rr]ebels?|[Tt]roops|[Ss]oldiers|[Ss]pokes\w+|[Oo]fficials?"
    r"|[Cc]ommanders?|[Gg]overnment|[Rr]egime|[Aa]rmy|[Gg]roups?|[Ss]tate media|[Tt]errorists?|[Ss]aid|[Ss]ays|[Tt]old))\b"
)
_CREDIT = re.compile(
    r"\b(?:based|source|sources|spokes\w+|correspondent|reporter|quoted|told|said) (?:\w+ )?$"
)
_CAPITAL = re.compile(r"\bthe (?:\w+ )?capital\b(?! [A-Z])")
_POSSESSIVE = re.compile(r"['’]s?$|(?<=[a-z]{2}a)s$|(?<=an)s$|(?<=[aeq]q)s$")


@dataclass(frozen=True)
class Place:
    """One named place: its words, span, and how specific it is (6 a street ... 0 "the capital")."""

    text: str
    start: int
    end: int
    rank: int


def find_place(text: str, start: int, end: int) -> Place | None:
    """Return the most specific place named in ``text[start:end]``, the first of equals, or None."""
    best: Place | None = None
    for finder in _FINDERS:
        position = start
        while match := finder.search(text, position, end):
            place = _place(text, match, end)
            position = (
                max(match.start("name") + 1, match.start() + 1) if place is None else match.end()
            )
            if place and (best is None or (-place.rank, place.start) < (-best.rank, best.start)):
                best = place
    if best is None and (match := _CAPITAL.search(text, start, end)):
        best = Place(match[0], match.start(), match.end(), 0)
    return best


def _place(text: str, match: re.Match[str], end: int) -> Place | None:
    groups = match.groupdict()
    kind = (groups.get("type") or "").lower()
    name_start, name_end = match.span("name")
    trimmed = _trim(text, name_start, name_end, named=bool(kind))
    if trimmed is None or _CREDIT.search(text, max(0, match.start() - 24), name_start):
        return None
    name_start, name_end = trimmed
    if kind and match.start("type") > name_start:  # "X province": the whole name must reach it
        if name_end != match.end("name"):
            return None
        return Place(
            text[name_start : match.end("type")], name_start, match.end("type"), _RANK[kind]
        )
    if _ORGANISATION.match(text, name_end, end):
        return None
    place = known(text[name_start:name_end])
    rank = _RANK[kind] if kind else _bare_rank(groups, place)
    if rank is None:
        return None
    shift = groups.get("shift")
    begin = match.start("shift") if shift and name_start == match.start("name") else name_start
    return Place(text[begin:name_end], begin, name_end, rank)


def _bare_rank(groups: dict[str, str], place: str | None) -> int | None:
    """Rank a name that only a preposition or a direction stands beside."""
    if place == "country":
        return 1
    if place == "city":
        return 4
    prep = (groups.get("prep") or "").lower()
    return 3 if prep in _LOCATIVE or groups.get("shift") else None


def _trim(text: str, start: int, end: int, *, named: bool) -> tuple[int, int] | None:
    """Cut a run of capitalised words down to the place's name; None when none is left."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while len(words) > 1 and (
        _NO_NAME.match(words[0][0]) or known(_POSSESSIVE.sub("", words[0][0])) == "country"
    ):
        words.pop(0)
    cut = next((n for n, word in enumerate(words) if _NO_NAME.match(word[0])), len(words))
    words = words[:cut]
    if not words:
        return None
    if not named:
        for length in range(len(words), 0, -1):
            first, last = start + words[0].start(), start + words[length - 1].end()
            if known(text[first:last]):
                return first, last
    first, last = start + words[0].start(), start + words[-1].end()
    tail = re.search(r"['’]s?$", text[first:last])
    last = first + tail.start() if tail else last
    if last - first < 2 or (text[first:last].isupper() and not known(text[first:last])):
        return None
    return first, last
