"""The claims of an event by day: which day a claim stands on, and the bars that days make."""

from __future__ import annotations

from typing import Final, NamedTuple

import pandas as pd

from verify.dashboard import wording
from verify.dashboard.charts import STEPS
from verify.records import CLAIM_STATUSES, UNKNOWN

SAID, HAPPENED = "said", "happened"
TIMES: Final = {SAID: "published_at", HAPPENED: "event_time"}
"""When it was said, or when it happened -> the column that says so."""
DAY: Final = 10
"""Characters of an ISO day; what is shorter names a month or a year only."""


class Bins(NamedTuple):
    """Claims by bar: each dated claim with its bar, the bars, and what stands on no day."""

    claims: pd.DataFrame
    """CLAIM_VIEW and side, starts (the bar's first day); only claims that name a day."""
    bars: pd.DataFrame
    """One row a bar, side and status: starts, ends, when (words), side, status, claims."""
    step: str
    """day, week, month or year: what a bar is."""
    dateless: int
    """Claims that name no time at all."""
    rough: int
    """Claims that name a month or a year only."""


def bins(claims: pd.DataFrame, by: str) -> Bins:
    """Put claims (CLAIM_VIEW) onto bars by when they were said, or by when it happened.

    Days are joined to weeks, months or years where there would be too many bars to tell apart.
    """
    told = claims[TIMES[by]].fillna("").astype(str)
    days = pd.to_datetime(told.str[:DAY].where(told.str.len() >= DAY), errors="coerce")
    rough = int(((told != "") & days.isna()).sum())
    known = claims.assign(day=days, side=claims["side"].fillna(UNKNOWN))[days.notna()]
    span = (known["day"].max() - known["day"].min()).days if len(known) else 0
    rule, step = next(((rule, step) for most, rule, step in STEPS if span <= most), ("YS", "year"))
    known = known.assign(starts=_floor(known["day"], rule))
    keys = ["starts", "side", "status"]
    bars = known.groupby(keys, sort=True)["claim_id"].count().reset_index(name="claims")
    bars["ends"] = bars["starts"] + pd.tseries.frequencies.to_offset(rule)
    bars["when"] = [name(at, step) for at in bars["starts"]]
    order = bars["status"].map(list(CLAIM_STATUSES).index)
    bars = bars.assign(order=order).sort_values(["starts", "side", "order"]).drop(columns="order")
    return Bins(known, bars.reset_index(drop=True), step, int((told == "").sum()), rough)


def _floor(days: pd.Series[pd.Timestamp], rule: str) -> pd.Series[pd.Timestamp]:
    """Give the first day of the bar that a day is in."""
    if rule == "D":
        return days
    if rule.startswith("W"):
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    return days.dt.to_period("M" if rule == "MS" else "Y").dt.start_time


def name(at: pd.Timestamp, step: str) -> str:
    """Say which bar it is: 3 May 2020, week of 4 May 2020, May 2020, 2020."""
    iso = at.date().isoformat()
    if step == "week":
        return f"week of {wording.day(iso)}"
    return wording.day(iso[: {"day": 10, "month": 7, "year": 4}[step]])
