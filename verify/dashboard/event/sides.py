"""The sides of an event beside each other: what they count, and their claims with links drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from verify.analysis import compare, reconcile
from verify.analysis.shares import ASIDE
from verify.dashboard import addresses, board, cards, charts, pair, verdicts, wording
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line, pairs_of_words
from verify.dashboard.told import setters as setters_of
from verify.records import CLAIM_STATUSES, UNKNOWN, Row, rows
from verify.review.whose import side_of
from verify.store.store import Store

SCREEN = "compare"
SETTERS_AT_ONCE = 6
# Columns that fit beside each other on a 1,440 px screen.
SIDES_AT_FIRST = 4
LINKS = {name: wording.RELATION_WORDS[name] for name in ("conflicts", "supports", "related")}


@dataclass(frozen=True)
class Event:
    """What one event holds: rows of CLAIM_VIEW and PAIR_VIEW, claims without an answer, repeats."""

    claims: list[Row]
    pairs: list[Row]
    silent: set[str]
    origins: dict[str, str]
    """Claim that repeats -> the claim it repeats."""


@dataclass(frozen=True)
class Wanted:
    """What the fields above the board say."""

    sides: list[str]
    links: list[str]
    status: str | None
    search: str
    inside: bool
    rejected: bool
    repeats: bool


def draw(store: Store, shown: Shown) -> None:
    """Draw the numbers that the sides dispute, and the board of their claims."""
    draw_numbers(store, shown.claims)
    heading("Claims")
    verdicts.notice(SCREEN)
    silent, origins = answers(shown.claims, shown.pairs)
    told = Event(rows(shown.claims), rows(shown.pairs), silent, origins)
    draw_claims(store, shown.event["event_id"], told, shown.sides)


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


def draw_numbers(store: Store, claims: pd.DataFrame) -> None:
    """Draw the numbers that sides dispute, who set them, and how many are not drawn."""
    found = reconcile.by_side(claims, side_of=side_of(store))
    numbers = contested(found)
    if not len(found):
        return
    heading("Numbers")
    if len(numbers):
        charts.numbers(numbers, claims)
    if len(numbers) < len(found):
        left = wording.counted(len(found) - len(numbers), "number")
        line(
            f"Not drawn: {left} of other things that one side alone counts, of a share of "
            "a toll, or of a longer time.",
            quiet=True,
        )
    if not len(numbers):
        return
    setters = setters_of(rows(numbers), rows(claims))
    if len(setters) <= SETTERS_AT_ONCE:
        pairs_of_words(setters)
    else:
        with st.expander("Whose claims set these numbers"):
            pairs_of_words(setters)


def fields(sides: list[str], event_id: str, repeated: bool) -> Wanted:
    """Draw the fields above the board and return what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shown = st.pills(
            "Sides",
            sides,
            selection_mode="multi",
            default=sides[:SIDES_AT_FIRST],
            key=f"sides_{event_id}",
            format_func=wording.plain_label,
        )
        links = st.pills(
            "Links", LINKS, selection_mode="multi", default=list(LINKS)[:2], key="links",
            format_func=LINKS.__getitem__,
        )  # fmt: skip
        status = st.selectbox(
            "Status", CLAIM_STATUSES, index=None, key="status", placeholder="any", width=130
        )
        search = st.text_input("Words", key="words", placeholder="any", width=150)
        with st.popover("More links"):
            inside = st.toggle("Supports inside one side", key="inside")
            rejected = st.toggle("Rejected links", key="rejected")
            unfold = st.toggle("Repeats one by one", key="repeats", disabled=not repeated)
    chosen = [side for side in sides if side in shown]
    return Wanted(chosen or sides, list(links), status, search or "", inside, rejected, unfold)


@st.fragment
def draw_claims(store: Store, event_id: str, told: Event, sides: list[str]) -> None:
    """Draw fields and board; what is done there draws only them anew, with the same claims."""
    wanted = fields(sides, event_id, bool(told.origins))
    draw_board(store, told, wanted)


def draw_board(store: Store, told: Event, wanted: Wanted) -> None:
    """Draw the board and open what was clicked on it."""
    shown = [
        claim
        for claim in cards.searched(told.claims, wanted.search)
        if (claim["side"] or UNKNOWN) in wanted.sides and wanted.status in (None, claim["status"])
    ]
    links = [cards.link(one) for one in told.pairs if wanted_link(one, wanted)]
    drawn = [cards.card(claim, claim["claim_id"] in told.silent) for claim in shown]
    if not wanted.repeats:
        drawn, links = cards.fold(drawn, links, told.origins)
    drawn, links = board.cut(drawn, links)
    opened = board.board(drawn, links, wanted.sides, charts.side_colors(wanted.sides), key="board")
    if opened is None:
        return
    kind, opened_id = opened
    if kind == "claim":
        st.switch_page(addresses.file("claim"), query_params=addresses.claim(opened_id))
    pair.pair_dialog(store, opened_id, SCREEN)


def wanted_link(one: Row, wanted: Wanted) -> bool:
    """Say whether a pair is drawn: inside one side only conflicts are, unless asked for."""
    inside = one["a_side"] == one["b_side"] and one["relation"] != "conflicts"
    return (
        one["relation"] in wanted.links
        and (wanted.inside or not inside)
        and (wanted.rejected or one["status"] != "rejected")
    )


def answers(claims: pd.DataFrame, pairs: pd.DataFrame) -> tuple[set[str], dict[str, str]]:
    """Return the claims that no other side answers, and for each repeat its origin."""
    silent = set(compare.unanswered(claims, pairs[pairs["status"] != "rejected"])["claim_id"])
    return silent, origins_here(claims)


def origins_here(claims: pd.DataFrame) -> dict[str, str]:
    """Return for each repeat its origin; where that is in another event, the earliest one here."""
    ids = claims["claim_id"]
    origin = claims["origin_id"].fillna(ids)
    earliest = claims.sort_values(["published_at", "claim_id"], na_position="last")
    first = earliest.groupby(origin)["claim_id"].first()
    here = origin.where(origin.isin(ids), origin.map(first))
    return {one: other for one, other in zip(ids, here, strict=True) if one != other}
