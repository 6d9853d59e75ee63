"""Noun phrases beside a cue: who says it, found from closed word lists alone.

A range (a, b) is of word indices, b excluded. Every walk is bounded by ``_REACH`` words, so that a
sentence of any length takes linear time.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.ingest.lexicon import words_of
from verify.ingest.words import Word

Range = tuple[int, int]

_REACH = 40
_LINKING = words_of("linking")
_SAYERS = words_of("sayers")
_MODIFIERS = words_of("modifiers")
_BARRIERS = frozenset("SWAERQ;:-(T,")
"""Classes that no noun phrase to the left of its verb reaches across."""
_ORIGINS = ("an", "ish", "ese", "i", "ch", "ic", "ed")
"""How words end that say whose officials they are ("Syrian officials"), unlike "Kabul"."""


def subject_left(words: Sequence[Word], end: int) -> Range | None:
    """Return the noun phrase that ends right before word ``end`` (the verb group), or None."""
    at = end - 1
    if at < 0:
        return None
    tag = words[at].tag
    if tag == "R" or (tag == "W" and words[at].folded in ("who", "which")):
        return at, end
    if words[at].folded == "that" and at > 0 and words[at - 1].tag in "LX":
        return at, end
    if tag == ")":
        return _before_brackets(words, at, end)
    if tag == ",":
        return _before_comma(words, at)
    return _phrase(words, end)


def _before_brackets(words: Sequence[Word], at: int, end: int) -> Range | None:
    for index in range(at - 1, max(-1, at - 15), -1):
        if words[index].tag == "(":
            found = _phrase(words, index)
            return (found[0], end) if found else None
    return None


def _before_comma(words: Sequence[Word], at: int) -> Range | None:
    """Read "Name, the head of the office, said": the part between the commas describes Name."""
    for index in range(at - 1, max(-1, at - _REACH), -1):
        tag = words[index].tag
        if tag in "EQ;:":
            return None
        if tag != ",":
            continue
        inner = words[index + 1]
        if inner.tag in "DWNXLV'P":
            found = _phrase(words, index)
            if found and inner.tag in "P" and found[0] == 0 and words[0].tag in "PS":
                return None
            return (found[0], at) if found else None
        return None
    return None


def _phrase(words: Sequence[Word], end: int) -> Range | None:
    """Walk left over one noun phrase with its prepositional and coordinated parts."""
    floor = max(0, end - _REACH)
    start = end
    for index in range(end - 1, floor - 1, -1):
        word = words[index]
        if word.tag in _BARRIERS and not _lists_names(words, index, end):
            break
        if word.tag == "C" and not _joins(words, index, start):
            break
        if word.tag == "V" and _is_finite(words, index):
            break
        start = index
        if word.tag == "D" and not _continues(words, index):
            break
        if word.tag == "'" and index + 1 == end:
            return None
    return _cut(words, start, end)


def _lists_names(words: Sequence[Word], index: int, end: int) -> bool:
    """Say whether the comma at ``index`` stands inside "A, B and C"."""
    if words[index].tag != "," or index == 0 or index + 1 >= end:
        return False
    ahead = words[index + 1 : min(end, index + 8)]
    return words[index - 1].tag == "X" and any(
        word.folded == "and" and all(w.tag in "X,C" for w in ahead[:n])
        for n, word in enumerate(ahead)
    )


def _joins(words: Sequence[Word], index: int, start: int) -> bool:
    """Say whether "and" joins two nouns here rather than two clauses."""
    if words[index].folded not in ("and", "or") or index == 0:
        return False
    left, right = words[index - 1].tag, words[start].tag if start < len(words) else ""
    if left == ",":
        return False
    return left in "XLN'" and (left == right or right in "D'")


def _is_finite(words: Sequence[Word], index: int) -> bool:
    """Say whether a word in -ed is a verb here ("rebels seized"), no adjective ("the armed")."""
    before = words[index - 1].tag if index else ""
    after = words[index + 1].tag if index + 1 < len(words) else ""
    return (before in ("L", "X", "R", "B", "A", "N", "'", "W") and after != "") or after in "DPO"


def _continues(words: Sequence[Word], index: int) -> bool:
    """Say whether what stands before a determiner belongs to the phrase ("head of the ...")."""
    if index < 2:
        return False
    before = words[index - 1]
    if before.folded in _LINKING:
        return words[index - 2].tag in "LXN"
    return before.tag == "C" and words[index - 2].tag in "LXN"


def _cut(words: Sequence[Word], start: int, end: int) -> Range | None:
    """Take off what cannot begin a noun phrase; where no article helps, keep the sayer's words."""
    while start < end and words[start].tag in "PBC,)'O":
        if words[start].tag == "P":
            start = _after_preposition(words, start, end)
        else:
            start += 1
    if start >= end:
        return None
    opened = start == 0 or words[start - 1].tag in ",ESWQ:;-(C"
    if words[start].tag == "D" or opened:
        return start, end
    return _bare(words, start, end)


