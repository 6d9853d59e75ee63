"""Whether two counts can both be right: what is counted, and which bounds it has."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

Verdict = Literal["same", "agree", "differ", "far"]

_CLASSES = {
    "child": r"child(?:ren)?|schoolchild(?:ren)?|kids?|pupils?|minors?|babies|infants?|boys?"
    r"|girls?",
    "woman": r"wom[ae]n",
    "medic": r"medics?|doctors?|nurses?|paramedics?|patients?",
    "helper": r"(?:aid|relief|humanitarian) workers?|volunteers?|rescuers?|rescue workers?",
    "reporter": r"journalists?|reporters?",
    "student": r"students?|teachers?",
    "police": r"police(?:m[ae]n|wom[ae]n)?(?: officers?)?",
    "bomber": r"(?:suicide )?bombers?|attackers?|assailants?",
    "soldier": r"soldiers?|troops?|servicem[ae]n|conscripts?|army personnel|guards?",
    "militant": r"militants?|rebels?|insurgents?|jihadis?(?:ts?)?|terrorists?|gunm[ae]n"
    r"|guerrillas?|militiam[ae]n",
    "fighter": r"fighters?|combatants?|commanders?|members?|forces|personnel|militia",
    "civilian": r"civilians?|non-?combatants?|residents?|citizens?|villagers?|inhabitants"
    r"|famil(?:y|ies)|passers?-?by|farmers?|worshippers?",
    "person": r"people|persons?|others|bod(?:y|ies)|victims?|m[ae]n|dead|wounded|injured"
    r"|casualties|lives|deaths|souls|humans?|individuals?|them|more",
}
"""Classes of people counted, as regular expressions; the first that matches is taken."""
_CLASS = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _CLASSES.items()
}
_WIDER = {
    "child": "civilian", "woman": "civilian", "medic": "civilian", "helper": "civilian",
    "reporter": "civilian", "student": "civilian", "civilian": "person", "police": "person",
    "soldier": "fighter", "militant": "fighter", "bomber": "fighter", "fighter": "person",
}  # fmt: skip
"""Each class of people and the one that holds it: a child killed is a civilian killed."""
_OF_PEOPLE = frozenset({"killed", "wounded", "captured", "missing", "displaced", "force_size"})
_ROUGH = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|estimated|close to|dozens|scores"
    r"|hundreds|thousands|tens)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:dozens|scores|tens|hundreds|thousands|several|a few)\b", re.IGNORECASE)
_OF_THE_DEAD = re.compile(r"\bthe (?:dead|victims|killed|wounded|injured)\b", re.IGNORECASE)
"""What is counted is a part of a toll ("five of the dead"), and which part is said elsewhere."""
_NO_PEOPLE = re.compile(
    r"\b(?:injur(?:y|ies)|wounds?|signs?|burns?|animals?|livestock|sheep|goats?|cows?|cattle|horses?|camels?|donkeys?|mules?|dogs?|cats?"
    r"|pigs?|birds?|chickens?|hens?|bulls?|buffalo(?:e?s)?|percent|per cent|days?|hours?|weeks?"
    r"|months?|years?|times?|miles?|kilomet(?:er|re)s?|villages?|towns?|cities|houses?|homes?"
    r"|buildings?|tanks?|vehicles?|trucks?|cars?|aircraft|planes?|helicopters?|boats?|ships?)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\banother\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:others?|another|more(?! than))\b", re.IGNORECASE)
CASUALTIES = frozenset({"killed", "wounded", "captured", "missing", "displaced", "destroyed"})
"""Kinds whose counts are of what one incident did; other counts may measure many things."""
_REACH = 70
"""Characters after an open count in which another casualty count is open with it."""
ROUGHLY = 1.15
"""A rounded count ("about 100") agrees with another up to this ratio."""
RISEN = 1.5
"""A later count below so many times the earlier one may be its update."""
FAR = 5.0
"""Open lower bounds this far apart conflict (labelling guide of the development data)."""


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity of a claim: bounds (None = open), kind, class counted, and whose they are."""

    low: int | None
    high: int | None
    kind: str
    group: str
    whose: frozenset[str]
    rough: bool
    vague: bool
    words: str

    @property
    def casualties(self) -> bool:
        """Whether it counts what was done, rather than anything else."""
        return self.kind in CASUALTIES


def counts_of(quantities: Iterable[Mapping[str, Any]]) -> tuple[Count, ...]:
    """Read the quantities of a claim; one without any bound is left out, it bounds nothing.

    "At least" reaches on: in "at least 20 people were killed and 55 wounded" the 55 are open above
    too, as a toll of that hour.
    """
    counts: list[Count] = []
    open_until, open_kind = -1, ""
    for quantity in quantities:
        low, high, kind = quantity["low"], quantity["high"], quantity["kind"]
        start = quantity.get("start") or 0
        if low is None and high is None:
            continue
        if low is not None and high is None:
            open_until, open_kind = start + _REACH, kind
        elif low == high and start < open_until and kind in CASUALTIES - {open_kind}:
            high = None
        counts.append(_count({**quantity, "high": high}))
    return tuple(counts)


