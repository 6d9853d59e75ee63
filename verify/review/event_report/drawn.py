"""Ranges of numbers drawn on one axis as SVG, each under its words, with nothing told by colour."""

from __future__ import annotations

from typing import Final, NamedTuple

from markupsafe import Markup

from verify.review.event_report.blocks import Picture
from verify.review.event_report.saying import readable

WIDTH: Final = 680
"""Of the picture in its own units; it is scaled to its place."""
ROW: Final = 36
LEFT, RIGHT = 4, 40
"""Room beside the axis: on the right for the arrow of what is open above."""
TICKS: Final = 4
LONGEST: Final = 96
"""Letters of the words above a bar; the table below has them whole."""
_STEPS: Final = (1, 2, 2.5, 5, 10)


class Bar(NamedTuple):
    """One range: where it lies, which ends are open, and what is said above it."""

    words: str
    low: int
    high: int
    open_low: bool
    open_high: bool
    best: int | None


_FRAME: Final = Markup(
    '<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d" '
    'font-size="12"><title id="{id}-t">{title}</title><desc id="{id}-d">{says}</desc>'
)
_WORDS: Final = Markup('<text x="{x}" y="{y}">{words}</text>')
_BAR: Final = Markup('<rect class="bar" x="{x}" y="{y}" width="{w}" height="9" rx="2"/>')
_OPEN: Final = Markup('<path class="bar" d="M{x} {top}l{out} 8l{back} 8z"/>')
_BEST: Final = Markup('<path class="best" d="M{x} {top}l7 8l-7 8l-7 -8z"/>')
_AXIS: Final = Markup('<line class="axis" x1="{x}" x2="{x}" y1="0" y2="{y}"/>')
_TICK: Final = Markup('<text class="tick" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>')


def draw(picture: Picture) -> Markup:
    """Write a picture as SVG with a title and a description; its bars are `Bar`."""
    bars: list[Bar] = list(picture.bars)
    most = max((bar.high for bar in bars), default=0) or 1
    step = _step(most)
    ticks = [step * n for n in range(int(most // step) + 1)]
    scale = (WIDTH - LEFT - RIGHT) / max(most, ticks[-1])
    foot = ROW * len(bars) + 4
    parts = [
        _FRAME.format(
            width=WIDTH, height=foot + 18, id=picture.anchor, title=picture.title, says=picture.says
        )
    ]
    for tick in ticks:
        x = _at(tick, scale)
        anchor = "start" if not tick else "middle"
        parts.append(_AXIS.format(x=x, y=foot))
        parts.append(_TICK.format(x=x, y=foot + 14, anchor=anchor, words=f"{tick:,}"))
    for number, bar in enumerate(bars):
        parts += _bar(bar, ROW * number, scale)
    return Markup("").join([*parts, Markup("</svg>")])


def _bar(bar: Bar, top: int, scale: float) -> list[Markup]:
    start, end = _at(bar.low, scale), _at(bar.high, scale)
    said = readable(bar.words)
    said = said if len(said) <= LONGEST else f"{said[: LONGEST - 2].rstrip()} …"
    parts = [
        _WORDS.format(x=LEFT + 6, y=top + 13, words=said),
        _BAR.format(x=start, y=top + 19, w=round(max(end - start, 3), 1)),
    ]
    if bar.open_high:
        parts.append(_OPEN.format(x=round(end + 4, 1), top=top + 15.5, out=10, back=-10))
    if bar.open_low:
        parts.append(_OPEN.format(x=round(start, 1), top=top + 15.5, out=-10, back=10))
    if bar.best is not None:
        parts.append(_BEST.format(x=_at(bar.best, scale), top=top + 15.5))
    return parts


def _at(value: float, scale: float) -> float:
    return round(LEFT + value * scale, 1)


def _step(most: float) -> int:
    """Choose a round distance of ticks, so that there are about TICKS of them."""
    size = 1
    while size * 10 <= most / TICKS:
        size *= 10
    return max(1, int(next(size * step for step in _STEPS if size * step >= most / TICKS)))
