"""What the verdict buttons do: record, go on, take back, and say what happened.

These run as Streamlit callbacks, before the page is drawn again. What happened is kept in the
session as a `Notice` and shown by the next drawing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import streamlit as st

from verify.dashboard import anew, progress, who, wording
from verify.errors import InputError, StaleDecision, VerifyError
from verify.records import Row
from verify.review import by_hand, corrections, decisions, evidence_kept, log, readings, undoing
from verify.review.log import Decision
from verify.store import views
from verify.store.corrected import CORRECTED
from verify.store.evidence_table import ATTACHED, EVIDENCE
from verify.store.filters import Filters
from verify.store.regrouped import APART
from verify.store.shared_work import ASSIGNED, SECOND
from verify.store.store import Store
from verify.store.view_rows import pair_rows

DWELL_S: Final = 0.4
"""Seconds a claim must have been on screen before a key counts: faster presses were meant for the
claim before it (measured with rapid presses; reading a claim takes longer)."""
CLAIM_KEYS: Final = {"verified": "V", "disputed": "D", "unverifiable": "U"}
PAIR_KEYS: Final = {"confirmed": "Y", "rejected": "X"}
"""C and R are Streamlit's own; `verify.dashboard.keys` lists all."""


GRADES: Final[Mapping[str, Mapping[str, str]]] = {
    "information_grade": wording.INFORMATION_WORDS,
    "source_grade": wording.SOURCE_WORDS,
    "reliability": wording.SOURCE_WORDS,
}
FIELD_WORDS: Final = {SECOND: "second verdict", ASSIGNED: "person whose work it is"}


class Target(NamedTuple):
    """What is decided on, and the version of the value that is on screen."""

    kind: Literal["claim", "pair"]
    id: str
    version: int
    field: str = "status"
    shown_as: str | None = None
    """Of a pair: the relation on screen."""


@dataclass(frozen=True)
class Notice:
    """One line about the last key: what was done, or why nothing was."""

    kind: Literal["done", "refused"]
    text: str


@dataclass(frozen=True)
class Clash:
    """A verdict that was refused because another one stands by now; see `clash`."""

    target: Target
    value: str
    note: str
    stands: dict[str, Any]
    """The standing value, as `verify.errors.StaleDecision` tells it."""
    go_on: bool


def clash_key(screen: str) -> str:
    """Key under which the session keeps what was refused on ``screen``."""
    return f"{screen}_clash"


def target_of(row: Row, kind: Literal["claim", "pair"]) -> Target:
    """Name a row of CLAIM_VIEW or PAIR_VIEW as a target."""
    return Target(kind, row[f"{kind}_id"], row["version"], shown_as=row.get("relation"))


def reviewer() -> str:
    """Return the name that decisions are signed with."""
    return who.name()


def shown(screen: str, target_id: str) -> None:
    """Remember since when ``target_id`` has been what ``screen`` shows."""
    key = f"{screen}_shown"
    if st.session_state.get(key, ("", 0.0))[0] != target_id:
        st.session_state[key] = (target_id, time.monotonic())


def decide(store: Store, screen: str, target: Target, value: str, go_on: bool = False) -> None:
    """Record ``value`` for what is on screen, with the note beside it; ``go_on``: then the next.

    A key that was pressed before its claim could be read is ignored, and said to be.
    """
    since_id, since = st.session_state.get(f"{screen}_shown", ("", 0.0))
    if since_id != target.id or time.monotonic() - since < DWELL_S:
        say(screen, "refused", "Key ignored: the next one had only just come up. Press again.")
        return
    note_key = f"{screen}_note_{target.id}"
    note = str(st.session_state.get(note_key) or "")
    if not record(store, screen, target, value, note, go_on):
        return
    st.session_state[note_key] = ""
    if go_on:
        st.session_state[f"{screen}_after"] = target.id
        st.session_state.pop(f"{screen}_now", None)


def grade(store: Store, screen: str, target: Target, key: str) -> None:
    """Record the grade that the widget ``key`` holds; nothing chosen takes the grade back."""
    value = st.session_state.get(key)
    if not record(store, screen, target, value, ""):
        st.session_state.pop(key, None)


def skip(screen: str, target_id: str) -> None:
    """Go on to the next without deciding."""
    st.session_state[f"{screen}_after"] = target_id
    st.session_state.pop(f"{screen}_now", None)
    st.session_state.pop(f"{screen}_notice", None)


def start_over(screen: str) -> None:
    """Begin at the head of the queue again, so that what was skipped comes back."""
    for name in ("after", "now", "notice"):
        st.session_state.pop(f"{screen}_{name}", None)


def undo(store: Store, screen: str) -> None:
    """Take back my last decision and bring what it was about onto the screen."""
    last = undoing.last_by(store, reviewer())
    if last is None:
        say(screen, "refused", "You have no decision to take back.")
        return
    if by_hand.corrects(last):
        _undo_correction(store, screen, last)
        return
    together = log.made_together(store, last)
    if len(together) > 1:
        anew.undo_together(store, screen, together)
        return
    try:
        made = undoing.undo(store, last.seq, reviewer())
    except VerifyError as error:
        say(screen, "refused", why(error))
        return
    progress.moved(store, [made])
    if screen == f"{made.target_kind}_queue":
        st.session_state[f"{screen}_now"] = (made.target_kind, made.target_id)
    if made.target_kind == EVIDENCE:
        piece = evidence_kept.by_id(store, made.target_id)
        how = "attached again" if made.value else "no longer attached"
        say(screen, "done", f"Taken back: {piece.called} is {how}.")
        return
    now = value_words(made.field, made.value)
    back = f"The {field_words(made.field)} of that {made.target_kind} is {now} again."
    if made.target_kind == "pair" and _is_apart(store, made.target_id):
        back = "The claims of that pair are in two events by now, so that it is put away."
    say(screen, "done", f"Taken back: {value_words(last.field, last.value)}. {back}")


