"""Which word governs a count: the verb before it, the one after it, or the one over its list."""

from __future__ import annotations

from typing import Final

from verify.ingest.kind_words import (
    AUXILIARIES,
    CASUALTIES,
    CLAUSE_WORDS,
    GROUPS,
    INTRANSITIVE,
    JOINS,
    KIND_OF,
    NOUNS_OF_ACTS,
    PART_OF,
    PASSIVE,
    PREDICATES,
    PREPOSITIONS,
    STEPS,
)
from verify.ingest.phrases import Sentence
from verify.ingest.wordlists import words
from verify.records import QuantityKind

_FARTHEST: Final = 22
"""Words looked at on the right of what is counted; a passive further away governs another noun."""
_REACHING: Final = JOINS | PART_OF | {"of", "them", "(", "-", "–", "—"}
_BETWEEN: Final = words('the all of these those an a additional further other up to " “')
_UNCONNECTED: Final = (CLAUSE_WORDS | PREPOSITIONS | AUXILIARIES | words(". ; :")) - {"as"}
_FARTHEST_BACK: Final = 10
_NOT_GOVERNING: Final = words("dead die died dies fled flee flees joined remained")


def verb_before(sentence: Sentence, n: int) -> QuantityKind | None:
    """Find the active verb, or the noun with "of", right before the number."""
    place = sentence.places[n] - 1
    of = False
    while sentence.word(place) in _BETWEEN:
        of = of or sentence.word(place) == "of"
        place -= 1
    if of and sentence.word(place) in GROUPS:  # "killed a family of six"
        place, of = place - 1, False
        while sentence.word(place) in ("a", "an", "the", "one", "entire", "whole"):
            place -= 1
    word = sentence.word(place)
    if word == "down" and sentence.word(place - 1) in ("shot", "shoot", "shooting"):
        return "destroyed"
    kind = KIND_OF.get(word)
    if kind is None or word in _NOT_GOVERNING:
        return None
    if word in NOUNS_OF_ACTS and of:
        return _compound(sentence, place, kind)
    if of or _is_passive(sentence, place) or _is_headline(sentence, place, n):
        return None
    return _compound(sentence, place, kind)


def verb_over_nouns(sentence: Sentence, n: int) -> QuantityKind | None:
    """Find the active verb over uncounted nouns: "killing a nurse and two guards"."""
    place = sentence.places[n] - 1
    if sentence.word(place) in ("her", "his", "their", "its"):
        place -= 1
    if sentence.word(place) == "with" and sentence.word(place - 1) in ("along", "together"):
        place -= 1
    elif sentence.word(place) not in ("and", ","):
        return None
    for back in range(place - 1, max(-1, place - _FARTHEST_BACK), -1):
        word = sentence.word(back)
        if sentence.at(back).count is not None or word in _UNCONNECTED:
            return None
        kind = KIND_OF.get(word)
        if kind:
            governs = word not in _NOT_GOVERNING and not _is_passive(sentence, back)
            return kind if governs and back < place - 1 else None
    return None


def _is_headline(sentence: Sentence, place: int, n: int) -> bool:
    """Tell "Three killed five injured", where each number comes before its participle."""
    if sentence.word(place)[-2:] not in ("ed", "rt"):
        return False
    end = sentence.phrases[n].end
    following = sentence.at(end + 1)
    takes_object = following.count is not None or following.word in ("a", "an", "the")
    return KIND_OF.get(sentence.word(end)) in CASUALTIES and not takes_object


def _compound(sentence: Sentence, place: int, kind: QuantityKind) -> QuantityKind:
    """Turn "killed and injured five", two different fates in one number, into other."""
    for step in (-1, 1):
        near = place + step
        while sentence.word(near) in ("and", "or", ","):
            near += step
        other = KIND_OF.get(sentence.word(near))
        if other in CASUALTIES and other != kind and abs(near - place) <= 2:
            return "other"
    return kind


