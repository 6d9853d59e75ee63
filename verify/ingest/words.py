"""The words of a sentence with offsets, and a rough part of speech for each from closed lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from verify.ingest.lexicon import entries_of, words_of
from verify.ingest.wordlists import words as words_from

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sen|Rep|Gov|Sgt|St|Prof|Jr|Sr|Adm)\.(?=\s)"
    r"|\b[A-Z]\.(?=\s[A-Z])|\d+(?:[.,:]\d+)*%?|['’]s\b|n['’]t\b"
    r"|\w+?(?=n['’]t\b)|[^\W_]+(?:[-.&/][^\W_]+)*(?:['’](?!s\b)[^\W_]+)*|\.\.\.|''|``|[^\w\s]"
)
_LISTS = (
    # the first list that knows a word decides its class
    ("R", "pronouns"), ("A", "auxiliaries"), ("D", "determiners"), ("S", "subordinators"),
    ("P", "prepositions"), ("B", "adverbs"), ("T", "times"), ("O", "objects"),
)  # fmt: skip
_FIXED = {
    "and": "C", "or": "C", "but": "C", "nor": "C", "plus": "C",
    "who": "W", "which": "W", "whom": "W", "whose": "W", "what": "W",
    ",": ",", ";": ";", ":": ":", ".": "E", "!": "E", "?": "E", "...": "E", "…": "E",
    "–": "-", "—": "-", "-": "-", "―": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    "'s": "'", "’s": "'",
}  # fmt: skip
_QUOTES = frozenset("\"“”„«»‘’'") | {"''", "``"}
_NO_ADVERB = words_from("family supply reply rally assembly italy july deadly daily weekly elderly")
_ADJECTIVES = words_of("adjectives")
_SPELLED = words_from(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds thousands"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a sentence.

    ``tag``: D determiner, P preposition, R subject pronoun, O object pronoun, W relative pronoun,
    C and/or/but, S subordinator, A auxiliary, B adverb, T day or month, N number, X capitalised,
    V past form in -ed, L any other lower-case word, ' possessive, Q quotation mark, E closing
    mark; , ; : - ( ) stand for themselves. ``capital``: it begins with a capital letter.
    """

    start: int
    end: int
    folded: str
    tag: str
    capital: bool


@cache
def _classes() -> dict[str, str]:
    classes: dict[str, str] = {}
    for tag, name in _LISTS:
        for word in words_of(name):
            classes.setdefault(word, tag)
    return {**classes, **_FIXED}


def words_in(text: str, start: int, end: int) -> list[Word]:
    """Return the words and marks of ``text[start:end]``."""
    classes = _classes()
    found: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        raw = match[0]
        folded = raw.lower().replace("’", "'")
        tag, capital = _tag(raw, folded, classes), raw[0].isupper()
        if folded == "'" and found and _owns(text, match, found[-1]):
            tag = "'"  # "the Dockers' Union"
        if tag == "P" and capital and found and found[-1].tag == "X":
            tag = "X"  # "Doctors Without Borders"
        found.append(Word(match.start(), match.end(), folded, tag, capital))
    return found


def _owns(text: str, match: re.Match[str], before: Word) -> bool:
    """Say whether an apostrophe makes the name before it a possessive plural."""
    close = before.end == match.start() and before.folded.endswith("s") and before.capital
    return close and text[match.end() : match.end() + 2].strip()[:1].isupper()


def _tag(raw: str, folded: str, classes: dict[str, str]) -> str:
    if raw in _QUOTES:
        return "Q"
    known = classes.get(folded)
    if known and not (known in "RA" and raw.isupper() and len(raw) > 1):
        return "X" if known == "T" and folded == "may" else known
    if folded[0].isdigit() or folded in _SPELLED:
        return "N"
    if raw[0].isupper() or ("-" in raw[1:4] and raw != folded):
        return "X"  # "Reed", "al-Hassan"
    if folded.endswith("ly") and len(folded) > 4 and folded not in _NO_ADVERB:
        return "B"
    if folded.endswith("ed") and len(folded) > 4 and folded not in _ADJECTIVES:
        return "V"
    return "L" if raw[0].isalpha() else ";"


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a cue verb: its frames (see ``cues/verbs.txt``) with and without particles."""

    lemma: str
    form: str  # "base", "third", "past", "participle", "past/participle", "gerund"
    frames: str
    particles: tuple[tuple[str, str], ...] = ()  # (particle, frames)


@cache
def verbs() -> dict[str, Verb]:
    """Return every form of every cue verb."""
    plain: dict[str, str] = {}
    particles: dict[str, list[tuple[str, str]]] = {}
    irregular: dict[str, list[str]] = {}
    for line in entries_of("verbs"):
        lemma, frames, *forms = line.split()
        lemma, _, particle = lemma.partition("_")
        if particle:
            particles.setdefault(lemma, []).append((particle, frames))
        else:
            plain[lemma] = frames
        if forms:
            irregular[lemma] = forms[0].split(":")
    found: dict[str, Verb] = {}
    for lemma in {**plain, **particles}:
        third, past, participle, gerund = irregular.get(lemma) or _regular(lemma)
        names = {lemma: "base", third: "third", gerund: "gerund"}
        if past == participle:
            names[past] = "base/past" if past == lemma else "past/participle"
        else:
            names |= {past: "past", participle: "participle"}
        for word, form in names.items():
            found[word] = Verb(lemma, form, plain.get(lemma, ""), tuple(particles.get(lemma, ())))
    return found


def _regular(lemma: str) -> tuple[str, str, str, str]:
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma[:-1] + "ied", lemma + "ing"
    ending = "es" if lemma.endswith(("s", "x", "ch", "sh", "z")) else "s"
    return lemma + ending, lemma + "ed", lemma + "ed", lemma + "ing"
