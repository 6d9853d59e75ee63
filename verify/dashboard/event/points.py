"""What opposed sides agree on, where claims contradict each other, what has no answer."""

from __future__ import annotations

from typing import Final

import streamlit as st

from verify.dashboard import paging, pair, verdicts, wording
from verify.dashboard.event import claim_lines, compared, phrases
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line
from verify.records import Row
from verify.store.store import Store

SCREEN: Final = "compare"
"""What is said after a verdict is said under this name on every view of an event."""
POINTS_AT_ONCE: Final = 5
CONFLICTS_AT_ONCE: Final = 6
SILENT_AT_ONCE: Final = 10
CLAIMS_OF_A_POINT: Final = 6
AGREED, CONTESTED, UNANSWERED = "points_agreed", "points_contested", "points_unanswered"
"""Keys of the three parts, where a phrase of the glance line leads."""
KIND, PARTY = "points_kind", "points_party"
"""Keys of the switches inside a part."""


def draw(store: Store, shown: Shown) -> None:
    """Draw the three parts, each with how many it lists and a page of them."""
    verdicts.notice(SCREEN)
    if shown.compared.hidden:
        line(compared.HIDDEN, quiet=True)
    for key, part in ((AGREED, _agreed), (CONTESTED, _contested), (UNANSWERED, _unanswered)):
        with st.container(key=key):
            part(store, shown)


@st.fragment
def _agreed(store: Store, shown: Shown) -> None:
    found = shown.compared.agreed
    heading("Agreed across opposed sides")
    if not found:
        line(_no_point(shown), quiet=True)
        return
    for row in paging.cut(_paged("agreed"), found, POINTS_AT_ONCE):
        with st.container(border=True, gap="small"):
            _point(store, shown, row)
    paging.bar(_paged("agreed"), len(found), POINTS_AT_ONCE, "point")


def _no_point(shown: Shown) -> str:
    parties = shown.compared.parties
    if len(parties) < 2:
        return "Fewer than two parties to the dispute speak here, so none can agree with another."
    known = "was confirmed to say" if shown.compared.hidden else "was found to say"
    return f"No claim of {phrases.joined(parties)} {known} the same as one of another of them."


def _point(store: Store, shown: Shown, row: Row) -> None:
    claims = shown.compared.by_id
    best = row["best_claim_id"]
    others = [one for one in row["claim_ids"] if one != best]
    claim_lines.draw(claims[best], strong=True)
    for claim_id in others[: CLAIMS_OF_A_POINT - 1]:
        claim_lines.draw(claims[claim_id])
    beyond = others[CLAIMS_OF_A_POINT - 1 :]
    if beyond or row["independent_claim_ids"]:
        with st.expander(_further(len(beyond), row["independents"])):
            for claim_id in beyond + row["independent_claim_ids"]:
                claim_lines.draw(claims[claim_id])
    _foot(store, row)


def _further(beyond: int, independents: int) -> str:
    told = [f"{beyond} more of these sides"] if beyond else []
    if independents:
        told.append(f"also said by {wording.counted(independents, 'independent source')}")
    return phrases.joined(told).capitalize()


def _foot(store: Store, row: Row) -> None:
    told = (
        f"{len(row['sides'])} opposed sides",
        wording.counted(row["sources"], "source"),
        claim_lines.repeats(row["repeats"]),
        phrases.decided(row["confirmed"], row["suggested"], "pair"),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        line("  ·  ".join(words for words in told if words), quiet=True)
        _open_pair(store, row["pair_ids"][0], "Open the pair")


def _open_pair(store: Store, pair_id: str, label: str) -> None:
    if st.button(label, key=f"points_pair_{pair_id}", type="tertiary"):
        pair.pair_dialog(store, pair_id, SCREEN)


@st.fragment
def _contested(store: Store, shown: Shown) -> None:
    kinds = {row["kind"] or phrases.OTHER: row for row in shown.compared.contested}
    heading("Contested")
    if not kinds:
        found = "confirmed" if shown.compared.hidden else "found"
        line(f"No conflict between two claims was {found}.", quiet=True)
        return
    heads = {name: phrases.HEADS.get(name, name) for name in kinds}
    labels = {name: f"{heads[name]}  {row['conflicts']:,}" for name, row in kinds.items()}
    kind = _chosen(KIND, "Kind of conflict", labels)
    row = kinds[kind]
    line(
        f"{phrases.decided(row['confirmed'], row['suggested'], 'conflict')}  ·  "
        f"{phrases.between(row)}",
        quiet=True,
    )
    found = [one for one in shown.compared.disputes if one["kind"] == row["kind"]]
    for dispute in paging.cut(_paged(f"contested_{kind}"), found, CONFLICTS_AT_ONCE):
        with st.container(border=True, gap="small"):
            _dispute(store, shown, dispute)
    paging.bar(_paged(f"contested_{kind}"), len(found), CONFLICTS_AT_ONCE, "conflict")


def _dispute(store: Store, shown: Shown, dispute: Row) -> None:
    for end, column in zip("ab", st.columns(2, gap="medium"), strict=True):
        with column:
            claim_lines.draw(shown.compared.by_id[dispute[end]])
    status = f"{wording.PAIR_ICONS[dispute['status']]} {dispute['status']}"
    by = " by the program" if dispute["status"] == "suggested" else " by a reviewer"
    more = len(dispute["pair_ids"]) - 1
    also = f"  ·  {wording.counted(more, 'pair')} of repeats with it" if more else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        sides = phrases.against((dispute["a_side"], dispute["b_side"]))
        line(f"{sides}  ·  {status}{by}{also}", quiet=True)
        _open_pair(store, dispute["pair_id"], "Open the pair")


@st.fragment
def _unanswered(store: Store, shown: Shown) -> None:
    by_party = shown.compared.unanswered
    heading("No answer from another side")
    if not by_party:
        line(_no_silence(shown), quiet=True)
        return
    labels = {name: f"{name}  {len(listed):,}" for name, listed in by_party.items()}
    party = _chosen(PARTY, "Side", labels)
    line(
        f"No claim of another side was found to support, contradict or touch on these of {party}.",
        quiet=True,
    )
    found = by_party[party]
    with st.container(border=True, gap="small"):
        for row in paging.cut(_paged(f"silent_{party}"), found, SILENT_AT_ONCE):
            claim = shown.compared.by_id[row["claim_id"]]
            statement = wording.statement(claim["checkable"])
            told = (claim_lines.repeats(row["repeats"]), statement)
            claim_lines.draw(claim, "  ·  ".join(words for words in told if words))
    paging.bar(_paged(f"silent_{party}"), len(found), SILENT_AT_ONCE, "claim")


def _no_silence(shown: Shown) -> str:
    if shown.compared.hidden:
        return "Not told: it hangs on pairs that nobody has decided on."
    if len(shown.compared.parties) < 2:
        return "Fewer than two parties to the dispute speak here, so nobody is asked for an answer."
    return "Every claim of a party is supported, contradicted or touched on by another side."


def _chosen(key: str, label: str, options: dict[str, str]) -> str:
    """Draw a switch and return what is chosen; the first where what was chosen is gone."""
    names = list(options)
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[0]
    chosen = st.segmented_control(
        label,
        names,
        key=key,
        required=True,
        format_func=lambda name: wording.plain_label(options[name]),
        label_visibility="collapsed",
    )
    return chosen or names[0]


def _paged(name: str) -> str:
    return f"points_page_{name}"
