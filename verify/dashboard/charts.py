"""The charts: claims of each side over time, and the numbers of each side on one axis.

Each side has a lane of its own with its name before it, so that colour only repeats what words
say. Colours are the same on all charts and boards, on light paper and on dark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from verify.dashboard import boot, stretch, wording
from verify.records import INDEPENDENT, QUANTITY_KINDS, UNKNOWN, Row, rows

PALETTE: Final = (
    "#3b7dd8", "#c8681a", "#8f5fd0", "#1a8f7d", "#bf4f8d", "#7a861c", "#a0714f", "#2b8fae",
)  # fmt: skip
"""Each at least 3:1 against white and against the dark theme's paper; red and green are free."""
OWN_COLORS: Final = {INDEPENDENT: "#6d7f92", UNKNOWN: "#8a8a8a"}
LANE: Final = 34
"""Height of one side's lane in the timeline, px."""
ROW: Final = 24
"""Height of one side's row among the numbers, px."""
AXIS: Final = 34
"""Height of the time axis below the lanes, px; a chart that fits its place includes it."""
LONGEST_LABEL: Final = 320
"""Width of the names before the numbers, px; a longer one is cut."""
MOST_LANES: Final = 6
REST: Final = "other sides"
STEPS: Final = ((62, "D", "day"), (430, "W-MON", "week"), (4400, "MS", "month"))
"""Up to so many days, bars of that width; beyond them, years."""
FORMATS: Final = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "year": "%Y"}


def side_colors(sides: Sequence[str]) -> dict[str, str]:
    """Return side -> colour, the same on every screen.

    A declared side keeps it over later declarations; the others follow in the order of their names.
    """
    parties = [side for side in boot.sides() if side not in OWN_COLORS]
    parties += [side for side in sides if side not in parties and side not in OWN_COLORS]
    place = {side: PALETTE[index % len(PALETTE)] for index, side in enumerate(parties)}
    return {side: OWN_COLORS.get(side) or place[side] for side in sides}


def timeline(
    table: pd.DataFrame,
    key: str = "timeline",
    on_stretch: Callable[[date, date], None] | None = None,
) -> None:
    """Draw claims over time, a lane a side (columns day, side, claims); nothing for one day.

    Days are joined to weeks, months or years where there would be too many bars to tell apart.
    ``on_stretch`` takes the first and last day of a stretch that the pointer was drawn over.
    """
    if table["day"].nunique() < 2:
        return
    binned, step = bins(table)
    sides = list(dict.fromkeys(binned["side"]))
    colors = {REST: OWN_COLORS[UNKNOWN], **side_colors([side for side in sides if side != REST])}
    totals = binned.groupby("side")["claims"].sum()
    lane = binned["side"].map(sides.index)
    binned["floor"] = -lane.astype(float)
    binned["top"] = binned["floor"] + 0.82 * binned["claims"] / binned["claims"].max()
    names = json.dumps([f"{_short(side)}  {totals[side]:,}" for side in sides])
    for end in ("starts", "ends"):  # days are the same wherever the browser is
        binned[end] = binned[end].dt.tz_localize("UTC")
    chart = (
        alt.Chart(binned)
        .mark_rect()
        .encode(
            x=alt.X("starts:T", title=None, scale=alt.Scale(type="utc")).axis(
                grid=False, labelColor=ink(), labelOverlap=True, tickCount=10, format=FORMATS[step]
            ),
            x2=alt.X2("ends:T"),  # as objects: Altair takes 10 ms to make them of strings
            y=alt.Y("floor:Q", title=None, scale=alt.Scale(domain=[1 - len(sides), 0.9])).axis(
                values=[-index for index in range(len(sides))],
                labelExpr=f"{names}[-datum.value]",
                labelBaseline="bottom", labelColor=ink(), labelFontSize=12, labelLimit=190,
                labelPadding=8, ticks=False, domain=False, grid=True,
            ),
            y2=alt.Y2("top:Q"),
            color=alt.Color(
                "side:N", scale=alt.Scale(domain=sides, range=[colors[s] for s in sides])
            ).legend(None),
            tooltip=[
                alt.Tooltip("when:N", title=step.capitalize()),
                alt.Tooltip("side:N", title="Side"),
                alt.Tooltip("claims:Q", title="Claims", format=","),
            ],
        )
        .properties(height=LANE * len(sides) + AXIS)
        .configure_view(stroke=None)
    )  # fmt: skip
    told = ", ".join(f"{side} {totals[side]:,}" for side in sides)
    alt_text = f"Claims a {step} by side. In all: {told}."
    if on_stretch is None:
        st.altair_chart(chart, key=key, width="stretch", alt=alt_text)
    else:
        days = (binned["starts"].min().date(), binned["ends"].max().date())
        stretch.chart(chart, (f"{key}_{days[0]}_{days[1]}", alt_text), on_stretch)