def _after_preposition(words: Sequence[Word], start: int, end: int) -> int:
    """Skip "In Idlib province" before "the Observatory"; without an article, the preposition."""
    for index in range(start + 2, end):
        if words[index].tag == "D" and words[index - 1].folded not in _LINKING:
            return index
    bare = _bare(words, start + 1, end)
    return bare[0] if bare else end


def _bare(words: Sequence[Word], start: int, end: int) -> Range | None:
    """Keep the last run of capitalised words, or a sayer with its known adjectives."""
    index = end - 1
    last = words[index]
    if last.tag == "X":
        while index > start and words[index - 1].tag == "X":
            index -= 1
        while index > start and words[index - 1].folded in _SAYERS | _MODIFIERS:
            index -= 1
        return index, end
    if last.folded not in _SAYERS and not (last.tag == "L" and last.folded.endswith("s")):
        return None
    while index > start and _qualifies(words, index - 1, start):
        index -= 1
    return index, end


def _qualifies(words: Sequence[Word], index: int, start: int) -> bool:
    word = words[index]
    if word.folded in _MODIFIERS or word.folded in _SAYERS or word.tag == "N":
        return True
    if word.tag != "X":
        return False
    placed = index > start and words[index - 1].folded in _LINKING
    return not placed or word.folded.endswith(_ORIGINS)


def subject_right(words: Sequence[Word], start: int) -> Range | None:
    """Return the noun phrase that begins at word ``start``, with an apposition after a comma."""
    if start >= len(words):
        return None
    if words[start].tag == "R":
        return start, start + 1
    end = _right_end(words, start)
    if end == start or words[start].tag not in "DXLN'VO":
        return None
    if end < len(words) and words[end].tag == "," and end + 1 < len(words):
        end = _with_apposition(words, end)
    return start, end


def _right_end(words: Sequence[Word], start: int) -> int:
    limit = min(len(words), start + _REACH)
    for index in range(start, limit):
        word = words[index]
        if word.tag in "EQ;:,-ASWTR(":
            return index
        if word.tag == "P" and word.folded not in ("of", "for") and not _titled(words, index):
            return index
        if word.tag == "C" and not _joins(words, index, index + 1):
            return index
        if word.tag in "V" and index > start and words[index - 1].tag in "X":
            return index
    return limit


def _titled(words: Sequence[Word], index: int) -> bool:
    """Say whether a preposition goes on with a title: "the senior adviser at the institute"."""
    return (
        words[index].folded in ("at", "in", "from", "with")
        and words[index - 1].tag == "L"
        and index + 1 < len(words)
        and words[index + 1].tag in "DX"
    )


def _with_apposition(words: Sequence[Word], comma: int) -> int:
    """Extend a name over ", a spokesman for the army," up to the next comma or the end."""
    first = words[comma + 1]
    if first.tag == "W" and first.folded == "who":
        limit = min(len(words), comma + _REACH)
        for index in range(comma + 1, limit):
            if words[index].tag in ",EQ;:":
                return index
        return comma
    if first.tag not in "DNLX":
        return comma
    end = _right_end(words, comma + 1)
    closed = end >= len(words) or words[end].tag in ",EQ:;PS"
    return end if closed and end > comma + 1 else comma
