"""Correcting an event on its page: merge it, move its claims, split it; and taking that back.

Each action opens a dialog that says what will change before it is done. The decisions name the
versions that were on the page when the dialog was opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import streamlit as st

from verify.dashboard import addresses, verdicts, who, wording
from verify.dashboard.parts import line
from verify.errors import VerifyError
from verify.records import Row, rows
from verify.review import by_hand
from verify.review.by_hand import Correction
from verify.review.undoing import undo_many
from verify.store.near import near
from verify.store.store import Store

SCREEN: Final = "event_correcting"
OPEN: Final = "event_correcting_open"
ACTS: Final = {"merge": "Merge with another", "move": "Move claims", "split": "Split claims off"}
FIELDS: Final = ("event_words", "event_with", "event_claims", "event_note")
"""Keys of the fields in the dialogs, of which one is open at a time."""
AT_ONCE: Final = "Titles, days, places and counts are worked out at once."
TOGETHER: Final = f"{AT_ONCE} Pairs between the two are weighed at the next build."
PARTED: Final = (
    f"{AT_ONCE} Pairs of claims that part are put away, but for those that somebody decided on; "
    "new pairs are weighed at the next build."
)
LATER: Final = "New pairs are weighed at the next build."
LONGEST: Final = 90
"""Characters of a claim in the list of those to select."""
SHOWN: Final = 5
"""Corrections that the page lists before the rest is folded away."""
TOLD: Final[Mapping[str, str]] = {
    "merged": "{claims} of {title} merged into this event",
    "moved here": "{claims} moved here from {title}",
    "moved away": "{claims} moved from here to {title}",
}


class Merging(NamedTuple):
    """What the dialog said: which event is merged into which, and the version of that as seen."""

    loses: Row
    keeps: Row
    seen: int


def draw(store: Store, event: Row, claims: Sequence[Row]) -> None:
    """Draw the three actions, what became of the last one, and what was corrected here."""
    ids = [claim["claim_id"] for claim in claims]
    seen = by_hand.versions(store, "claim", ids)
    if who.may_decide():
        _acts(event, len(claims))
    opened, event_id = st.session_state.get(OPEN, ("", ""))
    if event_id != event["event_id"]:
        close_dialog()
    elif opened == "merge":
        merge_dialog(store, event)
    elif opened == "move":
        move_dialog(store, event, claims, seen)
    else:
        split_dialog(store, event, claims, seen)
    verdicts.notice(SCREEN)
    made = by_hand.standing_on(store, event["event_id"])
    for one_made in made[:SHOWN]:
        _corrected(store, one_made)
    if len(made) > SHOWN:
        with st.expander(f"{len(made) - SHOWN} earlier corrections of this event"):
            for one_made in made[SHOWN:]:
                _corrected(store, one_made)


def _acts(event: Row, claims: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text("Correct this event:", width="content")
        for act, name in ACTS.items():
            st.button(name, key=f"event_{act}", disabled=act != "merge" and claims < 2,
                      on_click=open_dialog, args=(act, event["event_id"]))  # fmt: skip


def open_dialog(act: str, event_id: str) -> None:
    """Open the dialog of an action on this event; it stays open until it is done or dismissed."""
    close_dialog()
    st.session_state[OPEN] = (act, event_id)


def close_dialog() -> None:
    """Close the dialog and forget what stood in its fields."""
    for name in (OPEN, *FIELDS):
        st.session_state.pop(name, None)


def _corrected(store: Store, made: Correction) -> None:
    told = TOLD[made.kind].format(claims=wording.counted(made.claims, "claim"), title=made.title)
    note = f": {made.note}" if made.note else ""
    with st.container(key=f"beside_event_{made.seqs[0]}"):  # stacks on a narrow screen
        words, answers = st.columns([7, 3], gap="small", vertical_alignment="center")
    with words:
        line(f"{told}. By {made.reviewer}, {wording.moment(made.decided_at)}{note}", quiet=True)
    with answers, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if who.may_decide():
            st.button("Take back", key=f"event_back_{made.seqs[0]}", icon=":material/undo:",
                      help=wording.plain_label(told), on_click=take_back,
                      args=(store, made))  # fmt: skip
        if made.kind != "merged":
            st.button(
                "Open that event", key=f"event_there_{made.seqs[0]}", type="tertiary",
                on_click=go_to, args=(made.event_id,),
            )  # fmt: skip


def go_to(event_id: str) -> None:
    """Show another event; no link, which on its own page would look like the page one is on."""
    st.query_params.from_dict(addresses.event(event_id))


@st.dialog("Merge with another event", width="large", on_dismiss=close_dialog)
def merge_dialog(store: Store, event: Row) -> None:
    """Ask for the event, say what will change, and merge."""
    close_when_done()
    other, plan = choose(store, event), None
    if other is not None:
        plan = planned(store, event, other)
        moved = wording.counted(plan.loses["claims"], "claim")
        verb = "moves" if plan.loses["claims"] == 1 else "move"
        told = f"{moved} of {plan.loses['title']} {verb} here."
        if plan.keeps is not event:
            into = plan.keeps["title"]
            told = f"{moved} of this event {verb} to {into}; others are in that already."
        line(f"{told} Together they are one event until this is taken back.", strong=True)
    line(TOGETHER, quiet=True)
    confirm("Merge", plan is not None, merge, store, plan)


@st.dialog("Move claims to another event", width="large", on_dismiss=close_dialog)
def move_dialog(store: Store, event: Row, claims: Sequence[Row], seen: Mapping[str, int]) -> None:
    """Ask for claims and the event, say what will change, and move."""
    close_when_done()
    chosen = select(claims)
    other = choose(store, event)
    ready = bool(chosen) and other is not None and len(chosen) < len(claims)
    if len(chosen) == len(claims):
        line("These are all its claims. Merge the two events instead.", strong=True)
    elif ready and other is not None:
        moved = wording.counted(len(chosen), "claim")
        left = len(claims) - len(chosen)
        stay = f"{wording.counted(left, 'claim')} {'stays' if left == 1 else 'stay'} here."
        line(
            f"{moved} {'moves' if len(chosen) == 1 else 'move'} to {other['title']}. {stay}",
            strong=True,
        )
    act = {claim_id: seen[claim_id] for claim_id in chosen}
    line(PARTED, quiet=True)
    confirm(f"Move {_number(chosen)}", ready, move, store, event, act, other)


@st.dialog("Split claims off", width="large", on_dismiss=close_dialog)
def split_dialog(store: Store, event: Row, claims: Sequence[Row], seen: Mapping[str, int]) -> None:
    """Ask for claims, say what will change, and split them off."""
    close_when_done()
    chosen = select(claims)
    ready = 0 < len(chosen) < len(claims)
    if ready:
        moved, left = wording.counted(len(chosen), "claim"), len(claims) - len(chosen)
        stay = f"{wording.counted(left, 'claim')} {'stays' if left == 1 else 'stay'} here."
        own = "becomes an event of its own" if len(chosen) == 1 else "become an event of their own"
        line(f"{moved} {own}. {stay}", strong=True)
    elif chosen:
        line("These are all its claims. Leave at least one.", strong=True)
    act = {claim_id: seen[claim_id] for claim_id in chosen}
    line(PARTED, quiet=True)
    confirm(f"Split off {_number(chosen)}", ready, split, store, event, act)


def _number(chosen: Sequence[str]) -> str:
    return wording.counted(len(chosen), "claim") if chosen else "claims"


def close_when_done() -> None:
    """Close the dialog once its action was done; say in it why one was refused."""
    if OPEN not in st.session_state:
        st.rerun()
    verdicts.notice(SCREEN)


def choose(store: Store, event: Row) -> Row | None:
    """Draw the list of near events and return the chosen one."""
    found, total = near(store, event, str(st.session_state.get("event_words") or ""))
    if len(found) < total or st.session_state.get("event_words"):
        st.text_input(
            "Find events by words", key="event_words", placeholder="any, in claims and titles"
        )
    listed = {row["event_id"]: row for row in rows(found)}
    chosen = st.selectbox(
        "Event", list(listed), index=None, key="event_with", placeholder="choose an event",
        format_func=lambda event_id: label(listed[event_id]),
    )  # fmt: skip
    if len(listed) < total:
        line(f"Listed are the nearest {len(listed):,} of {total:,} events.", quiet=True)
    return listed.get(chosen) if chosen else None


def label(event: Row) -> str:
    """Name an event in a list: title, day where the title does not hold it, number of claims."""
    title, when = (
        event["title"] or "Event without a title",
        wording.days(event["starts"], event["ends"]),
    )
    parts = [title, "" if when in title else when, wording.counted(event["claims"], "claim")]
    return "  ·  ".join(part for part in parts if part)


def select(claims: Sequence[Row]) -> list[str]:
    """Draw the list of the event's claims and return the ids of those selected."""
    by_id = {claim["claim_id"]: claim for claim in claims}
    return st.multiselect(
        "Claims", list(by_id), key="event_claims", filter_mode="contains",
        placeholder="type to find, Enter selects",
        format_func=lambda claim_id: claim_label(by_id[claim_id]),
    )  # fmt: skip


