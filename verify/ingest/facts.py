"""The facts of one claim: its quantities, place, time, denial, actor and outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from verify.ingest.actors import actor_of
from verify.ingest.datelines import written_until
from verify.ingest.denial import is_denied, is_hedged, is_negated
from verify.ingest.kinds import kinds_of
from verify.ingest.numbers import find_counts
from verify.ingest.outcome import outcome_of
from verify.ingest.places import Place, find_place
from verify.ingest.spoken import Attribution, Span
from verify.ingest.times import SAID, When, find_times

_CAPITAL = re.compile(r" [A-Z]")
_MARK = re.compile(r"[.;:!?\n]")
_ASIDE = 25
"""Characters between a speaker or a cue and the time of saying ("told the agency on Friday")."""
_WORD = 30
"""Characters before a cue in which the word before it stands."""


@dataclass(frozen=True)
class Facts:
    """What can be read out of a claim; field names as in ``records.CLAIMS``.

    Spans are document offsets. A place that comes from the document's location has no span.
    """

    quantities: list[dict[str, Any]]
    place: str | None
    place_start: int | None
    place_end: int | None
    time: str | None
    time_start: int | None
    time_end: int | None
    event_time: str | None
    time_precision: str | None
    denied: bool
    negated: bool
    hedged: bool
    actor: str | None
    outcome: str | None


def facts_of(
    text: str,
    start: int,
    end: int,
    *,
    published_at: str | None = None,
    sentence: tuple[int, int] | None = None,
    location: str | None = None,
    said: Attribution | None = None,
) -> Facts:
    """Read the facts of the claim ``text[start:end]``.

    ``sentence`` is the span around the claim: a number in the claim may be governed by a verb
    outside it, and place and time are taken from there when the claim has none. ``published_at``
    (ISO date or time) anchors "on Monday"; ``location`` is where the document says it happened.
    ``said`` is who is credited: its cue may deny the claim or tell it with reserve, and a time
    outside of what is said is when it was said, not when it happened.
    """
    first, last = sentence or (start, end)
    first, last = min(first, start), max(last, end)
    times = find_times(text, first, last, published_at)
    written = written_until(text, first, last, start)
    told = (time for time in times if time.start >= written)
    when = _nearest([time for time in told if _happened(text, time, start, end, said)], start, end)
    place = find_place(text, start, end)
    if place is None and (first, last) != (start, end):
        place = find_place(text, first, last)
    content = text[start:end]
    plain = _without(text, (start, end), said.cue) if said else content
    denied = said is not None and is_denied(said.lemma, plain)
    return Facts(
        quantities=_quantities(text, (start, end), (first, last), times),
        **_place_fields(place, location),
        time=text[when.start : when.end] if when else None,
        time_start=when.start if when else None,
        time_end=when.end if when else None,
        event_time=when.iso if when else None,
        time_precision=when.precision if when and when.iso else None,
        denied=denied,
        negated=is_negated(plain, denied),
        hedged=is_hedged(plain, _told(text, said.cue) if said else ""),
        actor=actor_of(_timeless(text, start, end, times)),
        outcome=outcome_of(content),
    )


def _without(text: str, claim: Span, cue: Span) -> str:
    """Leave a cue out that stands inside its claim, as where a row of a table is one claim."""
    start, end = claim
    if not (start <= cue[0] and cue[1] <= end):
        return text[start:end]
    return f"{text[start : cue[0]]} {text[cue[1] : end]}"


def _told(text: str, cue: Span) -> str:
    """Give the cue with the word before it: "allegedly | showed"."""
    before = text[max(0, cue[0] - _WORD) : cue[0]].split()
    return " ".join([*before[-1:], text[slice(*cue)]])


def _quantities(
    text: str, claim: tuple[int, int], sentence: tuple[int, int], times: list[When]
) -> list[dict[str, Any]]:
    taken = [(when.start, when.end) for when in times]
    counts = find_counts(text, *sentence, taken)
    return [
        {
            "text": text[count.start : count.end],
            "start": count.start,
            "end": count.end,
            "low": count.low,
            "high": count.high,
            "kind": what.kind,
            "counted": _counted(text, count.end, what.counted, times),
        }
        for count, what in zip(counts, kinds_of(text, *sentence, counts), strict=True)
        if what and claim[0] <= count.start and count.end <= claim[1]
    ]


def _timeless(text: str, start: int, end: int, times: list[When]) -> str:
    """Leave out the words of time that stand by a party: "the guard last week burnt ..."."""
    kept, at = [], start
    for when in times:
        if start <= when.start and when.end <= end and not _in_name(text, when):
            kept.append(text[at : when.start].rstrip())
            at = when.end
    return "".join([*kept, text[at:end]]).lstrip(" ,")


def _counted(text: str, after: int, words: str | None, times: list[When]) -> str | None:
    """End the words of what is counted where words of time begin: "soldiers | two days ago"."""
    at = text.find(words, after) if words else -1
    if words is None or at < 0:
        return words
    for when in times:
        if at < when.start < at + len(words) and not _in_name(text, when):
            return text[at : when.start].rstrip(" ,")
    return words


def _in_name(text: str, when: When) -> bool:
    """Say whether a time is part of a name: "the Sunday Brigade", "the 8 March Movement"."""
    the = text[max(0, when.start - 4) : when.start + 4].casefold()
    return "the " in the and bool(_CAPITAL.match(text, when.end))


def _happened(text: str, when: When, start: int, end: int, said: Attribution | None) -> bool:
    """Say whether a time may date what a claim tells, rather than when it was said."""
    inside = start <= when.start and when.end <= end
    if said is None:
        return inside or when.rank != SAID
    if start <= said.cue[0] < end:  # a row of a table, which holds its speaker and cue
        inside = inside and not _beside(text, when, said)
    for first, last in said.content:
        if first <= when.start and when.end <= last:
            return not _at_cue(text, when, said.cue[1])
    if said.source and said.cue[1] <= start and when.end <= said.source[0]:
        return text.startswith(",", said.cue[1])  # "On Sunday, a nurse said, two men were hurt"
    return inside and not _at_cue(text, when, said.cue[1])


def _beside(text: str, when: When, said: Attribution) -> bool:
    """Say whether a time stands with a speaker or a cue: "the miller said on Friday".

    A time that heads its sentence ("On Sunday, a nurse said ...") frames all of it, and a date in
    digits before the speaker heads the row ("26 October 2016 The miller said ..."): both stay.
    """
    named = [span for span in (said.source, said.cue) if span]
    dated = any(map(str.isdigit, text[when.start : when.end]))
    heads = not text[: when.start].strip() or _MARK.search(text[: when.start].rstrip()[-1:])
    if (dated or heads) and when.start < min(start for start, _ in named):
        return False
    for start, end in named:
        gap = text[end : when.start] if end <= when.start else text[when.end : start]
        if len(gap) <= _ASIDE and not _MARK.search(gap):
            return True
    return False


def _at_cue(text: str, when: When, cue_end: int) -> bool:
    """Say whether a day stands right behind the cue: "said Friday | 31 people were killed"."""
    behind = not text[cue_end : max(cue_end, when.start)].strip(" ,") and when.start >= cue_end
    genitive = text.startswith(("'s", "’s"), when.end)
    return behind and when.precision in ("day", None) and not genitive


def _nearest(times: list[When], start: int, end: int) -> When | None:
    """Take the time that dates an event best, from the claim before the words around it."""

    def order(when: When) -> tuple[int, bool, int]:
        outside = not (start <= when.start and when.end <= end)
        return when.rank, outside, when.start

    return min(times, key=order, default=None)


def _place_fields(place: Place | None, location: str | None) -> dict[str, Any]:
    if place is None or (place.rank == 0 and location):
        return {"place": location or None, "place_start": None, "place_end": None}
    return {"place": place.text, "place_start": place.start, "place_end": place.end}
