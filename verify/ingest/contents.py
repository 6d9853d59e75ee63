"""One sentence with its words, quotations and cues, and what stands before or after a cue."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from verify.ingest.cuewords import Cue, cues_in
from verify.ingest.lexicon import words_of
from verify.ingest.nounphrases import Range, subject_right
from verify.ingest.quotes import inside
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import verbs, words_in

Span = tuple[int, int]

_LOOK = 24
"""Words between a cue and its "that" or quotation mark that are looked through."""
_QUESTIONS = words_from("whether if how why what who where when which")
_SETTINGS = words_of("media")
_PLACING = words_from("in at on during by through via after from before following to")


class Sentence:
    """The context in which a cue is read. Positions named ``at`` are word indices."""

    def __init__(self, text: str, start: int, end: int, regions: list[Span]) -> None:
        self.text, self.start, self.end, self.regions = text, start, end, regions
        self.words = words_in(text, start, end)

    @cached_property
    def quoted_words(self) -> frozenset[int]:
        """The words that stand inside quotation marks."""
        if not self.regions:
            return frozenset()
        return frozenset(
            at for at, word in enumerate(self.words) if inside(self.regions, word.start)
        )

    @cached_property
    def cues(self) -> list[Cue]:
        """The cue verbs outside quotation marks, in order."""
        return cues_in(self.words, self.quoted_words)

    def span(self, first: int, last: int) -> Span:
        """Turn a range of words into offsets, without a comma at its end."""
        while last > first + 1 and self.words[last - 1].tag in ",;":
            last -= 1
        return self.words[first].start, self.words[last - 1].end

    # -- where a content ends ------------------------------------------------------------------

    @cached_property
    def _stops(self) -> list[int]:
        """Words that end what was said so far: "..., adding", "... and said", "according to"."""
        stops = set()
        for cue in self.cues:
            before = self.words[cue.first - 1].tag if cue.first else ""
            following = self.words[cue.last].folded if cue.last < len(self.words) else ""
            if cue.voice == "gerund" and (before == "," or following == "that"):
                stops.add(cue.first - (before == ","))
            elif cue.joined and set(cue.frames) & set("sr"):
                stops.add(cue.first - 1)
        for at, word in enumerate(self.words[:-1]):
            if word.folded == "according" and self.words[at + 1].folded == "to":
                stops.add(at)
        return sorted(stops)

    @cached_property
    def _short_stops(self) -> list[int]:
        """Stops of a noun phrase: any comma or subordinator outside quotation marks as well."""
        inner = (
            at
            for at, word in enumerate(self.words)
            if (
                word.tag in ",;-" or (word.tag == "S" and word.folded not in ("that", "how", "why"))
            )
            and at not in self.quoted_words
        )
        return sorted({*self._stops, *inner})

    def rest(self, start: int, frame: str) -> list[Span]:
        """Return what is said from word ``start`` on, as one span or none.

        ``frame`` n (a noun phrase) and i (an infinitive) end earlier than s (a clause).
        """
        words = self.words
        if start >= len(words):
            return []
        stops = self._short_stops if frame == "n" else self._stops
        place = bisect_left(stops, start + 1)
        end = stops[place] if place < len(stops) else len(words)
        end = self._quotation_end(start, end) if frame == "s" else end
        while end > start and (words[end - 1].tag in "E,;:-C" and not self._inside(end - 1)):
            end -= 1
        if end <= start:
            return []
        return [(words[start].start, words[end - 1].end)]

    def _inside(self, at: int) -> bool:
        return at in self.quoted_words

    def _quotation_end(self, start: int, end: int) -> int:
        """End with the quotation where the sentence goes on after it with a new clause."""
        if start not in self.quoted_words:
            return end
        for at in range(start, end):
            if at not in self.quoted_words:
                return at if self.words[at].tag in ",;C-(W" else end
        return end

    # -- what stands after a cue -----------------------------------------------------------------

    def content_of(self, cue: Cue, subject: Range | None) -> list[Span]:
        """Return what an active or gerund cue says, after it, before it, or around it."""
        words = self.words
        start = self.clause_start(cue)
        if start is not None:
            return [*self._quotation_before(cue, subject), *self.rest(start, "s")]
        at = cue.last
        if "i" in cue.frames and (to := self._infinitive(at, "r" in cue.frames)) is not None:
            return self.rest(to, "i")
        if set(cue.frames) & set("st"):
            at = self._past_setting(at)
            ended = at >= len(words) or words[at].tag in "E,;)-"
            first = subject[0] if subject else cue.first
            if (ended or self._placed(cue.last)) and cue.voice == "active":
                before = self.content_before(first, at)
                if before:
                    return before
            if not ended and self._clause_like(at, "s" in cue.frames):
                return self.rest(at, "s")
        if "n" in cue.frames and cue.last < len(words) and words[cue.last].tag not in "E,;C:P":
            return self.rest(cue.last, "n")
        if "r" in cue.frames and self._clause_like(at := self._past_hearer(cue.last), True):
            return self.rest(at, "s")
        return []

    def clause_start(self, cue: Cue) -> int | None:
        """Find the "that", the question word or the quotation mark that opens what is said."""
        words = self.words
        for at in range(cue.last, min(len(words), cue.last + _LOOK)):
            word = words[at]
            if word.folded == "that" and (at == cue.last or words[at - 1].tag != "P"):
                return at
            if word.tag == "Q" and self._opens_long(at):
                return at
            if word.tag == ":" and at + 1 < len(words):
                return at + 1
            if word.folded in _QUESTIONS and at <= cue.last + 6 and set(cue.frames) & set("rt"):
                return at
            opens_quote = at + 1 < len(words) and words[at + 1].tag == "Q"
            if word.tag in "AES;V-" or (word.tag == "," and not opens_quote):
                return None
            if word.tag in "RO" and at > cue.last:
                return None
            if at > cue.last and word.folded in verbs() and word.tag == "L":
                return None
        return None

    def _opens_long(self, at: int) -> bool:
        """Say whether a quotation of a clause's length opens here, not a word in quotes."""
        region = inside(self.regions, self.words[at].start)
        return (
            region is not None
            and region[0] >= self.words[at].start - 1
            and (
                self.text.count(" ", *region) >= 3
                or self.text[region[0] - 2 : region[0]].strip() in ",:"
            )
        )

    def _infinitive(self, at: int, hearer: bool) -> int | None:
        """Find "to" and a verb right after the cue, or after whom it is said to."""
        reach = _LOOK // 3 if hearer else 2
        for index in range(at, min(len(self.words) - 1, at + reach)):
            word = self.words[index]
            if word.folded == "to":
                return index if self.words[index + 1].tag in "LAB" else None
            if word.tag in "AESV,;:RC" and not (word.tag == "R" and index == at):
                return None
        return None

    def _past_setting(self, at: int) -> int:
        """Skip when and where it was said: "on Monday", "in a statement", "late Sunday"."""
        words = self.words
        while at < len(words):
            if words[at].tag == "T":
                at += 1
            elif words[at].folded in ("on", "late", "early", "last", "this", "earlier", "the") and (
                at + 1 < len(words) and words[at + 1].tag == "T"
            ):
                at += 2
            elif words[at].folded in _PLACING and (end := self._setting_end(at)):
                at = end
            elif words[at].tag == "N" and at and words[at - 1].tag == "T":
                at += 1
            else:
                break
        return at

    def _setting_end(self, at: int) -> int | None:
        for index in range(at + 1, min(len(self.words), at + 7)):
            word = self.words[index]
            if word.folded in _SETTINGS:
                return index + 1
            if word.tag not in "DLX'V":
                return None
        return None

    def _placed(self, at: int) -> bool:
        """Say whether nothing but a phrase of place or time follows up to the next comma or end."""
        words = self.words
        if at >= len(words) or words[at].folded not in _PLACING:
            return False
        for index in range(at + 1, min(len(words), at + _LOOK)):
            if words[index].tag in "E,":
                return True
            if words[index].tag in "ARSV;:WQ":
                return False
        return False

    def _past_hearer(self, at: int) -> int:
        words = self.words
        if at < len(words) and words[at].tag in "OR":
            return at + 1
        index = at
        while index < len(words) and words[index].tag in "DX'":
            index += 1
        if index < len(words) and words[index].tag == "L" and index - at <= 3:
            index += 1
        return self._past_setting(index)

    def _clause_like(self, at: int, lenient: bool) -> bool:
        """Say whether a clause with a subject and a finite verb begins at word ``at``."""
        words = self.words
        if at >= len(words) or words[at].tag in "E,;:AC":
            return False
        if words[at].folded == "to":
            return False
        known = verbs()
        for index in range(at + 1, min(len(words), at + _LOOK)):
            word = words[index]
            if word.tag in "AV" or (word.folded in known and word.tag == "L"):
                return True
            if word.tag in "E;":
                break
        return lenient

    # -- what stands before a cue ----------------------------------------------------------------

    def inverts(self, cue: Cue) -> bool:
        """Say whether the speaker may stand after the verb: '..., said the minister'."""
        if cue.voice != "active" or not set(cue.frames) & set("st"):
            return False
        before = self.words[cue.first - 1].tag if cue.first else "Q"
        return before in "Q,-" and (
            cue.first > 1 or self._region_ending(self._edge(cue.first)) is not None
        )

    def content_before(self, first: int, after: int) -> list[Span]:
        """Return what was said before word ``first``, and goes on after word ``after``."""
        edge = self._edge(first)
        region = self._region_ending(edge)
        start = self._clause_begin(first)
        whole = region is not None and region[0] <= self.words[0].start
        part = region if whole else self._trimmed(start, first)
        if part is None or part[1] - part[0] < 4:
            return []
        return [part, *self._resumed(first, after)]

    def _edge(self, first: int) -> int:
        return self.words[first].start if first < len(self.words) else self.end

    def _region_ending(self, edge: int) -> Span | None:
        """Return the quotation that ends right before the offset ``edge``."""
        at = edge - 1
        while at >= 0 and edge - at < 12 and (self.text[at].isspace() or self.text[at] in ",-—–"):
            at -= 1
        return inside(self.regions, at) if at >= 0 else None

    def _quotation_before(self, cue: Cue, subject: Range | None) -> list[Span]:
        """In '"...," he said, "..."' the first part belongs to the same cue."""
        first = subject[0] if subject else cue.first
        region = self._region_ending(self._edge(first))
        return [region] if region and cue.voice == "active" else []

    def _clause_begin(self, first: int) -> int:
        """Find where the clause before word ``first`` begins: after what another cue said."""
        stops = [stop for stop in self._stops if stop < first - 3]
        return 0 if not stops else stops[-1] + 1

    def _trimmed(self, start: int, end: int) -> Span | None:
        words = self.words
        while end > start and words[end - 1].tag in ",-;C" and not self._inside(end - 1):
            end -= 1
        if end - start < 2:
            return None
        return words[start].start, words[end - 1].end

    def _resumed(self, first: int, after: int) -> list[Span]:
        """Return the part after the cue of '"...," he said, "..."', 'The talks, he said, will'."""
        words = self.words
        at = self._past_setting(after)
        for index in range(at, min(len(words), at + _LOOK)):
            if words[index].tag == "Q" and self._opens_long(index):
                return self.rest(index, "s")
        if at + 1 >= len(words) or words[at].tag != "," or words[first - 1].tag != ",":
            return []
        goes_on = words[at + 1].tag in "AVPW" or words[at + 1].folded in ("and", "but")
        return self.rest(at + 1, "s") if goes_on else []

    def opens(self, at: int) -> bool:
        """Say whether nothing but an opening conjunction stands before word ``at``."""
        return at == 0 or (at <= 2 and all(word.tag in "CB,Q" for word in self.words[:at]))

    def opening_subject(self, before: int) -> Range | None:
        """Return the noun phrase that the sentence opens with, where it ends before a word."""
        words = self.words
        start = 0
        if words and words[0].tag in "PSBC":
            comma = next((n for n, w in enumerate(words[:15]) if w.tag == ","), None)
            start = comma + 1 if comma is not None and words[0].tag in "PS" else 1
        found = subject_right(words, start)
        return found if found and found[1] <= before else None