def _undo_correction(store: Store, screen: str, last: Decision) -> None:
    """Take back a correction of events: all that was decided with its last decision."""
    made = by_hand.made_with(store, last)
    into = _event_words(store, last.value)  # what was split off is called nothing afterwards
    try:
        undone = undoing.undo_many(store, [one.seq for one in made], reviewer())
    except VerifyError as error:
        say(screen, "refused", why_not_corrected(error))
        return
    if last.target_kind == "event":
        named, into = (_event_words(store, id_) for id_ in (last.target_id, last.value))
        told, back = f"{named} merged into {into}", "They are no longer merged."
        if undone[0].value:
            back = f"It is merged into {_event_words(store, undone[0].value)} again."
    else:
        ids = [one.target_id for one in made]
        told = f"{wording.counted(len(ids), 'claim')} moved to {into}"
        back = _where_now(store, ids)
        if screen == "claim_queue":
            st.session_state[f"{screen}_now"] = ("claim", ids[0])
    say(screen, "done", f"Taken back: {told}. {back}")


def _event_words(store: Store, event_id: str | None) -> str:
    return by_hand.title(store, event_id) if event_id else "where the program groups it"


def _where_now(store: Store, claim_ids: list[str]) -> str:
    found, _ = views.claims(store, Filters(claim_ids=tuple(claim_ids)), limit=None)
    titles = dict(zip(found["event_id"], found["event_title"], strict=True))
    only = next(iter(titles.values()), None) or "no event"
    where = only if len(titles) == 1 else f"{len(titles)} events"
    return f"{'It is' if len(claim_ids) == 1 else 'They are'} in {where} now."


def _is_apart(store: Store, pair_id: str) -> bool:
    with store.reading() as connection:
        return [row["status"] for row in pair_rows(connection, [pair_id])] == [APART]


def notice(screen: str) -> None:
    """Show what the last key did; as plain text, since names and notes are people's words."""
    said: Notice | None = st.session_state.pop(f"{screen}_notice", None)
    if said is None:
        return
    sign = wording.DONE if said.kind == "done" else wording.REFUSED
    with st.container(border=said.kind == "refused", key=f"{screen}_notice_{said.kind}"):
        st.text(f"{sign} {said.text}")


def record(
    store: Store, screen: str, target: Target, value: Any, note: str = "", go_on: bool = False
) -> bool:
    """Record ``value`` for ``target`` and say what came of it; whether it was recorded.

    A verdict that another one forestalled is kept, so that both can be shown.
    """
    try:
        made = decisions.decide(
            store,
            target.kind,
            target.id,
            value,
            reviewer=reviewer(),
            field=target.field,
            note=note,
            seen_version=target.version,
            seen_as=target.shown_as,
        )
    except VerifyError as error:
        if isinstance(error, StaleDecision) and target.field == "status":
            st.session_state[clash_key(screen)] = Clash(target, value, note, error.current, go_on)
        say(screen, "refused", why(error))
        return False
    progress.moved(store, [made])
    field = "" if made.field == "status" else f"{field_words(made.field)} "
    noted = " with your note" if made.note else ""
    say(screen, "done", f"Recorded: {field}{value_words(made.field, made.value)}{noted}.")
    return True


def why(error: VerifyError, what: str = "this") -> str:
    """Say what stands now when someone was faster with ``what``, else the error itself."""
    if not isinstance(error, StaleDecision):
        return str(error)
    now = error.current
    when = f" ({wording.moment(str(now['decided_at']))})" if now.get("decided_at") else ""
    noted = f" Note: “{now['note']}”" if now.get("note") else ""
    set_to = value_words(str(now.get("field")), now.get("value"))  # type: ignore[arg-type]
    return (
        f"Not recorded: {now.get('reviewer') or 'someone'} set {what} to "
        f"{set_to} meanwhile{when}.{noted} Look again and decide anew."
    )


def why_not_corrected(error: VerifyError) -> str:
    """Say why a correction of an event was refused; without ids, which is where `InputError` is."""
    if isinstance(error, StaleDecision):
        by, at = error.current.get("reviewer"), str(error.current.get("decided_at") or "")
        when = f" ({wording.moment(at)})" if at else ""
        return f"Not recorded: {by or 'someone'} corrected this meanwhile{when}. Look again."
    return f"{error.what}. {error.remedy}" if isinstance(error, InputError) else str(error)


def field_words(field: str) -> str:
    """Say what is decided on: information grade, speaker's name."""
    return corrections.FIELD_WORDS.get(field) or FIELD_WORDS.get(field) or field.replace("_", " ")


def value_words(field: str, value: str | None) -> str:
    """Say what was decided, in words where the decision holds data."""
    if field == ATTACHED:
        return "attached" if value else "detached"
    if value is not None and value in GRADES.get(field, {}):
        return f"{value}, {GRADES[field][value]}"
    if field not in CORRECTED:
        return value or "not set"
    words = readings.of_value(field, value)
    return wording.day(words) if field == "event_time" else words


def say(screen: str, kind: Literal["done", "refused"], text: str) -> None:
    """Keep one line for the next drawing of ``screen``."""
    st.session_state[f"{screen}_notice"] = Notice(kind, text)