def claim_label(claim: Row) -> str:
    """Name a claim in a list: its side, its source, its words cut short."""
    text = " ".join(claim["text"].split())
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return f"{claim['side']}, {claim['source'] or 'source not given'}: {cut}"


def confirm(name: str, ready: bool, act: Callable[..., None], *args: object) -> None:
    """Draw the note and the button that does it."""
    st.text_input("Note", key="event_note", placeholder="why; kept with the decision")
    st.button(
        name, key="event_confirm", type="primary", disabled=not ready, args=args,
        on_click=act if ready else None,  # a click may be on its way while the dialog changes
    )  # fmt: skip


def planned(store: Store, event: Row, other: Row) -> Merging:
    """Say which event is merged into which: the other into this, unless others are in the other."""
    ids = (event["event_id"], other["event_id"])
    seen = by_hand.versions(store, "event", ids)
    held = [_holds_merged(store, id_) for id_ in ids]
    loses, keeps = (event, other) if held == [False, True] else (other, event)
    return Merging(loses, keeps, seen[loses["event_id"]])


def _holds_merged(store: Store, event_id: str) -> bool:
    return any(one.kind == "merged" for one in by_hand.standing_on(store, event_id))


def merge(store: Store, plan: Merging) -> None:
    """Merge the two events, as the dialog said."""
    loses, keeps = plan.loses["event_id"], plan.keeps["event_id"]
    told = f"{wording.counted(plan.loses['claims'], 'claim')} merged with this event. {LATER}"
    if _done(lambda: by_hand.merge(store, loses, keeps, plan.seen, *_signed()), told):
        go_to(keeps)


