"""Who said what, by rules over closed word lists.

The conventions of the spans are those of PolNeAR (Newell et al. 2018): the source is the whole noun
phrase with its title and apposition; the cue is the verb group with its auxiliaries, without the
hearer; the content holds its "that" and its quotation marks, and has several parts where the cue
stands inside it. ``verify.ingest.attribution`` decides whether the rules or the trained model read.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.ingest.contents import Reading
from verify.ingest.cuewords import Cue
from verify.ingest.lexicon import entries_of, words_of
from verify.ingest.nounphrases import Range, speaker_alone, subject_left, subject_right
from verify.ingest.quotes import inside, quoted
from verify.ingest.spoken import Attribution, Span

_REPORTED = words_of("reported")
"""Lemmas that put a statement in nobody's mouth when passive: "is said to", "it was reported"."""
_NOUNS = {noun: kinds for noun, kinds in map(str.split, entries_of("nouns"))}
_ADVERBIAL = words_of("adverbial")


def by_rules(text: str, sentences: Sequence[Span]) -> list[Attribution]:
    """Find who said what in ``text``.

    ``sentences`` are its sentence spans in order. Returns attributions in the order of their cues;
    nested ones ("X said that Y denied Z") are all there. A quotation that runs over several
    sentences belongs to one attribution, also when its cue stands only after the first part.
    """
    regions = quoted(text)
    found: list[Attribution] = []
    previous: Attribution | None = None
    for start, end in sentences:
        sentence = Reading(text, start, end, regions)
        here = _in_sentence(sentence)
        if not here and previous and _carries_on(sentence, previous):
            longer = Attribution(
                previous.source, previous.cue, (*previous.content, (start, end)), previous.lemma
            )
            found[found.index(previous)] = previous = longer
            continue
        found += here
        quoting = [
            one
            for one in here
            if any(inside(regions, part[0]) or inside(regions, part[1] - 1) for part in one.content)
        ]
        previous = quoting[-1] if quoting else None
    return sorted(found, key=lambda one: (one.cue, one.content))


def _carries_on(sentence: Reading, previous: Attribution) -> bool:
    """Say whether a sentence that is all quotation goes on with the quotation before it."""
    region = inside(sentence.regions, sentence.start)
    if region is None:
        return False
    reached = max(part[1] for part in previous.content)
    gap = sentence.text[max(reached, previous.cue[1]) : sentence.start]
    return reached >= region[1] - 1 or "\n" not in gap or region[0] < previous.cue[0]


def _in_sentence(sentence: Reading) -> list[Attribution]:
    found: list[Attribution] = []
    subject: Range | None = None
    for cue in sentence.cues:
        one, range_ = _verb(sentence, cue, subject)
        if one:
            found.append(one)
        if range_ and cue.voice == "active":
            subject = range_
    found += _according(sentence) + _nouns(sentence)
    if not found:
        found += _labelled(sentence) or _adverbs(sentence)
    return found


def _verb(
    sentence: Reading, cue: Cue, before: Range | None
) -> tuple[Attribution | None, Range | None]:
    if cue.voice == "passive":
        return _passive(sentence, cue), None
    words = sentence.words
    if cue.voice == "gerund":
        subject = _quoted_as(sentence, cue) or before or sentence.opening_subject(cue.first)
    elif cue.joined:
        subject = sentence.pronoun_before(cue.first - 1) or before
        subject = subject or sentence.opening_subject(cue.first - 1)
    else:
        subject = sentence.after_quotation(cue.first) or subject_left(words, cue.first)
    after = cue.last
    if sentence.inverts(cue, subject):
        subject = subject_right(words, cue.last)
        after = subject[1] if subject else after
        content = sentence.content_before(cue.first, after)
        sentence.told_until = after if content else sentence.told_until
    else:
        content = sentence.content_of(cue, subject)
    if not content or (subject is None and cue.voice == "active"):
        return None, subject
    return _build(sentence, subject, cue.first, cue.last, content, cue.lemma), subject


def _build(
    sentence: Reading,
    source: Range | None,
    first: int,
    last: int,
    content: Sequence[Span],
    lemma: str,
) -> Attribution:
    return Attribution(
        sentence.span(*source) if source else None,
        sentence.span(first, last),
        tuple(content),
        lemma,
    )