def bins(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Join days to bars: columns side, starts, ends, when, claims; and the name of the step.

    Sides are in order of claims, parties first; those beyond `MOST_LANES` are joined as `REST`.
    """
    days = pd.to_datetime(table["day"], errors="coerce", format="ISO8601")
    known = table.assign(day=days, claims=table["claims"].astype(int)).dropna(subset=["day"])
    totals = known.groupby("side")["claims"].sum()
    order = sorted(totals.index, key=lambda side: (wording.side_order(side), -totals[side], side))
    shown = order if len(order) <= MOST_LANES else order[: MOST_LANES - 1]
    known["side"] = known["side"].where(known["side"].isin(shown), REST)
    span = (known["day"].max() - known["day"].min()).days
    rule, step = next(((rule, step) for most, rule, step in STEPS if span <= most), ("YS", "year"))
    grouped = pd.Grouper(key="day", freq=rule, label="left", closed="left")
    joined = known.groupby(["side", grouped])["claims"].sum().reset_index(name="claims")
    joined = joined[joined["claims"] > 0].rename(columns={"day": "starts"})
    joined["ends"] = joined["starts"] + pd.tseries.frequencies.to_offset(rule)
    joined["when"] = [_bar_name(at, step) for at in joined["starts"]]
    lanes = [*shown, REST]
    joined["lane_order"] = [lanes.index(side) for side in joined["side"]]
    joined = joined.sort_values(["lane_order", "starts"]).drop(columns="lane_order")
    return joined.reset_index(drop=True), step


def numbers(table: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Draw each side's range of each number, one axis a kind (columns of `reconcile.by_side`).

    The bar reaches from the lowest to the highest bound claimed; its ends are named by the claims
    (CLAIM_VIEW) that set them. An open end is an arrow.
    """
    texts = dict(zip(claims["claim_id"], claims["text"], strict=True))
    found = [ranged(row, texts) for row in rows(table)]
    by_kind = {name: [row for row in found if row["kind"] == name] for name in QUANTITY_KINDS}
    named = {name: _row_names(some) for name, some in by_kind.items() if some}
    longest = max((len(words) for some in named.values() for words in some), default=0)
    for name, words in named.items():
        _numbers_of(name, by_kind[name], words, min(LONGEST_LABEL, 7 * longest + 8))


def ranged(row: Row, texts: dict[str, str]) -> Row:
    """Say one row of `reconcile.by_side` as it is drawn: ends, which are open, words, setters."""
    return {
        "kind": row["kind"],
        "counted": wording.people(row),
        "side": row["side"],
        "low": row["low"],
        "high": row["high"],
        "open_low": row["open_low"],
        "open_high": row["open_high"],
        "range": wording.figures(row),
        "said": f"{wording.counted(row['claims'], 'claim')}, "
        f"{wording.counted(row['sources'], 'source')}",
        "low_claim": texts.get(row["low_claim_id"] or "", ""),
        "high_claim": texts.get(row["high_claim_id"] or "", ""),
    }


def _row_names(found: list[Row]) -> list[str]:
    several = len({row["counted"] for row in found}) > 1
    return [f"{row['counted']}  ·  {row['side']}" if several else row["side"] for row in found]


def _numbers_of(kind: str, found: list[Row], names: list[str], room: int) -> None:
    """``room``: px left of the axis, the same for all kinds, so that their axes align."""
    table = pd.DataFrame(found).assign(row=names)
    sides = list(dict.fromkeys(table["side"]))
    colors = side_colors(sides)
    y = alt.Y("row:N", sort=list(table["row"]), title=None).axis(
        labelColor=ink(),
        labelFontSize=12,
        labelLimit=LONGEST_LABEL,
        minExtent=room,
        maxExtent=room,
        ticks=False,
        domain=False,
        labelPadding=8,
    )
    top = float(table["high"].max() or 1)
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, top * 1.5], nice=False)).axis(
        tickMinStep=1, tickCount=6, format=",d", labelColor=ink()
    )
    color = alt.Color(
        "side:N", scale=alt.Scale(domain=sides, range=[colors[side] for side in sides])
    ).legend(None)
    tooltip = [
        alt.Tooltip("side:N", title="Side"),
        alt.Tooltip("counted:N", title="Counted"),
        alt.Tooltip("range:N", title="Claimed"),
        alt.Tooltip("said:N", title="By"),
        alt.Tooltip("low_claim:N", title="Lowest in"),
        alt.Tooltip("high_claim:N", title="Highest in"),
    ]
    base = alt.Chart(table).encode(y=y, color=color, tooltip=tooltip)
    layers: list[Any] = [base.mark_bar(height=5, opacity=0.55).encode(x=x, x2="high:Q")]
    for end, open_shape in (("low", "triangle-left"), ("high", "triangle-right")):
        for is_open, shape in ((False, "circle"), (True, open_shape)):
            if not any(_has_end(row, end, is_open) for row in found):
                continue  # a group of marks that holds none is a picture without a name
            shown = f"datum.open_{end} == {str(is_open).lower()}"
            if not is_open:  # a single open bound is drawn as its arrow alone
                shown += " && (datum.low != datum.high || !(datum.open_low || datum.open_high))"
            ends = base.transform_filter(shown)
            layers.append(
                ends.mark_point(filled=True, size=75, opacity=1, shape=shape).encode(
                    x=alt.X(f"{end}:Q", title=None)
                )
            )
    words = base.mark_text(align="left", dx=10, fontSize=12, fontWeight=600).encode(
        x="high:Q", text="range:N", color=alt.value(ink())
    )
    chart = (
        alt.layer(*layers, words)
        .properties(
            height=alt.Step(ROW), title=alt.Title(_title(kind, found), fontSize=13, offset=6)
        )
        .configure_view(stroke=None)
    )
    told = "; ".join(f"{row['row']}: {row['range']}" for row in rows(table[["row", "range"]]))
    st.altair_chart(chart, width="stretch", key=f"numbers_{kind}", alt=f"{kind}: {told}.")


def _has_end(row: Row, end: str, is_open: bool) -> bool:
    """Whether a row has a mark at this end, closed or open; as the chart's own filter says it."""
    if row[f"open_{end}"] != is_open:
        return False
    return is_open or row["low"] != row["high"] or not (row["open_low"] or row["open_high"])


def _title(kind: str, found: list[Row]) -> str:
    counted = {row["counted"] for row in found}
    name = wording.kind(kind).capitalize()
    return f"{name}: {counted.pop()}" if len(counted) == 1 else name


def ink() -> str:
    """Return the theme's text colour, which Vega does not give to marks."""
    return "#e6e9ec" if st.context.theme.type == "dark" else "#171a1e"


def _short(side: str) -> str:
    return side if len(side) <= 22 else side[:21] + "…"


def _bar_name(at: pd.Timestamp, step: str) -> str:
    iso = at.date().isoformat()
    if step == "week":
        return f"week of {wording.day(iso)}"
    return wording.day(iso[: {"day": 10, "month": 7, "year": 4}[step]])
