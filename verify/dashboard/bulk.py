"""Many claims at once: a selection that outlasts its page, a preview, one change, one undo."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from verify.dashboard import boot, claim_view, progress, verdicts, who, wording
from verify.dashboard.parts import heading, line
from verify.errors import VerifyError
from verify.records import CLAIM_STATUSES, INFORMATION_GRADES, SOURCE_GRADES, content_id, rows
from verify.review import many
from verify.review.many import Done, Plan
from verify.store import views
from verify.store.filters import NOBODY, Filters
from verify.store.shared_work import ASSIGNED
from verify.store.store import Store

SCREEN = "bulk"
PAGE = 100
"""Claims a page: what a person can look through before setting them all."""
HEIGHT = 460
"""Of the table in px: its fields stay on a laptop's screen."""
COLUMNS = {
    "status": "Status",
    "text": "Claim",
    "side": "Side",
    "credited": "Speaker",
    "source": "Source",
    "published_at": "Published",
    "conflicts": "Conflicts",
    "supports": "Supports",
    "reviewer": "Reviewer",
    "event_title": "Event",
}
CHANGES: Final = {
    "status": "Status",
    "information_grade": "Information grade",
    "source_grade": "Source grade",
    ASSIGNED: "Assigned to",
}
NONE: Final = "none"
"""What takes a grade back; a status always has a value."""
WHY: Final = {many.HELD: "on somebody's screen", many.CHANGED: "decided on meanwhile"}


