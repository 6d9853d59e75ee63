"""What opposed sides agree on, where claims contradict each other, what has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from verify.analysis import points
from verify.analysis.links import CONFIRMED
from verify.dashboard import paging, pair_dialog, verdicts, wording
from verify.dashboard.event import claim_lines, compared, phrases
from verify.dashboard.event.shown import Shown
from verify.dashboard.parts import heading, line
from verify.records import Row
from verify.store.store import Store

SCREEN: Final = "compare"
"""What is said after a verdict is said under this name on every view of an event."""
POINTS_AT_ONCE: Final = 5
CLAIMS_AT_ONCE: Final = 4
OPPOSITES_AT_ONCE: Final = 5
SILENT_AT_ONCE: Final = 10
CLAIMS_OF_A_POINT: Final = 6
PAIRS_OF_A_POINT: Final = 4
AGREED, CONTESTED, UNANSWERED = "points_agreed", "points_contested", "points_unanswered"
"""Keys of the three parts, where a phrase of the glance line leads."""
KIND, PARTY = "points_kind", "points_party"
"""Keys of the switches inside a part."""


def draw(store: Store, shown: Shown) -> None:
    """Draw the three parts, each with how many it lists and a page of them."""
    verdicts.notice(SCREEN)
    pair_dialog.changed(SCREEN)  # what was read just now holds it
    st.html(claim_lines.STYLE)
    if shown.compared.hidden:
        line(compared.HIDDEN, quiet=True)
    for key, part in ((AGREED, _agreed), (CONTESTED, _contested), (UNANSWERED, _unanswered)):
        with st.container(key=key):
            part(store, shown)


@st.fragment
def _agreed(store: Store, shown: Shown) -> None:
    _anew_after_a_verdict()
    found = shown.compared.agreed
    heading("Agreed across opposed sides")
    if not found:
        line(_no_point(shown), quiet=True)
        return
    confirmed = sum(row["status"] == CONFIRMED for row in found)
    line(_looked_at(confirmed, len(found) - confirmed), quiet=True)
    for row in paging.cut(_paged("agreed"), found, POINTS_AT_ONCE):
        with st.container(border=True, gap="small"):
            _point(store, shown, row)
    paging.bar(_paged("agreed"), len(found), POINTS_AT_ONCE, "point")


def _looked_at(confirmed: int, suggested: int) -> str:
    """Say how far to trust the points: measured, most of those that nobody looked at are wrong."""
    told = f"{wording.counted(confirmed, 'point')} confirmed by reviewers" if confirmed else ""
    if not suggested:
        return told + "."
    more = (
        f"{wording.counted(suggested, 'point')} suggested by the program, which is often wrong "
        "here: open the pair before you use one."
    )
    return f"{told}; {more}" if told else more


def _no_point(shown: Shown) -> str:
    parties = shown.compared.parties
    if len(parties) < 2:
        return "Fewer than two parties to the dispute speak here, so none can agree with another."
    known = "confirmed" if shown.compared.hidden else "found"
    who = phrases.joined(parties)
    return f"Nothing was {known} that {'both' if len(parties) == 2 else 'two of'} {who} say."


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
    with claim_lines.row():
        line("  ·  ".join(words for words in told if words), quiet=True)
        shown = row["pair_ids"][:PAIRS_OF_A_POINT]
        for number, pair_id in enumerate(shown, 1):
            label = "Open the pair" if len(shown) == 1 else f"Pair {number}"
            _open_pair(store, pair_id, label)


def _anew_after_a_verdict() -> None:
    """Draw all anew after a verdict: closing the dialog draws one part, with pairs read before."""
    if pair_dialog.changed(SCREEN):
        st.rerun(scope="app")


def _open_pair(store: Store, pair_id: str, label: str) -> None:
    if st.button(label, key=f"points_pair_{pair_id}", type="tertiary"):
        pair_dialog.open_on(store, pair_id, SCREEN, ())


@st.fragment
def _contested(store: Store, shown: Shown) -> None:
    _anew_after_a_verdict()
    kinds = {row["kind"] or phrases.OTHER: row for row in shown.compared.contested}
    heading("Contested")
    if not kinds:
        done = "confirmed" if shown.compared.hidden else "found"
        line(f"No conflict between two claims was {done}.", quiet=True)
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
    gathered = points.by_claim(found)
    for claim_id, disputed in paging.cut(_paged(f"contested_{kind}"), gathered, CLAIMS_AT_ONCE):
        with st.container(border=True, gap="small"):
            _disputed(store, shown, claim_id, disputed)
    paging.bar(_paged(f"contested_{kind}"), len(gathered), CLAIMS_AT_ONCE, "contested claim")


def _disputed(store: Store, shown: Shown, claim_id: str, disputed: Sequence[Row]) -> None:
    """Draw a claim and below it those that conflict with it."""
    claim_lines.draw(shown.compared.by_id[claim_id], strong=True)
    line(f"{wording.RELATION_WORDS['conflicts']} with", quiet=True)
    for row in disputed[:OPPOSITES_AT_ONCE]:
        _opposite(store, shown, claim_id, row)
    if beyond := disputed[OPPOSITES_AT_ONCE:]:
        with st.expander(f"{len(beyond)} more"):
            for row in beyond:
                _opposite(store, shown, claim_id, row)


def _opposite(store: Store, shown: Shown, claim_id: str, row: Row) -> None:
    other = row["b"] if row["a"] == claim_id else row["a"]
    more = len(row["pair_ids"]) - 1
    told = [f"{wording.PAIR_ICONS[row['status']]} {row['status']}"]
    told += [f"{wording.counted(more, 'pair')} of repeats with it"] if more else []
    claim_lines.draw(
        shown.compared.by_id[other],
        "  ·  ".join(told),
        beside=partial(_open_pair, store, row["pair_id"], "Pair"),
    )


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
        f"No claim of another side was found to support, contradict or touch on these of {party}. "
        "Wishes, opinions and the like are not listed.",
        quiet=True,
    )
    found = by_party[party]
    with st.container(border=True, gap="small"):
        for row in paging.cut(_paged(f"silent_{party}"), found, SILENT_AT_ONCE):
            claim = shown.compared.by_id[row["claim_id"]]
            claim_lines.draw(claim, claim_lines.repeats(row["repeats"]))
    paging.bar(_paged(f"silent_{party}"), len(found), SILENT_AT_ONCE, "claim")


def _no_silence(shown: Shown) -> str:
    if shown.compared.hidden:
        return "Not told: it hangs on pairs that nobody has decided on."
    if len(shown.compared.parties) < 2:
        return "Fewer than two parties to the dispute speak here, so nobody is asked for an answer."
    return (
        "Each claim of a fact by a party is supported, contradicted or touched on by another side."
    )


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
