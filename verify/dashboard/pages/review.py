"""Decide claim by claim, pair by pair, or many in a table; contradictions come first."""

from functools import partial
from typing import Literal

import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    bulk,
    cards,
    claim_view,
    clash,
    evidence_view,
    facts,
    keys,
    likes,
    live,
    narrow,
    pair,
    progress,
    second_look,
    verdicts,
    view_menu,
    wording,
)
from verify.dashboard.parts import heading, line, lines, pairs_of_words, styled
from verify.errors import InputError
from verify.records import Row
from verify.review import holds, news, queue
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

MOST_OPPOSITES = 8


def review_claims(store: Store, filters: Filters) -> None:
    """Draw the first claim that waits, with what stands with and against it."""
    total, open_ = progress.counts(store, "claim", filters)
    progress.bar(total, open_, "claim")
    since = news.newest(store)
    claim = current(store, filters, "claim")
    if claim is not None:
        clash.draw(store, "claim_queue", claim["claim_id"])
    verdicts.notice("claim_queue")
    if claim is None:
        at_the_end(store, open_, "claim")
        return
    verdicts.shown("claim_queue", claim["claim_id"])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="verdict_row"):
        claim_view.note_field(claim, "claim_queue")
        claim_view.verdict_buttons(store, claim, "claim_queue", go_on=True)
        skip_button("claim_queue", claim["claim_id"])
        claim_view.undo_button(store, "claim_queue")
    left, right = st.container(key="beside_claim").columns([3, 2], gap="large")
    with left:
        seen = told_of(claim)
        told = f"  ·  why now: {claim['why']}" if claim.get("why") and seen else ""
        statement = wording.statement(claim["checkable"])
        passed = f"  ·  {statement}" if statement else ""
        heading(wording.stated(claim["text"], claim["cue"]))
        lines(
            styled(cards.dated(claim), quiet=True),
            styled(f"{claim_view.status_line(claim)}{passed}{told}", quiet=True),
        )
        claim_view.show_passage(store, claim)
        pairs_of_words(facts.reading(claim))
        evidence_view.count_line(store, claim["claim_id"])
        with st.container(horizontal=True, vertical_alignment="bottom"):
            claim_view.grade_fields(store, claim, "claim_queue", "information_grade")
            st.page_link(
                addresses.file("claim"),
                label="Whole document, history",
                query_params=addresses.claim(claim["claim_id"]),
            )
    with right:
        heading("What stands with and against it" if seen else "What else is said of this")
        pair.show_opposites(store, claim["claim_id"], most=MOST_OPPOSITES, told=seen)
    with left:  # last: what is nearest is looked up while the rest is being read
        heading("Claims like this")
        likes.show(store, claim)
    watch(store, "claim", claim["claim_id"], since)
    behind = partial(queue.next_claims, store, filters, claim["claim_id"], 1, verdicts.reviewer())
    likes.look_ahead(store, behind)


def told_of(claim: Row) -> bool:
    """Whether what the program suggests about a claim's pairs is told before its verdict."""
    return claim["status"] != "unreviewed" or not boot.policy().hide_scores


def watch(store: Store, kind: Literal["claim", "pair"], target_id: str, since: int) -> None:
    """Hold what is on screen, and tell what others do to it."""
    screen = f"{kind}_queue"
    live.show(store, live.Watched(screen, {kind: [target_id]}, since, holding=(kind, target_id)))


def review_pairs(store: Store, filters: Filters) -> None:
    """Draw the first pair that waits."""
    total, open_ = progress.counts(store, "pair", filters)
    progress.bar(total, open_, "pair")
    since = news.newest(store)
    found = current(store, filters, "pair")
    if found is not None:
        clash.draw(store, "pair_queue", found["pair_id"])
    verdicts.notice("pair_queue")
    if found is None:
        at_the_end(store, open_, "pair")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        skip_button("pair_queue", found["pair_id"])
        claim_view.undo_button(store, "pair_queue")
        if found.get("why") and not pair.hidden(found):
            line(f"Why now: {found['why']}", quiet=True)
    pair.show_pair(store, found, "pair_queue", go_on=True)
    watch(store, "pair", found["pair_id"], since)


