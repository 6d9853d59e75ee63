"""The sides of an event beside each other: what they count, and their claims with links drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from verify.analysis import reconcile
from verify.analysis.shares import ASIDE
from verify.dashboard import (
    addresses,
    board,
    boot,
    cards,
    charts,
    pair_dialog,
    told,
    verdicts,
    wording,
)
from verify.dashboard.event import board_filters
from verify.dashboard.event.board_filters import Wanted
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line, pairs_of_words
from verify.records import Row, rows
from verify.review.whose import side_of
from verify.store.store import Store

SCREEN = "compare"
SETTERS_AT_ONCE = 6
UNTOLD: Final = (
    "Suggested links are not drawn: this desk hides what the program suggests until somebody "
    "has decided."
)


@dataclass(frozen=True)
class Event:
    """What one event holds: rows of CLAIM_VIEW and PAIR_VIEW, claims without an answer, repeats."""

    claims: list[Row]
    pairs: list[Row]
    silent: set[str]
    origins: dict[str, str]
    """Claim that repeats -> the claim it repeats."""


def draw(store: Store, shown: Shown) -> None:
    """Draw the numbers that the sides dispute, and the board of their claims."""
    numbers = st.container()  # filled last: a chart takes longer than a thousand cards
    heading("Claims")
    verdicts.notice(SCREEN)
    pair_dialog.changed(SCREEN)  # what was read just now holds it
    hidden = boot.policy().hide_scores
    if hidden:
        line(UNTOLD, quiet=True)
    draw_claims(store, shown.event["event_id"], told_of(shown, hidden=hidden), shown.sides)
    with numbers:
        draw_numbers(store, shown)


def told_of(shown: Shown, *, hidden: bool) -> Event:
    """Return what the board may tell; ``hidden``: of pairs only what somebody decided.

    Neither counts nor the order of the claims may then tell what the program suggests.
    """
    origins = shown.compared.origins
    if not hidden:
        return Event(shown.claim_rows, rows(shown.pairs), silent(shown), origins)
    pairs = rows(shown.pairs[shown.pairs["status"] != "suggested"])
    counts = {
        relation: Counter(
            one[end]
            for one in pairs
            if (one["relation"], one["status"]) == (relation, "confirmed")
            for end in "ab"
        )
        for relation in ("supports", "conflicts")
    }
    claims = [
        {**claim, **{name: number[claim["claim_id"]] for name, number in counts.items()}}
        for claim in shown.claim_rows
    ]
    claims.sort(key=lambda claim: (claim["published_at"] or "9999", claim["claim_id"]))
    return Event(claims, pairs, set(), origins)


def contested(numbers: pd.DataFrame) -> pd.DataFrame:
    """Leave out what one side alone counts and nobody was hurt by, and what is no toll.

    That is a share of a toll, and the toll of a longer time.
    """
    bare = numbers["counted"].fillna("").str.casefold().where(numbers["group"] == "thing", "")
    what = [numbers["kind"], numbers["group"], numbers["whose"].fillna(""), bare]
    sides = numbers.groupby(what)["side"].transform("nunique")
    things = numbers["kind"].isin(("killed", "wounded")) & numbers["group"].str.startswith("thing")
    alone = (numbers["kind"].eq("other") | things) & (sides == 1)
    return numbers[~alone & ~numbers["group"].isin(ASIDE)]


def draw_numbers(store: Store, shown: Shown) -> None:
    """Draw the numbers that sides dispute, who set them, and how many are not drawn."""
    found = reconcile.by_side(shown.claims, side_of=side_of(store))
    numbers = contested(found)
    aside = told.set_aside(shown.claims)
    if not len(found) and not aside:
        return
    heading("Numbers")
    if len(numbers):
        charts.numbers(numbers, shown.claims)
    if len(numbers) < len(found):
        left = wording.counted(len(found) - len(numbers), "number")
        line(
            f"Not drawn: {left} of other things that one side alone counts, of a share of "
            "a toll, or of a longer time.",
            quiet=True,
        )
    if aside:
        line(aside, quiet=True)
    if not len(numbers):
        return
    setters = told.setters(rows(numbers), shown.claim_rows)
    if len(setters) <= SETTERS_AT_ONCE:
        pairs_of_words(setters)
    else:
        with st.expander("Whose claims set these numbers"):
            pairs_of_words(setters)


@st.fragment
def draw_claims(store: Store, event_id: str, told: Event, sides: list[str]) -> None:
    """Draw fields and board; what is done there draws only them anew, with the same claims."""
    if pair_dialog.changed(SCREEN):  # closing the dialog draws this anew, with claims read before
        st.rerun(scope="app")
    repeated = bool(told.origins)
    wanted, usual = board_filters.draw(event_id, sides, told.claims, told.pairs, repeated)
    drawn, links = left(told, wanted)
    if not drawn and told.claims:
        line(board_filters.why_empty(wanted, usual, lambda one: len(left(told, one)[0])))
    drawn, links = board.cut(drawn, links)
    colors = charts.side_colors(list(wanted.sides))
    opened = board.board(drawn, links, list(wanted.sides), colors, key="board")
    if opened is None:
        return
    kind, opened_id = opened
    if kind == "claim":
        st.switch_page(addresses.file("claim"), query_params=addresses.claim(opened_id))
    pair_dialog.open_on(store, opened_id, SCREEN, conflicts_of(told))


def left(told: Event, wanted: Wanted) -> tuple[list[cards.Card], list[cards.Link]]:
    """Return the cards and links that the fields leave, repeats folded unless asked for."""
    claims = board_filters.kept(told.claims, wanted)
    links = [cards.link(one) for one in told.pairs if board_filters.drawn(one, wanted)]
    drawn = [cards.card(claim, claim["claim_id"] in told.silent) for claim in claims]
    if not wanted.repeats:
        drawn, links = cards.fold(drawn, links, told.origins)
    here = {card["id"] for card in drawn}
    links = [one for one in links if one["a"] in here and one["b"] in here]
    if wanted.tied:
        ends = {one[end] for one in links for end in ("a", "b")}
        drawn = [card for card in drawn if card["id"] in ends]
    return drawn, links


def conflicts_of(told: Event) -> tuple[str, ...]:
    """Name the conflicting pairs of the event that nobody rejected, the likeliest first."""
    found = [one for one in told.pairs if one["relation"] == "conflicts"]
    return tuple(one["pair_id"] for one in found if one["status"] != "rejected")


def silent(shown: Shown) -> set[str]:
    """Name the claims of parties that no other party answers, as Agreed & contested lists them."""
    return {row["claim_id"] for listed in shown.compared.unanswered.values() for row in listed}
