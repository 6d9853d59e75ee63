"""A claim made ready to be compared with another: its words, names, counts, doers, time and place.

Everything that a rule asks for is read once for a claim, not once for a pair.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import snowballstemmer

from verify import records
from verify.analysis import wording
from verify.analysis.causes import causes_of
from verify.analysis.counted import Count, counts_of, people_killed
from verify.analysis.doers import doers_of, family_of, means_of
from verify.disavowed import disavows

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE_ENDS = re.compile(r"[.;:!?]|\bbut\b")
_ENDINGS = re.compile(r"['’](?:s|t|re|ve|ll|d)$")
_STEMMER = snowballstemmer.stemmer("english")
_SHOUTED = 0.6
"""From this share of capitalised words on, capitals tell no names: the text is a headline."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the rules compare. Sets are empty and texts None where a claim says nothing."""

    claim_id: str
    doc_id: str
    text: str
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    counts: tuple[Count, ...]
    victims: frozenset[str]
    doers: frozenset[str]
    means: frozenset[str]
    causes: tuple[str, ...]
    total: bool
    further: bool
    rising: bool
    blames: bool
    denies: bool
    deniers: frozenset[str]
    denied_whole: bool
    negated: bool
    refuses: bool
    denied: frozenset[str]
    doubts: bool
    side: str
    actor: str | None
    actor_side: str | None
    outcome: str | None
    speaker: str | None
    source: str | None
    place: str | None
    place_words: frozenset[str]
    located: frozenset[str]
    words: frozenset[str]
    day: date | None
    published: date | None

    @property
    def voice(self) -> str:
        """Who says it, for words shown to people."""
        return self.speaker or self.source or "one source"

    @property
    def told(self) -> str:
        """What it says to a reader who sees the text alone: a denied text is no statement."""
        if not self.denied_whole or any(wording.denials(self.text)):
            return self.text
        return f"{self.voice} denied that {self.text}"

    def same_speaker(self, other: Statement) -> bool:
        """Whether one speaker's name holds the other's: "the Observatory" is "X Observatory"."""
        if not self.speaker or not other.speaker:
            return False
        a, b = (set(_WORD.findall(one.lower())) - {"the"} for one in (self.speaker, other.speaker))
        return bool(a and b) and (a <= b or b <= a)

    @property
    def for_side(self) -> str:
        """Whose success or failure the outcome is: the actor's side, else the speaker's."""
        return self.actor_side or self.side


def statements(claims: pd.DataFrame) -> dict[str, Statement]:
    """Read CLAIMS (``source`` and ``published_at`` where known) into statements by claim id."""
    return {row["claim_id"]: _statement(row) for row in records.rows(claims)}


def _statement(row: records.Row) -> Statement:
    text = row["text"]
    words = [_ENDINGS.sub("", word) for word in _WORD.findall(text)]
    content = [w for w in words if w.lower() not in wording.FUNCTION_WORDS]
    cue_denies = bool(row.get("denied") or (row["cue"] and wording.DENIAL.search(row["cue"])))
    counts = () if cue_denies else counts_of(_stated(row))
    stems = frozenset(stem(word.lower()) for word in content)
    doers = doers_of(text) | family_of(row["actor"])
    return Statement(
        claim_id=row["claim_id"],
        doc_id=row["doc_id"],
        text=text,
        stems=stems,
        names=_names(words),
        numbers=frozenset(word for word in words if word.isdigit()),
        counts=counts,
        victims=people_killed(counts),
        doers=doers,
        means=means_of(text),
        causes=causes_of(text),
        total=bool(wording.TOTAL.search(text)),
        further=bool(wording.FURTHER.search(text)),
        rising=bool(wording.RISING.search(text)),
        blames=bool(wording.BLAME.search(text)),
        denies=cue_denies or any(wording.denials(text)),
        deniers=_deniers(row["speaker_name"] if cue_denies else None, text),
        denied_whole=cue_denies,
        negated=bool(is_negative(row) and wording.NEGATION.search(text)),
        refuses=bool(wording.NEGATION.search(text) or wording.REFUSAL.search(text)),
        denied=stems if cue_denies else _denied(text),
        doubts=bool(row["hedged"] or wording.DOUBT.search(text)),
        side=row["side"] or records.UNKNOWN,
        actor=row["actor"],
        actor_side=row["actor_side"],
        outcome=row["outcome"],
        speaker=row["speaker_name"] or row["speaker"],
        source=row.get("source"),
        place=row["place"],
        place_words=_place_words(row["place"]),
        located=frozenset(name.lower() for name in wording.LOCATED.findall(text)) - _DAYS,
        words=frozenset(word.lower() for word in words),
        day=day_of(row["event_time"]) if row.get("time_precision") != "week" else None,
        published=day_of(row.get("published_at")),
    )


