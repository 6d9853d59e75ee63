"""Cue verbs in a sentence: where the verb group stands and how it is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.ingest.lexicon import words_of
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import Word, verbs

_BE = words_from("is are was were be been being isn't aren't wasn't weren't 's")
_HAVE = words_from("has have had having hasn't haven't hadn't")
_LIVES = words_from("life lives")
_STANDING = words_from("another others some many all both few most several this that")
"""Determiners that can speak alone: "another said"."""
_SPOKEN = words_from("say says said tell tells told argue argued believe think insist fear")
_PLURAL = words_from(
    "people police we they i you who and some many others men women troops media critics"
)
_NOUNS = words_of("nounlike")
_OPENERS = words_from('that to : “ " he she it they his her its their the')


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
    following = words[last].folded if last < len(words) else ""
    if following == "by" and words[at - 1].tag in "LX" and "past" in verb.form:
        return None  # "a video released by", "an attack claimed by"
    if verb.lemma == "claim" and any(word.folded in _LIVES for word in words[last : last + 4]):
        return None
    voice = _voice(words, first, at, verb.form, frames)
    if voice is None:
        return None
    joined = first > 0 and words[first - 1].tag == "C"
    return Cue(first, at, last, verb.lemma, frames, voice, joined)


def _can_precede(before: Word | None, word: Word) -> bool:
    """Say whether a verb can follow: after "the" or "several" a form in -ed is an adjective."""
    if before is None or before.folded == "that":
        return True
    if before.tag == "N" or (before.tag == "D" and before.folded in _STANDING):
        return word.folded in _SPOKEN
    return before.tag not in "DP'N"


def _voice(words: Sequence[Word], first: int, at: int, form: str, frames: str) -> str | None:
    helpers = {word.folded for word in words[first:at] if word.tag == "A"}
    before = words[first - 1] if first else None
    if form == "gerund":
        return _gerund(words, first, at, bool(helpers & _BE))
    if helpers & _BE:
        return "passive" if "participle" in form else None
    if helpers & _HAVE:
        return "active" if form in ("participle", "past/participle", "base/past") else None
    if form == "participle":
        return None
    if "past" in form:
        return "active" if not helpers and _can_precede(before, words[at]) else None
    if helpers:
        return "active" if form == "base" and words[at].tag != "X" else None
    if before is None or not _can_precede(before, words[at]) or before.tag in "ASOT":
        return None
    return _present(words, at, form, before)


def _present(words: Sequence[Word], at: int, form: str, before: Word) -> str | None:
    """Say whether "claims" or "say" is a verb here rather than a noun."""
    if words[at].tag == "X" and (form == "base" or not _in_capitals(words)):
        return None
    following = words[at + 1].folded if at + 1 < len(words) else ""
    if words[at].folded in _NOUNS and before.tag not in "RWB)" and following not in _OPENERS:
        ends = following in (".", "") and before.tag == "X"
        return "active" if ends and form == "third" else None
    if form == "base":
        plural = before.folded in _PLURAL or (
            before.tag in "LX" and before.folded.endswith("s") and not before.folded.endswith("ss")
        )
        spoken = words[at].folded in _SPOKEN and before.tag in "LXN"
        return "active" if plural or before.tag == "C" or spoken else None
    return "active"


def _in_capitals(words: Sequence[Word]) -> bool:
    """Say whether this is a headline in which most words are capitalised."""
    capitals = sum(word.tag == "X" for word in words)
    return capitals * 2 > len(words)


def _gerund(words: Sequence[Word], first: int, at: int, progressive: bool) -> str | None:
    before = words[first - 1] if first else None
    if progressive:
        return "active"
    if before is not None and (before.tag in "DP'" and before.folded not in ("as", "by")):
        return None
    following = words[at + 1] if at + 1 < len(words) else None
    free = before is None or before.tag == ","
    return "gerund" if following is None or free or following.tag in "DSRQXN,:OPT" else None
