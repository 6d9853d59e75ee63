"""Words by which a claim denies, negates, refuses, doubts, blames or sums up a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sklearn.feature_extraction.text import CountVectorizer

REACH: Final = 40
"""Characters around a word in which what belongs to it is looked for."""
FUNCTION_WORDS: Final = frozenset(CountVectorizer(stop_words="english").get_stop_words() or ())
"""English words that carry no content of their own, as scikit-learn lists them."""

PLACE_KINDS: Final = frozenset(
    re.findall(
        r"\w+",
        "province city town village district neighborhood neighbourhood area countryside outskirts"
        " suburb suburbs north south east west northern southern eastern western central the",
    )
)
"""Words of a place that do not name it."""
DENIAL: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)\b(?! (?:\w+ ){0,4}(?:requests?|lawsuits?|motions?|bids?|appeals?"
    r"|bail|asylum|entry|access|permission|aid|rights?|bans?|petitions?|claims? for)\b)|denials?"
    r"|refut\w+|rebut\w*|debunk\w*|disprov\w+|hoax\w*|fabricat\w+|untrue|baseless|unfounded"
    r"|not true|myth|(?:is|was|were|are|totally|completely|as) (?:fake|false)|fake news"
    r"|(?:is|was|were|are) (?:an? )?(?:\w+ )?(?:inventions?|fiction|lies?)(?= *(?:[.,;!?\"”]|\Z))"
    r"|(?:dismiss|reject|disput|contradict|counter)\w* (?:\w+ ){0,2}(?:claim|report|allegation"
    r"|accus|account|suggest|charge|rumou?r)\w*|nothing to do with"
    r"|no (?:role|part|hand|involvement) in"
    r"|not (?:\w+ ){0,2}(?:behind|responsible|to blame|involved in|guilty))\b",
    re.IGNORECASE,
)
SAID_OF: Final = re.compile(r"(?:is|was|were|are) ", re.IGNORECASE)
"""How a denial begins that is said of the words before it."""
AGAINST_DENIAL: Final = re.compile(
    r"\b(?:contradict\w*|despite|belie\w*|contrary to|in spite of|notwithstanding)\b[^,.;]*\Z", re.I
)
"""Ahead of a denial: the text does not share it."""
PAST: Final = re.compile(
    r"\b(?:in the past|on previous occasions|long ago|years ago)\b", re.IGNORECASE
)
"""Words by which a denial is of something that happened before."""
NEGATION: Final = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t"
    r"|(?:do|does|did|is|was|were|wo|ca|have|has|had|could|would|should)nt)\b"
    r"(?! (?:only|the first|for the first)\b)",
    re.IGNORECASE,
)
REFUSAL: Final = re.compile(
    r"\b(?:refus\w+|declin\w+|reject\w+|block\w*|halt\w*|fail\w*|th(?:row|rew)\w* out|toss\w*"
    r"|rul(?:e|es|ed|ing) (?:out|against)|bans?|banned|prohibit\w*|acquit\w*|innocent|prevent\w*"
    r"|stop\w*|suspend\w*|boycott\w*|bypass\w*|unlikely|inconclusive|dismiss\w*|lack\w*|absen\w+"
    r"|un(?:able|clear|willing)|cancel\w*|withdr[ae]w\w*|scrap\w*|drop\w*|lift\w*"
    r"|false|untrue|baseless|str(?:ikes?|uck) down|non-\w+|avoid\w*|end(?:s|ed)?"
    r"|clear(?:s|ed) of)\b",
    re.IGNORECASE,
)
"""Words that say "not" without a negation: what they are compared with is no contradiction."""
DOUBT: Final = re.compile(
    r"\b(?:alleged\w*|reported(?:ly)?|unconfirmed|unverified|rumou?r\w*|doubt\w*|question\w*"
    r"|possibl[ey]|apparent\w*|purported\w*|supposed\w*|may have|might have|could be|could have"
    r"|claims?|claimed|whether|unclear|sceptic\w*|skeptic\w*)\b|\?",
    re.IGNORECASE,
)
TOTAL: Final = re.compile(
    r"\b(?:since|so far|overall|in (?:the )?(?:past|last|recent)|over the (?:past|last)|in total"
    r"|during the (?:past|last)|(?:past|last|this) (?:week|month|year)|civil war|conflict began"
    r"|(?:days|weeks|months|years) of)\b",
    re.IGNORECASE,
)
"""Words by which a count sums a period instead of one incident."""
FURTHER: Final = re.compile(
    r"\b(?:(?:was|were|had been|have been) also|also (?:killed|wounded|injured|left)|another"
    r"|separately|elsewhere|in a separate)\b",
    re.IGNORECASE,
)
"""Words by which a count is of something further than what was told before."""
RISING: Final = re.compile(
    r"\b(?:r[io]sen?|rises|rising|climb(?:s|ed)?|increased|gone up|went up)"
    r"(?: \w+| from \S+)? to\b",
    re.IGNORECASE,
)
"""Words by which a count is the update of an earlier one."""
WITHIN: Final = re.compile(
    r"\b(?:including|among (?:them|whom)|of (?:them|whom))(?: at least| some| about)? $",
    re.IGNORECASE,
)
"""Before a number: the count is a part of the one told before it."""
LOCATED: Final = re.compile(
    r"\b(?:in|at|near|outside|(?:towns?|villages?|neighbou?rhoods?|districts?|suburbs?) of)\s+"
    r"(?:the )?((?:al-)?(?!\w*(?:ians?|ish|ias)\b)[A-Z][\w'’-]+)"
)
"""A name in the place of a place, for telling two incidents in one province apart."""
PART: Final = re.compile(r" of (?:the|those|these|its|his|their)\b")
"""After a number: the count is a part of something counted elsewhere."""
BLAME: Final = re.compile(
    r"\b(?:accus\w+|blam\w+|responsib\w+|(?:was|were|is|are|being) behind|guilty|culprits?"
    r"|perpetrat\w+|to be the work of|carried out by|had used|used chemical)\b",
    re.IGNORECASE,
)

_OPPOSITES: Final = """
win lose; won lost; victory defeat; advance retreat; advance repel; capture lose; captured lost
capture repel; seized lost; seized repelled; hold fall; held lost; held fell; alive dead
alive died; alive killed; survived died; survived dead; accept reject; approve reject; approve veto
approve block; pass block; agree refuse; support oppose; open closed; rise fall; rose fell
increase decrease; increase drop; increase decline; guilty innocent; guilty acquitted
convicted acquitted; begin end; start end; succeed fail; success failure; released detained
join leave; stay leave; stay quit; stay resign; real fake; real hoax; true false; found missing
deliberate accident; intentional accident; allow ban; allow prohibit; respect violate; resume halt
restore cut; surrender fight; admit deny
"""
OPPOSITES: Final = tuple(
    tuple(pair.split()) for line in _OPPOSITES.strip().splitlines() for pair in line.split(";")
)
"""Words that cannot both be said of one thing, in pairs."""


def denials(text: str) -> Iterator[re.Match[str]]:
    """Find what denies in a text, but for denials that it contradicts itself."""
    for match in DENIAL.finditer(text):
        if not AGAINST_DENIAL.search(text, max(0, match.start() - REACH), match.start()):
            yield match
