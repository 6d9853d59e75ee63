"""Whether a claim tells of an advance or of a setback."""

from __future__ import annotations

import re
from typing import Final, Literal

_COMBATANT: Final = (
    r"(?:fighters?|soldiers?|militants?|rebels?|troops|terrorists?|gunmen|insurgents?|jihadists?"
    r"|forces|enem(?:y|ies)|combatants?|mercenaries|commanders?|militiamen|extremists?"
    r"|talibs?)"
)
_NOT_PASSIVE: Final = r"(?<!was )(?<!were )(?<!been )(?<!being )(?<!be )"
_PLACE_TAKEN = re.compile(
    rf"\b(?=[acghiorstlu]|b(?:eat|roke)|pushed){_NOT_PASSIVE}(?<!\d )"
    r"(?:(?:captur|seiz)(?:ed|es|ing)(?! (?:from|in|at|on|during|near)\b)"
    r"|took (?:full )?(?:control|over|back)|retook|recaptured|liberated|repelled|repulsed"
    r"|threw back|beat back|pushed back|overran"
    r"|secured|gained|regained|stormed|broke (?:the )?siege|advanc(?:ed|es|ing)|hold|holds"
    r"|in (?:full |complete |firm )?control|under (?:full |our )?control|controls)\b"
    r"|\b(?:thrown back|beaten back|victor(?:y|ies|ious)|triumph\w*|rais(?:ed|ing) (?:\w+ )?flag"
    r"|flag (?:still )?(?:flew|flies|fly|was raised|is flying)|(?:captured|seized|taken|retaken"
    r"|liberated|repelled|overrun|secured) by)\b",
    re.IGNORECASE,
)
_ENEMY_KILLED = re.compile(
    rf"\b(?=[knew]){_NOT_PASSIVE}(?:kill|neutrali[sz]|eliminat|wip)\w*"
    r"(?: (?!(?:in|on|by|at|when|after|and|as|during|near|with|were|was)\b)[\w,'’#-]+){0,6}?"
    rf" {_COMBATANT}\b(?! (?:attacks?|rocket|mortar|shelling|fire)\b)"
    rf"|\b{_COMBATANT} (?:\w+ ){{0,3}}?(?:killed|captured) (?:\w+ ){{0,4}}?by\b",
    re.IGNORECASE,
)
_SETBACK = re.compile(
    r"\b(?:retreat(?:ed|s|ing)?|lost|los(?:es|ing)|surrender(?:ed|s|ing)?|withdr[ae]w(?:s|n|ing)?"
    r"|pull(?:ed|ing) out|fled|flee(?:ing|s)?|fail(?:ed|s|ure|ing)?|routed|gave up|were defeated"
    r"|driven (?:out|back)|forced (?:out|back)|abandon(?:ed|ing))\b",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:no|not|never|none)\b(?: \S+){0,4}? (?:lost|lose|surrender\w*|retreat\w*"
    r"|withdr\w+|fled)\b",
    re.IGNORECASE,
)
_NO_FIGHT = re.compile(
    r"\blost (?:their|his|her) (?:li(?:ves|fe)|homes?)\b|\bfailed to (?:agree|reach"
    r"|condemn|protect)\b|\b(?:people|civilians|families|residents|refugees|thousands)"
    r" (?:have |had |who )?fled\b"
    r"|\b(?:ceasefire|truce|talks) (?:has |have )?(?:failed|holds?)\b|\bhold (?:talks|a)\b"
    r"|\bkidney failure\b|\bto (?:hold|flee|abandon|surrender|withdraw)\b",
    re.IGNORECASE,
)


def outcome_of(content: str) -> Literal["advance", "setback"] | None:
    """Say how it went for the actor, or for the speaker where no actor is named.

    Ground taken or held, an attack thrown back, enemy fighters killed and victory shown are an
    advance; a retreat, a loss, a surrender, a failure are a setback. Fighters who "were killed",
    with nobody named who did it, are neither: whose they are is not for this function to know.
    """
    if _KEPT.search(content):
        return "advance"
    content = _NO_FIGHT.sub(" ", content)
    setback = _SETBACK.search(content)
    found = (_PLACE_TAKEN.search(content), _ENEMY_KILLED.search(content))
    advance = min((match.start() for match in found if match), default=None)
    if setback and (advance is None or setback.start() < advance):
        return "setback"
    return None if advance is None else "advance"
