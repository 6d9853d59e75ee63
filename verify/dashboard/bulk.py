"""Many claims at once: a table, a selection, one verdict for all that were seen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from verify.dashboard import verdicts, who, wording
from verify.dashboard.parts import line
from verify.errors import StaleDecision
from verify.records import CLAIM_STATUSES, content_id
from verify.review import decisions
from verify.store import views
from verify.store.filters import Filters
from verify.store.store import Store

SCREEN = "bulk"
PAGE = 100
"""Claims a page: what a person can look through before setting them all."""
HEIGHT = 520
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


def table(store: Store, filters: Filters) -> None:
    """Draw the table of claims that match, and the fields that set a status for the selection."""
    verdicts.notice(SCREEN)
    total = views.claims(store, filters, limit=0)[1]
    if not total:
        st.text("No claim matches. Widen the filters.")
        return
    pages = -(-total // PAGE)
    page = st.pagination(pages, key="bulk_page") if pages > 1 else 1
    found, key = _held(store, filters, page)
    seen = list(zip(found["claim_id"], found["version"], strict=True))
    selected = st.dataframe(
        _readable(found),
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=HEIGHT,
        alt="Claims that match the filters",
        column_config={"Claim": st.column_config.TextColumn(width="large")},
    )
    positions = selected["selection"]["rows"]
    st.session_state["bulk_chosen"] = [seen[position] for position in positions]
    line(f"{wording.counted(len(positions), 'claim')} selected of {total}", quiet=True)
    if not who.may_decide():
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Set status to", CLAIM_STATUSES, index=None, key="bulk_status")
        st.text_input("Note", key="bulk_note", placeholder="kept with each verdict")
        st.button(
            f"Set for {len(positions)} selected",
            key="bulk_set",
            disabled=not positions or not st.session_state.get("bulk_status"),
            type="primary",
            on_click=set_for_selected,
            args=(store,),
        )
        st.button("Load again", key="bulk_again", on_click=load_again)


def _held(store: Store, filters: Filters, page: int) -> tuple[pd.DataFrame, str]:
    """Return the rows on screen and their table's key; they stay while someone selects.

    Rows that were read anew in each run would move under the selection when others decide. What
    became stale meanwhile is refused when it is set, and counted.
    """
    asked = (filters, page)
    held = st.session_state.get("bulk_held")
    if held is not None and held[0] == asked and held[2] in st.session_state:
        return held[1], held[2]
    found, _ = views.claims(store, filters, limit=PAGE, offset=(page - 1) * PAGE)
    key = content_id("bulk", *zip(found["claim_id"], found["version"], strict=True))
    st.session_state["bulk_held"] = (asked, found, key)
    return found, key


def load_again() -> None:
    """Forget the rows on screen, so that they are read anew."""
    st.session_state.pop("bulk_held", None)


def set_for_selected(store: Store) -> None:
    """Record one status for the claims selected, by the ids and versions that were on screen."""
    seen: list[tuple[str, int]] = st.session_state.get("bulk_chosen", [])
    value = str(st.session_state.get("bulk_status"))
    note = str(st.session_state.get("bulk_note") or "")
    said = set_all(store, seen, value, verdicts.reviewer(), note)
    st.session_state["bulk_note"] = ""
    load_again()
    verdicts.say(SCREEN, said.kind, said.text)


def set_all(
    store: Store, seen: list[tuple[str, int]], value: str, reviewer: str, note: str
) -> verdicts.Notice:
    """Set every claim of ``seen`` (id, version on screen) and count what was done and refused."""
    wishes = [("claim", claim_id, value, int(version)) for claim_id, version in seen]
    outcome = decisions.decide_many(store, wishes, reviewer, note)
    text = f"{wording.counted(len(outcome.done), 'claim')} set to {value}"
    if not outcome.refused:
        return verdicts.Notice("done", f"{text}.")
    reasons = []
    for one in outcome.refused:
        if isinstance(one.error, StaleDecision):
            now = one.error.current
            reasons.append(f"{now.get('reviewer')} set one to {now.get('value')} meanwhile")
        else:
            reasons.append(str(one.error))
    why = "; ".join(dict.fromkeys(reasons))
    return verdicts.Notice("refused", f"{text}; {len(outcome.refused)} not set: {why}.")


def _readable(found: pd.DataFrame) -> pd.DataFrame:
    shown = found[list(COLUMNS)].copy()
    shown["status"] = [f"{wording.STATUS_ICONS[value]} {value}" for value in shown["status"]]
    shown["published_at"] = [wording.day(value) for value in shown["published_at"]]
    return shown.fillna("").rename(columns=COLUMNS)
