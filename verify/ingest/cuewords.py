"""Cue verbs in a sentence: where the verb group stands and how it is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.ingest.wordlists import words as words_from
from verify.ingest.words import Word, verbs

_BE = words_from("is are was were be been being isn't aren't wasn't weren't 's")
_HAVE = words_from("has have had having hasn't haven't hadn't")
_PLURAL = words_from(
    "people police we they i you who and some many others men women troops media critics"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb at word ``at``; its group, auxiliaries and particle included, is [first, last)."""

    first: int
    at: int
    last: int
    lemma: str
    frames: str
    voice: str  # "active", "passive", "gerund" (no subject of its own)
    joined: bool  # "... and said": takes the subject of the verb before


def cues_in(words: Sequence[Word], skip: frozenset[int] = frozenset()) -> list[Cue]:
    """Return the cue verbs among ``words`` in order; indices in ``skip`` are not looked at."""
    known = verbs()
    found = []
    for at, word in enumerate(words):
        if word.folded in known and at not in skip:
            cue = _cue(words, at)
            if cue:
                found.append(cue)
    return found


def _cue(words: Sequence[Word], at: int) -> Cue | None:
    verb = verbs()[words[at].folded]
    frames, last = verb.frames, at + 1
    if last < len(words):
        for particle, with_particle in verb.particles:
            if words[last].folded == particle:
                frames, last = with_particle, last + 1
                break
    if not frames:
        return None
    first = at
    while first > 0 and at - first < 5 and words[first - 1].tag in "AB":
        first -= 1
    voice = _voice(words, first, at, verb.form)
    if voice is None:
        return None
    joined = first > 0 and words[first - 1].tag == "C"
    return Cue(first, at, last, verb.lemma, frames, voice, joined)


def _voice(words: Sequence[Word], first: int, at: int, form: str) -> str | None:
    helpers = {word.folded for word in words[first:at] if word.tag == "A"}
    before = words[first - 1] if first else None
    if form == "gerund":
        return _gerund(words, first, at, bool(helpers & _BE))
    if helpers & _BE:
        return "passive" if "participle" in form else None
    if form in ("participle", "past/participle", "base/past") and helpers & _HAVE:
        return "active"
    if form == "participle":
        return None
    if "past" in form:
        return (
            None
            if helpers or (before and before.tag in "DPN'" and before.folded != "that")
            else "active"
        )
    if words[at].tag == "X" and form == "base":
        return None
    if helpers:
        return "active" if form == "base" and not helpers & _HAVE else None
    if before is None or before.tag in "DPN'ASOT":
        return None
    if form == "base":
        plural = before.folded in _PLURAL or (
            before.tag in "LX" and before.folded.endswith("s") and not before.folded.endswith("ss")
        )
        return "active" if plural or before.tag == "C" else None
    return "active"


def _gerund(words: Sequence[Word], first: int, at: int, progressive: bool) -> str | None:
    before = words[first - 1] if first else None
    if progressive:
        return "active"
    if before is not None and before.tag in "DP'":
        return None
    return "gerund"
