"""Two claims side by side: what each says, how they relate, why, and the buttons to decide."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from verify.dashboard import (
    blind,
    boot,
    cards,
    likelihood,
    passage,
    reasons,
    verdicts,
    waterfall,
    who,
    wording,
)
from verify.dashboard.parts import heading, heading_html, line, lines, styled
from verify.records import Row
from verify.store import views
from verify.store.regrouped import APART
from verify.store.store import Store
from verify.store.view_rows import pair_rows

CONFLICTS = {
    "number": "their numbers can hardly both hold",
    "actor": "they name different doers of one act",
    "denial": "one denies what the other says",
    "outcome": "they report opposite outcomes",
    "victim": "they name different victims",
    "cause": "they name different causes",
    "time": "they give different times",
    "place": "they give different places",
}


def pair_by_id(store: Store, pair_id: str) -> Row | None:
    """Return one pair (PAIR_VIEW); None where it is gone or its claims came apart."""
    with store.reading() as connection:
        found = pair_rows(connection, [pair_id])
    return found[0] if found and found[0]["status"] != APART else None


def relation(pair: Row) -> str:
    """Say the relation and its kind in words."""
    sign = wording.RELATION_WORDS[pair["relation"]]
    kind = CONFLICTS.get(pair["conflict_kind"] or "")
    return f"{sign}: {kind}" if kind and pair["relation"] == "conflicts" else sign


def standing(pair: Row) -> str:
    """Say the pair's status, and who decided it when."""
    status = f"{wording.PAIR_ICONS[pair['status']]} {pair['status']}"
    if not pair["version"]:
        return f"{status} by the program"
    when, note = wording.moment(pair["decided_at"]), f". Note: {pair['note']}"
    if pair["status"] == "suggested" and pair["about"]:
        rejected = f"as a {wording.RELATION_NOUNS[pair['about']]} it was rejected"
        by = f"{status} by the program; {rejected} by {pair['reviewer']}, {when}"
    else:
        by = f"{status} by {pair['reviewer']}, {when}"
    return by + (note if pair["note"] else "")


UNSEEN: Final = "How do these two claims relate?"
"""Heading of a pair whose relation is not told yet."""


def hidden(pair: Row) -> bool:
    """Whether the desk hides what the program suggests, and nobody has decided on this pair."""
    return boot.policy().hide_scores and pair["status"] == "suggested"


def show_pair(store: Store, pair: Row, screen: str, *, go_on: bool = False) -> None:
    """Draw a pair with its verdict buttons; ``go_on``: a verdict brings up the next one."""
    verdicts.shown(screen, pair["pair_id"])
    unseen = hidden(pair)
    heading(UNSEEN if unseen else relation(pair))
    if not unseen:
        line(standing(pair), quiet=True)
    if who.may_decide():
        buttons(store, pair, screen, go_on=go_on)
    show_claims(store, pair)
    if not unseen:
        show_reasons(pair)


def show_claims(store: Store, pair: Row) -> None:
    """Draw both claims of a pair beside each other."""
    for side, column in zip("ab", st.columns(2, gap="medium"), strict=True):
        with column:
            _claim(store, pair[side])


def show_reasons(pair: Row) -> None:
    """Draw the program's chances and reasons."""
    heading("How sure the program is", level=3)
    st.html(reasons.scores_html(pair))
    heading("Why", level=3)
    drawn = waterfall.as_html(pair, "dark" if st.context.theme.type == "dark" else "light")
    if not drawn:
        st.html(reasons.reasons_html(pair))
        return
    st.html(drawn + reasons.below_html(pair))
    with st.expander("The same as a table, both sums"):
        st.html(reasons.reasons_html(pair))


