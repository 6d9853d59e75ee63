"""What a cue says: after it, before it, or around it."""

from __future__ import annotations

from verify.ingest.cuewords import Cue
from verify.ingest.lexicon import words_of
from verify.ingest.nounphrases import Range
from verify.ingest.preceding import Preceding
from verify.ingest.sentence import LOOK, PLACING
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import verbs

Span = tuple[int, int]

_FINITE = words_of("finite")
_HEARERS = words_of("sayers") | words_of("bodies") | words_of("roles")
_QUESTIONS = words_from("whether if how why what who where when which")


class Reading(Preceding):
    """A sentence asked for what each of its cues says."""

    def content_of(self, cue: Cue, subject: Range | None) -> list[Span]:
        """Return what an active or gerund cue says, after it, before it, or around it."""
        words, active = self.words, cue.voice == "active"
        first = subject[0] if subject else cue.first
        if active and self.ends_quotation(first):
            return self.content_before(first, cue.last)
        start = self.clause_start(cue)
        if start is not None:
            return self.rest(start, "s")
        if active and self.stands_alone(first) and self._trails(cue):
            return self.content_before(first, len(words))
        if "i" in cue.frames:
            to = self._infinitive(cue.last, "r" in cue.frames)
            if to is not None:
                return self.rest(cue.last if "r" in cue.frames else to, "i")
        found = self._told(cue, first) if "r" in cue.frames else []
        if not found and set(cue.frames) & set("st"):
            found = self._clause_of(cue, first)
        if not found and "n" in cue.frames and cue.last < len(words):
            found = self.rest(cue.last, "n") if words[cue.last].tag not in "E,;C:P" else []
        return found

    def _clause_of(self, cue: Cue, first: int) -> list[Span]:
        """Return the clause that a cue of saying governs, without "that" or before the cue."""
        words = self.words
        at = self.past_setting(cue.last)
        ended = at >= len(words) or words[at].tag in "E,;)-"
        if "s" in cue.frames and cue.voice == "active" and (ended or self.placed(cue.last)):
            before = self.content_before(first, at)
            if before:
                return before
        clause = not ended and self._clause_like(at, "s" in cue.frames)
        return self.rest(at, "s") if clause else []

    def _told(self, cue: Cue, first: int) -> list[Span]:
        """Return what someone was told, after the hearer or before the cue."""
        words = self.words
        at = self._past_hearer(cue.last)
        if self._clause_like(at, True):
            return self.rest(at, "s")
        ended = at >= len(words) or words[at].tag in "E,"
        return self.content_before(first, at) if cue.voice == "active" and ended else []

    def _trails(self, cue: Cue) -> bool:
        """Say whether only circumstances follow: "said using ...", "told the agency"."""
        words = self.words
        if not set(cue.frames) & set("sr"):
            return False
        at = self._past_hearer(cue.last) if "r" in cue.frames else self.past_setting(cue.last)
        if at >= len(words) or words[at].tag in "E,;":
            return True
        word = words[at]
        return (word.folded.endswith("ing") and word.tag == "L" and at == cue.last) or (
            word.folded in PLACING and self.placed(at)
        )

    def _past_interjection(self, at: int) -> int:
        """Skip ", though," in "added, though, that"."""
        words = self.words
        return at + 3 if at + 2 < len(words) and words[at].tag == words[at + 2].tag == "," else at

    def clause_start(self, cue: Cue) -> int | None:
        """Find the "that", the question word or the quotation mark that opens what is said."""
        words = self.words
        first = self._past_interjection(cue.last)
        clause = False
        for at in range(first, min(len(words), cue.last + LOOK)):
            word = words[at]
            clause = clause or word.tag == "V" or (at > first and word.folded in _FINITE)
            if clause and word.folded == "that":
                return None
            if word.folded == "that" and (at == cue.last or not self._relative(at)):
                return at if set(cue.frames) & set("str") else None
            if word.tag == "Q" and self.opens_long(at) and self._leads_to(cue, at):
                return at
            if word.tag == ":" and at + 1 < len(words):
                return at + 1
            if word.folded in _QUESTIONS and set(cue.frames) & set("rt"):
                near = at == cue.last or ("r" in cue.frames and at <= cue.last + 6)
                return at if near else None
            opens_quote = at + 1 < len(words) and words[at + 1].tag == "Q"
            if word.tag in "AES;-" or (word.tag == "," and not opens_quote):
                return None
            if word.tag in "RO" and at > cue.last:
                return None
            if at > cue.last and word.folded in verbs() and word.tag == "L":
                return None
        return None

    def _relative(self, at: int) -> bool:
        """Say whether "that" goes on with the noun before it ("a statement that was read out")."""
        following = self.words[at + 1].tag if at + 1 < len(self.words) else "E"
        return self.words[at - 1].tag == "P" or following in "AVE"

    def _leads_to(self, cue: Cue, at: int) -> bool:
        """Say whether the quotation at ``at`` is what the cue introduces, not a part of it."""
        if at == cue.last or self.words[at - 1].tag in ",:P":
            return True
        if "r" in cue.frames and self._past_hearer(cue.last) >= at:
            return True
        return self.past_setting(cue.last) >= at

    def _infinitive(self, at: int, hearer: bool) -> int | None:
        """Find "to" and a verb right after the cue, or after whom it is said to."""
        reach = LOOK // 3 if hearer else 2
        for index in range(at, min(len(self.words) - 1, at + reach)):
            word = self.words[index]
            if word.folded == "to":
                return index if self.words[index + 1].tag in "LAB" else None
            if word.tag in "AESV,;:RC" and not (word.tag == "R" and index == at):
                return None
        return None

    def _past_hearer(self, at: int) -> int:
        words = self.words
        if at < len(words) and words[at].tag in "OR":
            return at + 1
        index = at + (at < len(words) and words[at].tag == "D")
        while index < len(words) and words[index].tag in "X'":
            index += 1
        while index < len(words) and words[index].tag == "L" and index - at <= 4:
            index += 1
            if words[index - 1].folded in _HEARERS or index - at > 2:
                break
        return self.past_setting(index)

    def _clause_like(self, at: int, lenient: bool) -> bool:
        """Say whether a clause with a subject and a finite verb begins at word ``at``."""
        words = self.words
        if at >= len(words) or words[at].tag in "E,;:AC":
            return False
        if words[at].folded == "to":
            return False
        known = verbs()
        for index in range(at + 1, min(len(words), at + (LOOK if lenient else 8))):
            word = words[index]
            if word.folded == "to" and not lenient:
                return False
            if word.tag in "AV" or (word.folded in known and word.tag == "L"):
                return True
            if word.tag in "E;":
                break
        return lenient and words[at].tag != "P"
