"""The chart of who told a report first and who repeated it: a lane an origin, over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from verify.dashboard import charts, wording
from verify.dashboard.event.times import since
from verify.records import Row

LANE: Final = 44
"""Height of an origin's lane, px."""
MOST_LANES: Final = 12
LETTERS: Final = 48
"""Of a claim above its lane; the whole of it is in the tooltip and in the table."""
HOURS_UP_TO: Final = 3
"""Days up to which the axis tells hours."""
FIRST, REPEAT = "first", "repeat"


def draw(lanes: Sequence[Sequence[Row]], texts: dict[str, str]) -> bool:
    """Draw rows of `spread.spread`, a list of them an origin, first told first.

    The first is a diamond and each repeat a stroke, in the colour of its side; the words above a
    lane name the sides. Times are UTC, a day alone stands at its beginning. Undated claims have no
    place on it; returns whether any had.
    """
    marks, names, heads = _marks(lanes, texts)
    if not marks:
        return False
    table = pd.DataFrame(marks)
    sides = list(dict.fromkeys(table["side"]))
    colors = charts.side_colors(sides)
    y = alt.Y("lane:N", sort=names, title=None, scale=alt.Scale(paddingInner=0)).axis(
        labels=False, ticks=False, domain=False, grid=True
    )
    x = alt.X("at:T", title=None, scale=alt.Scale(type="utc")).axis(
        labelColor=charts.ink(),
        labelOverlap=True,
        tickCount=6,
        grid=False,
        format=_format(table["at"]),
    )
    color = alt.Color(
        "side:N", scale=alt.Scale(domain=sides, range=[colors[side] for side in sides])
    ).legend(None)
    tooltip = [
        alt.Tooltip("told:N", title="Told"),
        alt.Tooltip("side:N", title="Side"),
        alt.Tooltip("source:N", title="Source"),
        alt.Tooltip("when:N", title="Published"),
        alt.Tooltip("text:N", title="Claim"),
    ]
    base = alt.Chart(table).encode(x=x, y=y, color=color, tooltip=tooltip)
    first = base.transform_filter(alt.datum.told == FIRST)
    repeats = base.transform_filter(alt.datum.told != FIRST)
    words = alt.Chart(pd.DataFrame(heads)).mark_text(align="left", dy=-14, fontSize=12)
    layers = [
        first.mark_point(shape="diamond", filled=True, size=130, opacity=1),
        words.encode(x=alt.value(0), y=y, text="words:N", color=alt.value(charts.ink())),
    ]
    if any(mark["told"] != FIRST for mark in marks):  # a group of no marks has no name
        layers.insert(0, repeats.mark_tick(thickness=3, size=16, opacity=1))
    chart = (
        alt.layer(*layers)
        .properties(height=LANE * len(names) + charts.AXIS)
        .configure_view(stroke=None)
    )
    told = "; ".join(head["words"] for head in heads)
    st.altair_chart(
        chart, key="spread_chart", width="stretch",
        alt=f"Who told a report first and who repeated it, over time. {told}.",
    )  # fmt: skip
    return True


def _marks(
    lanes: Sequence[Sequence[Row]], texts: dict[str, str]
) -> tuple[list[Row], list[str], list[Row]]:
    marks, heads = [], []
    for number, lane in enumerate(lanes, 1):
        name = f"{number}"
        dated = [row for row in lane if _time(row["published_at"]) is not None]
        if dated:
            marks += [_mark(row, name, texts) for row in dated]
            told = _cut(texts[lane[0]["claim_id"]])
            heads.append({"lane": name, "words": f"{told}  ·  {_sides(lane)}"})
    return marks, [head["lane"] for head in heads], heads


def _mark(row: Row, lane: str, texts: dict[str, str]) -> Row:
    later = since(row)
    return {
        "lane": lane,
        "at": _time(row["published_at"]),
        "told": FIRST if row["first"] else f"{REPEAT}, {later}" if later else REPEAT,
        "side": row["side"],
        "source": row["source"] or "source not given",
        "when": wording.moment(row["published_at"]),
        "text": texts[row["claim_id"]],
    }


def _sides(lane: Sequence[Row]) -> str:
    """Say whose side told it first and how often each repeated it."""
    repeats = Counter(row["side"] for row in lane[1:])
    told = ", ".join(f"{side} {count}" for side, count in repeats.most_common())
    return f"{lane[0]['side']} first; repeats: {told}" if told else f"{lane[0]['side']} first"


def _time(stamp: str | None) -> str | None:
    """Give a time that the chart can place; a day alone stands at its beginning."""
    return stamp if stamp and len(stamp) >= 10 else None


def _format(stamps: Iterable[str]) -> str:
    days = [date.fromisoformat(stamp[:10]) for stamp in stamps]
    return "%-d %b, %H:%M" if (max(days) - min(days)).days <= HOURS_UP_TO else "%-d %b %Y"


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"
