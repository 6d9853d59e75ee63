"""A sentence cut into words, and the words of what each of its counts counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from verify.ingest.kind_words import (
    CASUALTIES,
    CASUALTY_NOUNS,
    KIND_OF,
    PERSONS,
    STOP_WORDS,
    THINGS,
)
from verify.ingest.numbers import Count
from verify.ingest.wordlists import words
from verify.records import QuantityKind

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:.()\"“”&]|(?<= )[-–—](?= )")
_PUNCTUATION: Final = frozenset(',;:."“”-–—')
_OPENING: Final = words('of more other ( ) " “')
_PART: Final = words("them whom those these")
_POSSESSIVE: Final = words("its their his the")
_VERBAL = re.compile(r"\w{3,}(?:ed|ing)$")
_NUMERAL = re.compile(r"\d[\d.,]*")
_LONGEST: Final = 9


@dataclass(frozen=True)
class Token:
    """One word (lower-case), mark or count; ``count`` is the index of the count that it is."""

    start: int
    end: int
    word: str
    count: int | None = None


@dataclass(frozen=True)
class Phrase:
    """The words of what is counted.

    ``end`` is the index of the token after them, ``words`` the text (None: nothing is named),
    ``head`` the noun that says whether it is a person or a thing, ``kind`` a fate that the phrase
    itself tells ("12 martyrs"), ``part`` whether it is of what was counted before ("of them").
    """

    end: int
    words: str | None
    head: str
    kind: QuantityKind | None = None
    part: bool = False


NOWHERE: Final = Token(0, 0, ".")


class Sentence:
    """The tokens of ``text[start:end]``, where its counts stand, and their phrases."""

    def __init__(self, text: str, start: int, end: int, counts: Sequence[Count]) -> None:
        self.text, self.start, self.end, self.counts = text, start, end, counts
        self.tokens = _tokens(text, start, end, counts)
        self.places = [n for n, token in enumerate(self.tokens) if token.count is not None]
        self.phrases = [self._phrase(place) for place in self.places]

    def at(self, place: int) -> Token:
        """Return the token at ``place``; outside the sentence, a full stop."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else NOWHERE

    def word(self, place: int) -> str:
        """Return the lower-case word at ``place``; outside the sentence, a full stop."""
        return self.at(place).word

    def before(self, n: int, length: int = 160) -> str:
        """Return the text of the sentence before count ``n``, at most ``length`` characters."""
        opening = self.counts[n].start
        return self.text[max(self.start, opening - length) : opening]

    def after(self, n: int, length: int = 40) -> str:
        """Return the text after count ``n``, at most ``length`` characters."""
        ending = self.counts[n].end
        return self.text[ending : min(self.end, ending + length)]

    def _phrase(self, place: int) -> Phrase:
        """Read from the token after the number."""
        n, part = self._of_them(place + 1)
        spoken: list[Token] = []
        while n < len(self.tokens) and len(spoken) < _LONGEST:
            token = self.tokens[n]
            if not spoken and self._opens(n):
                n += 1
                if token.word == "other":
                    spoken.append(token)
                continue
            kind = KIND_OF.get(token.word)
            if kind and not spoken and self._is_adjective(n):
                phrase = self._phrase(n)
                return Phrase(phrase.end, phrase.words, phrase.head, kind)
            if spoken and self._is_fate_noun(n, spoken[-1]):
                spoken.append(token)
                return Phrase(n + 1, self._words(spoken), token.word, kind)
            if kind or self._ends(n, spoken):
                break
            spoken.append(token)
            n += 1
        return self._finished(n, spoken, part)

    def _of_them(self, n: int) -> tuple[int, bool]:
        """Skip "of them", "of its", "of the"; the flag says that it is part of another count."""
        if self.word(n) != "of" or self.word(n + 1) not in _PART | _POSSESSIVE:
            return n, False
        part = self.word(n + 1) in _PART
        n += 2
        if part and self.word(n) in ("a", "an", "were", "are", "was"):
            n += 1
        return n, part

    def _opens(self, n: int) -> bool:
        """Whether a token may stand between the number and what is counted."""
        word = self.tokens[n].word
        adverb = word.endswith("ly") and self.word(n + 1) in KIND_OF
        return adverb or word in _OPENING or (word == "the" and self.word(n - 1) == "of")

    def _is_adjective(self, n: int) -> bool:
        """Tell "14 wounded men" from "14 wounded in the attack"."""
        return self.word(n + 1) in PERSONS and KIND_OF[self.tokens[n].word] in CASUALTIES

    def _is_fate_noun(self, n: int, before: Token) -> bool:
        """Tell "9,614 civilian deaths" and "five Israeli hostages" from "five people dead"."""
        word = self.tokens[n].word
        apart = before.word in PERSONS or self.text[before.end : self.tokens[n].start] != " "
        return word in CASUALTY_NOUNS and word not in ("dead", "death", "wounds") and not apart

    def _words(self, spoken: list[Token]) -> str:
        return self.text[spoken[0].start : spoken[-1].end]

    def _ends(self, n: int, spoken: list[Token]) -> bool:
        token = self.tokens[n]
        if token.count is not None or _NUMERAL.fullmatch(token.word) or token.word in _PUNCTUATION:
            return True
        if token.word == "the" and spoken and spoken[-1].word == "of":
            return False
        if token.word in STOP_WORDS:
            return True
        if token.word in ("and", "or", "&"):
            return self._ends_list(n, spoken)
        if not spoken or token.word == "of":
            return False
        after_person = spoken[-1].word in PERSONS and token.word not in THINGS | PERSONS
        return after_person or _VERBAL.match(token.word) is not None

    def _ends_list(self, n: int, spoken: list[Token]) -> bool:
        """Tell "volunteers and civilians" from "five women and a child"."""
        following = self.at(n + 1)
        return (
            not spoken
            or following.count is not None
            or following.word in KIND_OF
            or following.word in STOP_WORDS
        )

    def _finished(self, n: int, spoken: list[Token], part: bool) -> Phrase:
        while spoken and (
            spoken[-1].word in ("of", "and", "or", "&", "the")
            or (spoken[-1].word.endswith("ly") and (part or self.word(n) in KIND_OF))
        ):
            spoken.pop()
            n -= 1
        if not spoken:
            return self._bare(n, part)
        of = next((k for k, token in enumerate(spoken) if token.word == "of"), 0)
        head = spoken[of - 1 if of else -1].word
        return Phrase(n, self._words(spoken), head, part=part)

    def _bare(self, n: int, part: bool) -> Phrase:
        """Read a fate in the place of a noun: "12 martyrs", "five of the injured"."""
        word = self.word(n)
        if word in CASUALTY_NOUNS and word not in ("dead", "death"):
            return Phrase(n + 1, word, word, KIND_OF[word])
        if word in KIND_OF and self.word(n - 1) == "the":
            return Phrase(n + 1, f"the {word}", word, KIND_OF[word])
        return Phrase(n, None, "", part=part)


def _tokens(text: str, start: int, end: int, counts: Sequence[Count]) -> list[Token]:
    tokens: list[Token] = []
    position = start
    for n, count in enumerate(counts):
        tokens.extend(_plain(text, position, count.start))
        tokens.append(Token(count.start, count.end, "#", n))
        position = count.end
    tokens.extend(_plain(text, position, end))
    return tokens


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(match.start(), match.end(), _folded(text, match))
        for match in _TOKEN.finditer(text, start, end)
    ]


def _folded(text: str, match: re.Match[str]) -> str:
    """Give a word in lower case; the "IS" of "13 IS suspects" is no verb."""
    if match[0] == "IS" and text[match.end() : match.end() + 2].strip().islower():
        return "isis"
    return match[0].lower()
