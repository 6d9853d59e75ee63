"""Which word of a claim tells what was done or what happened, for the reason that a reader sees."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from verify.ingest.kind_words import CASUALTY_NOUNS, KIND_OF, NOUNS_OF_ACTS, PREDICATES
from verify.ingest.lexicon import words_of
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import Word

_FINITE: Final = words_of("finite")
_NO_VERB: Final = words_from("hundred indeed sacred naked wicked rugged wretched breed creed speed")
"""Words that end in -ed and tell nothing that was done."""
_THINGS: Final = words_from(
    "nothing something anything everything thing king ring wing spring string morning evening"
    " ceiling during missing"
)
"""Words in -ing that are no act."""
_HAPPENED: Final = CASUALTY_NOUNS | NOUNS_OF_ACTS | PREDICATES
"""Words for what became of somebody: an outcome, no act."""
_BETWEEN: Final = words_from("not n't never been being be have had also still")
_NEAR: Final = 8
"""Words from the main verb on in which what was done is told."""


def act_of(words: Sequence[Word], main: int | None) -> str | None:
    """Say in words which act or happening a claim tells of, or None where it tells of none.

    ``main`` is the place of the main verb. The verb itself comes first ('tells of an act:
    "killed"'), then what it governs, then a noun for something that happened ('names what
    happened: "truce"').
    """
    if main is None:
        return _noun(words, KIND_OF)
    if verb := _verb(words, main):
        return f'tells of an act: "{verb}"'
    near = words[main : main + _NEAR]
    for word in near:
        if word.tag == "V" and word.folded not in _NO_VERB:
            return f'tells of an act: "{word.folded}"'
        if word.folded in KIND_OF:
            return _named(word.folded)
    return _noun(words, words_of("acts"))


def _verb(words: Sequence[Word], main: int) -> str | None:
    """Return the main verb, behind an auxiliary the participle: "were killed", "is shelling"."""
    word = words[main]
    if word.tag != "A":
        past = word.folded in _FINITE and not word.folded.endswith("s")
        done = (word.tag == "V" and word.folded not in _NO_VERB) or past
        return word.folded if done or _is_fate(word) else None
    for later in words[main + 1 : main + _NEAR]:
        if later.tag in "BA" or later.folded in _BETWEEN:
            continue
        doing = later.tag == "L" and later.folded.endswith("ing") and later.folded not in _THINGS
        past = later.folded in _FINITE and not later.folded.endswith("s")
        done = past or (later.tag == "V" and later.folded not in _NO_VERB)
        return later.folded if done or doing or _is_fate(later) else None
    return None


def _is_fate(word: Word) -> bool:
    return word.folded in KIND_OF and word.folded not in _HAPPENED


def _named(word: str) -> str:
    if word in _HAPPENED:
        return f'names what happened: "{word}"'
    return f'tells of an act: "{word}"'


def _noun(words: Sequence[Word], listed: Container[str]) -> str | None:
    found = next((word.folded for word in words if word.folded in listed), None)
    return f'names what happened: "{found}"' if found else None
