"""Counts that are not an incident's toll: a share of it, its rest, or that of a whole war."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from verify import records
from verify.analysis import wording
from verify.analysis.counted import CASUALTIES, Count, counts_of, part_of_a_toll, person

PART: Final = "part"
"""Group of a count that is a share of a toll ("14 others"): never the toll itself."""
LONGER: Final = "longer"
"""Group of a count that covers more than an incident: a war's dead, those since some month."""
ASIDE: Final = frozenset({PART, LONGER})
"""Groups that stand beside an event's numbers, not among them."""
FEWEST: Final = 5
"""Totals below this are sums of others by chance."""
MOST: Final = 30
"""Different figures of one document beyond which no sums are looked for."""

_REACH: Final = 80
"""Characters behind a count in which what it covers is looked for; twice as many before it."""
_WAR: Final = r"(?:wars?|conflict|uprising|revolution|insurgency|rebellion|fighting)"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_SINCE: Final = re.compile(
    rf"\bsince\b[^;,]{{0,40}}?\b(?:(?:19|20)\d\d\b|(?<!\d ){_MONTH}(?! \d{{1,2}}\b)|{_WAR}\b"
    r"|(?:began|erupted|started)\b)",
    re.IGNORECASE,
)
"""A span told from a day ("since 7 October") is an event's own running total, no longer one."""
_IN_A_WAR: Final = re.compile(
    rf"^[^.;,]{{0,40}}\b(?:killed|dead|died|wounded|injured|displaced|fled|lives)\b"
    rf"[^.;,]{{0,15}}\b(?:in|during)\s+(?:the|this|that|an?|its|\w+s|\w+['’]s)\s+(?:[\w-]+\s+)?"
    rf"{_WAR}\b(?!\s+(?:in|at|near|around)\b)",
    re.IGNORECASE,
)
_A_WAR_HAS: Final = re.compile(
    rf"\b{_WAR}\b[^.;]{{0,30}}\b(?:has|have)\b[^.;]{{0,55}}$", re.IGNORECASE
)
_TOLL_OF_A_WAR: Final = re.compile(
    rf"\b(?:toll|dead|deaths) (?:from|of|in) (?:the|this|\w+s|\w+['’]s) (?:[\w-]+ )?{_WAR}\b"
    r"[^.;]{0,25}$",
    re.IGNORECASE,
)
_INCLUDED: Final = re.compile(r"\binclude[ds]?(?: at least| some| about)? $", re.IGNORECASE)
_OF_THEM: Final = re.compile(r" of (?:them|whom)\b")
_OF_MORE: Final = re.compile(r" of (?:the|those|these|its|his|their) (?:\w+ )?\d")
"""After a number: it is the count of its kind, out of more that are named for comparison."""
_GROWN: Final = re.compile(r"\b(?:adults?|m[ae]n|elderly)\b", re.IGNORECASE)
_DOING: Final = re.compile(r"^\w+ing\b")
"""What "one wearing a uniform" counts: someone of those told before."""


def group_of(claim: records.Row, quantity: records.Row, count: Count) -> str:
    """Return the class of what a quantity counts, `PART` or `LONGER` where it is no toll."""
    counted = quantity.get("counted") or ""
    if _told_long(claim, quantity):
        return LONGER
    group = "person" if person(count, counted) else count.group
    if part_of_a_toll(quantity) or _DOING.match(counted) or _within(claim, quantity, group):
        return PART
    if group == "person" and _GROWN.search(counted) and _beside_others(claim, quantity):
        return PART
    return group


def _place(claim: records.Row, quantity: records.Row) -> tuple[int, int] | None:
    """Return where the number stands in the claim's text; None: nowhere, as in a table."""
    at, start, end = quantity.get("start"), claim["start"], quantity.get("end")
    if at is None or start is None or end is None or not quantity.get("text"):
        return None
    first, after = at - start, end - start
    return (first, after) if claim["text"][first:after] == quantity["text"] else None


def _told_long(claim: records.Row, quantity: records.Row) -> bool:
    place = _place(claim, quantity)
    if place is None or quantity["kind"] not in CASUALTIES:
        return False
    first, after = place
    text = claim["text"]
    before = text[max(0, first - 2 * _REACH) : first]
    behind = text[after : after + _REACH]
    return bool(
        _SINCE.search(before)
        or _SINCE.search(behind)
        or _IN_A_WAR.match(behind)
        or _A_WAR_HAS.search(before)
        or _TOLL_OF_A_WAR.search(before)
    )


def _within(claim: records.Row, quantity: records.Row, group: str) -> bool:
    """Whether the claim tells the count as a share: "31 people, including 20 guests".

    A share of a class of its own ("including 8 children") is the count of that class; one of the
    class told before it ("31 civilians, including 20 civilians of one street") is not.
    """
    place = _place(claim, quantity)
    if place is None:
        return False
    (first, after), text = place, claim["text"]
    if wording.PART.match(text, after) or _OF_THEM.match(text, after):
        return not _OF_MORE.match(text, after)
    named = group != "person" and not group.startswith("thing")
    if named and not _same_before(claim, quantity, group):
        return False
    start = max(0, first - wording.REACH)
    if _INCLUDED.search(text, start, first):
        return True
    including = wording.WITHIN.search(text, start, first)
    return bool(including) and _kind_before(claim, quantity) == quantity["kind"]


def _kind_before(claim: records.Row, quantity: records.Row) -> str | None:
    """Return the kind of the count that stands last before this one."""
    before = _before(claim, quantity)
    return before["kind"] if before else None


def _same_before(claim: records.Row, quantity: records.Row, group: str) -> bool:
    before = _before(claim, quantity)
    return any(count.group == group for count in counts_of([before] if before else []))


def _before(claim: records.Row, quantity: records.Row) -> records.Row | None:
    earlier = [
        other
        for other in claim["quantities"]
        if other.get("start") is not None and other["start"] < quantity["start"]
    ]
    return max(earlier, key=lambda other: (other["start"], other["kind"])) if earlier else None


def _beside_others(claim: records.Row, quantity: records.Row) -> bool:
    """Whether women or children are counted beside these: "16 children and three adults"."""
    beside = re.compile(r"\b(?:child(?:ren)?|wom[ae]n|minors?|girls?|boys?)\b", re.IGNORECASE)
    return any(
        other is not quantity
        and other["kind"] == quantity["kind"]
        and beside.search(other.get("counted") or "")
        for other in claim["quantities"]
    )


def summands(figures: Sequence[tuple[int, str]]) -> set[int]:
    """Tell which counts of one document and kind add up to another one: their places.

    Takes each count's figure and group. Two or three different figures that make exactly a higher
    one are its shares where they are of its group, or people of no named class; a share of a class
    of its own stays that class.
    """
    known = sorted({figure for figure, _ in figures if figure > 0})
    if len(known) > MOST:
        return set()
    totals = set(known)
    found: set[int] = set()
    for size in (2, 3):
        for some in combinations(known, size):
            total = sum(some)
            if total < FEWEST or total not in totals:
                continue
            groups = {group for figure, group in figures if figure == total}
            found |= {
                place
                for place, (figure, group) in enumerate(figures)
                if figure in some and (group in groups or group == "person")
            }
    return found


def is_told(row: records.Row) -> bool:
    """Whether a reconciled row is listed among an event's numbers.

    Left out are shares of a toll, longer times, and things that one origin alone counts.
    """
    things = row["kind"] in ("killed", "wounded") and row["group"].startswith("thing")
    alone = row["sources"] < 2 and (things or row["kind"] == "other")
    return row["group"] not in ASIDE and not alone
