"""Whether a claim denies something, and whether it is told with reserve."""

from __future__ import annotations

import re

_DENIAL = re.compile(
    r"\b(?:not|n't|never|no|none|nobody|nor|neither|cannot"
    r"|without (?:any )?(?:casualties|losses|injuries|damage|deaths)"
    r"|den(?:y|ies|ied|ying|ial)|refut\w+|reject(?:s|ed|ing)?|disput(?:es|ed|ing)|rebut\w*"
    r"|dismiss(?:es|ed|ing)?|debunk\w*|untrue|false(?:ly|hood)?|baseless|unfounded|fabricat\w+"
    r"|contradict(?:s|ed))\b|\b\w+n['’]t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not only|not just|not to mention|not least|no (?:fewer|less|more) than"
    r"|not (?:fewer|less|more) than|no longer|no doubt|no matter|no-fly|no-man|not necessarily"
    r"|whether or not|or not|not yet|if not|no\. ?\d|no one knows|why not|not immediately clear"
    r"|not (?:be )?independently|not (?:be )?(?:verif|confirm|check)\w+"
    r"|(?:could|can) ?not (?:immediately |independently )?be"
    r"|den(?:y|ied|ying) (?:\w+ )?(?:access|entry|permission|aid|food|the ability)"
    r"|not (?:\w+ )?(?:clear|known|far|rare|mention\w*|specif\w+|indicate"
    r"|say|name|identif\w+|elaborate)"
    r"|no (?:\w+ )?(?:immediate|details?|comment|confirmation|precise|word|claim of|reaction)"
    r"|no(?: one|-one| group|body) (?:has |have |had )?(?:so far |yet |immediately )?claimed"
    r"|false flag|rejected (?:the )?(?:offer|call|deal|proposal|demand)\w*"
    r"|rejects? (?:the )?(?:offer|call|deal|proposal|demand)\w*)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:alleg(?:ed|edly|es|ation\w*)|reportedly|purported(?:ly)?|supposed(?:ly)?|apparent(?:ly)?"
    r"|unconfirmed|unverified|not (?:yet |been )?(?:independently )?(?:confirmed|verified)"
    r"|could ?n[o'’]t (?:immediately |independently |yet )?be (?:\w+ )?"
    r"(?:verified|confirmed|checked)"
    r"|suspected|believed to|thought to|presumed|presumably|possibl[ey]|probably|likely|rumou?r\w*"
    r"|might|may (?:have|be|well)|claims to|unclear|so-called)\b",
    re.IGNORECASE,
)


def is_negated(content: str) -> bool:
    """Whether the content denies something; "not only" or "no fewer than" deny nothing."""
    return bool(_DENIAL.search(_NO_DENIAL.sub(" ", content)))


def is_hedged(content: str) -> bool:
    """Whether the content says of itself that it is not certain."""
    return bool(_HEDGE.search(content))
