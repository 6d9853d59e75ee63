"""One event: its sides beside each other, their numbers on one axis, the links between claims."""

from collections.abc import Callable
from typing import Final, NamedTuple

import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    changed_view,
    charts,
    event_correcting,
    event_list,
    focus,
    live,
    switch,
    wording,
)
from verify.dashboard.event import days, glance, numbers, points, reporting, shown, sides, spread
from verify.dashboard.parts import heading, line
from verify.records import Row, rows
from verify.review import by_hand, news
from verify.store import views
from verify.store.store import Store

MOST_EVENTS = 20


class View(NamedTuple):
    """One way to look at an event: its name on the switch, and what draws it."""

    label: str
    draw: Callable[[Store, shown.Shown], None]


VIEWS: Final = {
    "sides": View("Sides", sides.draw),
    "numbers": View("Numbers", numbers.draw),
    "points": View("Agreed & contested", points.draw),
    "spread": View("Who said it first", spread.draw),
    "days": View("Timeline", days.draw),
}
"""By their word in the address; the first one is drawn where it names none."""


def draw(store: Store, event: Row) -> None:
    """Draw the event: what it is, and the view of it that was chosen."""
    heading(event["title"] or "Event without a title", level=1)
    corrected = by_hand.words(store, [event["event_id"]])
    line("  ·  ".join([about(event), *corrected.values()]), quiet=True)
    changed_view.draw(store, event["event_id"])
    since = news.newest(store)
    told = shown.read(store, event)
    glance.draw(told)
    event_correcting.draw(store, event, told.claim_rows)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        chosen = view()
        reporting.draw(store, event)
    VIEWS[chosen].draw(store, told)
    on = {"claim": set(told.claims["claim_id"]), "pair": set(told.pairs["pair_id"])}
    on["event"] = {event["event_id"]}
    live.show(store, live.Watched(sides.SCREEN, on, since))
    live.watch(store)
    focus.settle()


def view() -> str:
    """Draw the switch of views, which the address keeps, and return the chosen one."""
    return switch.draw("View", "view", {name: one.label for name, one in VIEWS.items()})


def about(event: Row) -> str:
    """Say when, where, how much was said and how much of it is reviewed; `glance` says the rest."""
    return "  ·  ".join(
        words
        for words in (
            wording.days(event["starts"], event["ends"]),
            ", ".join(event["places"]),
            wording.counted(event["claims"], "claim"),
            f"{wording.counted(event['sources'], 'source')}, repeats not counted",
            f"{event['reviewed']} of {event['claims']} reviewed",
        )
        if words
    )


def choose(store: Store) -> None:
    """Offer the events with most conflicts where the address names none."""
    heading("Compare", level=1)
    found, total = views.events(store, limit=MOST_EVENTS)
    if not total:
        st.text("No events yet. Import documents first; their claims are then grouped into events.")
        return
    st.text(f"Choose one of {wording.counted(total, 'event')}; here those with most conflicts.")
    colors = charts.side_colors(boot.sides() + [side for one in found["sides"] for side in one])
    corrected = by_hand.words(store, found["event_id"].tolist())
    lines = [
        event_list.line(event, colors, corrected.get(event["event_id"], ""))
        for event in rows(found)
    ]
    opened = event_list.event_list(lines, "compare", key="events_to_compare")
    if opened is not None:
        st.switch_page(addresses.file("compare"), query_params=addresses.event(opened))


store = boot.store()
wanted_id = st.query_params.get("event")
found = views.event(store, wanted_id) if wanted_id else None
if wanted_id and found is None:
    found = views.event(store, by_hand.merged_into(store, wanted_id) or wanted_id)
if found is not None:
    draw(store, found)
else:
    if wanted_id:
        st.text(
            "There is no such event any more: its claims are in other events now, or "
            "were removed with their source."
        )
    choose(store)
