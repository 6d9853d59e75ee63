"""The numbers of an event: low, best and high of each, who sets them, and how they came about."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from verify.analysis import reconcile, shares
from verify.analysis.stated import SideOf
from verify.analysis.ucdp import ucdp
from verify.dashboard import addresses, boot, cards, charts_steps, plain_table, told, wording
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line, lines, pairs_of_words, styled
from verify.records import INDEPENDENT, UNKNOWN, Row, rows
from verify.review.export import guarded
from verify.review.whose import side_of
from verify.store.store import Store

MOVES_AT_ONCE: Final = 8
HEADS: Final = ("Number", "Low", "Best", "High", "Stated by", "Independent origins", "Replaced")


@dataclass(frozen=True)
class Numbers:
    """What the view is drawn of: claims by id, reconciled rows, and the steps to them."""

    claims: dict[str, Row]
    frame: pd.DataFrame
    rows: list[Row]
    steps: pd.DataFrame


def draw(store: Store, shown: Shown) -> None:
    """Draw all numbers in a table, one of them over time, and the event's dead as UCDP names it."""
    whose = side_of(store)
    steps = told_steps(shown, whose)
    if not len(steps):
        st.text(told.set_aside(shown.claims) or "No claim of this event states a number.")
        return
    rule = choose_rule()
    found = rows(reconcile.reconcile(shown.claims, rule, whose))
    by_id = {claim["claim_id"]: claim for claim in rows(shown.claims)}
    told_ = Numbers(by_id, shown.claims, found, steps)
    drawn = [row for row in found if shares.is_told(row)]
    heading("Low, best and high")
    if drawn:
        plain_table.draw("Low, best and high", HEADS, [cells(row) for row in drawn])
    left = len(found) - len(drawn)
    if left:
        line(
            f"Not listed: {wording.counted(left, 'number')} of other things that one source alone "
            "states, of a share of a toll, or of a longer time.",
            quiet=True,
        )
    if aside := told.set_aside(shown.claims):
        line(aside, quiet=True)
    if drawn:
        draw_one(told_, choose_number(drawn), whose, rule)
    draw_ucdp(shown, whose, rule)


def told_steps(shown: Shown, whose: SideOf) -> pd.DataFrame:
    """Rows of `reconcile.steps`; a desk that hides suggestions is not told which are at odds."""
    steps = reconcile.steps(shown.claims, whose)
    if shown.compared.hidden:
        steps = steps.assign(step=steps["step"].replace(charts_steps.UNTOLD))
    return steps


def choose_rule() -> str:
    """Draw the choice of the rule for best, and say it in a sentence."""
    names = list(reconcile.RULES)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rule: str = st.selectbox(
            "Best figure", names, index=names.index(boot.settings().best_rule), key="best",
            bind="query-params", format_func=str.capitalize, width=200,
        )  # fmt: skip
        line(f"Best: {reconcile.RULES[rule]}", quiet=True)
    return rule


def name(row: Row) -> str:
    """Name a row: killed: government soldiers."""
    return f"{wording.kind(row['kind'])}: {wording.people(row)}"


def cells(row: Row) -> list[str]:
    """Say a row in the words of the table."""
    return [
        name(row),
        f"{row['low']:,}" + (" or fewer" if row["open_low"] else ""),
        f"{row['best']:,}",
        ("at least " if row["open_high"] else "") + f"{row['high']:,}",
        f"{', '.join(row['sides'])}, in {wording.counted(row['claims'], 'claim')}",
        f"{row['sources']:,}",
        f"{row['superseded']:,}",
    ]


def choose_number(drawn: list[Row]) -> Row:
    """Draw the choice of the number that is told in full; first the one most sources state."""
    order = sorted(drawn, key=lambda row: (row["kind"] != "killed", -row["sources"], -row["best"]))
    options = {row_key(row): row for row in order}
    if st.session_state.get("number") not in options:  # of the event that was shown before
        st.session_state.pop("number", None)
    heading("One number over time")
    chosen = st.selectbox(
        "Number", list(options), key="number", bind="query-params", width=420,
        format_func=lambda key: name(options[key]), label_visibility="collapsed",
    )  # fmt: skip
    return options[chosen]