def table(store: Store, filters: Filters) -> None:
    """Draw the claims that match, the selection, and the fields that change all of it."""
    verdicts.notice(SCREEN)
    _result(store)
    total = progress.counts(store, "claim", filters)[0]
    if not total:
        st.text("No claim matches. Widen the filters.")
        return
    pages = -(-total // PAGE)
    if st.session_state.get("bulk_filters", filters) != filters:
        st.session_state["bulk_page"] = 1  # whatever changed them: a field, a view or an address
    st.session_state["bulk_filters"] = filters
    page = st.pagination(pages, key="bulk_page") if pages > 1 else 1
    _select(store, filters, page)
    picked = _picked()
    with st.container(horizontal=True, vertical_alignment="center", key="bulk_selected"):
        line(f"{wording.counted(len(picked), 'claim')} selected of {total:,}")
        if not who.may_decide():
            return
        st.button(
            f"Select all {total:,} that match", key="bulk_all",
            on_click=select_all, args=(store, filters),
        )  # fmt: skip
        st.button("Select none", key="bulk_none", disabled=not picked, on_click=select_none)
        st.button("Load again", key="bulk_again", on_click=load_again)
        claim_view.undo_button(store, SCREEN)
    planned = _fields(store)
    if planned is not None:
        _preview(store, planned)


def _select(store: Store, filters: Filters, page: int) -> None:
    """Draw one page of claims; what is selected there joins what is on other pages."""
    found, key = _held(store, filters, page)
    ids, picked = found["claim_id"].tolist(), _picked()
    places = [place for place, claim_id in enumerate(ids) if claim_id in picked]
    chosen = st.dataframe(
        _readable(found),
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": places}},
        hide_index=True,
        height=HEIGHT,
        alt="Claims that match the filters",
        column_config={"Claim": st.column_config.TextColumn(width="large")},
    )
    now = {ids[place] for place in chosen["selection"]["rows"]}
    versions = dict(zip(ids, found["version"].tolist(), strict=True))
    for claim_id in ids:
        if claim_id not in now:
            picked.pop(claim_id, None)
        elif claim_id not in picked:
            picked[claim_id] = int(versions[claim_id])


def _picked() -> dict[str, int]:
    """Give the claims selected on all pages -> the version of their status as it was seen."""
    picked: dict[str, int] = st.session_state.setdefault("bulk_picked", {})
    return picked


def _held(store: Store, filters: Filters, page: int) -> tuple[pd.DataFrame, str]:
    """Return the rows on screen and their table's key; they stay while someone selects.

    Rows that were read anew in each run would move under the selection when others decide. What
    became stale meanwhile is refused when it is set, and listed.
    """
    asked = (filters, page, st.session_state.get("bulk_round", 0))
    held = st.session_state.get("bulk_held")
    if held is not None and held[0] == asked and held[2] in st.session_state:
        return held[1], held[2]
    found, _ = views.claims(store, filters, limit=PAGE, offset=(page - 1) * PAGE)
    seen = zip(found["claim_id"], found["version"], strict=True)
    key = content_id("bulk", asked[2], *seen)
    st.session_state["bulk_held"] = (asked, found, key)
    return found, key


def load_again() -> None:
    """Forget the rows on screen, so that they are read anew."""
    st.session_state.pop("bulk_held", None)
    st.session_state["bulk_round"] = st.session_state.get("bulk_round", 0) + 1


def select_all(store: Store, filters: Filters) -> None:
    """Select every claim that matches, on all pages."""
    st.session_state["bulk_picked"] = many.chosen(store, filters)
    load_again()


def select_none() -> None:
    """Forget the selection, on all pages."""
    st.session_state["bulk_picked"] = {}
    load_again()


def _fields(store: Store) -> Plan | None:
    """Draw what is to be changed into what; return what that would do, once both are said."""
    picked = _picked()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        field = str(
            st.selectbox("Change", list(CHANGES), key="bulk_field", format_func=CHANGES.__getitem__)
        )
        words = _values(field)
        value = st.selectbox(
            "to", list(words), index=None, key=f"bulk_to_{field}",
            format_func=lambda value: words.get(value, value),
            accept_new_options=field == ASSIGNED and not boot.decides(),
        )  # fmt: skip
        st.text_input("Note", key="bulk_note", placeholder="kept with each decision")
    if not picked or not value:
        st.session_state.pop("bulk_plan", None)
        return None
    wanted = None if value in (NONE, NOBODY) and field != "status" else str(value)
    planned = many.plan(store, picked, field, wanted, verdicts.reviewer())
    st.session_state["bulk_plan"] = planned
    return planned


def _values(field: str) -> dict[str, str]:
    if field == "status":
        return {value: wording.status(value) for value in CLAIM_STATUSES}
    if field == ASSIGNED:
        return {NOBODY: "nobody", **{name: name for name in boot.decides() or boot.names()}}
    values = INFORMATION_GRADES if field == "information_grade" else SOURCE_GRADES
    words = claim_view.GRADES[field][2]
    return {NONE: "not graded", **{value: f"{value}  {words[value]}" for value in values}}


def _preview(store: Store, planned: Plan) -> None:
    """Say what the change would do before the button that makes it."""
    told = [
        f"{_value(planned.field, before)} → {_value(planned.field, planned.value)}: "
        f"{wording.counted(number, 'claim')}"
        for before, number in sorted(planned.changes.items(), key=lambda item: -item[1])
    ]
    if planned.same:
        told.append(f"{wording.counted(planned.same, 'claim')} have it already")
    by_holder: dict[str, int] = {}
    for hold in planned.held.values():
        by_holder[hold.holder] = by_holder.get(hold.holder, 0) + 1
    told += [
        f"left out: {wording.counted(number, 'claim')} on the screen of {holder}"
        for holder, number in sorted(by_holder.items())
    ]
    if planned.stale:
        number = wording.counted(len(planned.stale), "claim")
        told.append(f"left out: {number} decided on since you selected them")
    with st.container(border=True, key="bulk_preview"):
        heading("What this will change", level=2)
        for words in told:
            st.text(words)
        st.button(
            f"Change {wording.counted(len(planned.wishes), 'claim')}",
            key="bulk_set",
            disabled=not planned.wishes,
            type="primary",
            on_click=change,
            args=(store,),
        )


def _value(field: str, value: str | None) -> str:
    return value or ("nobody" if field == ASSIGNED else "not graded")


def change(store: Store) -> None:
    """Make the change that is on screen; as a button's callback."""
    planned: Plan = st.session_state["bulk_plan"]
    note = str(st.session_state.get("bulk_note") or "")
    try:
        done = many.make(store, planned, verdicts.reviewer(), note)
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", verdicts.why(error))
        return
    progress.moved(store, done.made)
    st.session_state["bulk_note"] = ""
    st.session_state[f"bulk_to_{planned.field}"] = None
    st.session_state["bulk_done"] = done
    verdicts.say(SCREEN, "done" if done.made else "refused", told(planned, done))
    select_none()


def told(planned: Plan, done: Done) -> str:
    """Say what became of a change."""
    what = f"{CHANGES[planned.field].lower()} {_value(planned.field, planned.value)}"
    text = f"{wording.counted(len(done.made), 'claim')} changed to {what}"
    skipped = len(done.skipped)
    return f"{text}; {skipped:,} left alone, listed below." if skipped else f"{text}."


def _result(store: Store) -> None:
    """List what the last change left alone, until the list is closed."""
    done: Done | None = st.session_state.get("bulk_done")
    if done is None or done.skipped.empty:
        return
    with st.container(border=True, key="bulk_skipped"):
        heading(f"Left alone: {wording.counted(len(done.skipped), 'claim')}", level=2)
        listed = [
            {
                "Claim": row["text"] or row["claim_id"],
                "Why": WHY.get(row["why"], row["why"]),
                "Who": row["who"] or "",
                "When": wording.moment(row["when"]),
                "Now": row["now"] or "",
            }
            for row in rows(done.skipped)
        ]
        st.dataframe(
            pd.DataFrame(listed), key="bulk_left_alone", hide_index=True, height=220,
            alt="Claims that were left alone, and why",
        )  # fmt: skip
        st.button("Close the list", key="bulk_close", on_click=_close)


def _close() -> None:
    st.session_state.pop("bulk_done", None)


def _readable(found: pd.DataFrame) -> pd.DataFrame:
    hidden = ("conflicts", "supports") if boot.policy().hide_scores else ()
    shown = found[[name for name in COLUMNS if name not in hidden]].copy()
    shown["status"] = [f"{wording.STATUS_ICONS[value]} {value}" for value in shown["status"]]
    shown["published_at"] = [wording.day(value) for value in shown["published_at"]]
    return shown.fillna("").rename(columns=COLUMNS)