def current(store: Store, filters: Filters, kind: str) -> Row | None:
    """Return what is on screen: it stays there until it is decided or skipped."""
    screen = f"{kind}_queue"
    held, held_id = st.session_state.get(f"{screen}_now", ("", ""))
    if held == kind:
        row = views.claim(store, held_id) if kind == "claim" else pair.pair_by_id(store, held_id)
        if row is not None:
            why = st.session_state.get(f"{screen}_why", ("", None))
            return {**row, "why": why[1] if why[0] == held_id else None}
    ask = queue.next_claims if kind == "claim" else queue.next_pairs
    after, me = st.session_state.get(f"{screen}_after"), verdicts.reviewer()
    try:
        found = ask(store, filters, after=after, limit=1, reviewer=me)
    except InputError:
        verdicts.start_over(screen)
        gone = f"The {kind} you were at is gone: a newer run no longer has it. Back at the top."
        verdicts.say(screen, "refused", gone)
        found = ask(store, filters, limit=1, reviewer=me)
    if not found:
        return None
    st.session_state[f"{screen}_now"] = (kind, found[0][f"{kind}_id"])
    st.session_state[f"{screen}_why"] = (found[0][f"{kind}_id"], found[0]["why"])
    return found[0]


def skip_button(screen: str, target_id: str) -> None:
    """Draw the button that goes on without a verdict."""
    st.button(
        "Next, undecided",
        key=f"{screen}_skip_{target_id}",
        shortcut="N",
        on_click=verdicts.skip,
        args=(screen, target_id),
    )


def at_the_end(store: Store, left: int, noun: str) -> None:
    """Say that nothing is left, or that only what was skipped is."""
    screen = f"{noun}_queue"
    if left:
        others = [
            one for one in holds.now_held(store).values() if one.holder != verdicts.reviewer()
        ]
        held = " or are on somebody else's screen" if others else ""
        st.text(f"This is the end of the queue; {wording.counted(left, noun)} were skipped{held}.")
        st.button(
            "Start at the top",
            key=f"{screen}_top",
            shortcut="N",
            on_click=verdicts.start_over,
            args=(screen,),
        )
    else:
        st.text(f"No {noun} is waiting for a verdict here. Widen the filters or build more.")
    claim_view.undo_button(store, screen)


MODES = {"claims": "Claims, one by one", "pairs": "Pairs, one by one", "table": "Many in a table"}
SECOND = {"seconds": "Second look"}
"""Offered where the desk asks for second verdicts."""

DRAWN = {"claims": review_claims, "pairs": review_pairs, "table": bulk.table}


@st.fragment
def work(store: Store, filters: Filters, mode: str) -> None:
    """Draw what is reviewed; a key draws this anew and leaves the fields above as they are."""
    live.forget()
    DRAWN[mode](store, filters)


store = boot.store()
view_menu.arrive(store, "review", narrow.show)
with st.container(horizontal=True, vertical_alignment="center", key="review_head"):
    heading("Review", level=1)
    mode = narrow.mode({**MODES, **(SECOND if second_look.offered() else {})})
    view_menu.menu(store, "review", Filters.from_query(st.query_params.to_dict()))
    keys.button()
view_menu.notice("review")
if mode == "seconds":
    second_look.work(store)
    live.watch(store)
    keys.listen("second_")
    st.stop()
screen = "pair_queue" if mode == "pairs" else "claim_queue"
filters = narrow.fields(store, screen, with_status=mode == "table")
view_menu.leave(store, "review", Filters.from_query(st.query_params.to_dict()))
work(store, filters, mode)
live.watch(store)
keys.listen(f"{screen}_note_")
