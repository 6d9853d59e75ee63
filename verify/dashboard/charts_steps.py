"""One number of an event over time: each stated count, how long it stood, and low, best, high."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from verify.dashboard import charts, wording
from verify.records import Row, rows

SHAPES: Final = {
    "first": "circle", "stated": "circle", "same": "square", "update": "triangle-up",
    "contradicts": "diamond", "repeat": "cross",
}  # fmt: skip
SIGNS: Final = {
    "first": "●", "stated": "●", "same": "■", "update": "▲", "contradicts": "◆", "repeat": "✚",
}  # fmt: skip
STEP_WORDS: Final = {
    "first": "first stated",
    "stated": "stated",
    "same": "says the same, or fits",
    "update": "update by its source",
    "contradicts": "can hardly hold beside an earlier one",
    "repeat": "repeat of another claim",
}
UNTOLD: Final = dict.fromkeys(("first", "same", "contradicts"), "stated")
"""Steps that would tell what the program holds for or against another count."""
HEIGHT: Final = 260
"""Of the plot, px; a chart that fits its place includes its axis and legends."""
NEAR: Final = 0.07
"""Figures closer than this share of the axis are named on one line."""
HOURLY: Final = pd.Timedelta(days=3)
"""Spans below this have hours on their axis."""
MOST_DAYS: Final = 60
"""Spans up to this are marked by days."""
ABOVE: Final = 0.12
"""Share of the axis by which an open end reaches on."""


def draw(steps: pd.DataFrame, row: Row, who: dict[str, str], *, key: str) -> int:
    """Draw the steps of one reconciled row; return how many have no date and are not drawn.

    ``who``: claim_id -> who states it. Colours repeat what the tooltip and the list below say.
    """
    dated = steps[steps["at"].notna()]
    if not len(dated):
        return len(steps)
    table = laid_out(rows(dated), who)
    ends = table["ends"].max()
    starts = table["starts"].min() - (ends - table["starts"].max())  # no mark is cut
    top = max(float(table["top"].max()), float(row["high"]), 1.0) * (1 + 1.5 * ABOVE)
    table["reach"] = table["top"] + top * ABOVE
    sides = list(dict.fromkeys(table["side"]))
    colors = charts.side_colors(sides)
    color = alt.Color(
        "side:N", scale=alt.Scale(domain=sides, range=[colors[s] for s in sides])
    ).legend(None)
    x = alt.X("starts:T", title=None, scale=alt.Scale(domain=[_ms(starts), _ms(ends)])).axis(
        labelColor=charts.ink(),
        tickCount=_ticks(starts, ends),
        grid=False,
        labelOverlap=True,
        format="%-d %b, %H:%M" if ends - starts < HOURLY else "%-d %b %Y",
    )
    y = alt.Y("low:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False)).axis(
        labelColor=charts.ink(), tickCount=5, tickMinStep=1, format=",d"
    )
    base = alt.Chart(table).encode(
        x="starts:T",
        y="low:Q",
        color=color,
        opacity=alt.Opacity("weight:Q", scale=None),
        tooltip=_tooltip(),
    )
    # A group of marks that holds none is a picture without a name.
    ranges = base.transform_filter("datum.low != datum.top").mark_rule(size=4).encode(y2="top:Q")
    layers = [
        base.transform_filter("datum.step != 'repeat'")
        .mark_rule(size=2)
        .encode(x=x, x2="ends:T", y=y),
        *([ranges] if (table["low"] != table["top"]).any() else []),
        *_open_ends(base, table),
        base.mark_point(filled=True, size=110).encode(shape=_shape(table)),
        _figures(row, ends, top),
    ]
    chart = alt.layer(*layers)
    chart = chart.properties(height=HEIGHT, padding={"right": 140, "left": 5, "top": 5})
    chart = chart.configure_view(stroke=None)
    st.altair_chart(chart, width="stretch", key=key, alt=_told(table, row))
    st.html(key_of(table, colors))
    return len(steps) - len(dated)


def laid_out(dated: Sequence[Row], who: dict[str, str]) -> pd.DataFrame:
    """Give each count its place: from when it was stated until its source stated another.

    A count that nothing followed reaches to the end of the axis, past the last one.
    """
    at = pd.to_datetime([one["at"] for one in dated], format="ISO8601", utc=True)
    margin = max((at.max() - at.min()) * 0.06, pd.Timedelta(hours=12))
    table = pd.DataFrame(dated).assign(starts=at, ends=at.max() + margin)
    for index, one in table.iterrows():
        after = table[(table["voice"] == one["voice"]) & (table["starts"] > one["starts"])]
        after = after[after["step"] != "same"]
        if len(after) and not one["stands"]:
            table.loc[index, "ends"] = after["starts"].min()
    low, high = table["low"].astype(float), table["high"].astype(float)
    open_low, open_high = low.isna(), high.isna()
    table = table.assign(
        low=low.fillna(high),
        top=high.fillna(low),
        open_low=open_low,
        open_high=open_high,
        weight=[1.0 if stands else 0.6 for stands in table["stands"]],
        who=[who.get(one, "") for one in table["claim_id"]],
        said=[wording.bounds(one["low"], one["high"]) for one in dated],
        when=[wording.moment(one["at"]) for one in dated],
        move=[STEP_WORDS[one] for one in table["step"]],
        stood=["stands" if stands else "sets nothing" for stands in table["stands"]],
    )
    return table.drop(columns=["high"])


def _open_ends(base: alt.Chart, table: pd.DataFrame) -> list[alt.Chart]:
    """Dash the ends that a claim leaves open: up as far as the axis shows, or down to nothing."""
    layers = []
    for end, reach in (("high", "reach:Q"), ("low", None)):
        if not table[f"open_{end}"].any():
            continue
        dashed = base.transform_filter(f"datum.open_{end}").mark_rule(size=2, strokeDash=[3, 3])
        layers.append(dashed.encode(y2=reach if reach else alt.Y2Datum(0)))
    return layers


def _shape(table: pd.DataFrame) -> alt.Shape:
    present = [STEP_WORDS[name] for name in SHAPES if name in set(table["step"])]
    shapes = [SHAPES[name] for name in SHAPES if name in set(table["step"])]
    return alt.Shape("move:N", scale=alt.Scale(domain=present, range=shapes)).legend(None)


def key_of(table: pd.DataFrame, colors: dict[str, str]) -> str:
    """Say as HTML what the signs, colours and dashes of the chart mean; it wraps where it must."""
    words = [
        f'<span aria-hidden="true" style="color:{color};font-weight:700">━</span> {escape(side)}'
        for side, color in colors.items()
    ]
    present = set(table["step"])
    words += [f"{SIGNS[name]} {STEP_WORDS[name]}" for name in SHAPES if name in present]
    if table["open_low"].any() or table["open_high"].any():
        words.append("┊ open end")
    if not table["stands"].all():
        words.append("faint: sets nothing")
    items = "".join(f'<span style="white-space:nowrap">{one}</span>' for one in words)
    flow = "display:flex;flex-wrap:wrap;gap:2px 18px;font-size:.875rem"
    return f'<div style="{flow}">{items}</div>'


def _tooltip() -> list[alt.Tooltip]:
    named = {"who": "By", "side": "Side", "said": "Number", "when": "Published", "move": "Step",
             "stood": "Counts"}  # fmt: skip
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in named.items()]


def _figures(row: Row, ends: pd.Timestamp, top: float) -> alt.Chart:
    """Name low, best and high at the end of the axis; those too near to each other on one line."""
    named: list[tuple[float, list[str]]] = []
    for name in ("low", "best", "high"):
        words = f"{name} {'at least ' if name == 'high' and row['open_high'] else ''}{row[name]:,}"
        if named and row[name] - named[-1][0] < NEAR * top:
            named[-1][1].append(words)
        else:
            named.append((float(row[name]), [words]))
    table = pd.DataFrame(
        {"at": [ends] * len(named), "y": [y for y, _ in named],
         "words": [" · ".join(words) for _, words in named]}
    )  # fmt: skip
    words = alt.Chart(table).mark_text(align="left", dx=8, fontSize=12, fontWeight=600, clip=False)
    drawn: alt.Chart = words.encode(
        x="at:T", y="y:Q", text="words:N", color=alt.value(charts.ink())
    )
    return drawn


def _ticks(starts: pd.Timestamp, ends: pd.Timestamp) -> int | alt.TimeIntervalStep:
    """Mark whole days where few are shown, so that no day is named twice."""
    span = ends - starts
    if span < HOURLY or span.days > MOST_DAYS:
        return 6
    return alt.TimeIntervalStep(interval="day", step=max(1, round(span.days / 6)))


def _ms(at: pd.Timestamp) -> float:
    return at.timestamp() * 1000


def _told(table: pd.DataFrame, row: Row) -> str:
    said = "; ".join(f"{one['who']}: {one['said']}, {one['move']}" for one in rows(table))
    return f"Low {row['low']}, best {row['best']}, high {row['high']}. Over time: {said}."
