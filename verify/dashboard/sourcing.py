"""What the Sources & sides page does: record who speaks for whom, and how reliable a source is.

These run as Streamlit callbacks. Each change is a decision of its own that names the version on
screen; the store then gives the claims concerned their side anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from verify.dashboard import verdicts
from verify.errors import VerifyError
from verify.records import Row, rows
from verify.review import decisions, same
from verify.store.folded import NOT_SAME, SAME
from verify.store.store import Store
from verify.store.view_sources import SOURCE_FIELDS

SUGGESTED: Final = "suggested_sides"
NAMES: Final = "speaker_names"
"""Parts of the page that say what their own buttons did; those of `FIELDS` do so too."""
SPEAKER_FIELDS: Final = ("side",)
FIELDS: Final[Mapping[str, Sequence[str]]] = {"source": SOURCE_FIELDS, "speaker": SPEAKER_FIELDS}
KINDS: Final = (
    "news agency",
    "newspaper",
    "broadcaster",
    "party to the dispute",
    "state body",
    "monitoring group",
    "aid organisation",
    "correspondent",
    "social media",
)
"""What is offered as a source's kind; any other may be typed."""


def declared(store: Store) -> dict[str, str]:
    """Return source -> side as the last sides.toml declared it, names in lower case."""
    found = rows(store.sides())
    return {row["words"].casefold(): row["side"] for row in found if row["kind"] == "source"}


_NAMED: Final = re.compile(r'^speaker ".*" (?:matches alias (?=")|is (?=a source ))')
"""How a reason of `verify.ingest.sides` begins; the speaker stands beside it."""


def because(reason: str | None) -> str:
    """Say why a speaker has a side without naming the speaker again."""
    if not reason or reason.startswith("no alias matches "):
        return "no alias"
    return _NAMED.sub("", reason)


def chosen_key(kind: str) -> str:
    """Return the key of the field that names the source or speaker being changed."""
    return f"chosen_{kind}"


def choose(kind: str, names: Sequence[str], table_key: str) -> None:
    """Choose what was clicked in the table, by the names that were drawn in it."""
    selection = st.session_state[table_key]["selection"]
    picked = [*selection["rows"], *(row for row, _ in selection["cells"])]
    if picked:
        st.session_state[chosen_key(kind)] = names[picked[0]]


def field_key(kind: str, row: Row, field: str) -> str:
    """Key a field by what it changes and the version seen, so that a newer one starts fresh."""
    return f"{kind}_{field}_{row[kind]}_{row[f'{field}_version']}"


def decided(store: Store, speaker: str) -> str | None:
    """Return the side that people decided for a speaker, None where nobody has.

    What SPEAKER_VIEW calls the side is that of most of the speaker's claims.
    """
    past = decisions.history(store, "speaker", speaker)
    return next((row["value"] for row in reversed(past) if row["field"] == "side"), None)


def save(store: Store, kind: str, row: Row, note_key: str) -> None:
    """Record every field of ``row`` (SOURCE_VIEW or SPEAKER_VIEW) that was changed on screen."""
    done, refused = [], []
    note = str(st.session_state.get(note_key) or "")
    for field in FIELDS[kind]:
        value = st.session_state.get(field_key(kind, row, field))
        value = (str(value).strip() or None) if value else None
        if value == row[field]:
            continue
        try:
            decisions.decide(
                store,
                kind,
                row[kind],
                value,
                reviewer=verdicts.reviewer(),
                field=field,
                note=note,
                seen_version=row[f"{field}_version"],
            )
        except VerifyError as error:
            refused.append(verdicts.why(error, f"the {field}"))
        else:
            done.append(f"{field} {verdicts.value_words(field, value)}")
    _say(kind, row[kind], done, refused)
    if done and not refused:
        st.session_state[note_key] = ""


def answer(store: Store, row: Row, side: str) -> None:
    """Record the answer to a suggestion (a row of SUGGESTIONS); the reason is kept as the note."""
    note = f"suggested {row['side'] or 'nothing'}: {row['reason']}"
    try:
        decisions.decide(
            store,
            "speaker",
            row["speaker"],
            side,
            reviewer=verdicts.reviewer(),
            field="side",
            note=note,
            seen_version=row["side_version"],
        )
    except VerifyError as error:
        _say(SUGGESTED, row["speaker"], [], [verdicts.why(error, "the side")])
    else:
        _say(SUGGESTED, row["speaker"], [f"side {side}"], [])


JOINED: Final = "joined_name"
JOINED_INTO: Final = "joined_into"
JOINED_NOTE: Final = "joined_note"


def fold(store: Store, name: str, field: str, same_as: str | None, row: Row) -> None:
    """Record whether ``name`` is the same speaker as ``same_as``; None takes the answer back.

    ``row``: of `same.OPEN`, whose reason is kept as the note, or of `same.ANSWERED`.
    """
    note = f"proposed: {row['reason']}" if same_as and "reason" in row else ""
    _fold(store, name, field, same_as, note, row[f"{field}_version"])


def join(store: Store) -> None:
    """Record that the two names chosen in the form are one speaker."""
    name, same_as, note = (st.session_state.get(key) for key in (JOINED, JOINED_INTO, JOINED_NOTE))
    if not name or not same_as or name == same_as:
        _say(NAMES, "", [], ["Choose two different names; nothing was recorded."])
        return
    if _fold(store, name, SAME, same_as, note or "", same.version(store, name)):
        for key in (JOINED, JOINED_INTO, JOINED_NOTE):
            st.session_state.pop(key, None)


def _fold(
    store: Store, name: str, field: str, same_as: str | None, note: str, seen_version: int
) -> bool:
    words = {
        SAME: f"the same speaker as {same_as}" if same_as else "a speaker of its own again",
        NOT_SAME: f"not the same as {same_as}" if same_as else "no longer told apart",
    }
    try:
        decisions.decide(
            store,
            "speaker",
            name,
            same_as,
            reviewer=verdicts.reviewer(),
            field=field,
            note=note,
            seen_version=seen_version,
        )
    except VerifyError as error:
        _say(NAMES, name, [], [verdicts.why(error, "whose name it is")])
        return False
    _say(NAMES, name, [words[field]], [])
    return True


def _say(part: str, name: str, done: list[str], refused: list[str]) -> None:
    words = [f"Recorded for {name}: {', '.join(done)}."] if done else []
    if not done and not refused:
        words = ["Nothing was changed, so nothing was recorded."]
    said = " ".join([*words, *refused])
    verdicts.say(part, "refused" if refused or not done else "done", said)
