"""Whether a claim denies something, and whether it is told with reserve."""

from __future__ import annotations

import re

from verify.disavowed import calls_untrue, is_disavowed
from verify.ingest.wordlists import words

_NEGATION = re.compile(
    r"\b(?:not|n't|never|no|none|nobody|nothing|nowhere|nor|neither|cannot"
    r"|without (?:any )?(?:casualties|losses|injuries|damage|deaths)"
    r"|den(?:y|ies|ied|ying|ial)|refut\w+|reject(?:s|ed|ing)?|disput(?:es|ed|ing)|rebut\w*"
    r"|dismiss(?:es|ed|ing)?|debunk\w*|contradict(?:s|ed))\b|\b\w+n['’]t\b",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"\b(?:untrue|false(?:ly|hood)?|baseless|unfounded|groundless|fabricat\w+|fictitious|hoax\w*)\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not only|not just|not to mention|not least|no (?:fewer|less|more) than"
    r"|nothing (?:but|less than|short of)"
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


_DENYING = words("deny reject refute dismiss dispute denial rebut repudiate debunk")
"""Cues that say that the content is not so."""
_NAMING = words("call brand label dub deem")
_CALLING = _NAMING | words("describe denounce condemn slam decry characterize characterise")
"""Cues that say it where untrue words end the content: "called the claim a lie"."""
_HEDGING_CUE = re.compile(
    r"\b(?:allegedly|reportedly|purportedly|supposedly|apparently|presumably|possibly|probably"
    r"|(?:is|are|was|were|been|being) (?:widely |also )?(?:believed|thought|alleged|rumou?red"
    r"|reported|said|understood|suspected|presumed|supposed|claimed))\b",
    re.IGNORECASE,
)


def is_denied(lemma: str, content: str) -> bool:
    """Whether a cue says that its content is not so: "denied that ...", "called ... a lie"."""
    if lemma in _CALLING:
        return calls_untrue(content, named=lemma in _NAMING)
    return lemma in _DENYING


def is_negated(content: str, denied: bool = False) -> bool:
    """Whether the content denies something; "not only" or "no fewer than" deny nothing.

    Where its cue denies it (``denied``), that it is false or fiction says the same once more and
    makes no double negative.
    """
    plain = _NO_DENIAL.sub(" ", content)
    if _NEGATION.search(plain):
        return True
    return not denied and bool(_UNTRUE.search(plain) or is_disavowed(plain))


def is_hedged(content: str, cue: str = "") -> bool:
    """Whether the content, or the cue that credits it, says that it is not certain."""
    return bool(_HEDGE.search(content) or _HEDGING_CUE.search(cue))
