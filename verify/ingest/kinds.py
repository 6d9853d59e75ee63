"""What a count counts, and what happened to it: killed, wounded, captured, destroyed, other.

A sentence is cut into words. Each count takes the kind of the nearest word that governs it: the
verb before it ("killing 12 people"), what is said after it ("12 people were killed"), the noun
itself ("12 martyrs"), a toll ("the death toll rose to 31"), or the count that it is part of
("15 civilians, among them three children").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.ingest.kind_words import (
    AUXILIARIES,
    CASUALTY_NOUNS,
    CLAUSE_WORDS,
    FORCES,
    JOINS,
    KIND_OF,
    NOUNS_OF_ACTS,
    PART_OF,
    PASSIVE,
    STEPS,
    STOP_WORDS,
    THINGS,
)
from verify.ingest.numbers import Count
from verify.records import QuantityKind

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:.()\"“”&]")
_TOLL = re.compile(
    r"\b(?:(?:death )?toll|casualties|number of (?:the )?"
    r"(?P<who>dead|deaths|fatalities|martyrs|victims|killed|wounded|injured))\b"
    r"[^.;\d]{0,90}?(?:\b(?:to|at|of|is|was|reached|reaching|exceeded|stands at|hit)\b|:) ?$",
    re.IGNORECASE,
)
_VICTIMS = re.compile(
    r"\b(?:those killed|people killed|killed|the dead|victims|among the (?:dead|killed|martyrs))\b"
    r"[^.;]{0,60}?\b(?:includ(?:e|ed|es|ing)|were|was|are) ?$",
    re.IGNORECASE,
)
_AMONG_DEAD = re.compile(
    r" (?:\w+ ){0,4}among (?:the|those) (?P<who>dead|killed|wounded|injured)\b", re.IGNORECASE
)
_ALSO = re.compile(r"\b(?:as well as|along with|alongside|in addition to|besides) (?:the )?$", re.I)
_CASUALTY = frozenset({"killed", "wounded", "captured", "missing", "displaced"})
_LONGEST_PHRASE = 9
_FARTHEST = 22
"""Words looked at on the right of what is counted; a passive further away governs another noun."""


@dataclass(frozen=True)
class Counted:
    """What one count is about: the kind, and the words of what is counted (None: not said)."""

    kind: QuantityKind
    counted: str | None


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str  # lower-case
    count: int | None = None  # index of the count that this token is


@dataclass
class _Phrase:
    end: int  # index of the token after it
    words: str | None
    head: str  # the last word, which says whether it is a person or a thing
    kind: QuantityKind | None = None  # where the phrase carries it ("12 martyrs")
    part: bool = False  # "of them"


def kinds_of(text: str, start: int, end: int, counts: Sequence[Count]) -> list[Counted | None]:
    """Say for each count in the sentence ``text[start:end]`` what it counts.

    None is a bare number that counts nothing that the sentence names.
    """
    return _Reading(text, start, end, counts).results()


class _Reading:
    """One sentence being read: its tokens, counts and what was found so far, left to right."""

    def __init__(self, text: str, start: int, end: int, counts: Sequence[Count]) -> None:
        self.text, self.start, self.counts = text, start, counts
        self.tokens = _tokens(text, start, end, counts)
        self.at = [n for n, token in enumerate(self.tokens) if token.count is not None]
        self.phrases = [self._phrase(place) for place in self.at]
        self.found: list[QuantityKind | None] = []

    def results(self) -> list[Counted | None]:
        results: list[Counted | None] = []
        for n, phrase in enumerate(self.phrases):
            kind = self._kind(n)
            self.found.append(kind)
            if kind is None and phrase.words is None:
                results.append(None)
            else:
                results.append(Counted(kind or "other", phrase.words))
        return results

    def _kind(self, n: int) -> QuantityKind | None:
        phrase = self.phrases[n]
        before = self.text[max(self.start, self.counts[n].start - 160) : self.counts[n].start]
        thing = phrase.head in THINGS
        kind = phrase.kind or self._left(n)
        if kind is None and self._is_part(n, phrase, before):
            kind = self._inherited(n)
        if kind is None and not thing and _VICTIMS.search(before):
            kind = "killed"
        if kind is None:
            kind = self._after(n, before, thing)
        if kind is None and n and (self._joined(n) or _ALSO.search(before)):
            kind = self._inherited(n)
        return _fitting(kind, phrase.head, thing)

    def _after(self, n: int, before: str, thing: bool) -> QuantityKind | None:
        """Weigh what is said after the number: a verb of its own, a toll, a verb over others."""
        kind, crossed = self._right(n)
        if kind and not crossed:
            return kind
        told = None if thing else self._told(n, before)
        if told is None and crossed and self._joined(n):
            told = self.found[n - 1]
        return told or kind

    def _phrase(self, place: int) -> _Phrase:
        """Read the words of what is counted, from the token after the number."""
        tokens, n = self.tokens, place + 1
        words: list[_Token] = []
        part = False
        if _at(tokens, n).word == "of" and _at(tokens, n + 1).word in (
            "them", "whom", "those", "these", "its", "their", "his", "the",
        ):  # fmt: skip
            part = _at(tokens, n + 1).word in ("them", "whom", "those", "these")
            n += 2
            if part and _at(tokens, n).word in ("a", "an", "were", "are", "was"):
                n += 1
        while n < len(tokens) and len(words) < _LONGEST_PHRASE:
            token = tokens[n]
            if token.word in ("of", "the", "more", "other", "(", ")", "") and not words:
                n += 1
                if token.word == "other":
                    words.append(token)
                continue
            if not words and token.word.endswith("ly") and _at(tokens, n + 1).word in KIND_OF:
                n += 1
                continue
            kind = KIND_OF.get(token.word)
            if kind and not words and self._is_adjective(n):
                phrase = self._phrase(n)
                return _Phrase(phrase.end, phrase.words, phrase.head, kind)
            if kind or self._ends(n, words):
                break
            words.append(token)
            n += 1
        return self._finished(n, words, part)

    def _finished(self, n: int, words: list[_Token], part: bool) -> _Phrase:
        token = _at(self.tokens, n)
        while words and words[-1].word in ("of", "and", "or", "&"):
            words.pop()
            n -= 1
        if not words or all(token.word == "of" for token in words):
            if token.word in CASUALTY_NOUNS and token.word not in ("dead", "death"):
                return _Phrase(n + 1, token.word, token.word, KIND_OF[token.word])
            if token.word in KIND_OF and _at(self.tokens, n - 1).word == "the":
                return _Phrase(n + 1, f"the {token.word}", token.word, KIND_OF[token.word])
            return _Phrase(n, None, "", part=part)
        spoken = self.text[words[0].start : words[-1].end]
        head = next((w for w in words if w.word == "of"), None)
        last = words[words.index(head) - 1] if head and words.index(head) else words[-1]
        return _Phrase(n, spoken, last.word, part=part)

    def _is_adjective(self, n: int) -> bool:
        """Tell "14 wounded men" from "14 wounded in the attack"."""
        following = _at(self.tokens, n + 1)
        return following.word in _PERSON_WORDS and KIND_OF[self.tokens[n].word] in _CASUALTY

    def _ends(self, n: int, words: list[_Token]) -> bool:
        token = self.tokens[n]
        if token.count is not None or token.word[0].isdigit():
            return True
        if token.word in ',;:."“”' or token.word in STOP_WORDS:
            return True
        if token.word in ("and", "or", "&"):
            following = _at(self.tokens, n + 1)
            return (
                following.count is not None
                or following.word in KIND_OF
                or following.word in STOP_WORDS
                or not words
            )
        return False

    def _left(self, n: int) -> QuantityKind | None:
        """Find the active verb, or the noun with "of", right before the number."""
        place = self.at[n] - 1
        of = False
        while place >= 0 and self.tokens[place].word in _BETWEEN:
            of = of or self.tokens[place].word == "of"
            place -= 1
        if place < 0:
            return None
        word = self.tokens[place].word
        kind = KIND_OF.get(word)
        if kind is None or word in ("dead", "die", "died", "dies"):
            return None
        if word in NOUNS_OF_ACTS and of:
            return self._compound(place, kind)
        if of or self._is_passive(place):
            return None
        if self._headline_passive(place, n):
            return None
        return self._compound(place, kind)

    def _headline_passive(self, place: int, n: int) -> bool:
        """Tell "Three killed five injured", where each number comes before its participle."""
        if self.tokens[place].word[-2:] not in ("ed", "rt"):
            return False
        after = _at(self.tokens, self.phrases[n].end)
        return KIND_OF.get(after.word) in _CASUALTY and not self._takes_object(self.phrases[n].end)

    def _takes_object(self, place: int) -> bool:
        following = _at(self.tokens, place + 1)
        return following.count is not None or following.word in ("a", "an", "the")

    def _compound(self, place: int, kind: QuantityKind) -> QuantityKind:
        """Turn "killed and injured five", two different fates in one number, into other."""
        for step in (-1, 1):
            near = place + step
            while _at(self.tokens, near).word in ("and", "or", ",", "/"):
                near += step
            other = KIND_OF.get(_at(self.tokens, near).word)
            if other in _CASUALTY and other != kind and abs(near - place) <= 2:
                return "other"
        return kind

    def _is_passive(self, place: int) -> bool:
        if self.tokens[place].word.endswith("ing"):
            return False
        place -= 1
        while _at(self.tokens, place).word in STEPS and self.tokens[place].word not in AUXILIARIES:
            place -= 1
        return _at(self.tokens, place).word in PASSIVE

    def _right(self, n: int) -> tuple[QuantityKind | None, bool]:
        """Find what is said after the words of what is counted; the flag: over another number."""
        place = self.phrases[n].end
        crossed = plain = False
        for _ in range(_FARTHEST):
            token = _at(self.tokens, place)
            if token.count is not None:
                if place != self.phrases[n].end and not self._reaches(place):
                    return None, crossed
                crossed = crossed or self.tokens[place - 1].word != "of"
                place = self.phrases[token.count].end
                continue
            if (token.word in CLAUSE_WORDS and not self._is_join(place)) or token.word in ".;:":
                return None, crossed
            if kind := KIND_OF.get(token.word):
                return self._said(n, place, kind, crossed, plain), crossed
            plain = plain or token.word not in STEPS
            place += 1
        return None, crossed

    def _is_join(self, place: int) -> bool:
        return self.tokens[place].word == "as" and _at(self.tokens, place + 1).word in (
            "well",
            "of",
        )

    def _reaches(self, place: int) -> bool:
        return self.tokens[place - 1].word in _REACHING

    def _said(
        self, n: int, place: int, kind: QuantityKind, crossed: bool, plain: bool
    ) -> QuantityKind | None:
        word, before = self.tokens[place].word, self.tokens[place - 1].word
        if word in NOUNS_OF_ACTS or (word.endswith("ing") and word != "missing"):
            return None
        led = before in STEPS or word in ("died", "dead", "fled", "missing")
        if plain and not led and not crossed:
            return None
        if self._is_active(place, before):
            return kind if word in ("died", "fled", "joined") else None
        return self._compound_after(place, kind)

    def _is_active(self, place: int, before: str) -> bool:
        """Tell "two bombers killed 12 people" from "two were killed" and "two killed, 12 hurt"."""
        if before in AUXILIARIES and self._is_passive(place):
            return False
        if self.tokens[place].word in ("dead", "missing", "homeless"):
            return False
        following = _at(self.tokens, place + 1)
        if following.word in ("a", "an", "the", "at", "civilians", "people"):
            return True
        if following.count is None:
            return False
        after = _at(self.tokens, self.phrases[following.count].end).word
        return KIND_OF.get(after) not in _CASUALTY and after not in AUXILIARIES

    def _compound_after(self, place: int, kind: QuantityKind) -> QuantityKind:
        near = place + 1
        while _at(self.tokens, near).word in ("and", "or", ","):
            near += 1
        other = KIND_OF.get(_at(self.tokens, near).word)
        if other in _CASUALTY and other != kind and near - place <= 2:
            active = self.tokens[near].word.endswith("ing") and other != "missing"
            return kind if active else "other"
        return kind

    def _is_part(self, n: int, phrase: _Phrase, before: str) -> bool:
        if phrase.part:
            return True
        place = self.at[n] - 1
        while place >= 0 and self.tokens[place].word in ("them", ",", "(", "whom", "about"):
            place -= 1
        if place >= 0 and self.tokens[place].word in PART_OF:
            return True
        opening = re.match(r"\W*(?:Among|Of) ", self.text[self.start : self.start + 12])
        following = _at(self.tokens, phrase.end).word
        return bool(opening and n and phrase.words is None and following in AUXILIARIES)

    def _inherited(self, n: int) -> QuantityKind | None:
        """Take the kind of the count that this one is part of: the nearest one before it."""
        for before in range(n - 1, -1, -1):
            if self.found[before]:
                return self.found[before]
        return None

    def _told(self, n: int, before: str) -> QuantityKind | None:
        """Read tolls, lists of victims, and "claiming eight"."""
        toll = _TOLL.search(before)
        if toll:
            wounded = (toll["who"] or "").lower() in ("wounded", "injured")
            return "wounded" if wounded else "killed"
        among = _AMONG_DEAD.match(self.text, self.counts[n].end)
        if among:
            return KIND_OF[among["who"].lower()]
        if re.search(r"\bclaim(?:s|ed|ing) $", before) and self.phrases[n].words is None:
            return "killed"
        if re.search(r"\b(?:army|force|garrison) of $", before):
            return "force_size"
        return None

    def _joined(self, n: int) -> bool:
        """Whether only "and", a comma or nothing stands between this count and the one before."""
        if n == 0:
            return False
        between = self.tokens[self.phrases[n - 1].end : self.at[n]]
        return all(token.word in JOINS or token.word in ("by", "the") for token in between)


_REACHING = JOINS | PART_OF | {"of", "them"}
_BETWEEN = frozenset(
    ["the", "all", "of", "these", "those", "an", "a", "additional", "further", "other", "up", "to"]
)
_PERSON_WORDS = frozenset(
    [
        "people",
        "persons",
        "civilians",
        "men",
        "women",
        "children",
        "soldiers",
        "troops",
        "fighters",
        "militants",
        "terrorists",
        "rebels",
        "gunmen",
        "jihadists",
        "insurgents",
        "forces",
        "members",
        "patients",
        "residents",
        "citizens",
        "families",
        "victims",
        "syrians",
        "afghans",
        "policemen",
    ]
)
_NOWHERE = _Token(0, 0, ".")


def _at(tokens: Sequence[_Token], place: int) -> _Token:
    return tokens[place] if 0 <= place < len(tokens) else _NOWHERE


def _tokens(text: str, start: int, end: int, counts: Sequence[Count]) -> list[_Token]:
    tokens: list[_Token] = []
    position = start
    for n, count in enumerate(counts):
        tokens.extend(_plain(text, position, count.start))
        tokens.append(_Token(count.start, count.end, "#", n))
        position = count.end
    tokens.extend(_plain(text, position, end))
    return tokens


def _plain(text: str, start: int, end: int) -> list[_Token]:
    return [
        _Token(match.start(), match.end(), match[0].lower())
        for match in _TOKEN.finditer(text, start, end)
    ]


def _fitting(kind: QuantityKind | None, head: str, thing: bool) -> QuantityKind | None:
    """Refuse what cannot be: a killed house, a destroyed person, a garrison of children."""
    if thing and kind != "destroyed":
        return None
    if kind == "force_size" and head not in FORCES:
        return None
    if kind == "destroyed" and head in _PERSON_WORDS:
        return None
    return kind
