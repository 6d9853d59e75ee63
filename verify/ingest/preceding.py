"""What stands before a cue: '"...," he said', "... according to", "... said the ministry"."""

from __future__ import annotations

from verify.ingest.cuewords import Cue
from verify.ingest.lexicon import words_of
from verify.ingest.nounphrases import Range, subject_right
from verify.ingest.sentence import LOOK, Sentence

Span = tuple[int, int]

_SPEAKING = words_of("sayers") | words_of("roles") | words_of("bodies")
_FINITE = words_of("finite")


class Preceding(Sentence):
    """A sentence asked for what was said before a cue."""

    def inverts(self, cue: Cue, subject: Range | None) -> bool:
        """Say whether the speaker may stand after the verb: '..., said the minister'."""
        if cue.voice != "active" or not set(cue.frames) & set("st"):
            return False
        before = self.words[cue.first - 1].tag if cue.first else "Q"
        if self._speaker_ends(cue):
            return True
        return (
            subject is None
            and before in "Q,-"
            and (cue.first > 1 or self.region_ending(self.edge(cue.first)) is not None)
        )

    def _speaker_ends(self, cue: Cue) -> bool:
        """Say whether the sentence ends "... said the ministry", its comma lost."""
        if "s" not in cue.frames or not self.stands_alone(cue.first):
            return False
        found = subject_right(self.words, cue.last)
        before = self.words[cue.first - 1]
        if found is None or before.tag in "R,)" or before.folded in _SPEAKING:
            return False
        if not any(word.folded in _SPEAKING for word in self.words[found[0] : found[1]]):
            return False
        inner = self.words[found[0] : found[1]]
        ends = found[1] >= len(self.words) or self.words[found[1]].tag == "E"
        return ends and not any(w.tag in "AV" or w.folded in _FINITE for w in inner)

    def stands_alone(self, first: int) -> bool:
        """Say whether a whole clause stands before word ``first``, its comma lost or not."""
        words = self.words[self.clause_begin(first) : first]
        if len(words) < 4 or words[0].tag in "PSWC" or words[-1].tag in "CSWPAD":
            return False
        return any(word.tag in "AV" or word.folded in _FINITE for word in words)

    def content_before(self, first: int, after: int) -> list[Span]:
        """Return what was said before word ``first``, and goes on after word ``after``."""
        edge = self.edge(first)
        region = self.region_ending(edge)
        start = self.clause_begin(first)
        lead = self.text[self.words[start].start : region[0]].rstrip() if region else ""
        whole = region is not None and (not lead or lead[-1] in ":(")
        part = region if whole else self._trimmed(start, first)
        if part is None or part[1] - part[0] < 4:
            return []
        return [part, *self._resumed(first, after)]

    def after_quotation(self, end: int) -> Range | None:
        """Return the noun phrase that fills the room between a quotation and the cue."""
        at = end
        while (
            at > 0
            and end - at < 14
            and self.words[at - 1].tag in "DXLN'PV"
            and (at - 1 not in self.quoted_words)
        ):
            at -= 1
        opens = 0 < at < end and at - 1 in self.quoted_words and self.words[at].tag in "DXL"
        return (at, end) if opens else None

    def ends_quotation(self, first: int) -> bool:
        """Say whether a quotation that waits for its cue ends right before word ``first``."""
        region = self.region_ending(self.edge(first))
        if region is None or self.text[region[0] : region[1]].count(" ") < 2:
            return False
        gap = self.text[region[1] : self.edge(first)]
        waits = self.text[region[1] - 2 : region[1] - 1] in ",!?—-…" or gap.strip() != ""
        return "\n" not in gap and (region[1] > self.start or waits)

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
        at = self.past_setting(after)
        for index in range(at, min(len(words), at + LOOK)):
            if words[index].tag == "Q" and self.opens_long(index):
                return self.rest(index, "s")
        if at + 1 >= len(words) or words[at].tag != "," or words[first - 1].tag != ",":
            return []
        goes_on = words[at + 1].tag in "AVPWRDXN" or words[at + 1].folded in ("and", "but")
        return self.rest(at + 1, "s") if goes_on else []
