"""The Timeline view: an event's claims over days, a lane a side, and those of a chosen stretch.

What is chosen stands in fields (first and last day, sides); clicking or drawing over the chart
fills them, and so does the keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from verify.dashboard import addresses, cards, paging, switch, wording
from verify.dashboard.event import day_chart
from verify.dashboard.event.day_bins import HAPPENED, SAID, Bins, bins
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line, lines, styled
from verify.records import Row, rows
from verify.store.store import Store

SWITCH: Final = {SAID: "When it was said", HAPPENED: "When it happened"}
PAGE: Final = 20
"""Claims listed at a time."""
FIRST, LAST, SIDES, PAGE_KEY = "days_first", "days_last", "days_sides", "days_page"
_DRAWN: Final = "days_drawn"
"""Key of the session: how often the chart was drawn anew, since fields were changed by hand."""
_OF: Final = "days_of"
"""Key of the session: what the fields are about, an event and a way to date its claims."""


def draw(_store: Store, shown: Shown) -> None:
    """Draw the switch, the chart, and the claims of what is chosen in it."""
    _view(shown)


@st.fragment
def _view(shown: Shown) -> None:
    """Drawn by itself, so that choosing a day reads nothing anew."""
    by = switch.draw("Days of", "when", SWITCH)
    _start_anew(f"{shown.event['event_id']} {by}")
    told = bins(shown.claims, by)
    if not len(told.bars):
        line(f"{_undated(told, by)} Nothing can be drawn over days.")
        return
    key = f"days_chart_{shown.event['event_id']}_{by}_{st.session_state.get(_DRAWN, 0)}"
    lanes = [side for side in shown.sides if side in set(told.bars["side"])]
    day_chart.key_to(told.bars)
    day_chart.draw(told, lanes, key, lambda: _taken(key, told, lanes))
    undated = _undated(told, by)
    if undated:
        line(undated, quiet=True)
    chosen = _chosen(told, lanes)
    if chosen is not None:
        _list(chosen, by)


def _start_anew(about: str) -> None:
    """Forget what was chosen of another event, or by another way to date claims."""
    if st.session_state.get(_OF) != about:
        _forget()
        st.session_state[_OF] = about


def _forget() -> None:
    for key in (FIRST, LAST, SIDES, PAGE_KEY):
        st.session_state.pop(key, None)
    _redraw()


def _redraw() -> None:
    """Draw the chart with nothing chosen in it: the fields say something else now."""
    st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    paging.back_to_first(PAGE_KEY)


def _taken(key: str, told: Bins, lanes: Sequence[str]) -> None:
    """Put what was chosen in the chart into the fields, before they are drawn."""
    found = picked(st.session_state.get(key, {}).get("selection", {}), told, lanes)
    paging.back_to_first(PAGE_KEY)
    days, sides = found if found is not None else ([], [])
    st.session_state[FIRST] = days[0] if days else None
    st.session_state[LAST] = days[-1] if days else None
    st.session_state[SIDES] = sides


def picked(
    selection: Mapping[str, Any], told: Bins, lanes: Sequence[str]
) -> tuple[list[str], list[str]] | None:
    """Return the bars (their first days, in order) and sides chosen in the chart, or None.

    A stretch takes the bars and lanes that it touches; of a clicked bar it is that one.
    """
    clicked = selection.get(day_chart.BAR) or []
    drawn = selection.get(day_chart.STRETCH) or {}
    if len(drawn.get("left") or []) > 1:
        return _touched(drawn, told, lanes)
    if not clicked:
        return None
    days = sorted({str(one["day"]) for one in clicked})
    sides = [
        side for index, side in enumerate(lanes) if any(one["lane"] == index for one in clicked)
    ]
    return days, sides


def _touched(
    drawn: Mapping[str, Sequence[float]], told: Bins, lanes: Sequence[str]
) -> tuple[list[str], list[str]] | None:
    low, high = sorted(float(end) for end in drawn["left"])
    first, last = pd.to_datetime([low, high], unit="ms")
    touched = told.bars[(told.bars["starts"] < last) & (told.bars["ends"] > first)]
    bottom, top = sorted(float(end) for end in drawn.get("floor") or (-len(lanes), 1))
    sides = [side for index, side in enumerate(lanes) if bottom < 0.9 - index and top > -index]
    days = sorted(set(touched["starts"].dt.strftime("%Y-%m-%d")))
    return (days, [] if len(sides) == len(lanes) else sides) if days else None


def _chosen(told: Bins, lanes: Sequence[str]) -> pd.DataFrame | None:
    """Draw the fields and return the claims that they choose; None: nothing is chosen."""
    names = bar_names(told)
    for key in (FIRST, LAST):
        if st.session_state.get(key) not in names:
            st.session_state[key] = None
    noun = told.step.capitalize()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        first = _bar(f"First {noun.lower()}", FIRST, names)
        last = _bar(f"Last {noun.lower()}", LAST, names)
        sides = st.pills(
            "Sides", list(lanes), selection_mode="multi", key=SIDES, on_change=_redraw,
            format_func=wording.plain_label,
        )  # fmt: skip
        if first or last or sides:
            st.button("Choose nothing", key="days_nothing", on_click=_forget)
    if not (first or last or sides):
        line(
            f"Choose a {told.step} or a side, here or in the chart, to list its claims.", quiet=True
        )
        return None
    return among(told, first, last, list(sides))


def bar_names(told: Bins) -> dict[str, str]:
    """Name the bars by their first day: what day, week, month or year, and how many claims."""
    names, numbers = told.bars["when"], told.bars["claims"]
    days = told.bars["starts"].dt.strftime("%Y-%m-%d")
    when = dict(zip(days, names, strict=True))
    totals = numbers.groupby(days).sum()
    return {day: f"{when[day]}: {wording.counted(int(totals[day]), 'claim')}" for day in when}


def _bar(label: str, key: str, names: Mapping[str, str]) -> str | None:
    chosen: str | None = st.selectbox(
        label, list(names), index=None, key=key, format_func=names.__getitem__,
        placeholder="any", on_change=_redraw, width=220,
    )  # fmt: skip
    return chosen


def among(told: Bins, first: str | None, last: str | None, sides: Sequence[str]) -> pd.DataFrame:
    """Return the claims from the first bar to the last; one alone, given first, is that bar."""
    if first and not last:
        last = first
    ends = sorted(end for end in (first, last) if end)
    starts = told.claims["starts"]
    chosen = pd.Series(data=True, index=told.claims.index)
    if first:
        chosen &= starts >= pd.Timestamp(ends[0])
    if last:
        chosen &= starts <= pd.Timestamp(ends[-1])
    if sides:
        chosen &= told.claims["side"].isin(sides)
    return told.claims[chosen].sort_values(["day", "published_at", "claim_id"])


def _undated(told: Bins, by: str) -> str:
    """Say how many claims are not drawn, and why; "" where all are."""
    what = "name no day" if by == HAPPENED else "have no day of publication"
    parts = []
    if told.dateless:
        parts.append(f"{wording.counted(told.dateless, 'claim')} {what}")
    if told.rough:
        parts.append(f"{wording.counted(told.rough, 'claim')} name a month or a year only")
    return f"Not drawn: {'; '.join(parts)}." if parts else ""


def _list(found: pd.DataFrame, by: str) -> None:
    """List claims, each with its way to the Claim page."""
    heading(wording.counted(len(found), "claim"))
    start = paging.offset(PAGE_KEY, PAGE)
    for claim in rows(found.drop(columns=["day", "starts"]).iloc[start : start + PAGE]):
        with st.container(
            horizontal=True, vertical_alignment="top", gap="small", key=f"day_{claim['claim_id']}"
        ):
            with st.container(gap=None):
                lines(
                    styled(wording.stated(claim["text"], claim["cue"])),
                    styled(about(claim, by), quiet=True),
                )
            st.page_link(
                addresses.file("claim"), label="Open", width="content",
                query_params=addresses.claim(claim["claim_id"]),
            )  # fmt: skip
    paging.bar(PAGE_KEY, len(found), PAGE, "claim")


def about(claim: Row, by: str) -> str:
    """Say whose claim it is, of when, and what became of it."""
    happened = f"happened {wording.day(claim['event_time'])}" if claim["event_time"] else ""
    said = cards.published(claim)
    order = (happened, said) if by == HAPPENED else (said, happened)
    parts = (claim["side"], *order, wording.status(claim["status"]))
    return "  ·  ".join(part for part in parts if part)
