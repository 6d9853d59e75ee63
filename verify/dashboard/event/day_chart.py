"""The chart of an event's claims over days: a lane a side, bars stacked by status.

A status is told by how its part of a bar is drawn and by its sign on it, not by colour: hollow,
filled, half filled, or hollow with a broken edge. Colour repeats which side a lane is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from verify.dashboard import charts, stretch, wording
from verify.dashboard.event.day_bins import Bins
from verify.records import CLAIM_STATUSES

HEIGHT, LOWEST, HIGHEST = 400, 56, 110
"""Height of all lanes where they fit, and of one lane at least and at most, px."""
SIGN: Final = 11
"""Height of a part of a bar that holds its sign, px."""
GAP: Final = 0.04
"""Share of a day's width that stays free on either side of its bar."""
PARTED: Final = 0.02
"""Share of a lane between two parts of a bar, so that each shows its own edge."""
MOST_TICKS: Final = 7
MOST_NUMBERED: Final = 45
"""Bars beside each other above which a number still fits."""
FILLS: Final[Mapping[str, tuple[float, str]]] = {
    "unreviewed": (0.0, "solid"),
    "verified": (1.0, "solid"),
    "disputed": (0.4, "solid"),
    "unverifiable": (0.0, "dashed"),
}
"""Status -> how full its part of a bar is, and its edge."""
_WIDTH: Final = 1.5
"""Of an edge, px."""
STRETCH, BAR = "stretch", "bar"
"""The selections: what was drawn over, and what was clicked."""


