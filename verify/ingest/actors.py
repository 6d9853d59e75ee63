"""Who acted, and whether the act was an advance or a setback for whoever did it."""

from __future__ import annotations

import re
from typing import Literal

_STRIKE = (
    r"(?:air[- ]?strikes?|air raids?|air attacks?|strikes?|raids?|shelling|bombing|bombardment|bombs?"
    r"|rocket attacks?|mortar attacks?|rocket fire|mortar fire|artillery fire|fire|shells?|rockets?"
    r"|offensives?|assaults?|attacks?|ambush(?:es)?|warplanes?|jets|helicopters|aircraft|drones?)"
)
_ACTS = (
    r"kill(?:ed|s|ing)?|wound(?:ed|s)|injure[ds]|attack(?:ed|s)|bomb(?:ed|s|ards?|arded)|shell(?:ed|s)"
    r"|hit|struck|strikes|target(?:ed|s)|captur(?:ed|es)|seiz(?:ed|es)|took|takes|retook|recaptured"
    r"|fired|opened fire|launched|carried out|post(?:ed|s)|advanced|retreated|lost|withdrew|surrendered"
    r"|fled|failed|hold|holds|held|control|controls|broke|executed|detonated|stormed|entered|overran"
    r"|liberated|repelled|repulsed|destroyed|ambushed|detained|arrested|kidnapped|abducted|beheaded"
    r"|murdered|massacred|besieged|surrounded|ordered|cut|asked|used|dropped|shot|pounded|blew|pulled"
    r"|secured|gained|regained|defeated|shared|published|displayed"
)
_ADVERBS = r"(?:(?:also|then|successfully|reportedly|allegedly|heavily|later|again|never|had|have|has|did not)\s+){0,3}"
_CLAUSE = (
    r"(?:^|[\"“”,;:.—–]|\b(?:that|when|as|after|and|while|but|because|said|says|before|where)\b)\s*"
)
_ACTIVE = re.compile(
    rf"{_CLAUSE}(?P<subject>(?:(?![,;:.\"“”])\S+\s+){{1,9}}?){_ADVERBS}(?P<verb>{_ACTS})\b"
)
_PHRASE = (
    r"(?P<actor>(?:the |a |an |some )?(?:(?!(?:on|in|at|near|from|with|against|during|after|that|who"
    r"|which|when|were|was|is|are|had|has|have|and|said|as|to|for|over|targeting|killing|hit|hits)\b)"
    r"[^\s,;:.\"“”()]+ ?(?:of (?=[A-Zt]))?){1,6})"
)
_BY = re.compile(
    r"\b(?:killed|wounded|injured|captured|seized|taken|shelled|bombed|attacked|hit|struck|destroyed"
    rf"|executed|carried out|launched|fired|dropped|targeted|repelled|conducted|claimed|staged|{_STRIKE})\b"
    rf"(?:(?!\b(?:was|were|had|said)\b)[^.;]){{0,50}}?\bby {_PHRASE}"
)
_BLAMED = re.compile(
    rf"\b(?:blam(?:ed|es|ing) (?:\w+ ){{0,5}}?on|blam(?:ed|es|ing)|accus(?:ed|es|ing)) {_PHRASE}"
)
_STRIKES = re.compile(
    rf"\b(?:in|by|from|of|during) (?:a |an |the )?(?P<actor>(?:[\w-]+ ){{1,4}}?){_STRIKE}\b",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"[A-Z]|\b(?:coalition|government|regime|rebels?|terrorists?|insurgents?|army|opposition|militants?"
    r"|jihadists?|police|resistance|extremists?|gunmen|fighters?|forces|troops)\b"
)
_NO_ACTOR = re.compile(
    r"^(?:it|he|she|they|we|i|this|that|these|those|which|who|there|what|one|of|in|on|at|to|by|\d.*"
    r"|another|at least|more than|nobody|no one|none|a number)\b|\b(?:was|were|been|be|is|are|to|been)$",
    re.IGNORECASE,
)
_NO_AGENT = re.compile(
    r"^(?:the (?:time|end)|\d|air\b|car\b|a car|mistake|then|now|\w+ing\b|means|way|hand|sniper shots?$)"
)
_TRIM = re.compile(
    r"^(?:(?:on|since|late|early|meanwhile|also|earlier|however|elsewhere|yesterday|today|that|then)\s+)*"
    r"(?:(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\s+)?(?:the\s+|a\s+|an\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"\s*\b(?:{_STRIKE}|on|in|at|have|has|had|did|not|will|would|of the|of)$", re.IGNORECASE
)

