"""Why a pair is suggested: its reasons as bars that add up, each with its words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from verify.records import REREAD, WEIGHTLESS, Row

LANES: Final = {"conflicts": "≠ can hardly both be right", "supports": "= say the same"}
_COLOR: Final = {"conflicts": "#d1493f", "supports": "#2f9e5b"}  # read on light and dark paper
LIGHT: Final = 0.25
"""Log-odds below which a reason, in both lanes, is not drawn by itself."""
_OPENING: Final = ("Yet ", "Decided by a person: ")
"""Before why a relation is not shown, and before what the program would call it by now."""
_TRACK: Final = 170
"""Width of a lane in px."""


class Bar(NamedTuple):
    """One step of a waterfall in log-odds: it leads from ``start`` to ``end``."""

    start: float
    end: float

    @property
    def value(self) -> float:
        """What this reason adds."""
        return self.end - self.start


def waterfall(values: Sequence[float]) -> list[Bar]:
    """Turn contributions into steps, each of which begins where the one before ended."""
    bars, at = [], 0.0
    for value in values:
        bars.append(Bar(at, at + value))
        at += value
    return bars


def chances(reasons: Sequence[Row]) -> tuple[float, float, float]:
    """Return (supports, conflicts, neither) by softmax over the two sums and 0, as relate does."""
    supports, conflicts = (
        math.fsum(float(reason[lane] or 0) for reason in reasons)
        for lane in ("supports", "conflicts")
    )
    top = max(supports, conflicts, 0.0)
    weights = [math.exp(value - top) for value in (supports, conflicts, 0.0)]
    total = math.fsum(weights)
    return weights[0] / total, weights[1] / total, weights[2] / total


def in_hundred(chance: float) -> str:
    """Say a probability as cases of 100; never 0 or 100, which no model can know."""
    if chance < 0.01:
        return "under 1 of 100"
    if chance > 0.99:
        return "over 99 of 100"
    return f"{round(chance * 100)} of 100"


def scores_html(pair: Row) -> str:
    """Write the pair's three scores, each with what it means."""
    scores = (
        ("About one incident", pair["same_event"], "tell of the same incident"),
        ("Can hardly both be right", pair["p_conflicts"], "contradict each other"),
        ("Say the same", pair["p_supports"], "support each other"),
    )
    cells = "".join(
        f'<div style="flex:1 1 150px"><div style="font-weight:600">{escape(name)}</div>'
        f'<div style="font-size:1.25rem;line-height:1.3">{in_hundred(chance)}</div>'
        f'<div style="font-size:.8rem;opacity:.85">Estimate: so many pairs like this one '
        f"{escape(meaning)}.</div></div>"
        for name, chance, meaning in scores
        if chance is not None
    )
    return f'<div style="display:flex;flex-wrap:wrap;gap:10px 24px">{cells}</div>'


def reasons_html(pair: Row) -> str:
    """Write the reasons as two waterfalls on one scale, with their words and sums."""
    found = ordered([one for one in pair["reasons"] if one["name"] not in WEIGHTLESS])
    if not found:
        return "<p>No reasons were stored with this pair.</p>"
    return as_html(found) + below_html(pair)


def below_html(pair: Row) -> str:
    """Write what stands below the reasons: why another relation is not shown, or was read since."""
    return "".join(
        f'<p style="font-size:.875rem;margin:.4rem 0 0">{_OPENING[one["name"] == REREAD]}'
        f"{escape(str(one['words']))}.</p>"
        for one in pair["reasons"]
        if one["name"] in WEIGHTLESS
    )


def as_html(reasons: Sequence[Row]) -> str:
    """Write the reasons as a table: words, then a bar and a number in each lane; all escaped."""
    lanes = {lane: waterfall([float(reason[lane] or 0) for reason in reasons]) for lane in LANES}
    ends = [0.0, *(at for bars in lanes.values() for bar in bars for at in bar)]
    low, high = min(ends), max(ends)
    head = "".join(
        f'<th scope="col" style="text-align:left;{_CELL}color:inherit">{words}</th>'
        for words in LANES.values()
    )
    body = "".join(
        f'<tr><th scope="row" style="text-align:left;font-weight:400;{_CELL}" dir="auto">'
        f"{escape(str(reason['words']))}</th>"
        + "".join(_cell(lanes[lane][at], lane, low, high) for lane in LANES)
        + "</tr>"
        for at, reason in enumerate(reasons)
    )
    sums = "".join(_cell(Bar(0.0, bars[-1].end), lane, low, high) for lane, bars in lanes.items())
    supports, conflicts, neither = chances(reasons)
    result = (
        f"Sums weighed against each other: {in_hundred(conflicts)} can hardly both be right, "
        f"{in_hundred(supports)} say the same, {in_hundred(neither)} neither."
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;max-width:60rem;'
        'width:100%;font-size:.875rem"><thead><tr>'
        f'<th scope="col" style="text-align:left;{_CELL}">Reason</th>{head}</tr></thead>'
        f'<tbody>{body}<tr style="font-weight:600;border-top:2px solid currentColor">'
        f'<th scope="row" style="text-align:left;{_CELL}">Sum</th>{sums}</tr></tbody></table></div>'
        f'<p style="font-size:.875rem;margin:.4rem 0 0">{result} Bars to the right speak for it, '
        "to the left against it; +0.7 doubles the odds, −0.7 halves them.</p>"
    )


_CELL: Final = "padding:3px 10px 3px 0;vertical-align:middle;"


def _cell(bar: Bar, lane: str, low: float, high: float) -> str:
    if not round(bar.value, 2) and not bar.start and not bar.end:
        return f'<td style="{_CELL}"></td>'
    scale = _TRACK / ((high - low) or 1.0)
    left, width = (min(bar.start, bar.end) - low) * scale, max(abs(bar.value) * scale, 1.5)
    zero = (0.0 - low) * scale
    number = f"{bar.value:+.1f}".replace("-", "−")
    return (
        f'<td style="{_CELL}white-space:nowrap"><span aria-hidden="true" style="'
        f'display:inline-block;position:relative;width:{_TRACK}px;height:12px;vertical-align:middle">'
        f'<span style="position:absolute;left:{zero:.1f}px;top:-4px;bottom:-4px;'
        'border-left:1px solid currentColor;opacity:.4"></span>'
        f'<span style="position:absolute;left:{left:.1f}px;width:{width:.1f}px;top:0;bottom:0;'
        f'background:{_COLOR[lane]};border-radius:2px"></span></span> '
        f'<span style="font-variant-numeric:tabular-nums">{number}</span></td>'
    )


def ordered(reasons: Sequence[Row]) -> list[Row]:
    """Put the starting point first, then the strongest; those that hardly weigh become one."""
    weight = {
        id(one): max(abs(one["supports"] or 0), abs(one["conflicts"] or 0)) for one in reasons
    }
    by_weight = sorted(reasons, key=lambda one: (one["name"] != "base", -weight[id(one)]))
    light = [one for one in by_weight if one["name"] != "base" and weight[id(one)] < LIGHT]
    if len(light) < 2:
        return by_weight
    rest: Row = {"name": "rest", "words": f"{len(light)} reasons that hardly weigh"}
    for lane in LANES:
        rest[lane] = math.fsum(one[lane] or 0 for one in light)
    return [one for one in by_weight if one not in light] + [rest]
