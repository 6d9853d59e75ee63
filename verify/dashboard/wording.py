"""The words on the screens for statuses, relations, grades, numbers and times, in one place.

Every sign stands beside a word or is explained by one, so that no screen is read by colour alone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from verify.analysis import compare
from verify.records import INDEPENDENT, UNKNOWN
from verify.review.event_report import saying
from verify.review.grades import INFORMATION_WORDS as INFORMATION_WORDS
from verify.review.grades import SOURCE_WORDS as SOURCE_WORDS

STATUS_ICONS: Final = saying.STATUS_SIGNS
PAIR_ICONS: Final = saying.PAIR_SIGNS
RELATION_WORDS: Final = {
    "conflicts": "≠ conflicts",
    "supports": "= supports",
    "related": "~ related",
    "unrelated": "· unrelated",
}
"""A relation's sign and verb, in the order in which pairs are listed."""
RELATION_NOUNS: Final = {
    "conflicts": "conflict",
    "supports": "support",
    "related": "relation",
    "unrelated": "no relation",
}
DONE, REFUSED = "✓", "✕"
"""Signs before a line that says what became of an action."""

STATEMENT_WORDS: Final = {
    "forecast": "a forecast",
    "opinion": "an opinion",
    "wish": "a wish",
    "question": "a question",
    "fragment": "no whole statement",
}
"""What a claim is that cannot be checked as it stands."""

MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>$:&@^=]")
"""Every sign that Markdown, its emoji and its colour directives give a meaning."""

QUANTITY_WORDS: Final = {"force_size": "force", "other": "number"}
"""Kinds of quantity that are called otherwise on screen than in the data."""
STAGE_WORDS: Final = {
    "read": "Reading files",
    "extract": "Finding claims",
    "embed": "Turning claims into vectors",
    "group": "Grouping claims into events",
    "relate": "Comparing claims inside events",
    "remove": "Taking a source out",
}
STEPS: Final = ("read", "extract", "embed", "group", "relate")
"""Stages of an import, in order."""
RUN_WORDS: Final = {
    "running": "running",
    "done": "done",
    "failed": "failed",
    "died": "died: its process ended before it was done",
}


def plain_label(text: str) -> str:
    """Escape Markdown in text that becomes a widget's label, which Streamlit renders.

    Unescaped, a side named ``![x](https://…)`` would fetch a picture.
    """
    return MARKDOWN.sub(r"\\\g<0>", text)


def status(name: str) -> str:
    """Say a claim's status with its sign."""
    return f"{STATUS_ICONS[name]} {name}"


def grade(letter: str | None) -> str:
    """Say a source's reliability letter with its meaning, or that nobody graded it."""
    return f"{letter}  {SOURCE_WORDS[letter]}" if letter in SOURCE_WORDS else "not graded"


def grades(letter: str | None, digit: str | None) -> str:
    """Say both grades of a claim, source and information, with their meanings."""
    source = f"Source {letter}, {SOURCE_WORDS[letter]}" if letter in SOURCE_WORDS else ""
    told = f"information {digit}, {INFORMATION_WORDS[digit]}" if digit in INFORMATION_WORDS else ""
    if not source and not told:
        return "Neither source nor information is graded"
    return f"{source or 'Source not graded'}; {told or 'information not graded'}"


def statement(checkable: str | None) -> str:
    """Say what a claim is that states no fact, so that it may be passed over; "" for a fact."""
    return STATEMENT_WORDS.get(checkable or "", "")


def side_order(side: str) -> int:
    """Sort parties before independent ones, and unknown last."""
    return {INDEPENDENT: 1, UNKNOWN: 2}.get(side, 0)