def row_key(row: Row) -> str:
    """Name a row in the address."""
    bare = row["counted"] if row["group"] == "thing" else None
    parts = (row["kind"], row["group"].removeprefix("thing:"), row["whose"], bare)
    return ".".join(part for part in parts if part)


def draw_one(told_: Numbers, row: Row, whose: SideOf, rule: str) -> None:
    """Draw one number: over time, who sets it, who states it, what updates it and is at odds."""
    mine = told_.steps[[row_key(one) == row_key(row) for one in rows(told_.steps)]]
    who = {one: told.who(told_.claims[one]) for one in mine["claim_id"]}
    undated = charts_steps.draw(mine, row, who, key=f"steps_{row_key(row)}")
    if undated:
        line(f"Not on the axis: {wording.counted(undated, 'count')} without a date.", quiet=True)
    for end in ("low", "best", "high"):
        claim = told_.claims[row[f"{end}_claim_id"]]
        st.page_link(
            addresses.file("claim"),
            label=wording.plain_label(f"{end.capitalize()} {row[end]:,}: {cards.published(claim)}"),
            icon=":material/format_quote:",
            query_params=addresses.claim(claim["claim_id"]),
        )
    stated = told_.frame[told_.frame["claim_id"].isin(mine["claim_id"])]
    draw_ranges(stated, row, whose, rule)
    draw_moves(told.moves(rows(mine), told_.claims))


def draw_ranges(stated: pd.DataFrame, row: Row, whose: SideOf, rule: str) -> None:
    """Say each side's and each source's range of this number."""
    sides, sources = (
        [one for one in rows(by(stated, rule, whose)) if row_key(one) == row_key(row)]
        for by in (reconcile.by_side, reconcile.by_source)
    )
    left, right = st.columns(2)
    with left:
        heading("By side", level=3)
        pairs_of_words([(one["side"], wording.figures(one)) for one in sides])
    with right:
        heading("By source", level=3)
        pairs_of_words([(one["source"] or "not given", wording.figures(one)) for one in sources])


def draw_moves(moves: dict[str, list[str]]) -> None:
    """List updates apart from counts at odds, in words; many of them folded."""
    for title, words in moves.items():
        if not words:
            continue
        heading(title, level=3)
        lines(*map(styled, words[:MOVES_AT_ONCE]))
        if len(words) > MOVES_AT_ONCE:
            with st.expander(f"{len(words) - MOVES_AT_ONCE} more"):
                lines(*map(styled, words[MOVES_AT_ONCE:]))


def draw_ucdp(shown: Shown, whose: SideOf, rule: str) -> None:
    """Draw the event's dead under UCDP's names, and offer them as CSV."""
    parties = [side for side in shown.sides if side not in (INDEPENDENT, UNKNOWN)]
    table = ucdp(shown.claims, rule, whose, parties)
    (row,) = rows(table)
    if row["best"] is None:
        return
    heading("The dead, under UCDP's names")
    plain_table.draw("The dead, under UCDP's names", list(row), [[plain(row[n]) for n in row]])
    st.download_button(
        "Download as CSV", data=partial(as_csv, shown.event, row), on_click="ignore",
        file_name=f"ucdp-{shown.event['event_id']}.csv", mime="text/csv", key="ucdp_csv",
        icon=":material/download:",
    )  # fmt: skip


def plain(value: object) -> str:
    """Say a cell; what is not known is empty."""
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def as_csv(event: Row, row: Row) -> bytes:
    """Write an event's row of UCDP names as CSV (UTF-8 with a byte-order mark)."""
    full = {"event_id": event["event_id"], "event_title": event["title"],
            "date_start": event["starts"], "date_end": event["ends"], **row}  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(full)
    writer.writerow(["" if value is None else guarded(value) for value in full.values()])
    return out.getvalue().encode("utf-8-sig")
