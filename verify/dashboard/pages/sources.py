"""Who speaks for whom: sources with kind, side and reliability; speakers with their side."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    focus,
    one_speaker,
    paging,
    record_view,
    sourcing,
    switch,
    verdicts,
    who,
    wording,
)
from verify.dashboard.parts import heading, lines, styled
from verify.dashboard.parts import line as sentence
from verify.records import INDEPENDENT, SOURCE_GRADES, UNKNOWN, Row, content_id, rows
from verify.review import source_record, suggestions
from verify.store import views
from verify.store.store import Store

PAGE = 50
SPEAKER_PAGE = "speakers_page"
UNSIDED, UNSIDED_PAGE = 8, "unsided_page"
"""Suggestions a page: more would push the speakers out of sight."""
FIELD = 300
"""Width of a field above or below a table, px."""
WIDTHS = {
    "source": {"Source": 136, "Side": 172, "Kind": 68, "Reliability": 90, "Documents": 84,
               "Claims": 54, "Repeats": 62, "✓ Verified": 76, "! Disputed": 80,
               "? Unverifiable": 98, "Share verified": 136, "Said first": 76, "Contradicted": 90,
               "Corroborated": 94},
    "speaker": {"Speaker": 172, "Claims": 52, "Sources": 60, "Side": 88, "Because of": 134},
}  # fmt: skip
"""Of each table's columns, px: those of speakers fit a narrow screen; on a wide one all grow."""
HEIGHTS = {"source": 600, "speaker": 460}
"""Of a long table, px: below the speakers' there are names to join."""
PARTS = {"sources": "Sources", "speakers": "Speakers"}
"""Drawn one at a time: the table of sources alone fills a screen."""


def draw_sources(store: Store, found: pd.DataFrame) -> None:
    """Draw the sources and the fields that change one."""
    declared, (told, of_when) = sourcing.declared(store), record_view.of_sources(store)
    lines(
        styled(
            "The side of a source counts for what it says in its own words; a speaker's side comes "
            "first. Reliability is the Admiralty code's A to F, and says nothing about a single "
            "claim.",
            quiet=True,
        ),
        styled(f"Choose one to see its record. {source_record.NOT_A_SAMPLE}", quiet=True),
        *(styled(told_, quiet=True) for told_ in (waiting(store), of_when) if told_),
    )
    found = record_view.ordered(found, told, record_view.order())
    listed = rows(found)
    shown = pd.DataFrame(
        {
            "Source": found["source"],
            "Kind": found["kind"].fillna("not set"),
            "Side": [side_of(row, declared) for row in listed],
            "Reliability": [wording.grade(letter) for letter in found["reliability"]],
            "Documents": found["documents"],
            **(record_view.columns(list(found["source"]), told) if told is not None else {}),
        }
    )
    pick(shown, "source", list(found["source"]))
    change(store, "source", listed)
    record_view.panel(store, "source", st.session_state.get(sourcing.chosen_key("source")))


def waiting(store: Store) -> str:
    """Say how many speakers' suggested sides wait for an answer; "" where none does."""
    found, _ = boot.of_now("suggestions", partial(suggestions.suggestions, store))
    if not len(found):
        return ""
    verb = "waits" if len(found) == 1 else "wait"
    whose = wording.counted(len(found), "speaker")
    return f"{whose} without a side {verb} for an answer under Speakers."


def draw_unsided(store: Store) -> None:
    """Draw the speakers without a side: what the program suggests, why, and the answer to it."""
    found, looked_at = boot.of_now("suggestions", partial(suggestions.suggestions, store))
    heading("Speakers without a side")
    verdicts.notice(sourcing.SUGGESTED)
    if not len(found):
        sentence(suggestions.why_none(looked_at), quiet=True)
        return
    sentence(
        "Suggested from who quotes them, what they are called and whose claims theirs agree with. "
        "A suggestion changes nothing until someone confirms it.",
        quiet=True,
    )
    start = paging.offset(UNSIDED_PAGE, UNSIDED)
    listed = rows(found.iloc[start : start + UNSIDED + 1])
    places = [one_speaker.place("suggestion", row["speaker"]) for row in listed]
    for at, row in enumerate(listed[:UNSIDED]):
        draw_suggestion(store, row, one_speaker.onward(places, at, sourcing.SUGGESTED))
    paging.bar(UNSIDED_PAGE, len(found), UNSIDED, "speaker")


def draw_suggestion(store: Store, row: Row, onward: Sequence[str]) -> None:
    """Draw one speaker with the suggestion, its reason and the buttons that answer it.

    ``onward``: where the focus goes when it is answered.
    """
    name = row["speaker"]
    told, answers = one_speaker.beside(one_speaker.place("suggestion", name))
    with told:
        what = f"{row['side']}, {row['strength']} evidence" if row["side"] else "none"
        st.text(f"{name}  ·  {wording.counted(row['claims'], 'claim')}  ·  suggested: {what}")
        sentence(f"Why: {row['reason']}.", quiet=True)
    if not who.may_decide():
        return
    with answers, st.container(horizontal=True, gap="small"):
        if row["side"]:
            st.button(
                "Confirm", key=f"confirm_side_{name}", help=f"{name} speaks for {row['side']}",
                on_click=focus.after, args=(onward, sourcing.answer, store, row, row["side"]),
            )  # fmt: skip
        st.button(
            "Independent", key=f"independent_side_{name}", help=f"{name} speaks for no side",
            on_click=focus.after, args=(onward, sourcing.answer, store, row, INDEPENDENT),
        )  # fmt: skip
        st.button(
            "Leave unknown", key=f"unknown_side_{name}", help="Do not ask again",
            on_click=focus.after, args=(onward, sourcing.answer, store, row, UNKNOWN),
        )  # fmt: skip


