"""The filters that are used less, behind one button, and all that are set, in words.

The address holds what is set; the fields are drawn only while they are open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import streamlit as st

from verify.dashboard import boot, pair, verdicts, wording
from verify.records import QUANTITY_KINDS, RELATIONS
from verify.store.filters import EVERYTHING, ME, NOBODY, SECONDS, Filters

WORDS: Final = {
    "search": "words",
    "event_id": "event",
    "topic": "topic",
    "side": "side",
    "source": "source",
    "speaker": "speaker",
    "status": "status",
    "pair_status": "status of a pair",
    "relation": "relation",
    "conflict_kind": "kind of conflict",
    "kind": "number of",
    "checkable": "checkable",
    "place": "place",
    "since": "from",
    "until": "to",
    "conflicts_only": "only in conflict",
    "assigned_to": "assigned to",
    "second": "second verdict",
    "reviewer": "decided by",
    "noted": "with a note",
    "claim_ids": "chosen claims",
}
"""Field of `verify.store.filters.Filters` -> what the screen calls it."""
CHOICES: Final = ("topic", "speaker", "place", "kind", "relation", "conflict_kind", "assigned_to",
                  "reviewer", "second")  # fmt: skip
DAYS: Final = ("since", "until")
FIELDS: Final = (*CHOICES, *DAYS, "noted")
"""What has its field here."""
OPEN: Final = "more_filters"
SECOND_WORDS: Final = {
    "agrees": "agrees with the first",
    "disagrees": "disagrees with the first",
    "settled": "settled after two disagreed",
}
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 1, 1)

Draw = Callable[[str, Sequence[str] | Mapping[str, str], str, str], str | None]
"""Draws a choice: label, values, key, screen; `verify.dashboard.narrow.choice`."""


def popover(linked: Filters, screen: str, choice: Draw) -> Filters:
    """Draw the button and, while it is open, its fields; return the filters that hold then."""
    opened = st.popover("More filters", key=OPEN, icon=":material/tune:", on_change="rerun")
    count = sum(bool(getattr(linked, name)) for name in FIELDS)
    if count:
        st.text(f"{count} set")
    if not opened.open:
        return linked
    chosen: dict[str, Any] = {}
    with opened:
        for group in (CHOICES[:3], CHOICES[3:6], CHOICES[6:]):
            for name, column in zip(group, st.columns(len(group)), strict=True):
                with column:
                    chosen[name] = choice(_label(name), _values(name), name, screen)
        for name, column in zip(DAYS, st.columns(len(DAYS)), strict=True):
            with column:
                chosen[name] = _day(name, screen)
        st.session_state.setdefault("noted", linked.noted)
        chosen["noted"] = st.toggle(
            _label("noted"), key="noted", on_change=verdicts.start_over, args=(screen,)
        )
    return replace(linked, **chosen)


def field_of(name: str) -> str:
    """Return the key of a filter's field: its name, but where the sidebar has a field so called."""
    return "decided_by" if name == "reviewer" else name


def _label(name: str) -> str:
    return WORDS[name][0].upper() + WORDS[name][1:]


def _values(name: str) -> Sequence[str] | Mapping[str, str]:
    if name == "kind":
        return {kind: wording.kind(kind) for kind in QUANTITY_KINDS}
    if name == "relation":
        return {relation: wording.RELATION_WORDS[relation] for relation in RELATIONS}
    if name == "second":
        return {value: SECOND_WORDS[value] for value in SECONDS}
    if name in ("assigned_to", "reviewer"):
        names = {name: name for name in boot.names()}
        me = {ME: f"me ({verdicts.reviewer()})"}
        return {**me, **({NOBODY: "nobody yet"} if name == "assigned_to" else {}), **names}
    return boot.facets()[name]


def _day(name: str, screen: str) -> str | None:
    if name not in st.session_state:
        st.session_state[name] = _as_day(st.query_params.get(name))
    chosen = st.date_input(
        _label(name), key=name, format="YYYY-MM-DD", min_value=_FIRST_DAY, max_value=_LAST_DAY,
        on_change=verdicts.start_over, args=(screen,),
    )  # fmt: skip
    return chosen.isoformat() if isinstance(chosen, date) else None


def _as_day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return found if _FIRST_DAY <= found <= _LAST_DAY else None


def told(filters: Filters, titles: Mapping[str, str]) -> list[str]:
    """Say each filter that is set in words; ``titles``: event -> its title."""
    said = []
    for name in filters.to_query():
        value = getattr(filters, name)
        if isinstance(value, bool):
            said.append(WORDS[name])
        elif isinstance(value, tuple):
            said.append(wording.counted(len(value), "chosen claim"))
        else:
            said.append(f"{WORDS[name]} {_said(name, value, titles)}")
    return said


def _said(name: str, value: str, titles: Mapping[str, str]) -> str:
    if name == "event_id":
        return f"“{titles.get(value, value)}”"
    if name == "search":
        return f"“{value}”"
    words: dict[str, Mapping[str, str]] = {
        "second": SECOND_WORDS,
        "conflict_kind": pair.CONFLICTS,
        "assigned_to": {ME: "me", NOBODY: "nobody"},
        "reviewer": {ME: "me"},
    }
    if name in DAYS:
        return wording.day(value)
    if name == "kind":
        return wording.kind(value)
    return words.get(name, {}).get(value, value)


def clear(screen: str) -> None:
    """Take all filters away; as a button's callback."""
    for name in Filters.__dataclass_fields__:
        if name in st.query_params:
            del st.query_params[name]
    fill(EVERYTHING)
    verdicts.start_over(screen)


def fill(filters: Filters) -> None:
    """Put filters into the fields that were drawn before; others read the address when they are."""
    for name in Filters.__dataclass_fields__:
        if field_of(name) in st.session_state:
            value = getattr(filters, name)
            st.session_state[field_of(name)] = _as_day(value) if name in DAYS else value
    if "search" in st.session_state:
        st.session_state["search"] = filters.search or ""