def is_negative(row: Mapping[str, Any]) -> bool:
    """Whether a row of CLAIMS says that something is not so, itself or by its speaker's denial."""
    return bool(row["negated"] or row.get("denied"))


def _stated(row: records.Row) -> list[dict[str, Any]]:
    """Take the quantities that the claim states: none after a negation, none called untrue."""
    negation = wording.NEGATION.search(row["text"]) if is_negative(row) else None
    until = row["start"] + negation.start() if negation else math.inf
    return [
        {**quantity, "high": None} if _is_part(row, quantity) else quantity
        for quantity in row["quantities"] or []
        if quantity["start"] < until
        and not disavows(
            row["text"], quantity["start"] - row["start"], quantity["end"] - row["start"]
        )
    ]


def _is_part(row: records.Row, quantity: dict[str, Any]) -> bool:
    first, after = quantity["start"] - row["start"], quantity["end"] - row["start"]
    within = wording.WITHIN.search(row["text"], max(0, first - wording.REACH), max(0, first))
    return bool(within or wording.PART.match(row["text"], after))


def _denied(text: str) -> frozenset[str]:
    """Stems of the words right after a denial or a negation: what is said not to be so.

    Right before it, where the denial is what is said of them ("reports of a raid are false").
    """
    found: set[str] = set()
    for cues, reach in ((wording.denials(text), 8), (wording.NEGATION.finditer(text), 4)):
        for match in cues:
            words = _WORD.findall(_CLAUSE_ENDS.split(text[match.end() :], maxsplit=1)[0])[:reach]
            if wording.SAID_OF.match(match[0]):
                words += _WORD.findall(_CLAUSE_ENDS.split(text[: match.start()])[-1])[-reach:]
            lower = [word.lower() for word in words]
            found |= {stem(word) for word in lower if word not in wording.FUNCTION_WORDS}
    return frozenset(found)


def _deniers(speaker: str | None, text: str) -> frozenset[str]:
    """Families of parties that deny: of the speaker of a denial, or named right before one."""
    if speaker:
        return family_of(speaker)
    found: frozenset[str] = frozenset()
    for match in wording.denials(text):
        found |= family_of(text[max(0, match.start() - wording.REACH) : match.start()])
    return found


def _place_words(place: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", (place or "").lower())) - wording.PLACE_KINDS


def day_of(stamp: Any) -> date | None:
    """Take the day of an ISO date or time; None where only a month or a year is known."""
    try:
        return date.fromisoformat(str(stamp)[:10]) if stamp else None
    except ValueError:
        return None


@cache
def stem(word: str) -> str:
    """Cut a lower-case English word to its stem (Snowball)."""
    return str(_STEMMER.stemWord(word))


def _names(words: list[str]) -> frozenset[str]:
    """Take capitalised words as names, but the first one, which every sentence capitalises."""
    letters = [word for word in words if word[0].isalpha()]
    capitals = [word for word in letters if word[0].isupper()]
    if not letters or len(capitals) > _SHOUTED * len(letters):
        return frozenset(_kept(capitals))
    return frozenset(_kept(word for word in words[1:] if word[0].isupper()))


def _kept(words: Iterable[str]) -> Iterable[str]:
    return (word.lower() for word in words if word.lower() not in wording.FUNCTION_WORDS | _DAYS)


_DAYS = frozenset(day.lower() for day in (*calendar.day_name, *calendar.month_name))
