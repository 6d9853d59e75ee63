"""The fields above the board, what they leave of it, and which of them hid everything.

What they say stands in the page's address, so that a view of the board can be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import streamlit as st

from verify.dashboard import cards, pair, wording
from verify.dashboard.parts import line
from verify.records import CLAIM_STATUSES, UNKNOWN, Row

# Columns that fit beside each other on a 1,440 px screen.
SIDES_AT_FIRST: Final = 4
LINKS: Final = {name: wording.RELATION_WORDS[name] for name in ("conflicts", "supports", "related")}
LINKS_AT_FIRST: Final = ("conflicts", "supports")
CHOICES: Final = ("status", "source", "speaker", "kind")
"""Fields of which one value is chosen or none."""
SWITCHES: Final = {
    "linked": "Only what is linked",
    "inside": "Supports inside one side",
    "rejected": "Rejected links",
    "repeats": "Repeats one by one",
}


@dataclass(frozen=True)
class Wanted:
    """What the fields above the board say; as made, they leave out nothing but `SWITCHES`."""

    sides: tuple[str, ...]
    links: tuple[str, ...] = LINKS_AT_FIRST
    status: str | None = None
    search: str = ""
    source: str | None = None
    speaker: str | None = None
    kind: str | None = None
    """Kind of conflict: only conflicts of it are drawn, and the claims between which they are."""
    linked: bool = False
    inside: bool = False
    rejected: bool = False
    repeats: bool = False

    @property
    def tied(self) -> bool:
        """Whether claims without a link are left out."""
        return self.linked or self.kind is not None


def sides_key(event_id: str) -> str:
    """Key of the field of sides; other events have other sides."""
    return f"sides_{event_id}"


def draw(
    event_id: str, sides: Sequence[str], claims: Sequence[Row], pairs: Sequence[Row], repeated: bool
) -> tuple[Wanted, Wanted]:
    """Draw the fields; return what they say, and what they say when nobody touched them.

    ``repeated``: whether claims are repeated here, so that there is something to unfold.
    """
    usual = Wanted(tuple(sides[:SIDES_AT_FIRST]))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shown = st.pills(
            "Sides", sides, selection_mode="multi", default=list(usual.sides),
            key=sides_key(event_id), bind="query-params", format_func=wording.plain_label,
        )  # fmt: skip
        links = st.pills(
            "Links", LINKS, selection_mode="multi", default=list(LINKS_AT_FIRST), key="links",
            bind="query-params", format_func=LINKS.__getitem__,
        )  # fmt: skip
        status = _choice("Status", CLAIM_STATUSES, "status", wording.status)
        search = st.text_input(
            "Words", key="words", bind="query-params", placeholder="any", width=150
        )
        with st.popover("More filters", key="more_filters"):
            source = _choice("Source", _known(claims, "source"), "source")
            speaker = _choice("Speaker", _known(claims, "credited"), "speaker")
            kinds = _known(pairs, "conflict_kind")
            kind = _choice("Kind of conflict", kinds, "kind", kind_words)
            switched = {
                name: st.toggle(
                    label,
                    key=name,
                    bind="query-params",
                    disabled=name == "repeats" and not repeated,
                )
                for name, label in SWITCHES.items()
            }
    chosen = tuple(side for side in sides if side in shown)
    wanted = Wanted(
        sides=chosen or tuple(sides), links=tuple(links), status=status, search=search or "",
        source=source, speaker=speaker, kind=kind, **switched,
    )  # fmt: skip
    _way_back(event_id, wanted, usual)
    return wanted, usual


def _choice(
    label: str, values: Sequence[str], key: str, words: Callable[[str], str] = str
) -> str | None:
    chosen: str | None = st.selectbox(
        label, values, index=None, key=key, bind="query-params", placeholder="any",
        format_func=words, width=150 if key == "status" else "stretch",
    )  # fmt: skip
    return chosen


def _known(told: Sequence[Row], column: str) -> list[str]:
    return sorted({one[column] for one in told if one[column]}, key=str.casefold)


def kind_words(kind: str) -> str:
    """Say a kind of conflict: number: their numbers can hardly both hold."""
    return f"{kind}: {pair.CONFLICTS[kind]}" if kind in pair.CONFLICTS else kind


def _way_back(event_id: str, wanted: Wanted, usual: Wanted) -> None:
    """Say what narrows the board, beside the button that takes it all away."""
    changed = differing(wanted, usual)
    if not changed:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Clear the filters", key="clear_board", on_click=clear, args=(event_id, usual))
        line("  ·  ".join(said(wanted, name) for name in changed), quiet=True)


def clear(event_id: str, usual: Wanted) -> None:
    """Take all filters away."""
    st.session_state[sides_key(event_id)] = list(usual.sides)
    st.session_state["links"] = list(usual.links)
    st.session_state["words"] = ""
    st.session_state.update(dict.fromkeys(CHOICES))
    st.session_state.update(dict.fromkeys(SWITCHES, False))


def differing(wanted: Wanted, usual: Wanted) -> list[str]:
    """Name the fields that are not as at first."""
    names = (field.name for field in fields(Wanted))
    return [name for name in names if getattr(wanted, name) != getattr(usual, name)]


def said(wanted: Wanted, name: str) -> str:
    """Say what one field says: Status: verified."""
    value: Any = getattr(wanted, name)
    if name in SWITCHES:
        return SWITCHES[name]
    if name == "links":
        return f"Links: {', '.join(value) or 'none'}"
    if name == "sides":
        return f"Sides: {', '.join(value)}"
    label = {"search": "Words", "kind": "Kind of conflict"}.get(name, name.capitalize())
    return f"{label}: {value}"


def kept(claims: Sequence[Row], wanted: Wanted) -> list[Row]:
    """Keep the claims that the fields leave; what is not linked is left out later."""
    return [
        claim
        for claim in cards.searched(claims, wanted.search)
        if (claim["side"] or UNKNOWN) in wanted.sides
        and wanted.status in (None, claim["status"])
        and wanted.source in (None, claim["source"])
        and wanted.speaker in (None, claim["credited"])
    ]


def drawn(one: Row, wanted: Wanted) -> bool:
    """Say whether a pair is drawn: inside one side only conflicts are, unless asked for."""
    inside = one["a_side"] == one["b_side"] and one["relation"] != "conflicts"
    return (
        one["relation"] in wanted.links
        and (wanted.inside or not inside)
        and (wanted.rejected or one["status"] != "rejected")
        and (wanted.kind is None or (one["relation"], one["conflict_kind"]) == _of(wanted.kind))
    )


def _of(kind: str) -> tuple[str, str]:
    return ("conflicts", kind)


def why_empty(wanted: Wanted, usual: Wanted, left: Callable[[Wanted], int]) -> str:
    """Say which field hid everything: by itself, or that only all of them together do.

    ``left`` counts the claims that fields leave.
    """
    changed = differing(wanted, usual)
    told = [
        f"without “{said(wanted, name)}” there would be {wording.counted(number, 'claim')}"
        for name in changed
        if (number := left(replace(wanted, **{name: getattr(usual, name)})))
    ]
    if told:
        return f"No claim is left: {'; '.join(told)}."
    together = "  ·  ".join(said(wanted, name) for name in changed)
    return f"No claim is left: more than one filter hides them all ({together})."