def _quoted_as(sentence: Reading, cue: Cue) -> Range | None:
    """Read "quoted residents as saying": the residents say it."""
    if cue.first > 0 and sentence.words[cue.first - 1].folded == "as":
        return subject_left(sentence.words, cue.first - 1)
    return None


def _passive(sentence: Reading, cue: Cue) -> Attribution | None:
    words, after = sentence.words, cue.last
    subject = subject_left(words, cue.first)
    following = words[after].folded if after < len(words) else ""
    if following == "by":
        source = subject_right(words, after + 1)
        if source is None or subject is None:
            return None
        content = [sentence.span(*subject), *sentence.rest(source[1], "n")]
        return _build(sentence, source, cue.first, after, content, cue.lemma)
    start = sentence.clause_start(cue)
    if start is not None and "r" in cue.frames:
        return _build(sentence, None, cue.first, after, sentence.rest(start, "s"), cue.lemma)
    if cue.lemma not in _REPORTED or subject is None:
        return None
    if words[subject[0]].folded == "it":
        content = sentence.rest(start, "s") if start is not None else []
    elif following in ("to", "of", "as", "that"):
        content = [sentence.span(*subject), *sentence.rest(after, "i")]
    else:
        content = []
    return _build(sentence, None, cue.first, after, content, cue.lemma) if content else None


def _according(sentence: Reading) -> list[Attribution]:
    found = []
    words = sentence.words
    for at in range(len(words) - 2):
        if words[at].folded != "according" or words[at + 1].folded != "to":
            continue
        source = subject_right(words, at + 2)
        if source is None:
            continue
        if at == 0 or sentence.opens(at):
            source = speaker_alone(words, source)
            start = source[1] + (source[1] < len(words) and words[source[1]].tag == ",")
            content = sentence.rest(start, "s")
        else:
            content = sentence.content_before(at, source[1])
        if content:
            found.append(_build(sentence, source, at, at + 2, content, "according"))
    return found


def _nouns(sentence: Reading) -> list[Attribution]:
    """Read "the group's claim that ...", "a statement by the army that ..."."""
    found = []
    words = sentence.words
    for at, word in enumerate(words[:-2]):
        kinds = _NOUNS.get(word.folded)
        if not kinds or word.tag == "X" or at in sentence.quoted_words:
            continue
        source, after = _owner(sentence, at), at + 1
        if words[after].folded == "by":
            source = subject_right(words, after + 1)
            after = source[1] if source else after
        if after >= len(words):
            continue
        relative = after + 1 >= len(words) or words[after + 1].tag in "AVE"
        if "t" in kinds and words[after].folded == "that" and not relative:
            content = sentence.rest(after, "s")
        elif "o" in kinds and source and words[after].folded == "of":
            content = sentence.rest(after, "n")
        else:
            continue
        if content:
            found.append(_build(sentence, source, at, at + 1, content, word.folded))
    return found


def _owner(sentence: Reading, at: int) -> Range | None:
    words = sentence.words
    if at and words[at - 1].folded in ("his", "her", "their", "its"):
        return at - 1, at
    for index in range(at - 1, max(-1, at - 3), -1):
        if words[index].tag == "'":
            return subject_left(words, index)
    return None


def _labelled(sentence: Reading) -> list[Attribution]:
    """Read 'Name: "..."', where the colon is all that says who speaks."""
    words = sentence.words
    for at, word in enumerate(words[1:10], 1):
        if word.tag == ":" and at + 1 < len(words):
            if words[at + 1].tag != "Q" or any(w.tag not in "DXLNP'B" for w in words[:at]):
                return []
            source = subject_left(words, at)
            content = sentence.rest(at + 1, "s")
            return [_build(sentence, source, at, at + 1, content, ":")] if source else []
    return []


def _adverbs(sentence: Reading) -> list[Attribution]:
    for at, word in enumerate(sentence.words):
        if word.folded in _ADVERBIAL and at not in sentence.quoted_words:
            content = sentence.rest(0, "s")
            return [_build(sentence, None, at, at + 1, content, word.folded)]
    return []
