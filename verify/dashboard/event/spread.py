"""Who said it first: each report with its repeats over time, and who says the same by himself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

import streamlit as st

from verify.analysis import points
from verify.analysis import spread as analysis
from verify.analysis.origins import origin_of
from verify.dashboard import cards, paging, plain_table, wording
from verify.dashboard.event import claim_lines, compared, phrases, spread_chart, times
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line, lines, styled
from verify.records import UNKNOWN, Row, rows
from verify.store.store import Store

REPEATS, REPORTS = "spread_repeats", "spread_reports"
"""Keys of the parts, where a phrase of the glance line leads."""
POINTS_AT_ONCE: Final = 5
PAGE: Final = "spread_page"
NAMES_AT_ONCE: Final = 8
"""Sources and sides in the table of firsts; those who were never first come last."""
WIDTHS: Final = (5, 2, 3, 3)
HEADS: Final = ("Said", "When", "Repeated by", "Corroborated by")


def draw(store: Store, shown: Shown) -> None:
    """Draw the repeats over time, the reports as a table, and who is first how often."""
    told = shown.compared
    if told.hidden:
        line(compared.HIDDEN, quiet=True)
    lanes = [list(lane) for _, lane in groupby(rows(analysis.spread(shown.claims)), _origin)]
    texts = {key: wording.stated(one["text"], one["cue"]) for key, one in told.by_id.items()}
    with st.container(key=REPEATS):
        _repeats(told.repeated, [lane for lane in lanes if len(lane) > 1], texts)
    with st.container(key=REPORTS):
        _reports(shown, lanes)
    _firsts(shown)


def _origin(row: Row) -> str:
    return str(row["origin_id"])


def _repeats(found: analysis.Repeated, lanes: list[list[Row]], texts: dict[str, str]) -> None:
    heading("One report repeated")
    if not found.repeats:
        line("No claim here repeats another nearly word for word.", quiet=True)
        return
    share = wording.share(found.repeats, found.claims)
    verb = "repeats" if found.repeats == 1 else "repeat"
    line(
        f"{found.repeats:,} of {wording.counted(found.claims, 'claim')} ({share}) {verb} another "
        f"nearly word for word; where each origin counts once, {found.origins:,} are left. "
        f"The report told most often is told {found.largest:,} times.",
        quiet=True,
    )
    timed = [lane for lane in lanes if lane[0]["first_known"]]
    drawn = sorted(timed, key=len, reverse=True)[: spread_chart.MOST_LANES]
    if drawn and spread_chart.draw([lane for lane in timed if lane in drawn], texts):
        line("◆ told first   ┃ repeated; the words above a line say on which side.", quiet=True)
    left = [
        f"{wording.counted(len(timed) - len(drawn), 'report')} repeated less",
        f"{wording.counted(len(lanes) - len(timed), 'report')} of which the dates do not show "
        "who was first",
    ]
    beyond = [words for words in left if not words.startswith("0 ")]
    if beyond:
        line(f"Not drawn: {phrases.joined(beyond)}.", quiet=True)


@st.fragment
def _reports(shown: Shown, lanes: Sequence[Sequence[Row]]) -> None:
    heading("Reports that say the same")
    by = {
        row["claim_id"]: row for row in rows(points.corroborated(shown.claims, shown.compared.told))
    }
    listed = _together(shown, [lane for lane in lanes if len(lane) > 1 or _backed(lane, by)])
    alone = len(lanes) - sum(len(one.lanes) for one in listed)
    if alone:
        line(f"Not listed: {wording.counted(alone, 'claim')} that nobody else tells.", quiet=True)
    for one in paging.cut(PAGE, listed, POINTS_AT_ONCE):
        with st.container(border=True, gap="small"):
            if len(one.lanes) > 1:
                line(_who_first(one), strong=True)
            for column, head in zip(st.columns(WIDTHS), HEADS, strict=True):
                with column:
                    line(head, quiet=True)
            for lane in one.lanes:
                _report(shown, lane, by[lane[0]["claim_id"]])
    paging.bar(PAGE, len(listed), POINTS_AT_ONCE, "point")


class _Point(NamedTuple):
    """Reports that support each other, in order of time; one alone where only repeats tell it."""

    lanes: list[Sequence[Row]]
    first: Row | None = None


def _backed(lane: Sequence[Row], by: Mapping[str, Row]) -> bool:
    return bool(by[lane[0]["claim_id"]]["origins"])


def _together(shown: Shown, lanes: Sequence[Sequence[Row]]) -> list[_Point]:
    """Put the reports of one point together; each stands once, in the point with most claims."""
    left = {_origin(lane[0]): lane for lane in lanes}
    found = []
    for stated, first in analysis.shared(shown.claims, shown.compared.told):
        origins = dict.fromkeys(origin_of(claim) for claim in stated)
        own = [left.pop(origin) for origin in origins if origin in left]
        if own:
            found.append(_Point(own, first))
    alone = sorted(left.values(), key=len, reverse=True)
    return [*sorted(found, key=lambda one: -len(one.lanes)), *(_Point([lane]) for lane in alone)]


def _who_first(one: _Point) -> str:
    told = f"{len(one.lanes):,} reports support each other"
    if one.first is None:
        return f"{told}; which was first is not known: a date or an hour is missing"
    at = wording.moment(one.first["published_at"])
    return f"{told}; first: {one.first['source'] or 'source not given'}, {at}"


def _report(shown: Shown, lane: Sequence[Row], corroborated: Row) -> None:
    claims = shown.compared.by_id
    said, when, repeated, by = st.columns(WIDTHS)
    first = claims[lane[0]["claim_id"]]
    with said:
        st.html(claim_lines.words(first))
        claim_lines.open_link(first)
    with when:
        line(wording.moment(first["published_at"]) or "not dated")
        if not lane[0]["first_known"] and len(lane) > 1:
            line("which was first is not known", quiet=True)
    with repeated:
        _listed(wording.counted(len(lane) - 1, "repeat"), [_repeat(row) for row in lane[1:]])
    with by:
        others = [claims[one] for one in corroborated["by_claim_ids"]]
        number, confirmed = corroborated["origins"], corroborated["confirmed"]
        told = f"{wording.counted(number, 'independent origin')}, {_how_sure(confirmed, number)}"
        _listed(told, [_corroborating(one) for one in others])


def _how_sure(confirmed: int, number: int) -> str:
    if confirmed in (0, number):
        return "confirmed" if confirmed else "suggested"
    return f"{confirmed} confirmed"


def _listed(told: str, entries: Sequence[str]) -> None:
    """Draw few entries as they are, and more of them folded under what they come to."""
    if not entries:
        line("nobody")
    elif len(entries) == 1:
        lines(styled(entries[0]), styled(told, quiet=True))
    else:
        body = "".join(styled(entry, quiet=True) for entry in entries)
        st.html(
            f'<details><summary style="cursor:pointer">{escape(told)}</summary>{body}</details>'
        )


def _repeat(row: Row) -> str:
    later = times.since(row)
    told = f"{row['source'] or 'source not given'} ({row['side']})"
    return f"{told}, {later}" if later else told


def _corroborating(claim: Row) -> str:
    return f"{cards.published(claim)} ({claim['side'] or UNKNOWN})"


def _firsts(shown: Shown) -> None:
    found = rows(analysis.firsts(shown.claims, shown.compared.told))
    if not found:
        return
    heading("Who is first where several say the same")
    for kind in ("side", "source"):
        named = [row for row in found if row["kind"] == kind]
        if named:
            plain_table.draw(
                f"How often each {kind} is first",
                (kind.capitalize(), "First with", "Of points it shares", "First not known"),
                [_first(row) for row in named[:NAMES_AT_ONCE]],
            )
        if len(named) > NAMES_AT_ONCE:
            left = wording.counted(len(named) - NAMES_AT_ONCE, f"more {kind}")
            line(f"Not listed: {left}.", quiet=True)


def _first(row: Row) -> tuple[str, ...]:
    return (row["name"], *(f"{row[name]:,}" for name in ("first", "points", "open")))