def side_of(row: Row, declared: Mapping[str, str]) -> str:
    """Say a source's side: as decided, else as sides.toml declares it."""
    side = declared.get(row["source"].casefold())
    return row["side"] or (f"{side} (sides.toml)" if side else "not set")


def draw_speakers(store: Store) -> None:
    """Draw the speakers, a page at a time, and the fields that change the side of one."""
    heading("Speakers")
    search = st.text_input(
        "Name holds", key="speaker_search", placeholder="any", width=FIELD,
        icon=":material/search:", on_change=paging.back_to_first, args=(SPEAKER_PAGE,),
    )  # fmt: skip
    start = paging.offset(SPEAKER_PAGE, PAGE)
    asked = (PAGE, start, search or "")
    found, total = boot.of_now(("speakers", *asked), partial(views.speakers, store, *asked))
    if not total:
        st.text(
            "No speaker's name holds this."
            if search
            else "No claim credits a speaker; every claim stands in its source's own words."
        )
        return
    shown = pd.DataFrame(
        {
            "Speaker": found["speaker"],
            "Claims": found["claims"],
            "Sources": found["sources"],
            "Side": found["side"],
            "Because of": [sourcing.because(reason) for reason in found["reason"]],
        }
    )
    sentence(
        "The side is that of most of a speaker's claims. Choose one to see its record.",
        quiet=True,
    )
    pick(shown, "speaker", list(found["speaker"]))
    paging.bar(SPEAKER_PAGE, total, PAGE, "speaker")
    change(store, "speaker", rows(found))
    record_view.panel(store, "speaker", st.session_state.get(sourcing.chosen_key("speaker")))


def pick(shown: pd.DataFrame, kind: str, names: list[str]) -> None:
    """Draw a table in which a click chooses what to change; its key changes with its rows."""
    key = content_id(f"{kind}s", *names)
    st.dataframe(
        shown,
        key=key,
        hide_index=True,
        height="content" if len(shown) <= 12 else HEIGHTS[kind],
        column_config={
            name: st.column_config.Column(width=width) for name, width in WIDTHS[kind].items()
        },
        on_select=partial(sourcing.choose, kind, names, key),
        selection_mode=["single-row", "single-cell"],
        alt=f"{kind.capitalize()}s; choose one to see its record and to change it below the table",
    )


def change(store: Store, kind: str, found: list[Row]) -> None:
    """Draw the fields that change one source or speaker of those on this page."""
    by_name = {row[kind]: row for row in found}
    chosen_key = sourcing.chosen_key(kind)
    if st.session_state.get(chosen_key) not in by_name:
        st.session_state.pop(chosen_key, None)
    if not who.may_decide():
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            f"Change a {kind}", list(by_name), index=None, key=chosen_key, width=FIELD,
            placeholder="choose here or in the table",
        )  # fmt: skip
        if chosen is not None:
            fields(store, kind, by_name[chosen])
    verdicts.notice(kind)
    if chosen is not None and kind == "speaker":
        why = by_name[chosen]["reason"] or "no alias names a side"
        sentence(f"{chosen}: {by_name[chosen]['side']}, {why}.", quiet=True)


def fields(store: Store, kind: str, row: Row) -> None:
    """Draw the fields of one source or speaker, its note and the button that records them."""
    unset = "not set"
    if kind == "speaker":
        unset = f"not decided; most claims: {row['side']}"
        row = {**row, "side": sourcing.decided(store, row["speaker"])}
    for field in sourcing.FIELDS[kind]:
        choice(field, row[field], sourcing.field_key(kind, row, field), unset)
    note_key = f"{kind}_note_{row[kind]}"
    st.text_input("Note", key=note_key, placeholder="why; kept with the decision")
    st.button(
        "Record the change",
        key=f"{kind}_save",
        type="primary",
        on_click=focus.after,
        args=(one_speaker.onward([], 0, kind), sourcing.save, store, kind, row, note_key),
    )


def choice(field: str, value: str | None, key: str, unset: str) -> None:
    """Draw the field of one property, standing on what holds now; ``unset``: what it says empty."""
    offered = {
        "side": [*[side for side in boot.sides() if side != UNKNOWN], INDEPENDENT, UNKNOWN],
        "kind": list(sourcing.KINDS),
        "reliability": list(SOURCE_GRADES),
    }[field]
    values = list(dict.fromkeys([*offered, *([value] if value else [])]))
    st.selectbox(
        field.capitalize(),
        values,
        index=values.index(value) if value else None,
        key=key,
        placeholder=unset,
        accept_new_options=field != "reliability",
        format_func=wording.grade if field == "reliability" else str,
    )


store = boot.store()
heading("Sources & sides", level=1)
found = boot.of_now("sources", partial(views.sources, store))
if len(found):
    if switch.draw("Show", "part", PARTS) == "speakers":
        draw_unsided(store)
        draw_speakers(store)
        one_speaker.draw(store)
    else:
        draw_sources(store, found)
else:
    st.text("No source yet. Read in documents first; each one names who published it.")
    st.page_link(addresses.file("import"), label="Open Import", icon=":material/upload_file:")
focus.settle()