def counted(number: int, noun: str) -> str:
    """Say a number and its noun: 1 claim, 2,000 claims."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def share(part: int, whole: int) -> str:
    """Say a part of a whole in per cent; never 0 % or 100 % where it is not exactly that."""
    if not whole:
        return "–"
    percent = round(100 * part / whole)
    if 0 < part < whole:
        percent = min(99, max(1, percent))
    return f"{percent} %"


def bounds(low: int | None, high: int | None) -> str:
    """Say a range whose ends may be open: 85, 12 to 15, at least 31, at most 9."""
    if low is None and high is None:
        return "an unknown number"
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


_OTHERS: Final = re.compile(r"others?|another|more|them|dead|killed|wounded|injured", re.IGNORECASE)


def figures(row: dict[str, Any]) -> str:
    """Say the low and high of a reconciled count, each end open or not: 20 to at least 58."""
    low, high = row["low"], row["high"]
    if low == high:
        ends = {(True, True): "around ", (True, False): "at most ", (False, True): "at least "}
        return f"{ends.get((row['open_low'], row['open_high']), '')}{low:,}"
    lower = f"{low:,} or fewer" if row["open_low"] else f"{low:,}"
    return f"{lower} to {'at least ' if row['open_high'] else ''}{high:,}"


def people(row: dict[str, Any]) -> str:
    """Say what a reconciled count is of: "soldiers", "people"; whose, where the words do not."""
    told = row["counted"] or {"person": "people", "thing": "not said of what"}.get(
        row["group"], row["group"]
    )
    if row["group"] == "person" and _OTHERS.fullmatch(told):
        told = "people"
    whose = row["whose"]
    return f"{told} ({whose})" if whose and whose.casefold() not in told.casefold() else told


def kind(name: str | None) -> str:
    """Say what a quantity counts: killed, wounded, force, number."""
    name = name or "other"
    return QUANTITY_WORDS.get(name, name)


def stated(text: str, cue: str | None) -> str:
    """Give a claim's words as they may stand alone: what its speaker denies says so."""
    return f"Denies: {text}" if compare.denies(cue) else text


_MORE_THAN: Final = re.compile(r"(?:more than|over|above|in excess of)\b", re.IGNORECASE)


def reading(quantity: dict[str, Any]) -> str:
    """Say what was read as a number in a claim: killed: 85 Taliban fighters."""
    number = bounds(quantity.get("low"), quantity.get("high"))
    if quantity.get("high") is None and _MORE_THAN.match(quantity.get("text") or ""):
        number = f"more than {quantity['low'] - 1:,}"  # nobody said "at least 81"
    what = f" {quantity['counted']}" if quantity.get("counted") else ""
    return f"{kind(quantity.get('kind'))}: {number}{what}"


def day(when: str | None) -> str:
    """Say the day (or month, or year) of an ISO time: 30 Aug 2021; "" for none."""
    parts = (when or "")[:10].split("-")
    forms = {1: "%Y", 2: "%b %Y", 3: "%d %b %Y"}
    try:
        year, month, date = [*map(int, parts), 1, 1][:3]
        return datetime(year, month, date).strftime(forms[len(parts)]).lstrip("0")
    except (ValueError, KeyError):
        return when or ""


def days(starts: str | None, ends: str | None) -> str:
    """Say a span of days, shortened where month or year are the same; "" for none."""
    first, last = day(starts), day(ends)
    if not first or not last or first == last:
        return first or last
    one, two = first.split(" "), last.split(" ")
    if len(one) == len(two) == 3:
        same = 1 if one[1:] == two[1:] else 2 if one[2] == two[2] else 3
        first = " ".join(one[:same])
    return f"{first} – {last}"


def moment(when: str | None) -> str:
    """Say an ISO time to the minute in UTC; only the day where no time is given."""
    if not when or len(when) <= 10:
        return day(when)
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return when
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return f"{day(at.date().isoformat())}, {at:%H:%M} UTC"


def clock(when: str | None) -> str:
    """Say the time of day of an ISO time, in UTC; "" where only the day is known."""
    told = moment(when)
    return told.rpartition(", ")[2] if told.endswith(" UTC") else ""


def duration(seconds: float) -> str:
    """Say a time span roughly: 8 s, 3 min, 2 h 5 min."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