def draw(bins: Bins, sides: Sequence[str], key: str, on_select: Any) -> None:
    """Draw the lanes in the order of ``sides``; ``on_select`` is called when a part is chosen."""
    lane = max(LOWEST, min(HIGHEST, HEIGHT // max(1, len(sides))))
    stacked = stack(bins.bars, sides, SIGN / lane)
    dark = st.context.theme.type == "dark"
    ink, paper = ("#e6e9ec", "#14181d") if dark else ("#171a1e", "#ffffff")
    layers = [*_parts(bins, stacked, sides, ink), *_words(stacked, ink, paper)]
    chart = (
        alt.layer(*layers)
        .properties(height=lane * len(sides) + charts.AXIS, usermeta=stretch.AS_PICTURE)
        .configure_view(stroke=None)
    )
    st.altair_chart(
        chart, key=key, width="stretch", alt=told(bins, sides), on_select=on_select,
        selection_mode=[STRETCH, BAR],
    )  # fmt: skip


def _parts(bins: Bins, stacked: pd.DataFrame, sides: Sequence[str], ink: str) -> list[Any]:
    """Draw the bars, each part as its status is drawn; they are what can be chosen.

    Broken edges are a layer of their own: Vega-Lite does not break those of rectangles by a field.
    """
    totals = bins.bars.groupby("side")["claims"].sum()
    names = json.dumps([f"{_short(side)}  {totals[side]:,}" for side in sides])
    x = alt.X("left:T", title=None, scale=alt.Scale(type="utc")).axis(
        grid=False, labelColor=ink, values=_ticks(stacked), labelFlush=True,
        format=charts.FORMATS[bins.step],
    )  # fmt: skip
    y = alt.Y("floor:Q", title=None, scale=alt.Scale(domain=[1 - len(sides), 1.0])).axis(
        values=[-index for index in range(len(sides))], labelExpr=f"{names}[-datum.value]",
        labelBaseline="bottom", labelColor=ink, labelFontSize=12, labelLimit=150, labelPadding=8,
        ticks=False, domain=False, grid=True,
    )  # fmt: skip
    colors = charts.side_colors(sides)
    color = alt.Scale(domain=list(sides), range=[colors[side] for side in sides])
    drawn = alt.Chart(stacked).encode(
        x=x, x2=alt.X2("right:T"), y=y, y2=alt.Y2("top:Q"),
        fill=alt.Fill("side:N", scale=color).legend(None),
        stroke=alt.Stroke("side:N", scale=color).legend(None),
        fillOpacity=alt.FillOpacity("full:Q", scale=None).legend(None),
        tooltip=[
            alt.Tooltip("when:N", title=bins.step.capitalize()),
            alt.Tooltip("side:N", title="Side"),
            alt.Tooltip("status:N", title="Status"),
            alt.Tooltip("claims:Q", title="Claims", format=","),
        ],
    )  # fmt: skip
    solid = drawn.mark_rect(strokeWidth=_WIDTH).encode(
        strokeOpacity=alt.condition("datum.edge == 'solid'", alt.value(1), alt.value(0))
    )
    layers: list[Any] = [
        solid.add_params(
            alt.selection_interval(name=STRETCH, encodings=["x", "y"]),
            alt.selection_point(name=BAR, fields=["lane", "day"]),
        )
    ]
    if (stacked["edge"] == "dashed").any():
        broken = drawn.transform_filter("datum.edge == 'dashed'")
        layers.append(broken.mark_rect(strokeWidth=_WIDTH, strokeDash=[4, 3]))
    return layers


def _words(stacked: pd.DataFrame, ink: str, paper: str) -> list[Any]:
    """Write the sign of its status on each part that holds it, and the number above each bar."""
    layers: list[Any] = []
    signed = stacked[stacked["sign"] != ""]
    if len(signed):
        on = alt.condition("datum.status == 'verified'", alt.value(paper), alt.value(ink))
        signs = alt.Chart(signed).mark_text(fontSize=12, fontWeight=700)
        layers.append(signs.encode(x="middle:T", y="center:Q", text="sign:N", color=on))
    numbered = stacked[stacked["total"] != ""]
    if len(numbered) and stacked["day"].nunique() <= MOST_NUMBERED:
        numbers = alt.Chart(numbered).mark_text(fontSize=11, baseline="bottom", dy=-2)
        ink_value = alt.value(ink)
        layers.append(numbers.encode(x="middle:T", y="top:Q", text="total:N", color=ink_value))
    return layers


def _ticks(stacked: pd.DataFrame) -> list[str]:
    """Choose bars, evenly, whose names stand below them; at most `MOST_TICKS`."""
    middles = sorted(set(stacked["middle"]))
    every = -(-len(middles) // MOST_TICKS)
    return [at.isoformat() for at in middles[::every]]


def stack(bars: pd.DataFrame, lanes: Sequence[str], signed: float = 0.1) -> pd.DataFrame:
    """Lay the parts of each bar on each other inside its side's lane.

    Adds lane, day (ISO), full and edge (of the status), left, right, floor, top, center and middle
    (where marks stand), sign (of the status, on a part that takes ``signed`` of a lane) and total
    (of the bar, on its topmost part).
    """
    heights = bars.groupby(["side", "starts"])["claims"].transform("sum")
    unit = 0.78 / max(1, int(heights.max()))
    above = bars.groupby(["side", "starts"])["claims"].cumsum()
    lane = bars["side"].map(list(lanes).index)
    top = above * unit - lane
    floor = (above - bars["claims"]) * unit - lane + PARTED
    signs = [wording.STATUS_ICONS[status] for status in bars["status"]]
    fits = bars["claims"] * unit >= signed
    wide = bars["ends"] - bars["starts"]
    return bars.assign(
        full=[FILLS[status][0] for status in bars["status"]],
        edge=[FILLS[status][1] for status in bars["status"]],
        left=(bars["starts"] + wide * GAP).dt.tz_localize("UTC"),
        right=(bars["ends"] - wide * GAP).dt.tz_localize("UTC"),
        middle=(bars["starts"] + wide / 2).dt.tz_localize("UTC"),
        lane=lane,
        day=bars["starts"].dt.strftime("%Y-%m-%d"),
        floor=floor,
        top=top,
        center=(floor + top) / 2,
        sign=[sign if fit else "" for sign, fit in zip(signs, fits, strict=True)],
        total=[f"{n:,}" if up == n else "" for n, up in zip(heights, above, strict=True)],
    )


def told(bins: Bins, lanes: Sequence[str]) -> str:
    """Say the chart in words: each side's claims, by status, and their first and last bar."""
    parts = []
    for side in lanes:
        of_side = bins.bars[bins.bars["side"] == side]
        by_status = of_side.groupby("status")["claims"].sum()
        statuses = ", ".join(f"{by_status[s]:,} {s}" for s in CLAIM_STATUSES if s in by_status)
        first, last = of_side["when"].iloc[0], of_side["when"].iloc[-1]
        when = first if first == last else f"{first} to {last}"
        parts.append(f"{side}: {statuses}, {when}")
    return f"Claims a {bins.step} by side and status. {'; '.join(parts)}."


def key_to(bars: pd.DataFrame) -> None:
    """Draw what each status looks like and how many claims have it."""
    totals = bars.groupby("status")["claims"].sum()
    boxes = []
    for status in CLAIM_STATUSES:
        if status not in totals:
            continue
        full, edge = FILLS[status]
        fill = f"color-mix(in srgb,currentColor {round(full * 100)}%,transparent)"
        box = (
            f'<i style="width:13px;height:13px;border:1.5px {edge};display:inline-block;'
            f'background:{fill};box-sizing:border-box"></i>'
        )
        words = escape(f"{wording.status(status)} {totals[status]:,}")
        boxes.append(f'<span style="display:inline-flex;gap:6px;align-items:center">{box}{words}')
    body = "</span>".join([*boxes, ""])
    st.html(
        '<div style="display:flex;flex-wrap:wrap;gap:2px 18px;font-size:.875rem">' + body + "</div>"
    )


def _short(side: str) -> str:
    return side if len(side) <= 18 else side[:17] + "…"