def _is_passive(sentence: Sentence, place: int) -> bool:
    if sentence.word(place).endswith("ing"):
        return False
    place -= 1
    while sentence.word(place) in STEPS - AUXILIARIES:
        place -= 1
    return sentence.word(place) in PASSIVE


def verb_after(sentence: Sentence, n: int) -> tuple[QuantityKind | None, bool]:
    """Find what is said after the words of what is counted; the flag: over another number."""
    place = sentence.phrases[n].end
    crossed = plain = False
    for _ in range(_FARTHEST):
        token = sentence.at(place)
        if token.count is not None:
            before = sentence.word(place - 1)
            if place != sentence.phrases[n].end and before not in _REACHING:
                break
            if (
                before == "and"
                and sentence.word(place - 2) == ","
                and _is_bare(sentence, token.count)
            ):
                break
            crossed = crossed or before != "of"
            place = _behind(sentence, token.count, before in PART_OF)
            continue
        if token.word == "reported" and sentence.word(place - 1) in AUXILIARIES:
            place += 1
            continue
        if token.word in ".;:" or (token.word in CLAUSE_WORDS and not _is_as_well(sentence, place)):
            break
        if sentence.word(place + 1) == "to" and sentence.word(place + 2) == "death":
            place += 2  # "were burnt to death"
            token = sentence.at(place)
        if token.word == "lost" and sentence.word(place + 2) in ("lives", "life"):
            return "killed", crossed
        if kind := KIND_OF.get(token.word):
            return _said(sentence, place, kind, plain and not crossed), crossed
        plain = plain or token.word not in STEPS
        place += 1
    return None, crossed


def _is_bare(sentence: Sentence, n: int) -> bool:
    """Tell a count that opens a clause of its own: "40 sailors, and 27 are missing"."""
    phrase = sentence.phrases[n]
    return phrase.words is None and sentence.word(phrase.end) in AUXILIARIES


def _behind(sentence: Sentence, count: int, part: bool) -> int:
    """Step over another count; in "700 people including 47 wounded" over its own fate too."""
    phrase = sentence.phrases[count]
    return phrase.end + (part and phrase.words is None)


def _is_as_well(sentence: Sentence, place: int) -> bool:
    return sentence.word(place) == "as" and sentence.word(place + 1) in ("well", "of")


def _said(sentence: Sentence, place: int, kind: QuantityKind, plain: bool) -> QuantityKind | None:
    """Judge a word that tells a fate; ``plain``: words that say nothing of one stand between."""
    word, before = sentence.word(place), sentence.word(place - 1)
    if word == "death" and before == "to":  # "were burnt to death"
        return "killed"
    if word in NOUNS_OF_ACTS or (word.endswith("ing") and word not in ("missing", "burning")):
        return None
    if plain and before not in STEPS and word not in INTRANSITIVE | {"dead", "missing", "ablaze"}:
        return None
    if _is_active(sentence, place):
        return kind if word in INTRANSITIVE else None
    return _compound_after(sentence, place, kind)


def _is_active(sentence: Sentence, place: int) -> bool:
    """Tell "two bombers killed 12 people" from "two were killed" and "two killed, 12 hurt"."""
    if sentence.word(place - 1) in AUXILIARIES and _is_passive(sentence, place):
        return False
    if sentence.word(place) in PREDICATES:
        return False
    following = sentence.at(place + 1)
    if following.word in ("a", "an", "the", "at", "civilians", "people"):
        return True
    if following.count is None:
        return False
    after = sentence.word(sentence.phrases[following.count].end)
    return KIND_OF.get(after) not in CASUALTIES and after not in AUXILIARIES


def _compound_after(sentence: Sentence, place: int, kind: QuantityKind) -> QuantityKind:
    near = place + 1
    while sentence.word(near) in ("and", "or", ","):
        near += 1
    word = sentence.word(near)
    other = KIND_OF.get(word)
    if other not in CASUALTIES or other == kind or near - place > 2:
        return kind
    return kind if word.endswith("ing") and word != "missing" else "other"
