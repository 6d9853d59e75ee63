"""What others do to what is on screen, told within three seconds and without moving the page.

A strip at the lower edge polls the store by itself. Only who asks for it has the page drawn anew.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any, Final, Literal

import streamlit as st

from verify.dashboard import progress, verdicts, who, wording
from verify.review import by_hand, holds, news
from verify.review.holds import Hold
from verify.store.folded import SAME
from verify.store.regrouped import EVENT
from verify.store.shared_work import SECOND
from verify.store.store import Store

POLL_S: Final = 2.0
"""Seconds between two looks at the store; measured on two busy cores with SQLite: 12 ms a look
(a verdict took 23 ms). Right behind a press none is taken: see `heard_once`."""
RENEW_S: Final = 40.0
"""Seconds after which a page that is open takes its hold again; a third of `holds.HOLD_S`, so that
one look that is late loses nothing."""
JUST_NOW_S: Final = 60
MOST_TOLD: Final = 3
"""Lines about decisions; what is beyond is counted."""
STYLE: Final = """
.st-key-live { position: fixed; right: 1.2rem; bottom: 1rem; z-index: 99; max-width: 26rem;
  width: auto; }
.st-key-live [data-testid="stVerticalBlock"] { gap: .4rem; }
.st-key-live_told { border: 1px solid; border-inline-start-width: 4px; border-radius: 6px;
  padding: .5rem .8rem; box-shadow: 0 2px 8px rgba(0, 0, 0, .25); }
"""
_PAPER: Final = {
    "light": ".st-key-live_told { background: #ffffff; border-color: #1f5fae; }",
    "dark": ".st-key-live_told { background: #14181d; border-color: #4f8fdb; }",
}
"""The paper and the accent of the themes in config.toml, which no style sheet can name."""


_SHOWN, _HELD = "live_shown", "live_hold"
"""What the page shows, and what this session holds since when."""
_ARTICLE: Final = {"event": "an"}


@dataclass(frozen=True)
class Watched:
    """What a page shows, and the newest decision when it was drawn."""

    screen: str
    on: Mapping[str, Collection[str]]
    """Kind -> ids."""
    since: int
    holding: tuple[Literal["claim", "pair"], str] | None = None
    """The claim or pair that this page holds."""
    blind: bool = False
    """Whether what others decided must not be told: a second look."""


def show(store: Store, watched: Watched) -> None:
    """Say what this page shows now, and hold it; the strip (`watch`) looks at that."""
    st.session_state[_SHOWN] = watched
    if watched.holding:
        hold(store, who.acting(store), *watched.holding)


def forget() -> None:
    """Nothing is shown any more that others could decide on."""
    st.session_state.pop(_SHOWN, None)


def hold(
    store: Store, me: who.Acting, kind: Literal["claim", "pair"], target_id: str
) -> Hold | None:
    """Hold what is on screen, or hold it on; return the hold of somebody else who has it.

    Nothing is written while a hold of one's own is fresh, or somebody else's still stands.
    """
    if not me.name or not me.decides:
        return None
    wanted = (me.name, kind, target_id)
    held, since, theirs = st.session_state.get(_HELD, (("", "", ""), 0.0, None))
    if held == wanted and theirs is None and time.monotonic() - since < RENEW_S:
        return None
    if held == wanted and theirs is not None:
        stands = holds.now_held(store).get((kind, target_id))
        if stands is not None and stands.holder != me.name:
            return stands
    taken = holds.take(store, kind, target_id, me.name)
    theirs = taken if taken.holder != me.name else None
    st.session_state[_HELD] = (wanted, time.monotonic(), theirs)
    return theirs


def watch(store: Store) -> None:
    """Draw the strip that tells what others do to what the page shows; once a page."""
    paper = _PAPER["dark" if st.context.theme.type == "dark" else "light"]
    st.html(f"<style>{STYLE}{paper}</style>")
    with st.container(key="live"):
        _strip(store)


@st.fragment(run_every=POLL_S)
def _strip(store: Store) -> None:
    """Look, and say what is new; drawn by itself every `POLL_S`."""
    watched: Watched | None = st.session_state.get(_SHOWN)
    if watched is None:
        return
    me = who.acting(store)
    theirs = hold(store, me, *watched.holding) if watched.holding else None
    others = holds.now_held(store)
    told = [] if watched.blind else _decided(store, watched, me.name)
    lines = [*told, *_held(others, watched, theirs, me.name), *_at_work(others, watched, me.name)]
    if not lines:
        return
    with st.container(key="live_told"):
        st.html(
            '<div role="status" style="font-size:.875rem;overflow-wrap:anywhere">'
            + "".join(f'<div dir="auto">{escape(line)}</div>' for line in lines)
            + "</div>"
        )
        if told and st.button("Load again", key=f"live_again_{watched.screen}", shortcut="L"):
            st.rerun(scope="app")


def _decided(store: Store, watched: Watched, mine: str) -> list[str]:
    new = news.since(store, watched.since, watched.on)
    found = [row for row in new if not progress.decided_here(row["seq"])]
    lines = [_line(store, row, mine, many=_many(watched)) for row in found[:MOST_TOLD]]
    more = len(found) - len(lines)
    return lines + ([f"and {wording.counted(more, 'decision')} more here"] if more else [])


def _line(store: Store, row: Mapping[str, Any], mine: str, *, many: bool) -> str:
    """Say one decision: Ben marked this verified just now."""
    by = "You" if row["reviewer"] == mine else row["reviewer"]
    what = f"{_ARTICLE.get(row['target_kind'], 'a')} {row['target_kind']}" if many else "this"
    when = _when(row["decided_at"])
    elsewhere = " in another window" if by == "You" else ""
    if row["field"] == SECOND:  # which one is not told: somebody may be about to give theirs
        if row["undoes"]:
            return f"{by} took a second verdict on {what} back {when}{elsewhere}"
        return f"{by} gave {what} a second verdict {when}{elsewhere}"
    name = "status" if row["field"] == "status" else verdicts.field_words(row["field"])
    value = verdicts.value_words(row["field"], row["value"])
    if row["field"] in (EVENT, SAME) and row["value"]:
        value = by_hand.title(store, row["value"])
    if row["undoes"]:
        return f"{by} took back the {name} of {what} {when}{elsewhere}: it is {value} again"
    if row["field"] == "status":
        return f"{by} marked {what} {value} {when}{elsewhere}"
    return f"{by} set the {name} of {what} to {value} {when}{elsewhere}"


def _many(watched: Watched) -> bool:
    return sum(len(ids) for ids in watched.on.values()) > 1


def _when(decided_at: str) -> str:
    age = datetime.now(UTC) - datetime.fromisoformat(decided_at)
    if age.total_seconds() < JUST_NOW_S:
        return "just now"
    return f"at {wording.moment(decided_at)}"


def _held(
    others: Mapping[tuple[str, str], Hold], watched: Watched, theirs: Hold | None, mine: str
) -> list[str]:
    if watched.holding is None:
        return []
    stands = theirs or others.get(watched.holding)
    if stands is None or stands.holder == mine:
        return []
    return [f"{stands.holder} has this {watched.holding[0]} on screen too"]


def _at_work(others: Mapping[tuple[str, str], Hold], watched: Watched, mine: str) -> list[str]:
    here = {hold.holder for target, hold in others.items() if target == watched.holding}
    names = sorted({hold.holder for hold in others.values()} - {mine} - here)
    return [f"At work now: {', '.join(names)}"] if names else []
