"""Who did the main act: the subject of an active verb, or whoever stands behind "by"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from verify.ingest.wordlists import words

_STRIKE: Final = (
    r"(?:air[- ]?strikes?|air[- ]?raids?|air attacks?|strikes?|raids?|shelling|bombings?"
    r"|bombardment|(?:(?:rocket|mortar|car|bomb|suicide|missile|chemical|gas) )+attacks?|barrages?"
    r"|(?:rocket|mortar|artillery|tank|sniper) fire|fire|shells?|rockets?|mortars?|offensives?"
    r"|assaults?|attacks?|ambush(?:es)?|warplanes?|planes?|jets|helicopters|aircraft|drones?"
    r"|car bombs?|barrel bombs?|bombs?|clashes|fighting|blasts?|explosions?|rounds?|sorties"
    r"|missiles?)"
)
_TAKES_OBJECT = (
    r"(?:killed|kills?|killing|wounded|injured|attacked|bombed|bombards?|bombarded|shelled"
    r"|hit|struck|targeted|targets|captured|captures|seized|seizes|took|retook|recaptured"
    r"|executed|stormed|entered|overran|liberated|repelled|repulsed|destroyed|ambushed|detained"
    r"|arrested|kidnapped|abducted|beheaded|murdered|massacred|besieged|surrounded|cut|dropped|shot"
    r"|pounded|secured|gained|regained|defeated|posted|shared|published|displayed|broke|fired"
    r"|launched|used|crucified|freed|foiled|thwarted)"
)
_STANDS_ALONE = (
    r"(?:opened fire|carried out|advanced|retreated|lost|withdrew|surrendered|fled|failed|holds?"
    r"|held|controls|controlled|pulled out|blew up|clashed|fell back|pushed back|drove)"
)
_VERB = re.compile(
    rf"(?<![\w-])(?:(?P<object>{_TAKES_OBJECT})(?= (?!in\b|by\b|when\b|and\b|or\b|after\b|as\b|on\b"
    rf"|during\b|at (?!least)|due\b|while\b|near\b|here\b)[\w\"“'])|{_STANDS_ALONE})\b",
    re.IGNORECASE,
)
_ADVERBS: Final = words(
    "also then successfully reportedly allegedly heavily later again never had have has did not do"
    " could meanwhile deliberately repeatedly own fiercely finally already now brutally still"
)
_BOUNDARY: Final = words(
    "that when as after while but because said says told claimed announced reported showed shows"
    " noted confirmed where before if since adding meanwhile although though until accused blamed"
    " added elsewhere than"
)
_RELATIVE: Final = frozenset(("who", "which", "whom"))
_PREPOSITIONS: Final = words(
    "in on at near from by with against inside outside for into over around during to through"
    " between under among including across despite toward towards onto upon along past via beyond"
    " within amid behind above below off since until till"
)
_AUXILIARY: Final = words("was were been be being is are will would may might can to")
_NOBODY = re.compile(
    r"^(?:it|he|she|they|we|i|you|this|that|these|those|which|who|there|what|one|ones|his|her|their"
    r"|its|our|another|others?|nobody|none|no|some|many|several|dozens|hundreds|two|three|four|five"
    r"|last|latest|fresh|recent|first|second|heavy|fierce|deadly|intense|repeated|multiple|twin|new"
    r"|most|all|both|at least|more than|people|civilians?|child|children|wom[ae]n|video|and|or|of"
    r"|death toll|toll|number|area|talks|war|ceasefire|truce|deal|efforts?|report|source|incident"
    r"|barrel|car|suicide|air|rocket|mortar|bus|night|resulted|carried|rounds?|truck|explosive|chemical|mosque|school|hospital)$",
    re.IGNORECASE,
)
_NO_FIRST: Final = words(
    "the a an have has had now then visit killed wounded injured captured displaced"
) | (_ADVERBS | _PREPOSITIONS | _BOUNDARY)
_WORD = re.compile(r"[^\s,;:()\"“”]+")
_ASIDE = re.compile(r" \([^()]{0,60}\)")
_BREAK = re.compile(r"[,;:()\"“”]|\.(?=\s|$)| [-–—] ")
_BY = re.compile(
    r"\b(?:killed|wounded|injured|captured|seized|taken|shelled|bombed|attacked|hit|struck|destroyed"
    rf"|executed|out|launched|fired|dropped|targeted|repelled|conducted|claimed|staged|{_STRIKE})\b"
    r"(?:(?!\b(?:was|were|had|said)\b)[^.;]){0,50}?\bby (?=(?P<rest>[^.;]{2,80}))",
    re.IGNORECASE,
)
_BLAMED = re.compile(
    r"\b(?:blam(?:ed|es|ing) (?:\w+ ){0,5}?on|blam(?:ed|es|ing)|accus(?:ed|es|ing)) "
    r"(?=(?P<rest>[^.;]{2,80}))",
    re.IGNORECASE,
)
_STRIKES = re.compile(
    r"\b(?:in|by|from|of|during|to) (?:a |an |the )?"
    r"(?P<actor>(?:(?!(?:in|by|from|of|during|the|a|on|at|and)\b)[\w'’-]+ ){1,4}?)"
    rf"{_STRIKE}\b",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"\b(?:coalition|government|regime|rebels?|terrorists?|insurgents?|army|opposition|militants?"
    r"|jihadists?|police|resistance|extremists?|gunmen|fighters?|forces|troops|enemy)\b|[A-Z]"
)
_PLACE_OR_TIME = re.compile(
    r"\b(?:\w+day|north|south|east|west|(?:north|south)(?:east|west)?ern|\w*ern|central)\b", re.I
)
_NO_AGENT = re.compile(
    r"(?:the (?:time|end|way|fact)|\d|air\b|(?:an? |the )?(?:car|barrel|suicide|roadside)? ?(?:bomb"
    r"|explosi|mine|blast|shell|rocket|mortar|sniper shot|shrapnel)|mistake|then|now|\w+ing\b|means"
    r"|hand|a number|activists|residents)",
    re.IGNORECASE,
)
_ACT_TAIL = re.compile(rf"(?:^|\s+)(?:{_STRIKE}|own)$", re.IGNORECASE)
_DATE = re.compile(r".*\b(?:\d{4}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\w+'s) ")
_ARTICLE = re.compile(r"(?:and |the |a |an |its |their )+", re.IGNORECASE)


def actor_of(content: str) -> str | None:
    """Return the words for whoever did the main act, or None where nobody is named.

    "blamed on X" comes first, then the subject of an active verb, "by X", and "in X air strikes".
    """
    for find in (_blamed, _subject, _agent, _striker):
        if actor := find(content):
            return actor
    return None


def _blamed(content: str) -> str | None:
    match = _BLAMED.search(content)
    return _head(match["rest"]) if match else None


def _subject(content: str) -> str | None:
    content = _ASIDE.sub("", content)
    for verb in _VERB.finditer(content):
        if actor := _before(content, verb.start(), verb["object"] is not None):
            return actor
    return None


def _before(content: str, end: int, takes_object: bool) -> str | None:
    """Read the noun phrase that ends at ``end``, over adverbs and a relative pronoun."""
    window = content[:end] if end <= 120 else content[end - 120 : end].partition(" ")[2]
    breaks = list(_BREAK.finditer(window))
    run = _WORD.findall(window[breaks[-1].end() :] if breaks else window)
    while run and run[-1].lower() in _ADVERBS:
        run.pop()
    if run and run[-1].lower() in _RELATIVE | {"that"}:
        run.pop()
    if not run or _is_auxiliary(run[-1]):
        return None
    for place in range(len(run) - 1, -1, -1):
        if _is_auxiliary(run[place]):
            return None  # what stands before the verb is no subject: "is under the control"
        if run[place].lower() in _BOUNDARY | _RELATIVE:
            run = run[place + 1 :]
            break
        if run[place] in ("A", "An", "The"):  # where a full stop got lost
            run = run[place:]
            break
    return _head(" ".join(run))


def _is_auxiliary(word: str) -> bool:
    return word.lower() in _AUXILIARY and word != "IS"  # the short name of a party


def _agent(content: str) -> str | None:
    if " by " not in content:
        return None
    for match in _BY.finditer(content):
        if not _NO_AGENT.match(match["rest"]) and (actor := _head(match["rest"])):
            return actor
    return None


def _striker(content: str) -> str | None:
    for match in _STRIKES.finditer(content):
        run = match["actor"].strip()
        if _PARTY.search(run) and not _PLACE_OR_TIME.search(run) and (actor := _head(run)):
            return actor
    return None


def _head(run: str) -> str | None:
    """Cut a noun phrase down to the party: no date, no place, no "air strikes" at its end."""
    run = _DATE.sub("", run.strip())
    run = _ARTICLE.sub("", run, count=1) if _ARTICLE.match(run) else run
    kept: list[str] = []
    found = list(_WORD.finditer(run))
    for match, after in zip_longest(found, found[1:]):
        word = match[0]
        gap = run[match.start() - 1 : match.start()]
        going = word.endswith("ing") and after and after[0] in _PREPOSITIONS  # "heading towards"
        if kept and (going or (gap and gap in ',;:()"“”') or _ends(word, kept)):
            break
        kept.append(word)
    phrase = " ".join(kept[:8])
    if kept and kept[-1] == "of":
        phrase = phrase.removesuffix(" of")
    previous = None
    while previous != phrase:
        previous, phrase = phrase, _ACT_TAIL.sub("", phrase).strip(" .'")
    if len(phrase) < 2 or _NOBODY.match(phrase) or not re.search(r"[^\W\d_]{2}", phrase):
        return None
    first = phrase.split()[0].lower()
    nobody = _NOBODY.match(first) or re.fullmatch(_STRIKE, first)
    return (
        None
        if nobody or first in _NO_FIRST or first[0].isdigit() or first.endswith("ing")
        else phrase
    )


def _ends(word: str, kept: list[str]) -> bool:
    low = word.lower()
    if low in _PREPOSITIONS | _BOUNDARY | _RELATIVE | _ADVERBS or _is_auxiliary(word):
        return True
    if low in ("killing", "targeting", "leaving", "wounding", "injuring", "hit", "hits", "and"):
        return low != "and" or kept[-1][0].islower()
    if kept[-1] == "of" and low.endswith("ing"):
        return True
    return low.endswith("ed") and low not in ("armed", "united", "allied") and "-" not in low