def move(store: Store, event: Row, seen: Mapping[str, int], other: Row) -> None:
    """Move the claims of ``seen`` (id -> version on the page) from the event to the other."""
    told = f"{wording.counted(len(seen), 'claim')} moved to {other['title']}. {LATER}"
    into = other["event_id"]
    _done(lambda: by_hand.move(store, event["event_id"], seen, into, *_signed()), told)


def split(store: Store, event: Row, seen: Mapping[str, int]) -> None:
    """Split the claims of ``seen`` (id -> version on the page) off the event."""
    told = f"{wording.counted(len(seen), 'claim')} split off as an event of their own. {LATER}"
    _done(lambda: by_hand.split(store, event["event_id"], seen, *_signed()), told)


def take_back(store: Store, made: Correction) -> None:
    """Take back what was done, by decisions of their own."""
    told = f"Taken back: {wording.counted(made.claims, 'claim')} {made.kind}."
    _done(lambda: undo_many(store, made.seqs, verdicts.reviewer()), told)


def _signed() -> tuple[str, str]:
    return verdicts.reviewer(), str(st.session_state.get("event_note") or "")


def _done(act: Callable[[], object], told: str) -> bool:
    """Do it and say what came of it; whether it was done."""
    try:
        act()
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", verdicts.why_not_corrected(error))
    else:
        close_dialog()
        verdicts.say(SCREEN, "done", told)
        return True
    return False
