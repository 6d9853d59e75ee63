"""One sentence with its words, quotations and cues."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from verify.ingest.cuewords import Cue, cues_in
from verify.ingest.lexicon import words_of
from verify.ingest.nounphrases import Range, subject_left, subject_right
from verify.ingest.quotes import inside
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import words_in

Span = tuple[int, int]

LONGEST = 250
"""Words of one statement. What goes on longer has lost its punctuation: the rest is read as the
source's own, and a text without a period costs linear time however many cues it holds."""
LOOK = 24
"""Words to either side of a cue that are looked through."""
_SETTINGS = words_of("media")
PLACING = words_from("in at on during by through via after from before following to")


class Sentence:
    """The context in which a cue is read. Positions named ``at`` are word indices."""

    def __init__(self, text: str, start: int, end: int, regions: list[Span]) -> None:
        self.text, self.start, self.end, self.regions = text, start, end, regions
        self.words = words_in(text, start, end)
        self.told_until = 0
        """The word after the last '"...," said X' read so far: no later cue reaches before it."""

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

    @cached_property
    def _stops(self) -> list[int]:
        """Words that end what was said so far: "..., adding", "... and said", "according to"."""
        stops = set()
        for cue in self.cues:
            before = self.words[cue.first - 1].tag if cue.first else ""
            following = self.words[cue.last].folded if cue.last < len(self.words) else ""
            if cue.voice == "gerund" and (before == "," or following == "that"):
                stops.add(cue.first - (before == ","))
            elif (parted := self._new_clause(cue)) is not None:
                stops.add(parted)
            elif cue.joined and (set(cue.frames) & set("sr") or following in ("that", "to")):
                stops.add(cue.first - 1)
        for at, word in enumerate(self.words[:-1]):
            if word.folded == ";" and at not in self.quoted_words:
                stops.add(at)
            if word.folded == "according" and self.words[at + 1].folded == "to":
                stops.add(at)
        return sorted(stops)

    def _new_clause(self, cue: Cue) -> int | None:
        """Find the "and" before "... and the army claimed", which says something else."""
        if cue.voice != "active" or cue.joined or not set(cue.frames) & set("sr"):
            return None
        subject = subject_left(self.words, cue.first)
        parts = subject is not None and subject[0] > 0 and self.words[subject[0] - 1].tag == "C"
        return subject[0] - 1 if subject and parts else None

    @cached_property
    def _short_stops(self) -> list[int]:
        """Stops of a noun phrase: any comma or subordinator outside quotation marks as well."""
        inner = (
            at
            for at, word in enumerate(self.words)
            if (word.tag in ",;-" or self._subordinates(at)) and at not in self.quoted_words
        )
        return sorted({*self._stops, *inner})

    def _subordinates(self, at: int) -> bool:
        """Say whether a clause begins here ("before they left"), not "the week before."."""
        word = self.words[at]
        ends = at + 1 >= len(self.words) or self.words[at + 1].tag in "E,;"
        if word.tag != "S" or ends or word.folded in ("that", "how", "why"):
            return False
        following = self.words[at + 1]
        return word.folded != "as" or (following.tag != "Q" and following.folded not in ("a", "an"))

    def rest(self, start: int, frame: str) -> list[Span]:
        """Return what is said from word ``start`` on, as one span or none.

        ``frame`` n (a noun phrase) and i (an infinitive) end earlier than s (a clause).
        """
        words = self.words
        if start >= len(words):
            return []
        stops = self._short_stops if frame == "n" else self._stops
        place = bisect_left(stops, start + 1)
        end = min(stops[place] if place < len(stops) else len(words), start + LONGEST)
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

    def region_ending(self, edge: int) -> Span | None:
        """Return the quotation that ends right before the offset ``edge``."""
        at = edge - 1
        while at >= 0 and edge - at < 12 and (self.text[at].isspace() or self.text[at] in ",-—–"):
            at -= 1
        return inside(self.regions, at) if at >= 0 else None

    def edge(self, first: int) -> int:
        """Return the offset at which word ``first`` begins."""
        return self.words[first].start if first < len(self.words) else self.end

    def clause_begin(self, first: int) -> int:
        """Find where the clause before word ``first`` begins: after what another cue said."""
        place = bisect_left(self._stops, first - 3)
        return max(self.told_until, self._stops[place - 1] + 1 if place else 0)

    def opens(self, at: int) -> bool:
        """Say whether nothing but an opening conjunction stands before word ``at``."""
        return at == 0 or (at <= 2 and all(word.tag in "CB,Q" for word in self.words[:at]))

    def pronoun_before(self, at: int) -> Range | None:
        """Return the subject pronoun of the clause right before "and" at word ``at``."""
        for index in range(at - 1, max(-1, at - 12), -1):
            if self.words[index].tag == "R":
                return index, index + 1
            if self.words[index].tag in "E,;:Q":
                return None
        return None

    def opening_subject(self, before: int) -> Range | None:
        """Return the noun phrase that the sentence opens with, where it ends before a word."""
        words = self.words
        dash = next((n for n, word in enumerate(words[:12]) if word.tag == "-"), None)
        start = 0 if dash is None else dash + 1
        if start == 0 and words and words[0].tag in "PSBC":
            comma = next((n for n, w in enumerate(words[:15]) if w.tag == ","), None)
            start = comma + 1 if comma is not None and words[0].tag in "PS" else 1
        found = subject_right(words, start)
        return found if found and found[1] <= before else None

    def past_setting(self, at: int) -> int:
        """Skip when and where it was said: "on Monday", "in a statement", "late Sunday"."""
        words = self.words
        while at < len(words):
            if words[at].tag == "T":
                at += 1
            elif words[at].folded in ("on", "late", "early", "last", "this", "earlier", "the") and (
                at + 1 < len(words) and words[at + 1].tag == "T"
            ):
                at += 2
            elif words[at].folded in PLACING and (end := self._setting_end(at)):
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

    def placed(self, at: int) -> bool:
        """Say whether nothing but a phrase of place or time follows up to the next comma or end."""
        words = self.words
        if at >= len(words) or words[at].folded not in PLACING:
            return False
        for index in range(at + 1, min(len(words), at + LOOK)):
            if words[index].tag in "E,":
                return True
            if words[index].tag in "ARSV;:WQ":
                return False
        return False

    def opens_long(self, at: int) -> bool:
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
