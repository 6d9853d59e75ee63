"""The shares of a source's record, each an interval on one axis from 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from verify.dashboard import wording
from verify.review import source_record
from verify.review.source_record import Share

ROW: Final = 30
"""Height of one share, px."""
LABEL: Final = 250
"""Room for the words before an interval, px; a narrow screen keeps more than half for the axis."""
INK: Final = {"light": "#171a1e", "dark": "#e6e9ec"}
MARK: Final = {"light": "#46627f", "dark": "#9db8d3"}
"""One colour for both shares: the words say which is which, and neither is the better one."""


def shares(found: Sequence[Share], key: str) -> None:
    """Draw each share as a dot with its interval as a bar, its words before it.

    What is left out of both shares is for the words below to say: here it would take the room of
    the axis on a narrow screen.
    """
    told = [source_record.in_words(one) for one in found]
    names = [f"{wording.STATUS_ICONS[one.verdict]} {one.verdict.capitalize()}" for one in found]
    table = pd.DataFrame(
        {
            "row": [f"{name}, {words}" for name, words in zip(names, told, strict=True)],
            "name": names,
            "told": told,
            "share": [one.part / one.whole for one in found],
            "low": [one.low for one in found],
            "high": [one.high for one in found],
        }
    )
    theme = "dark" if st.context.theme.type == "dark" else "light"
    ink = INK[theme]
    y = alt.Y("row:N", sort=list(table["row"]), title=None).axis(
        labelColor=ink, labelFontSize=12, labelLimit=2 * LABEL, labelPadding=10, minExtent=LABEL,
        ticks=False, domain=False,
    )  # fmt: skip
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, 1], nice=False)).axis(
        values=[0, 0.25, 0.5, 0.75, 1],
        labelExpr="format(100 * datum.value, 'd') + ' %'",
        labelColor=ink,
    )
    tooltip = [alt.Tooltip("name:N", title="Share"), alt.Tooltip("told:N", title="Found")]
    base = alt.Chart(table).encode(y=y, tooltip=tooltip)
    bar = base.mark_bar(height=8, color=MARK[theme], opacity=0.45).encode(x=x, x2="high:Q")
    ends = [
        base.mark_tick(thickness=2, size=16, color=MARK[theme]).encode(x=alt.X(f"{end}:Q"))
        for end in ("low", "high")
    ]
    dot = base.mark_point(filled=True, size=80, opacity=1, color=ink).encode(x=alt.X("share:Q"))
    chart = (
        alt.layer(bar, *ends, dot)
        .properties(height=alt.Step(ROW), padding={"right": 24, "bottom": 0, "left": 0, "top": 4})
        .configure_view(stroke=None)
    )
    alternative = "; ".join(table["row"])
    st.altair_chart(
        chart,
        width="stretch",
        key=key,
        alt=f"Intervals on one axis from 0 to 100 %. {alternative}.",
    )
