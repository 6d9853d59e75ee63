"""Noun phrases beside a cue: who says it, found from closed word lists alone.

A range (a, b) is of word indices, b excluded. Every walk is bounded by ``_REACH`` words, so that a
sentence of any length takes linear time.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.ingest.lexicon import words_of
from verify.ingest.wordlists import words as words_from
from verify.ingest.words import Word

Range = tuple[int, int]

_REACH = 40
_LINKING = words_of("linking")
_SAYERS = words_of("sayers")
_MODIFIERS = words_of("modifiers")
_FINITE = words_of("finite")
_TITLED = _SAYERS | _MODIFIERS | words_of("roles") | words_of("ranks") | words_of("bodies")
_DATING = words_from("on late early last this earlier the")
_BARRIERS = frozenset("SWAERQ;:-(T,")
"""Classes that no noun phrase to the left of its verb reaches across."""
_ORIGINS = ("an", "ish", "ese", "i", "ch", "ic", "ed")
"""How words end that say whose officials they are ("Syrian officials"), unlike "Kabul"."""


def subject_left(words: Sequence[Word], end: int) -> Range | None:
    """Return the noun phrase that ends right before word ``end`` (the verb group), or None."""
    end = _before_interruption(words, end)
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
    return _with_relative(words, end) or _with_name(words, _phrase(words, end))


def _with_name(words: Sequence[Word], found: Range | None) -> Range | None:
    """Extend "Name, a spokesman for the army" to the name that opens the sentence."""
    if found is None or found[0] < 2 or words[found[0]].tag != "D" or not _names(words, found[0]):
        return found
    name = _phrase(words, found[0] - 1)
    whole = name == (0, found[0] - 1) and all(word.tag == "X" for word in words[: found[0] - 1])
    return (0, found[1]) if whole else found


def _with_relative(words: Sequence[Word], end: int) -> Range | None:
    """Read "An activist who spoke by telephone said": the clause after "who" belongs to him."""
    for index in range(end - 2, max(0, end - _REACH), -1):
        word = words[index]
        if word.tag in "EQ;:,SC(" or word.tag == "R":
            return None
        if word.folded not in ("who", "which"):
            continue
        inner = words[index + 1 : end]
        verbs = [n for n, w in enumerate(inner) if w.tag in "AV" or w.folded in _FINITE]
        once = bool(verbs) and verbs[0] <= 1 and verbs[-1] - verbs[0] <= 2
        found = _phrase(words, index) if once else None
        opened = found and (found[0] == 0 or words[found[0] - 1].tag in ",C;:Q-")
        return (found[0], end) if found and opened else None
    return None


def _before_interruption(words: Sequence[Word], end: int) -> int:
    """Skip ", however," and "on Tuesday" between a subject and its verb."""
    if end > 3 and words[end - 1].tag == "," and words[end - 3].tag == ",":
        return end - 3 if words[end - 2].tag == "B" or words[end - 2].folded == "though" else end
    if end > 2 and words[end - 1].tag == "T":
        start = end - 1
        while (start > 1 and words[start - 1].tag in "TNB") or words[start - 1].folded in _DATING:
            start -= 1
        return start if start > 0 else end
    return end


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
            if found and (inner.tag == "V" or inner.folded.endswith("ing")):
                return found
            if found and found[0] > 1 and words[found[0]].tag == "D" and _names(words, found[0]):
                name = _phrase(words, found[0] - 1)
                return (name[0] if name else found[0], at)
            if found and inner.tag in "P" and found[0] == 0 and words[0].tag in "PS":
                return None
            return (found[0], at) if found else None
        return None
    return None


def _names(words: Sequence[Word], at: int) -> bool:
    """Say whether a name and a comma stand right before word ``at``."""
    return words[at - 1].tag == "," and words[at - 2].tag == "X"


def _phrase(words: Sequence[Word], end: int) -> Range | None:
    """Walk left over one noun phrase with its prepositional and coordinated parts."""
    floor = max(0, end - _REACH)
    start = end
    inside = False
    for index in range(end - 1, floor - 1, -1):
        word = words[index]
        if word.tag in "()" and index > floor:
            inside = word.tag == ")"
            continue
        if not inside and word.tag in _BARRIERS and not _lists_names(words, index, end):
            break
        if word.tag == "C" and not _joins(words, index, start):
            break
        if (word.tag == "V" and _is_finite(words, index)) or _participle(words, index):
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
    clause = words[index - 1].folded in _FINITE and index > 1 and words[index - 2].tag in "LXR"
    if left == "," or clause:
        return False
    return left in "XLN'" and (left == right or right in "D'")


def _is_finite(words: Sequence[Word], index: int) -> bool:
    """Say whether a word in -ed is a verb here ("rebels seized"), no adjective ("the armed")."""
    before = words[index - 1].tag if index else ""
    after = words[index + 1].tag if index + 1 < len(words) else ""
    return (before in ("L", "X", "R", "B", "A", "N", "'", "W") and after != "") or after in "DPON"


def _participle(words: Sequence[Word], index: int) -> bool:
    """Say whether a word in -ing goes on with a verb ("the country inflicting heavy losses")."""
    word = words[index]
    if word.tag != "L" or not word.folded.endswith("ing") or word.folded in _MODIFIERS | _SAYERS:
        return False
    return index > 0 and words[index - 1].tag in "LXNOT" and index + 1 < len(words)


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
    gerund = words[start].folded.endswith("ing") and start + 1 < end
    if gerund and words[start].tag in "LX" and words[start + 1].tag in "PD":
        return _bare(words, start + 1, end)
    opened = start == 0 or words[start - 1].tag in ",ESWQ:;-(C"
    if words[start].tag == "D" and start > 0 and words[start - 1].tag == "P":
        return _apart(words, start, end)
    if words[start].tag == "D" or opened:
        return start, end
    return _bare(words, start, end)


def _apart(words: Sequence[Word], start: int, end: int) -> Range:
    """Part "in the process" from "Agency", where the comma between them got lost."""
    bare = _bare(words, start, end)
    if bare is None or bare[0] < start + 2:
        return start, end
    before = words[bare[0] - 1]
    return bare if before.tag == "L" and before.folded not in _TITLED else (start, end)


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
    if end < len(words) and words[end].tag == "(":
        end = next(
            (n + 1 for n in range(end, min(len(words), end + 9)) if words[n].tag == ")"), end
        )
    if end < len(words) and words[end].folded == "who":
        return start, _clause_end(words, end)
    if end < len(words) and words[end].tag == "," and end + 1 < len(words):
        end = _with_apposition(words, end)
    return start, end


def speaker_alone(words: Sequence[Word], found: Range) -> Range:
    """Cut "the agency rebels" after the agency, where the comma that parts them got lost."""
    start, end = found
    for index in range(start, end - 1):
        following = words[index + 1]
        plural = following.folded.endswith("s")
        parted = following.tag in "LN" and (plural or following.folded not in _TITLED)
        if parted and words[index].folded in _SAYERS:
            return start, index + 1
    return found


def _right_end(words: Sequence[Word], start: int) -> int:
    limit = min(len(words), start + _REACH)
    for index in range(start, limit):
        word = words[index]
        if word.tag in "EQ;:,-ASWTR(" or _new_phrase(words, index, start):
            return index
        if word.tag == "P" and word.folded not in ("of", "for") and not _titled(words, index):
            return index
        if word.tag == "C" and not _joins(words, index, index + 1):
            return index
        if word.tag in "V" and index > start and words[index - 1].tag in "X":
            return index
    return limit


def _new_phrase(words: Sequence[Word], index: int, start: int) -> bool:
    """Say whether a comma or period got lost here ("said Saleh The", "the agency the army")."""
    word = words[index]
    if index == start or words[index - 1].tag not in "XL":
        return False
    return word.tag == "D" or (word.capital and word.tag in "PB")


def _clause_end(words: Sequence[Word], start: int) -> int:
    limit = min(len(words), start + _REACH)
    return next((n for n in range(start, limit) if words[n].tag in ",EQ;:"), limit)


def _titled(words: Sequence[Word], index: int) -> bool:
    """Say whether a preposition goes on with a title: "adviser at the institute", "close to"."""
    before, word = words[index - 1], words[index]
    if index + 1 >= len(words):
        return False
    if words[index + 1].folded == "chief" or (word.folded == "to" and before.folded == "close"):
        return True
    joins = word.folded in ("at", "in", "from", "with") and before.tag == "L"
    return joins and words[index + 1].tag in "DX"


def _with_apposition(words: Sequence[Word], comma: int) -> int:
    """Extend a name over ", a spokesman for the army," up to the next comma or the end."""
    first = words[comma + 1]
    if first.tag == "W" and first.folded == "who":
        return _clause_end(words, comma + 1)
    if first.tag not in "DNLX" or first.folded.endswith("ing"):
        return comma
    end = _right_end(words, comma + 1)
    if end < len(words) and words[end].folded == "who":
        return _clause_end(words, end)
    closed = end >= len(words) or words[end].tag in ",EQ:;PS"
    return end if closed and end > comma + 1 else comma
