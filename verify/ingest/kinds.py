"""What happened to what is counted: killed, wounded, captured, destroyed, or something other.

Each count takes the kind of the nearest word that governs it: the verb before it ("killing 12
people"), what is said after it ("12 people were killed"), the noun itself ("12 martyrs"), a toll
("the death toll rose to 31"), or the count that it is part of ("15 civilians, among them three
children").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verify.ingest.governing import verb_after, verb_before, verb_over_nouns
from verify.ingest.kind_words import (
    ARMS,
    AUXILIARIES,
    FORCES,
    GROUPS,
    JOINS,
    KIND_OF,
    PART_OF,
    PERSONS,
    STEPS,
    THINGS,
)
from verify.ingest.numbers import Count
from verify.ingest.phrases import Phrase, Sentence
from verify.ingest.wordlists import words
from verify.records import QuantityKind

_TOLL = re.compile(
    r"\b(?:(?:death )?toll|number of (?:the )?"
    r"(?P<who>dead|deaths|fatalities|martyrs|victims|killed|wounded|injured))\b"
    r"[^.;]{0,90}?(?:\b(?:to|at|of|is|was|reached|reaching|reaches|exceeded|exceeds|hits?"
    r"|tops|passes)|:) ?$",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"\bnumber of\b[^.;]{0,60}?\b(?P<fate>killed|wounded|injured|abducted|kidnapped|arrested"
    r"|detained|displaced|missing)\b[^.;]{0,60}?\b(?:to|at|is|was|reached|reaching) $",
    re.IGNORECASE,
)
_VICTIMS = re.compile(
    r"\b(?:those killed|people killed|killed|the dead|victims|among the (?:dead|killed|martyrs))\b"
    r"[^.;]{0,60}?\b(?:includ(?:e|ed|es|ing)|were|was|are) ?$",
    re.IGNORECASE,
)
_AMONG_DEAD = re.compile(
    r",? (?:[\w'’-]+,? ){0,8}?among (?:the|those) (?P<who>dead|killed|wounded|injured)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:as well as|along with|alongside|in addition to|besides) (?:the )?$", re.I)
_CLAIMING = re.compile(r"\bclaim(?:s|ed|ing) $", re.IGNORECASE)
_ARMY_OF = re.compile(r"\b(?:army|force|garrison) of $", re.IGNORECASE)
_OPENING_AMONG = re.compile(r"\W*(?:Among|Of) ")
_LISTING: Final = JOINS | {"by", "the", "follows", ":", "("}
_OPENS_PARTS: Final = frozenset(":(–—")
_LABEL = re.compile(r"(?:^|[\n;,.|(•])\s*(?P<fate>[a-z]+)\s*[:=] ?$", re.IGNORECASE)
_LOST = re.compile(r"\b(?:lost|lose|loses|losing|loss of)(?: (?:an|the|its))? $", re.IGNORECASE)
_DIED = re.compile(r" (?:of )?the (?:wounded|injured) (?:\w+ )?(?:died|succumbed)\b")
_TOOK = re.compile(r"\b(?:took|taken?|taking) $", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:bring|brings|bringing|brought|taking|raising|pushing)\b[^.;]{0,40}"
    r"\b(?:total|tally|number|figure|count)\b[^.;]{0,50}\bto $",
    re.IGNORECASE,
)
_UP_FROM = re.compile(r",? (?:\()?(?:up |down )?from (?:a |the |an )?(?:previous |earlier )?$")
_GROUP_OF = re.compile(rf"\b({'|'.join(sorted(GROUPS))}) of (?:at least )?$")
_OUT_OF = re.compile(r" (?:out )?of (?:the |its |their |these |those )?$")
_NONE_OF = re.compile(r"\b(?:neither|none) of (?:the |these |those |its |their )?$", re.IGNORECASE)
_FREED = re.compile(r"\b(?:freed?|freeing|releas(?:ed?|ing)|rescu(?:ed?|ing))\b", re.IGNORECASE)
_SPEAKING: Final = words("said say says told reported")


@dataclass(frozen=True)
class Counted:
    """What one count is about: the kind, and the words of what is counted (None: not said)."""

    kind: QuantityKind
    counted: str | None


def kinds_of(text: str, start: int, end: int, counts: Sequence[Count]) -> list[Counted | None]:
    """Say for each count in the sentence ``text[start:end]`` what it counts.

    None is a bare number that counts nothing that the sentence names.
    """
    if not counts:
        return []
    sentence = Sentence(text, start, end, counts)
    found: list[QuantityKind | None] = []
    results: list[Counted | None] = []
    for n, phrase in enumerate(sentence.phrases):
        kind = _kind(sentence, n, found)
        found.append(kind)
        counted = phrase.words or _whole(sentence, n)
        told = kind is not None or (counted is not None and not phrase.part)
        results.append(Counted(kind or "other", counted) if told else None)
    return results


def _kind(sentence: Sentence, n: int, found: Sequence[QuantityKind | None]) -> QuantityKind | None:
    """Weigh the words around count ``n``; ``found`` are the kinds of the counts before it."""
    phrase, before = sentence.phrases[n], sentence.before(n)
    thing = phrase.head in THINGS
    if _NONE_OF.search(before) or (n > 0 and _OUT_OF.fullmatch(_between(sentence, n))):
        return None  # "one of the two": what happened to one is not told of the two
    if label := _LABEL.search(before):
        return _fitting(KIND_OF.get(label["fate"].lower()), phrase.head, thing)
    kind = _nearest(sentence, n)
    if kind is None and _is_part(sentence, n):
        kind = _inherited(found)
    if kind is None and not thing and _VICTIMS.search(before):
        kind = "killed"
    if kind is None:
        kind = _after(sentence, n, found, thing)
    speaking = sentence.word(phrase.end) in _SPEAKING  # "killing four two residents said"
    kind = kind or _loss(sentence, n)
    if kind is None and not speaking and (_joined(sentence, n) or _ALSO.search(before)):
        kind = _inherited(found)
    if kind is None:
        kind = verb_over_nouns(sentence, n)
    if kind == "captured" and _FREED.search(before[-40:] + sentence.after(n)):
        kind = "other"
    return _fitting(kind, phrase.head, thing)


def _nearest(sentence: Sentence, n: int) -> QuantityKind | None:
    """Take the verb right before, the noun itself, or what is said right behind of captives."""
    phrase = sentence.phrases[n]
    left = verb_before(sentence, n)
    kind = left if phrase.kind in (None, "captured") and left else phrase.kind
    if left is None and _is_fate_of_captives(sentence, n):
        later, crossed = verb_after(sentence, n)
        return later if later and not crossed else kind
    if kind == "wounded" and _DIED.match(sentence.after(n)):
        return "killed"
    if kind is None and phrase.head == "prisoners" and _TOOK.search(sentence.before(n)):
        return "captured"
    return kind or (_lost(phrase.head) if _LOST.search(sentence.before(n)) else None)


def _after(
    sentence: Sentence, n: int, found: Sequence[QuantityKind | None], thing: bool
) -> QuantityKind | None:
    """Weigh what is said after the number: a verb of its own, a toll, a verb over others."""
    kind, crossed = verb_after(sentence, n)
    if kind and not crossed:
        return kind
    told = None if thing else _told(sentence, n, found)
    if told is None and kind and crossed and _joined(sentence, n):
        told = found[n - 1]
    return told or kind


def _is_fate_of_captives(sentence: Sentence, n: int) -> bool:
    """Whether a verb right behind says more: "five hostages were killed", "two of whom died"."""
    phrase = sentence.phrases[n]
    captive = phrase.kind == "captured" or (phrase.part and phrase.words is None)
    near = {sentence.word(phrase.end - 1), sentence.word(phrase.end)}
    return captive and not near.isdisjoint(AUXILIARIES)


def _is_part(sentence: Sentence, n: int) -> bool:
    """Whether the count is some of the one before it: "including three", "two of them"."""
    phrase: Phrase = sentence.phrases[n]
    place = sentence.places[n] - 1
    while sentence.word(place) in ("them", ",", "(", "whom", "about"):
        place -= 1
    if phrase.part or sentence.word(place) in PART_OF:
        return True
    opening = _OPENING_AMONG.match(sentence.text, sentence.start)
    bare = n > 0 and phrase.words is None and sentence.word(phrase.end) in AUXILIARIES
    return bare and opening is not None


def _inherited(found: Sequence[QuantityKind | None]) -> QuantityKind | None:
    """Take the kind of the nearest count before that has one."""
    return next((kind for kind in reversed(found) if kind), None)


def _told(sentence: Sentence, n: int, found: Sequence[QuantityKind | None]) -> QuantityKind | None:
    """Read tolls, totals, "up from 38", "among the dead", and "claiming eight"."""
    before = sentence.before(n)
    bare = sentence.phrases[n].words is None
    if _TOTAL.search(before) or (bare and n > 0 and _UP_FROM.fullmatch(_between(sentence, n))):
        return _inherited(found)
    if toll := _TOLL.search(before):
        return "wounded" if (toll["who"] or "").lower() in ("wounded", "injured") else "killed"
    if told := _NUMBER_OF.search(before):
        return KIND_OF.get(told["fate"].lower())
    among = _AMONG_DEAD.match(sentence.text, sentence.counts[n].end)
    last = n + 1 == len(sentence.counts)
    if among and (last or among.end() <= sentence.counts[n + 1].start):
        return KIND_OF[among["who"].lower()]
    if _CLAIMING.search(before) and bare:
        return "killed"
    return "force_size" if _ARMY_OF.search(before) else None


def _joined(sentence: Sentence, n: int) -> bool:
    """Whether only "and", a comma or nothing stands between this count and the one before.

    The parts of a total may follow its verb: "12 people were killed: seven men and five women".
    """
    if n == 0:
        return False
    tokens = sentence.tokens[sentence.phrases[n - 1].end : sentence.places[n]]
    between = [token.word for token in tokens]
    if between and between[-1] in _OPENS_PARTS:
        return all(word in STEPS or KIND_OF.get(word) for word in between[:-1])
    return all(word in _LISTING for word in between)


def _loss(sentence: Sentence, n: int) -> QuantityKind | None:
    """Read "lost 20 men" and "lost three tanks and ten men": men are killed, arms destroyed."""
    lost = n
    while lost > 0 and _joined(sentence, lost) and not _LOST.search(sentence.before(lost)):
        lost -= 1
    if not _LOST.search(sentence.before(lost)):
        return None
    return _lost(sentence.phrases[n].head)


def _lost(head: str) -> QuantityKind | None:
    return "killed" if head in PERSONS else "destroyed" if head in ARMS else None


def _between(sentence: Sentence, n: int) -> str:
    """Give the text between this count and the number of the one before."""
    return sentence.text[sentence.counts[n - 1].end : sentence.counts[n].start]


def _whole(sentence: Sentence, n: int) -> str | None:
    """Take what is counted from elsewhere: "one of the two pilots", "a family of six"."""
    if group := _GROUP_OF.search(sentence.before(n)):
        return group[1]
    if n + 1 == len(sentence.phrases) or not _OUT_OF.fullmatch(_between(sentence, n + 1)):
        return None
    return sentence.phrases[n + 1].words


def _fitting(kind: QuantityKind | None, head: str, thing: bool) -> QuantityKind | None:
    """Refuse what cannot be: a killed house, a destroyed person, a garrison of children."""
    if thing and kind != "destroyed":
        return None
    if kind == "force_size" and head not in FORCES:
        return None
    if kind == "destroyed" and head in PERSONS:
        return None
    return "other" if head == "casualties" else kind
