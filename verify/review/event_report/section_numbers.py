"""The section of numbers: low, best and high, who sets them, what changed, and UCDP's names."""

from __future__ import annotations

from typing import Final

from verify.analysis.shares import is_told
from verify.records import Row
from verify.review.event_report.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Label,
    Line,
    Named,
    Picture,
    Section,
    Table,
    Words,
)
from verify.review.event_report.drawn import Bar
from verify.review.event_report.saying import counted, joined, moment

_KINDS: Final = {"force_size": "force", "other": "number"}
_UCDP: Final = {
    "low": "low", "best": "best", "high": "high", "number_of_sources": "number of sources",
    "side_a": "side a", "side_b": "side b", "deaths_a": "deaths a", "deaths_b": "deaths b",
    "deaths_civilians": "deaths civilians", "deaths_unknown": "deaths unknown",
}  # fmt: skip
_UNNAMED: Final = {"person": "people"}
NONE: Final = "–"
Key = tuple[str | None, ...]
"""What names a row of counts: kind, group, whose, and of bare things the words."""


def numbers(report: Row) -> Section:
    """Draw and tell what is counted, by all and by each side."""
    told = report["numbers"]
    blocks: list[Block] = []
    if not told["counts"]:
        return Section("numbers", "Numbers", [Line(["No claim states a number."])])
    blocks.append(
        Line(
            [
                f"Best: {told['rule_in_words']} A count stands until its own source replaces it; "
                "low and high are the lowest and highest that stand. Repeats of one origin count "
                "once, and what a reviewer marked as disputed counts nothing."
            ],
            quiet=True,
        )
    )
    kept = _told(told["counts"])
    counts = [one for one in told["counts"] if _key(one) in kept]
    by_side = [one for one in told["by_side"] if _key(one) in kept]
    blocks += _pictures(counts, by_side)
    blocks.append(_table("What is counted, by all", counts, []))
    blocks.append(_table("The same, each side alone", by_side, ["side"]))
    if left := len(told["counts"]) - len(counts):
        number = counted(left, "number")
        words = f"In the JSON form alone: {number} of other things that one origin alone counts, "
        blocks.append(
            Line([f"{words}or that are a share of a toll or of a longer time."], quiet=True)
        )
    blocks += _changes(told["steps"])
    blocks += _ucdp(told["ucdp"])
    return Section("numbers", "Numbers", blocks)


def what(one: Row) -> str:
    """Say what a count counts: killed: Taliban fighters; whose people, where the words do not."""
    words = one["counted"] or _UNNAMED.get(one.get("group", ""), "not said of what")
    whose = one["whose"]
    whose = f" of {whose}" if whose and whose.casefold() not in words.casefold() else ""
    return f"{_KINDS.get(one['kind'], one['kind'])}: {words}{whose}"


def _told(counts: list[Row]) -> set[Key]:
    """Name what is told: what the Numbers view on the desk lists too."""
    return {_key(one) for one in counts if is_told(one)}


def _key(one: Row) -> Key:
    bare = (one["counted"] or "").casefold() if one["group"] == "thing" else ""
    return one["kind"], one["group"], one["whose"], bare


def bound(value: int | None, open_: bool, which: str) -> str:
    """Say one figure: 31, at least 31, at most 9."""
    if value is None:
        return NONE
    return f"{which} {value:,}" if open_ else f"{value:,}"


def _table(caption: str, counts: list[Row], first: list[str]) -> Table:
    rows: list[list[Words]] = [
        [
            *([Named(one[name])] for name in first),
            [Named(what(one))],
            [bound(one["low"], one["open_low"], "at most")],
            [bound(one["best"], False, "")],
            [bound(one["high"], one["open_high"], "at least")],
            _setters(one),
            [_behind(one)],
        ]
        for one in counts
    ]
    heads = [*(name.capitalize() for name in first), "What is counted", "Low", "Best", "High",
             "Set by", "Stated in"]  # fmt: skip
    at = len(first) + 1
    return Table(caption, heads, rows, frozenset({at, at + 1, at + 2}))


def _setters(one: Row) -> list[str]:
    """Name the claims that set low, best and high; one claim that sets all stands once."""
    named = [(name, one[f"{name}_claim"]) for name in ("low", "best", "high")]
    by_claim: dict[str, list[str]] = {}
    for name, label in named:
        if label:
            by_claim.setdefault(label, []).append(name)
    parts = [[f"{', '.join(names)}: ", Label(label)] for label, names in by_claim.items()]
    return [Label(next(iter(by_claim)))] if len(by_claim) == 1 else joined(parts, "; ")


def _behind(one: Row) -> str:
    replaced = f"; {one['superseded']} replaced" if one["superseded"] else ""
    claims, origins = counted(one["claims"], "claim"), counted(one["sources"], "origin")
    return f"{claims} of {origins}{replaced}"


def _pictures(counts: list[Row], by_side: list[Row]) -> list[Block]:
    """Draw a picture of each number on which there is more than one figure."""
    found: list[Block] = []
    for one in counts:
        bars = [_bar(own) for own in by_side if _key(own) == _key(one)]
        if one["low"] != one["high"] or len(bars) > 1:
            says = f"{'; '.join(bar.words for bar in bars)}."
            title = f"{what(one)[:1].upper()}{what(one)[1:]}, by side"
            found.append(Picture(f"numbers-{len(found) + 1}", title, says, bars))
    return found


def _bar(one: Row) -> Bar:
    ends = (bound(one["low"], one["open_low"], "at most"),
            bound(one["high"], one["open_high"], "at least"))  # fmt: skip
    spans = one["low"] != one["high"]
    span = f"{ends[0]} to {ends[1]}" if spans else ends[1] if one["open_high"] else ends[0]
    best = f", best {one['best']:,}" if spans and one["best"] is not None else ""
    words = f"{one['side']}: {span}{best}"
    return Bar(words, one["low"], one["high"], one["open_low"], one["open_high"], one["best"])


def _changes(steps: list[Row]) -> list[Block]:
    """List updates of a source's own count and contradictions, in order of time."""
    items = [_change(one) for one in steps if one["step"] in ("update", "contradicts")]
    if not items:
        return []
    return [Heading(["What changed, and what can hardly both hold"]), Bullets(items)]


def _change(one: Row) -> Words:
    verb = (
        "an update of its own count in "
        if one["step"] == "update"
        else "which, as the program reads it, can hardly hold beside "
    )
    low, high = one["low"], one["high"]
    span = f"{low:,}" if low == high else f"{low if low is not None else 0:,} to {high or 0:,}"
    span = f"at least {low:,}" if high is None else f"at most {high:,}" if low is None else span
    return [
        Label(one["claim"]), " ", Named(one["source"] or "source not given"),
        f", {moment(one['at'])}: {span}, ", Named(what(one)), f", {verb}",
        Label(one["earlier_claim"]),
    ]  # fmt: skip


def _ucdp(told: Row) -> list[Block]:
    """Tell the dead by the names that UCDP's event dataset gives them."""
    if told["best"] is None:
        return []
    rows = [(words, [Named(_shown(told[name]))]) for name, words in _UCDP.items()]
    return [
        Heading(["The dead, under the names of UCDP's Georeferenced Event Dataset"]),
        Facts(rows),
    ]


def _shown(value: object) -> str:
    if value is None:
        return NONE
    return f"{value:,}" if isinstance(value, int) else str(value)
