"""Where: the most specific place that a claim names, with the evidence that it is a place.

A name counts where a kind of place ("village of X", "X province"), a direction ("northern X") or a
preposition ("in X") says so; known names (`gazetteer`) need less than unknown ones. A street or
mosque comes before a quarter or village, that before a town, a province, a country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from verify.ingest.gazetteer import known, stands_alone
from verify.ingest.wordlists import words

_RANKS: Final = {
    6: "street square hospital mosque checkpoint airport airbase air-base base crossing prison"
    " bridge dam shrine highway roundabout stadium border-crossing",
    5: "neighborhood neighbourhood neighborhoods neighbourhoods district districts suburb suburbs"
    " quarter village villages camp",
    4: "town towns city cities",
    3: "area areas valley outskirts mountain mountains island enclave pocket",
    2: "province provinces countryside governorate region oblast county",
}
_RANK: Final = {word: rank for rank, listed in _RANKS.items() for word in listed.split()}
_CITY_RANK, _TARGET_RANK, _COUNTRY_RANK = 4, 3, 1

_TYPES = "|".join(sorted(_RANK, key=len, reverse=True))
_CAPITAL_TYPES = "|".join(word.capitalize() for word in _TYPES.split("|"))
_WORD = r"(?:[a-z]{2,3}-)?[A-Z][\w'’]*(?:-[\w'’]+)*"
_NAME = rf"{_WORD}(?: {_WORD}| (?:al|el|as|os|ez|az|de)(?:-| ){_WORD}){{0,3}}"
_COMPASS = "(?:north|south|east|west|central)(?:[- ]?(?:east|west))?(?:ern)?"
_BESIDE = rf"(?:outskirts|edge|entrance|mouth|gates|heart|cent(?:er|re)|parts?|{_COMPASS})"
_AIMED = (
    r"(?:(?:attacks?|strikes?|airstrikes?|raids?|fire|offensive|assault) on|(?:shelling|siege"
    r"|bombardment|bombing) of|targeted|pounded|bombed|shelled|captured|seized|entered|reached)"
)
_FINDERS: Final = (
    re.compile(rf"(?P<type>\b(?:{_TYPES})) of (?:the )?(?P<name>{_NAME})"),
    re.compile(rf"(?<!\w)(?P<shift>{_COMPASS} )?(?P<name>{_NAME}) (?P<type>(?:{_TYPES}))\b"),
    re.compile(rf"(?<!\w)(?P<name>{_NAME}) (?P<type>(?:{_CAPITAL_TYPES}))\b"),
    re.compile(rf"(?P<shift>\b(?:{_BESIDE}) of (?:the (?:\w+ ){{0,2}}?)?)(?P<name>{_NAME})"),
    re.compile(
        r"\b(?P<prep>[Ii]n|near|[Aa]t|around|outside|inside|on|into|from|to|towards?|across|of|left"
        rf"|between|over|(?P<aimed>{_AIMED})) (?:the )?"
        rf"(?:(?!(?:{_COMPASS}|in|near|at|on|of|from|to)\b)[a-z-]+ ){{0,3}}?"
        rf"(?P<shift>{_COMPASS} )?(?P<name>{_NAME})"
    ),
    re.compile(
        rf"(?:^|[.,;\"“] |\b(?:that|and|as) )(?P<name>{_NAME})"
        r" (?=(?:fell|was|is|has|had|remains|remained|came under)\b)"
    ),
)
_OF_NAME = re.compile(r" of (?:the )?(?:[a-z]{2,3}-)?[A-Z]")
_ANY_TYPE = re.compile(rf"(?i:{_TYPES})\b")
_NEEDS_TYPE: Final = 3
"""The first finders look for a kind of place: without one in the text they are left out."""
_LOCATIVE: Final = words("in near at around outside inside")
_TYPED_NEXT = re.compile(rf" (?i:{_TYPES})\b")
_NO_NAME: Final = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May"
    " June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept"
    " Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun AFP AP NGO Reuters SANA SOHR UN EU NATO ISIS ISIL"
    " IS Daesh Shiite Sunni Christian Alawite Muslim Islamic Islamist State Monitor Report"
    " Twitter Facebook Arabic English God Allah President Prime General Army Observatory Police"
    " Media Nusra Taliban Resistance Front Terrorist Terrorists Militant Militants Rebel Rebels"
    " The A An It He She They We I At In On If But And US U.S Date Published Tags GMT KSA Middle"
    " Kurd Kurds Arab Arabs Assad Assads al-Nusra Al-Nusra al-Qaeda Al-Qaeda al-Assad Al-Assad"
    " Afghan Iraqi Israeli Saudi French Emirate Alliance Shelling Strike Strikes Airstrike"
    " Airstrikes Attack Attacks Attacking Kill Kills Killed Injured Injure Wounded Dead Civilian"
    " Civilians People Bombing Bombings Bomb Blast Mortar Rocket Car Suicide Air Raid Raids"
    " Children Syrias Hundreds Dozens Thousands Government Regime Since After Two Three Four"
    " Five Six Seven Eight Nine Ten Another Also This That These Source Sources Islam"
)
_PEOPLES = re.compile(r"\w{3,}(?:ian|ians|ish|ese|ist|ists)$|.*-(?:led|based|held|backed|linked)$")
_ORGANISATION = re.compile(
    r"[- ](?:based|linked|backed|affiliated|led|made|brokered)\b|(?: \w+)? (?:Police|Command|Media"
    r"|Cent(?:er|re)|Ministry|Observatory|Institute|Network|Army|Front|Brigade|Radio|Daily|Post"
    r"|Times|News|Council|Committee|Agency|Coalition|Defen[cs]e)\b| (?:[Ff]ighters?|[Ff]orces"
    r"|[Mm]ilitants?|[Rr]ebels?|[Tt]roops|[Ss]oldiers|[Ss]pokes\w+|[Oo]fficials?|[Cc]ommanders?"
    r"|[Gg]overnment|[Rr]egime|[Aa]rmy|[Gg]roups?|[Tt]errorists?|[Ss]aid|[Ss]ays|[Tt]old)\b"
)
_CREDIT = re.compile(
    r"\b(?:based|source|sources|spokes\w+|correspondent|reporter|quoted|told|said) (?:\w+ )?$"
)
_CAPITAL = re.compile(r"\bthe (?:\w+ )?capital\b(?! [A-Z])")


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
    typed = _ANY_TYPE.search(text, start, end)
    for finder in _FINDERS[0 if typed else _NEEDS_TYPE :]:
        position = start
        while match := finder.search(text, position, end):
            place = _place(text, match, end)
            position = match.end() if place else match.start("name") + 1
            if place and (best is None or (-place.rank, place.start) < (-best.rank, best.start)):
                best = place
    if best is None and (match := _CAPITAL.search(text, start, end)):
        best = Place(match[0], match.start(), match.end(), 0)
    return best


def _place(text: str, match: re.Match[str], end: int) -> Place | None:
    if _CREDIT.search(text, max(0, match.start() - 24), match.start("name")):
        return None
    kind = (match.groupdict().get("type") or "").lower()
    if kind and match.start("type") > match.start("name"):
        return _before_type(text, match, kind)
    trimmed = _trim(text, *match.span("name"), named=bool(kind))
    if trimmed is None:
        return None
    first, last = trimmed
    if _ORGANISATION.match(text, last, end) or (not kind and _TYPED_NEXT.match(text, last, end)):
        return None
    shift = match.groupdict().get("shift") if first == match.start("name") else None
    rank = _RANK[kind] if kind else _bare_rank(match, shift, known(text[first:last]))
    if rank is None:
        return None
    begin = match.start("shift") if shift else first
    return Place(text[begin:last], begin, last, rank)


def _before_type(text: str, match: re.Match[str], kind: str) -> Place | None:
    """Read "X province": the name must reach the word for the kind of place."""
    trimmed = _trim(text, *match.span("name"), named=True)
    if trimmed is None or trimmed[1] != match.end("name"):
        return None
    first = trimmed[0]
    if _OF_NAME.match(text, match.end("type")):
        return None  # "the Damascus suburb of X" is X
    if known(text[slice(*trimmed)]) == "country":
        return None  # "Syria market" is one in Syria, not one of that name
    if first == match.start("name") and match.groupdict().get("shift"):
        first = match.start("shift")
    return Place(text[first : match.end("type")], first, match.end("type"), _RANK[kind])


def _bare_rank(match: re.Match[str], shift: str | None, place: str | None) -> int | None:
    """Rank a name that only a preposition or a direction stands beside."""
    if place == "country":
        return _COUNTRY_RANK
    if place == "city":
        return _CITY_RANK
    prep = (match.groupdict().get("prep") or "").lower()
    if shift or prep in _LOCATIVE:
        return _CITY_RANK
    return _TARGET_RANK if match.groupdict().get("aimed") else None


def _trim(text: str, start: int, end: int, *, named: bool) -> tuple[int, int] | None:
    """Cut a run of capitalised words down to the place's name; None when none is left."""
    run = list(re.finditer(r"\S+", text[start:end]))
    while len(run) > 1 and (_is_no_name(run[0][0]) or _is_possessive_country(run[0][0])):
        run.pop(0)
    cut = next((n for n, word in enumerate(run) if _is_no_name(word[0])), len(run))
    run = run[:cut]
    if not run:
        return None
    first = start + run[0].start()
    ends = [start + word.end() for word in reversed(run)]
    if named and len(run) > 1 and run[1][0].lower().startswith("al-") and _is_known(run[0][0]):
        first = start + run[1].start()  # "Damascus al-X neighborhood"
    if not named:
        for last in ends:
            bare = _without_s(text, first, last)
            if bare is not None and (last == ends[0] or stands_alone(text[first:bare])):
                return first, bare
    last = ends[0]
    if tail := re.search(r"['’]s?$", text[first:last]):
        last = first + tail.start()
    return None if last - first < 3 or text[first:last].isupper() else (first, last)


def _without_s(text: str, first: int, last: int) -> int | None:
    """Return the end of a known name, without a possessive whose apostrophe may be lost."""
    name = text[first:last]
    for ending in ("", "'s", "’s", "'", "’", "s"):
        if name.endswith(ending) and known(name[: len(name) - len(ending)]):
            return last - len(ending)
    return None


def _is_no_name(word: str) -> bool:
    word = re.sub(r"['’]s?$", "", word)
    return word in _NO_NAME or _PEOPLES.match(word) is not None


def _is_known(word: str) -> bool:
    return _without_s(word, 0, len(word)) is not None


def _is_possessive_country(word: str) -> bool:
    return word.endswith("s") and known(word[:-1].rstrip("'’")) == "country"