def buttons(store: Store, pair: Row, screen: str, *, go_on: bool) -> None:
    """Draw the note and its verdicts, in this order, so that Tab leads from it to their keys."""
    target = verdicts.target_of(pair, "pair")
    labels = {
        "confirmed": f"Confirm {wording.RELATION_NOUNS[pair['relation']]}",
        "rejected": "Reject",
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        likelihood.note_field(f"{screen}_note_{pair['pair_id']}", by_key=screen == "pair_queue")
        if hidden(pair):
            blind.buttons(store, pair, screen, target, partial(verdicts.decide, go_on=go_on))
            return
        for value, label in labels.items():
            st.button(
                label,
                key=f"{screen}_{value}_{pair['pair_id']}",
                shortcut=verdicts.PAIR_KEYS[value],
                type="primary" if pair["status"] == value else "secondary",
                on_click=verdicts.decide,
                args=(store, screen, target, value, go_on),
            )


def show_opposites(
    store: Store, claim_id: str, *, most: int, told: bool = True, decided: bool = True
) -> None:
    """List what supports and what conflicts with a claim, each with its reasons to unfold.

    ``told``: whether the program's relation, chances and reasons are; ``decided``: whether what
    people decided on these pairs is. What is not told does not show in the order either. Where
    the desk hides what the program suggests, it is told only of pairs that somebody decided on.
    """
    found, total = views.pairs_of(store, claim_id, limit=most)
    unseen = {pair["pair_id"] for pair in found if not told or hidden(pair)}
    known = [pair for pair in found if pair["pair_id"] not in unseen]
    others = [pair for pair in found if pair["pair_id"] in unseen]
    listed = sorted(known, key=_order if decided else _any_order) + sorted(others, key=_any_order)
    if not listed:
        st.text("No other claim was found to support or conflict with this one.")
        return
    st.html(
        "".join(
            opposite_html(pair, claim_id, told=pair["pair_id"] not in unseen, decided=decided)
            for pair in listed
        )
    )
    if total > len(listed):
        which = "" if unseen else ": the likeliest conflicts"
        st.text(f"{len(listed)} of {total} pairs are shown{which}.")


def _order(pair: Row) -> tuple[bool, int, float]:
    rank = list(wording.RELATION_WORDS).index(pair["relation"])
    return (pair["status"] == "rejected", rank, -(pair["p_conflicts"] or 0))


def _any_order(pair: Row) -> str:
    return str(pair["pair_id"])


def opposite_html(pair: Row, claim_id: str, *, told: bool = True, decided: bool = True) -> str:
    """Write the other claim of a pair, its relation, and why as details to unfold; all escaped."""
    other = "b" if pair["a"] == claim_id else "a"
    said, source = pair[f"{other}_speaker"], pair[f"{other}_source"] or "source not given"
    credit = f"{said}, in {source}" if said else source
    why = cards.main_reason(pair) if told else ""
    by = f"  ·  {standing(pair)}" if told and decided else ""
    unfolded = (
        '<details><summary style="cursor:pointer;font-size:.875rem">How sure, and why</summary>'
        f'<div style="padding-top:6px">{reasons.scores_html(pair)}{reasons.reasons_html(pair)}'
        "</div></details>"
    )
    return (
        '<div style="border:1px solid color-mix(in srgb,currentColor 22%,transparent);'
        'border-radius:6px;padding:8px 12px;margin-bottom:8px">'
        + (styled(relation(pair), tone=pair["relation"]) if told else "")
        + styled(wording.stated(pair[f"{other}_text"], pair[f"{other}_cue"]))
        + styled(f"{pair[f'{other}_side']}  ·  {credit}{by}", quiet=True)
        + (styled(f"Mostly: {why}", quiet=True) if why else "")
        + (unfolded if told else "")
        + "</div>"
    )


def _claim(store: Store, claim_id: str) -> None:
    claim = views.claim(store, claim_id)
    if claim is None:
        st.text("This claim is gone.")
        return
    credit = cards.dated(claim)
    lines(heading_html(claim["side"], level=3), styled(credit, quiet=True))
    document = views.document(store, claim["doc_id"])
    if document:
        passage.show_context(document["text"], claim)
    else:
        line(claim["text"])
