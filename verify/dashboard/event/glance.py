"""An event in a line or two: what is agreed, contested, unanswered, repeated, each a way there."""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st

from verify.analysis.links import CONFIRMED
from verify.dashboard import focus, wording
from verify.dashboard.event import phrases, points, spread
from verify.dashboard.event.compared import Compared
from verify.dashboard.event.shown import Shown

VIEW: Final = "view"
"""Key of the switch of views."""
MOST_PARTIES: Final = 3
STYLE: Final = """<style>
.st-key-glance { row-gap: .1rem; }
.st-key-glance button, .st-key-glance button > div { justify-content: flex-start; }
.st-key-glance button { min-height: 1.6rem; text-align: start; }
.st-key-glance button p { text-decoration: underline; text-align: start; white-space: normal; }
</style>"""
"""A phrase that leads somewhere looks like a link."""


class Phrase(NamedTuple):
    """One thing that is said of an event, the view that shows it, and where on it."""

    words: str
    view: str
    place: str


def draw(shown: Shown) -> None:
    """Draw the phrases; a press on one opens its view at its place."""
    said = phrases_of(shown.compared)
    if not said:
        return
    st.html(STYLE)
    with st.container(key="glance", horizontal=True, gap="medium"):
        for phrase in said:
            st.button(
                wording.plain_label(phrase.words),
                key=f"glance_{phrase.place}",
                type="tertiary",
                on_click=focus.onto,
                args=([phrase.place], go, phrase.view),
            )


def go(view: str) -> None:
    """Choose a view, as a callback."""
    st.session_state[VIEW] = view


def phrases_of(told: Compared) -> list[Phrase]:
    """Say what there is to say; a number that means nothing is left out."""
    if len(told.claims) < 2:
        return []
    found = [_agreed(told), _contested(told), _unanswered(told), _repeated(told)]
    return [phrase for phrase in found if phrase]


def _agreed(told: Compared) -> Phrase | None:
    if len(told.parties) < 2:
        return None
    confirmed = sum(row["status"] == CONFIRMED for row in told.agreed)
    words = phrases.agreement(confirmed, len(told.agreed) - confirmed, hidden=told.hidden)
    return Phrase(words, "points", points.AGREED)


def _contested(told: Compared) -> Phrase:
    number = sum(row["conflicts"] for row in told.contested)
    confirmed = sum(row["confirmed"] for row in told.contested)
    opposed = sum(row["opposed"] for row in told.contested)
    words = phrases.conflicts(confirmed, number, opposed, hidden=told.hidden)
    if number:
        kinds = sorted(told.contested, key=lambda row: -row["conflicts"])
        words += ": " + ", ".join(phrases.of_kind(row["kind"], row["conflicts"]) for row in kinds)
    return Phrase(words, "points", points.CONTESTED)


def _unanswered(told: Compared) -> Phrase | None:
    if not told.unanswered:
        return None
    listed = list(told.unanswered.items())
    (first, own), *others = listed[:MOST_PARTIES]
    words = [f"{wording.counted(len(own), 'claim')} of {first}"]
    words += [f"{len(rows):,} of {side}" for side, rows in others]
    if more := sum(len(rows) for _, rows in listed[MOST_PARTIES:]):
        words.append(f"{more:,} of other sides")
    alone = len(words) == 1 and len(own) == 1
    have = "has" if alone else "have"
    return Phrase(f"{phrases.joined(words)} {have} no answer", "points", points.UNANSWERED)


def _repeated(told: Compared) -> Phrase | None:
    repeated = told.repeated
    if not repeated.repeats:
        return None
    verb = "repeats" if repeated.repeats == 1 else "repeat"
    words = f"{repeated.repeats:,} of {repeated.claims:,} claims {verb} another"
    return Phrase(words, "spread", spread.REPEATS)