def _count(quantity: Mapping[str, Any]) -> Count:
    kind, counted, text = quantity["kind"], quantity.get("counted"), quantity.get("text") or ""
    group, whose = _group(counted, kind)
    rest = _REST.search(f"{text} {counted or ''}") if kind == "killed" else _ANOTHER.search(text)
    return Count(
        low=quantity["low"],
        high=None if rest else quantity["high"],  # "nine children and 14 others": part of a toll
        kind=kind,
        group=group,
        whose=whose,
        rough=bool(_ROUGH.search(text)),
        vague=bool(rest or _VAGUE.search(text)),
        words=_words(text, quantity["low"], quantity["high"], kind, counted),
    )


def _words(text: str, low: int | None, high: int | None, kind: str, counted: str | None) -> str:
    number = text or str(low if low is not None else f"up to {high}")
    done = kind.replace("_", " ") if kind != "other" else ""
    return " ".join(part for part in (number, counted, done) if part)


@cache
def _group(counted: str | None, kind: str) -> tuple[str, frozenset[str]]:
    if not counted:
        return ("person" if kind in _OF_PEOPLE else "thing"), frozenset()
    if _OF_THE_DEAD.search(counted):
        return "thing", frozenset()
    whose = frozenset(re.findall(r"\b[A-Z][\w-]+", counted))
    for name, pattern in _CLASS.items():
        if pattern.search(counted):
            return name, whose
    head = re.findall(r"[\w-]+", counted.lower())
    return ("thing:" + head[-1].rstrip("s") if head else "thing"), whose


def part_of_a_toll(quantity: Mapping[str, Any]) -> bool:
    """Whether a count of the dead is the rest or a share of a toll that is told beside it.

    "Nine children and 14 others", "five of the dead"; "31 killed and 55 others wounded" is none.
    """
    counted = quantity.get("counted") or ""
    if _OF_THE_DEAD.search(counted):
        return True
    return quantity["kind"] == "killed" and bool(
        _REST.search(f"{quantity.get('text') or ''} {counted}")
    )


def person(count: Count, counted: str | None) -> bool:
    """Whether people of no named class are counted: "12 Afghans were killed", "40 refugees fled".

    Of what may be taken or lost like people (villages, boats) only a capital letter tells them.
    """
    if count.group == "person":
        return True
    if not count.group.startswith("thing:") or _NO_PEOPLE.search(counted or ""):
        return False
    if count.kind in ("killed", "wounded", "displaced"):
        return True
    return count.kind in ("captured", "missing") and bool(count.whose)


def held_by(group: str) -> str | None:
    """Return the class that holds this one: of soldiers fighters, of fighters people."""
    return _WIDER.get(group)


def people_killed(counts: Iterable[Count]) -> frozenset[str]:
    """Classes of people that a claim counts as killed or wounded: civilian, fighter, or neither."""
    kin = (_kin(count.group) for count in counts if count.kind in ("killed", "wounded"))
    return frozenset(name for names in kin for name in names & {"civilian", "fighter"})


@cache
def _kin(group: str) -> frozenset[str]:
    kin = {group}
    while group in _WIDER:
        group = _WIDER[group]
        kin.add(group)
    return frozenset(kin)


def compare(a: Count, b: Count) -> tuple[Verdict, float] | None:
    """Tell whether two counts can both hold: verdict and strength 0..1; None where not comparable.

    Counts are comparable when kind and class are equal; of a class and a wider one ("31 people",
    "8 children") only that the part exceeds the whole is telling.
    """
    if a.kind != b.kind or (a.whose and b.whose and not a.whose & b.whose):
        return None
    if a.group == b.group and a.group != "thing":
        return _same_group(a, b)
    for whole, part in ((a, b), (b, a)):
        if whole.group in _kin(part.group) and whole.high is not None and part.low is not None:
            if part.low > whole.high * ROUGHLY:
                return "differ", _strength(part.low, whole.high)
            if part.low == whole.low:
                return "same", 0.5
    return None


def risen(early: Count, late: Count) -> bool:
    """Whether a count may be the update of an earlier one: it is higher, by less than half."""
    before, after = early.low or early.high or 0, late.low or late.high or 0
    return before < after < RISEN * before


def _same_group(a: Count, b: Count) -> tuple[Verdict, float]:
    if (a.low, a.high) == (b.low, b.high):
        return "same", 1.0
    low_a, high_a = a.low or 0, math.inf if a.high is None else a.high
    low_b, high_b = b.low or 0, math.inf if b.high is None else b.high
    if low_a > high_b or low_b > high_a:
        upper, lower = max(low_a, low_b), min(high_a, high_b)
        if (a.rough or b.rough) and upper <= lower * ROUGHLY:
            return "agree", 1.0
        if (a.vague or b.vague) and upper < 2 * lower:
            return "agree", 1.0
        if None in (a.high, b.high) and upper - lower <= max(1, 0.1 * lower):
            return "agree", 1.0
        return "differ", _strength(upper, lower)
    open_ended = math.isinf(high_a) and math.isinf(high_b) and not (a.vague or b.vague)
    if open_ended and low_a and low_b and max(low_a, low_b) >= FAR * min(low_a, low_b):
        return "far", 1.0
    return "agree", 1.0


def _strength(upper: float, lower: float) -> float:
    """Grow with the ratio of the bounds: 0.5 for neighbours, 1 from about one and a half on."""
    return min(1.0, 0.5 + math.log2(max(upper, 1) / max(lower, 1))) if lower else 1.0
