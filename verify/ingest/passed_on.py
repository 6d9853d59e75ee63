"""What one says that another one said: the inner source speaks, the outer one passes it on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from verify.ingest.lexicon import words_of
from verify.ingest.spoken import Attribution, Span
from verify.ingest.wordlists import words

SAYING = words(
    "say tell claim announce report deny confirm state declare according accuse blame add admit"
    " acknowledge concede insist"
)
"""Cues that the rules read inside what someone else says; there they are as sure as outside."""
QUOTING = words("quote cite")
_SHARE = 0.8
"""Share of what someone says from which on an inner statement is what he passes on."""
_OPENING = 12
"""Characters before an inner source that begins what is passed on: "that ", "on Monday "."""
_SELF = words_of("pronouns")


def quoted_as(
    text: str, found: Sequence[Attribution], ruled: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Read "RIA quoted the ministry as saying": the ministry says it, RIA passes it on."""
    quoting = [one for one in ruled if one.source and text.endswith("as ", 0, one.cue[0])]
    outer = {one.content[0]: one.source for one in ruled if one.lemma in QUOTING}
    seen = set()
    for one in found:
        start, end = one.extent
        inner = next((other for other in quoting if start <= other.cue[0] <= end + 4), None)
        if inner is None:
            yield one
        elif inner.cue not in seen:
            seen.add(inner.cue)
            via = one.source if one.source != inner.source else outer.get(inner.source or one.cue)
            content = (without(part, inner.source) for part in one.content)
            kept = tuple(part for part in content if part and part[1] <= inner.extent[0])
            yield replace(inner, content=inner.content or kept, via=via)


def inner_of(
    text: str, found: Sequence[Attribution], ruled: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Yield what the rules find inside what someone says and the model does not."""
    cues = sorted(one.cue for one in found)
    firsts = [first for first, _ in cues]
    begins = [one.cue[0] for one in ruled]
    for start, end in (part for outer in found for part in outer.content):
        for one in ruled[bisect_left(begins, start) : bisect_left(begins, end)]:
            if one.source is None or one.lemma not in SAYING or one.extent[0] < start:
                continue
            words = text[slice(*one.source)].casefold()
            place = bisect_left(firsts, one.cue[1])
            new = not place or cues[place - 1][1] <= one.cue[0]
            # ", the agency reported" after it is not what the ministry denied
            content = tuple((first, min(last, end)) for first, last in one.content if first < end)
            if new and content and words not in _SELF:
                yield replace(one, content=content)


def citing(found: Sequence[Attribution], ruled: Sequence[Attribution]) -> Iterator[Attribution]:
    """Read "..., said the aid group, citing volunteers": they say it, the group passes it on."""
    cited = {}
    for one in found:
        if one.lemma in QUOTING and one.source and one.source[0] > one.cue[0]:
            start, end = one.reach
            within = (other for other in (*found, *ruled) if other is not one and other.source)
            said = next(
                (
                    other
                    for other in within
                    if start <= other.cue[0] < end and other.reach[1] <= one.cue[0]
                ),
                None,
            )
            if said is not None:
                cited[one] = said
    for one in found:
        if one in cited:
            yield replace(one, content=cited[one].content, via=cited[one].source)
        elif one not in cited.values():
            yield one


def passed_on(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give inner ones their ``via``; an outer one that says nothing else is left out."""
    by_cue = sorted(found, key=lambda one: one.cue)
    begins = [one.cue[0] for one in by_cue]
    carried: dict[Attribution, Attribution] = {}
    empty = set()
    for outer, (start, end) in ((each, part) for each in by_cue for part in each.content):
        for one in by_cue[bisect_left(begins, start) : bisect_left(begins, end)]:
            if one is outer or one.source is None or one.source == outer.source:
                continue
            if one.cue[1] <= end and start <= one.source[0]:
                carried.setdefault(one, outer)
                at_once = one.source[0] <= start + _OPENING or one.lemma == "according"
                covered = min(one.extent[1], end) - max(one.extent[0], start)
                if at_once and covered >= _SHARE * (end - start):
                    empty.add(outer)
    for one in found:
        if one not in empty:
            passing = carried.get(one)
            yield replace(one, via=passing.source) if passing else one


def without(part: Span, source: Span | None) -> Span | None:
    """Take a source off the end or the beginning of a content."""
    if source is None or source[1] <= part[0] or part[1] <= source[0]:
        return part
    kept = (
        (part[0], source[0]) if source[0] - part[0] >= part[1] - source[1] else (source[1], part[1])
    )
    return kept if kept[0] < kept[1] else None