_COMBATANT = (
    r"(?:fighters?|soldiers?|militants?|rebels?|troops|terrorists?|gunmen|insurgents?|jihadists?"
    r"|forces|enem(?:y|ies)|combatants?|mercenaries|commanders?|militiamen|extremists?)"
)
_ADVANCE = re.compile(
    r"\b(?:captur(?:ed|es|ing)|seiz(?:ed|es|ing)|took (?:control|over|back|the)|taken (?:control|over)"
    r"|retook|recaptured|liberated|repelled|repulsed|thrown back|threw back|beat(?:en)? back|pushed back"
    r"|victor(?:y|ies|ious)|triumph\w*|flag (?:still )?(?:flew|flies|fly|was raised|is flying)"
    r"|rais(?:ed|ing) (?:\w+ )?flag|holds?|in (?:full |complete |firm )?control|under (?:full )?control"
    r"|controls?|advanc(?:ed|es|ing)|overran|secured|regained|gained|broke (?:the )?siege|stormed|entered)\b"
    rf"|\b(?:kill|neutrali[sz]|eliminat|destroy)\w*(?: \S+){{0,7}}? {_COMBATANT}\b",
    re.IGNORECASE,
)
_CASUALTIES_SUFFERED = re.compile(
    rf"\b{_COMBATANT}(?: \S+){{0,4}}? (?:were|was|been|being) (?:\w+ )?(?:killed|captured|eliminated)\b(?!.*\bby\b)",
    re.I,
)
_SETBACK = re.compile(
    r"\b(?:retreat(?:ed|s|ing)?|lost|los(?:es|ing)|surrender(?:ed|s|ing)?|withdr[ae]w\w*|pull(?:ed|ing) out"
    r"|fled|flee(?:ing|s)?|fail(?:ed|s|ure|ing)?|defeat(?:ed)?|routed|gave up|driven (?:out|back)"
    r"|forced (?:out|back)|abandon(?:ed|ing))\b",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:no|not|never|none)\b(?: \S+){0,4}? (?:lost|lose|surrender\w*|retreat\w*|withdr\w+|fled)\b",
    re.I,
)
_LOST_LIVES = re.compile(
    r"\blost (?:their|his|her) li(?:ves|fe)\b|\bfailed to (?:agree|reach)\b|\b(?:people|civilians|families|residents) (?:have |had )?fled\b",
    re.I,
)


def actor_of(content: str) -> str | None:
    """Return the words for whoever did the main act, or None where nobody is named."""
    for find in (_blamed, _active, _agent, _striker):
        if actor := find(content):
            return actor
    return None


def outcome_of(content: str) -> Literal["advance", "setback"] | None:
    """Say how the act went for its actor, or for the speaker where no actor is named."""
    if _KEPT.search(content):
        return "advance"
    content = _LOST_LIVES.sub(" ", content)
    setback, advance = _SETBACK.search(content), _ADVANCE.search(content)
    if setback and (advance is None or setback.start() < advance.start()):
        return "setback"
    if advance and not _CASUALTIES_SUFFERED.search(content):
        return "advance"
    return None


def _blamed(content: str) -> str | None:
    match = _BLAMED.search(content)
    return _clean(match["actor"]) if match else None


def _active(content: str) -> str | None:
    for match in _ACTIVE.finditer(content):
        subject = match["subject"].strip()
        actor = _clean(_TRIM.sub("", subject))
        if actor and not _NO_ACTOR.search(subject) and not _NO_ACTOR.search(actor):
            return actor
    return None


def _agent(content: str) -> str | None:
    for match in _BY.finditer(content):
        if not _NO_AGENT.match(match["actor"]):
            return _clean(match["actor"])
    return None


def _striker(content: str) -> str | None:
    for match in _STRIKES.finditer(content):
        if _PARTY.search(match["actor"]):
            return _clean(match["actor"])
    return None


def _clean(words: str) -> str | None:
    words = re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)
    previous = None
    while previous != words:
        previous, words = words, _TAIL.sub("", words).strip(" '\"“”")
    return words if len(words) > 1 and re.search(r"[^\W\d]", words) else None
