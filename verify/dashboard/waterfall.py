"""The reasons of a pair as a waterfall: from where any two claims start to the sum, in log-odds.

One step a reason, in its own line: solid where it speaks for the relation, hatched where it speaks
against it, with its signed number; a rule leads from each step to the next. It is a picture with
its words as the alternative text, since `st.html` takes drawings out of what it is given.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Final, NamedTuple

from verify.dashboard import reasons
from verify.dashboard.reasons import Bar
from verify.records import WEIGHTLESS, Row

WIDTH: Final = 660
WORDS: Final = 270
"""Width of the words, px of the drawing; the steps take the rest."""
NUMBER: Final = 40
"""Room at either end of the steps, for their numbers."""
LETTERS: Final = 42
"""Letters that fit a line of words."""
LINE: Final = 15
PAD: Final = 9
HEAD: Final = 34
STEP: Final = 14
"""Height of a step."""
FOR, AGAINST = "#2f6fb3", "#b8651b"
"""Read on light and dark paper, and apart by people who do not see red or green."""
INK: Final = {"light": "#1c1e21", "dark": "#e6e9ed"}
"""Of the words: a picture does not take the page's."""
LANES: Final = {"conflicts": "can hardly both be right", "supports": "say the same"}


class Step(NamedTuple):
    """One line of the waterfall."""

    words: str
    bar: Bar
    whole: bool
    """The sum, which is drawn from zero."""


def lane_of(pair: Row) -> str:
    """Say which sum is drawn: that of the relation, of others the greater one."""
    if pair["relation"] in LANES:
        return str(pair["relation"])
    return "conflicts" if (pair["p_conflicts"] or 0) >= (pair["p_supports"] or 0) else "supports"


def steps(found: Sequence[Row], lane: str) -> list[Step]:
    """Lay out the reasons of one lane, the starting point first and the sum last.

    ``found``: reasons, ordered as `verify.dashboard.reasons.ordered` does.
    """
    bars = reasons.waterfall([float(one[lane] or 0) for one in found])
    drawn = [
        Step(str(one["words"]), bar, whole=False)
        for one, bar in zip(found, bars, strict=True)
        if round(bar.value, 2) or one["name"] == "base"
    ]
    return [*drawn, Step("Sum", Bar(0.0, bars[-1].end), whole=True)]


def as_html(pair: Row, theme: str = "light") -> str:
    """Write the waterfall of a pair as a picture on ``theme``; "" where no reasons are stored."""
    found = reasons.ordered([one for one in pair["reasons"] if one["name"] not in WEIGHTLESS])
    if not found:
        return ""
    lane = lane_of(pair)
    supports, conflicts, _ = reasons.chances(found)
    chance = reasons.in_hundred({"supports": supports, "conflicts": conflicts}[lane])
    drawn = steps(found, lane)
    head = f"How the chance that they {LANES[lane]} comes about"
    end = f"Weighed against the other outcomes: {chance} {LANES[lane]}."
    picture = b64encode(svg(drawn, INK[theme]).encode()).decode()
    return (
        '<figure style="margin:0;overflow-x:auto">'
        f'<img src="data:image/svg+xml;base64,{picture}" alt="{escape(alt(head, drawn, end))}" '
        f'style="display:block;width:100%;min-width:520px;max-width:{WIDTH}px">'
        f'<figcaption style="font-size:.875rem">{end} Solid steps to the right speak for it, '
        "hatched ones to the left against it; a step of 0.7 doubles or halves the odds."
        "</figcaption></figure>"
    )


def alt(head: str, drawn: Sequence[Step], end: str) -> str:
    """Say the whole drawing in words."""
    told = "; ".join(f"{step.words} {_number(step)}" for step in drawn)
    return f"{head}: {told}. {end}"


def _number(step: Step) -> str:
    value = step.bar.end if step.whole else step.bar.value
    return f"{value:+.1f}".replace("-", "−") if round(value, 1) else "0.0"


def svg(drawn: Sequence[Step], ink: str) -> str:
    """Draw the steps, their words in ``ink``."""
    ends = [0.0, *(at for step in drawn for at in step.bar)]
    low, high = min(ends), max(ends)
    scale = (WIDTH - WORDS - 2 * NUMBER) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return WORDS + NUMBER + (value - low) * scale

    lines = [wrap(step.words, LETTERS) or [""] for step in drawn]
    heights = [max(len(some), 1) * LINE + PAD for some in lines]
    tops = [HEAD + sum(heights[:at]) for at in range(len(heights))]
    total = HEAD + sum(heights) + 4
    body = [_axis(x(0.0), total)]
    for at, step in enumerate(drawn):
        middle = tops[at] + heights[at] / 2
        body.append(_words(lines[at], tops[at] + PAD / 2, bold=step.whole))
        body.append(_bar(step, middle, x))
    for at, (step, following) in enumerate(pairwise(drawn)):
        if not following.whole or step.bar.end:
            above, below = (tops[i] + heights[i] / 2 for i in (at, at + 1))
            body.append(
                f'<line x1="{x(step.bar.end):.1f}" x2="{x(step.bar.end):.1f}" '
                f'y1="{above + STEP / 2:.1f}" y2="{below - STEP / 2:.1f}" stroke="currentColor" '
                'stroke-opacity=".55" stroke-dasharray="2 2"></line>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}" '
        f'width="{WIDTH}" height="{total}" font-size="12.5" font-family="sans-serif" '
        f'fill="{ink}" color="{ink}"><defs><pattern id="against" width="5" height="5" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="2" height="5" fill="{AGAINST}"></rect></pattern></defs>'
        f"{''.join(body)}</svg>"
    )


def _axis(zero: float, total: float) -> str:
    return (
        f'<text x="{zero - 8:.1f}" y="13" text-anchor="end">◀ less likely</text>'
        f'<text x="{zero + 8:.1f}" y="13">more likely ▶</text>'
        f'<text x="{zero:.1f}" y="28" text-anchor="middle" font-size="11">0</text>'
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{HEAD - 3}" y2="{total}" '
        'stroke="currentColor" stroke-opacity=".45"></line>'
    )


def _words(lines: Sequence[str], top: float, *, bold: bool) -> str:
    weight = ' font-weight="600"' if bold else ""
    return "".join(
        f'<text x="0" y="{top + LINE * at + 12:.1f}"{weight}>{escape(one)}</text>'
        for at, one in enumerate(lines)
    )


def _bar(step: Step, middle: float, x: Callable[[float], float]) -> str:
    left, right = sorted((x(step.bar.start), x(step.bar.end)))
    speaks = step.bar.value >= 0
    color = FOR if speaks else AGAINST
    fill = color if speaks else "url(#against)"
    at, anchor = (right + 5, "start") if speaks else (left - 5, "end")
    weight = ' font-weight="600"' if step.whole else ""
    return (
        f'<rect x="{left:.1f}" y="{middle - STEP / 2:.1f}" width="{max(right - left, 1.5):.1f}" '
        f'height="{STEP}" fill="{fill}" stroke="{color}" rx="1.5"></rect>'
        f'<text x="{at:.1f}" y="{middle + 4.5:.1f}" text-anchor="{anchor}"{weight}>'
        f"{_number(step)}</text>"
    )
