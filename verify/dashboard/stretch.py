"""Drawing the pointer over a chart's time axis: the days between are what the screen narrows to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import altair as alt
import streamlit as st

NAME: Final = "stretch"
"""Of the selection in the chart's specification."""
AS_PICTURE: Final = {"embedOptions": {"renderer": "canvas"}}
"""Lets Vega draw one picture with one text: as SVG it would give the stretch that is drawn over a
mark without a name."""


def chart(drawn: Any, named: tuple[str, str], then: Callable[[date, date], None]) -> None:
    """Draw a chart with a time axis over the field ``starts``; ``named``: its key and alt text.

    ``then`` is called, before the page is drawn again, with the first and last day drawn over.
    """
    key, alt_text = named
    brushed = drawn.add_params(alt.selection_interval(name=NAME, encodings=["x"]))
    brushed = brushed.properties(usermeta=AS_PICTURE)
    st.altair_chart(
        brushed, key=key, width="stretch", alt=alt_text, selection_mode=[NAME],
        on_select=lambda: tell(key, then),
    )  # fmt: skip


def tell(key: str, then: Callable[[date, date], None]) -> None:
    """Hand on what was drawn over in the chart of that key, if it was anything."""
    found = days(st.session_state.get(key, {}).get("selection", {}).get(NAME, {}))
    if found is not None:
        then(*found)


def days(selected: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the first and last day of an interval that Vega reports, in milliseconds; or None."""
    ends = selected.get("starts") or []
    if len(ends) < 2:
        return None
    first, last = sorted(float(end) for end in ends)
    # an end at midnight touches a day without going into it
    return _day(first), max(_day(first), _day(last - 1))


def _day(milliseconds: float) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date()
