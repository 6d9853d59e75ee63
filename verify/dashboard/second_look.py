"""The second look: one claim or pair that somebody else decided on, without what they decided.

Neither the status nor its reviewer, note and history are drawn here; what was decided on the pairs
beside it is left out as well. After the verdict the page says whether both agree.
"""

from __future__ import annotations

from typing import Final, Literal

import streamlit as st

from verify.dashboard import (
    blind,
    boot,
    cards,
    claim_view,
    facts,
    likelihood,
    live,
    pair,
    verdicts,
    who,
    wording,
)
from verify.dashboard.parts import heading, line, lines, pairs_of_words, styled
from verify.records import Row, rows
from verify.review import news, roster, seconds, workload
from verify.store.shared_work import SECOND
from verify.store.store import Store

Kind = Literal["claim", "pair"]
KINDS: Final = {"claim": "Claims", "pair": "Pairs"}
MOST_OPPOSITES: Final = 8


def offered() -> bool:
    """Whether the desk asks for second verdicts, and who is here gives any."""
    return boot.policy().twice and who.may_decide()


@st.fragment
def work(store: Store) -> None:
    """Draw it; a key draws this anew, and not the page around it."""
    live.forget()
    draw(store)


def draw(store: Store) -> None:
    """Draw the choice of claims or pairs and the first one that waits."""
    chosen = st.segmented_control(
        "What", list(KINDS), required=True, default="claim", key="second_kind",
        format_func=KINDS.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    kind: Kind = "pair" if chosen == "pair" else "claim"
    screen, me = f"second_{kind}", verdicts.reviewer()
    waiting = seconds.waiting(store, kind, me)
    since = news.newest(store)
    line(f"{wording.counted(waiting, kind)} waiting for your second look", quiet=True)
    verdicts.notice(screen)
    found = _current(store, kind, screen, me)
    if found is None:
        _nothing(store, screen, waiting, kind)
        return
    target_id = found[f"{kind}_id"]
    verdicts.shown(screen, target_id)
    (_claim if kind == "claim" else _pair)(store, found, screen)
    shown = live.Watched(screen, {}, since, holding=(kind, target_id), blind=True)
    live.show(store, shown)


def _current(store: Store, kind: Kind, screen: str, me: str) -> Row | None:
    """Return what waits first and was not skipped; what has been decided waits no longer."""
    skipped = st.session_state.setdefault(f"{screen}_skipped", [])
    found = rows(seconds.next_seconds(store, kind, me, skipped))
    return found[0] if found else None


def _nothing(store: Store, screen: str, waiting: int, kind: Kind) -> None:
    if waiting:
        st.text(f"These {wording.counted(waiting, kind)} were skipped.")
        st.button("Start at the top", key=f"{screen}_top", shortcut="N",
                  on_click=_from_the_top, args=(screen,))  # fmt: skip
    else:
        st.text(f"No {kind} waits for a second verdict of yours.")
    claim_view.undo_button(store, screen)


def asked(store: Store, kind: Kind, target_id: str) -> bool:
    """Whether who is here may give the second verdict on this, so that the first is not told."""
    return offered() and seconds.waits_for(store, kind, target_id, verdicts.reviewer())


def claim_verdicts(store: Store, claim_id: str, screen: str) -> None:
    """Draw the note and the buttons of a second verdict on a claim."""
    seen = roster.version(store, "claim", claim_id, SECOND)
    target = verdicts.Target("claim", claim_id, seen, SECOND)
    likelihood.note_field(f"{screen}_note_{claim_id}", by_key=True)
    for value, shortcut in verdicts.CLAIM_KEYS.items():
        label = f"{wording.STATUS_ICONS[value]} {value.capitalize()}"
        _verdict(store, screen, target, value, label, shortcut)


def _claim(store: Store, claim: Row, screen: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="verdict_row"):
        claim_verdicts(store, claim["claim_id"], screen)
        _others(store, screen, claim["claim_id"])
    left, right = st.container(key="beside_claim").columns([3, 2], gap="large")
    with left:
        heading(wording.stated(claim["text"], claim["cue"]))
        statement = wording.statement(claim["checkable"])
        lines(styled(cards.dated(claim), quiet=True), styled(statement, quiet=True))
        claim_view.show_passage(store, claim)
        pairs_of_words(facts.reading(claim))
    with right:
        told = not boot.policy().hide_scores
        heading("What stands with and against it" if told else "What else is said of this")
        pair.show_opposites(store, claim["claim_id"], most=MOST_OPPOSITES, told=told, decided=False)


def _pair(store: Store, found: Row, screen: str) -> None:
    seen = roster.version(store, "pair", found["pair_id"], SECOND)
    target = verdicts.Target("pair", found["pair_id"], seen, SECOND, found["relation"])
    hidden = boot.policy().hide_scores
    heading(pair.UNSEEN if hidden else pair.relation(found))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="verdict_row"):
        likelihood.note_field(f"{screen}_note_{target.id}", by_key=True)
        if hidden:
            blind.buttons(store, found, screen, target, decide)
        else:
            labels = {
                "confirmed": f"Confirm {wording.RELATION_NOUNS[found['relation']]}",
                "rejected": "Reject",
            }
            for value, label in labels.items():
                _verdict(store, screen, target, value, label, verdicts.PAIR_KEYS[value])
        _others(store, screen, target.id)
    pair.show_claims(store, found)
    if not hidden:
        pair.show_reasons(found)


def _verdict(
    store: Store, screen: str, target: verdicts.Target, value: str, label: str, shortcut: str
) -> None:
    st.button(
        label, key=f"{screen}_{value}_{target.id}", shortcut=shortcut, on_click=decide,
        args=(store, screen, target, value),
    )  # fmt: skip


def _others(store: Store, screen: str, target_id: str) -> None:
    st.button("Next, undecided", key=f"{screen}_skip_{target_id}", shortcut="N", on_click=skip,
              args=(screen, target_id))  # fmt: skip
    claim_view.undo_button(store, screen)


def skip(screen: str, target_id: str) -> None:
    """Go on without a verdict; it comes back from the top."""
    st.session_state[f"{screen}_skipped"] = [*st.session_state[f"{screen}_skipped"], target_id]


def _from_the_top(screen: str) -> None:
    st.session_state[f"{screen}_skipped"] = []


def decide(store: Store, screen: str, target: verdicts.Target, value: str) -> None:
    """Record a second verdict, and then say whether both agree."""
    verdicts.decide(store, screen, target, value)
    told = st.session_state.get(f"{screen}_notice")
    if told is not None and told.kind == "done":
        verdicts.say(screen, "done", f"{told.text} {compared(store, target.kind, target.id)}")


def compared(store: Store, kind: str, target_id: str) -> str:
    """Say whether the two verdicts agree, now that both are given."""
    both = workload.both(store, kind, target_id)
    if both is None:
        return ""
    if both.first == both.second:
        return f"You and {both.first_by} agree."
    note = f" Their note: “{both.first_note}”." if both.first_note else ""
    return (
        f"You disagree: {both.first_by} said {both.first}, you said {both.second}.{note} "
        "A lead settles it."
    )
