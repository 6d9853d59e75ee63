"""The team: who works here, how work is divided, what is looked at twice, how far people agree."""

from typing import Final

import pandas as pd
import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    dividing_form,
    pair_dialog,
    plain_table,
    roster_form,
    verdicts,
    who,
    wording,
)
from verify.dashboard.parts import heading, line, lines, styled
from verify.errors import VerifyError
from verify.records import Row, rows
from verify.review import agreement, decisions, roster, workload
from verify.review.policy import DESK, HIDE_SCORES, SECOND_REVIEW, Policy
from verify.store.store import Store

RULES: Final = {
    "none": "Nothing is looked at twice",
    "conflicts": "What is in conflict is looked at twice",
    "sample": "A sample is looked at twice",
    "everything": "Everything is looked at twice",
}
NOT_HIDDEN: Final = (
    "Hiding is of these screens and of event reports alone: exports and the decision log hold all "
    "that is suggested and decided."
)
SCREEN: Final = "team"
MOST_APART: Final = 20


def draw_rules(store: Store) -> None:
    """Draw what is looked at twice and what is hidden: as fields for a lead, else in words."""
    told = boot.policy()
    heading("Second verdicts")
    verdicts.notice("rules")
    if not who.leads():
        of = f": {told.share} of 100" if told.second == "sample" else ""
        hidden = "hidden until a verdict is given" if told.hide_scores else "shown from the start"
        line(f"{RULES[told.second]}{of}. The program's suggestions are {hidden}.")
        if told.hide_scores:
            line(NOT_HIDDEN, quiet=True)
        return
    seen = [roster.version(store, "desk", DESK, field) for field in (SECOND_REVIEW, HIDE_SCORES)]
    key = f"{seen[0]}_{seen[1]}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        rule = st.selectbox(
            "Rule", list(RULES), index=list(RULES).index(told.second), key=f"rule_{key}",
            format_func=RULES.__getitem__, width=300,
        )  # fmt: skip
        share = st.number_input(
            "Of 100", 1, 99, told.share or 20, key=f"share_{key}", disabled=rule != "sample",
            width=110,
        )  # fmt: skip
        hide = st.toggle(
            "Hide the program's suggestion until a verdict is given", told.hide_scores,
            key=f"hide_{key}",
        )  # fmt: skip
        st.button(
            "Set the rules", key="rules_save", type="primary", on_click=set_rules,
            args=(store, told, rule, int(share), hide, seen),
        )  # fmt: skip
    line(NOT_HIDDEN, quiet=True)


def set_rules(
    store: Store, told: Policy, rule: str, share: int, hide: bool, seen: list[int]
) -> None:
    """Record the rules that are other than before."""
    wanted = f"sample {share}" if rule == "sample" else rule
    stands = f"sample {told.share}" if told.second == "sample" else told.second
    changes = []
    if wanted != stands:
        changes.append((SECOND_REVIEW, wanted, seen[0]))
    if hide != told.hide_scores:
        changes.append((HIDE_SCORES, "yes" if hide else "no", seen[1]))
    try:
        for field, value, version in changes:
            decisions.decide(
                store, "desk", DESK, value, field=field, reviewer=verdicts.reviewer(),
                seen_version=version,
            )  # fmt: skip
    except VerifyError as error:
        verdicts.say("rules", "refused", verdicts.why(error, "the rule"))
    else:
        said = "The rules are set." if changes else "Nothing was changed, so nothing was recorded."
        verdicts.say("rules", "done", said)


def draw_apart(store: Store) -> None:
    """List where two people disagree, each with both verdicts and the way to settle it."""
    found = rows(workload.disagreements(store))
    heading("Disagreements that wait for a lead")
    verdicts.notice(SCREEN)
    if not found:
        st.text("None.")
        return
    for row in found[:MOST_APART]:
        with st.container(border=True, key=f"apart_{row['target_id']}"):
            lines(
                styled(row["words"], strong=True),
                styled(_said(row, "first"), quiet=True),
                styled(_said(row, "second"), quiet=True),
            )
            _way(store, row)
    if len(found) > MOST_APART:
        st.text(f"The {MOST_APART} that wait longest of {len(found):,} are shown.")


def _said(row: Row, which: str) -> str:
    note = f": {row[f'{which}_note']}" if row[f"{which}_note"] else ""
    return f"{row[f'{which}_by']} said {row[which]}{note}"


def _way(store: Store, row: Row) -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if row["target_kind"] == "claim":
            st.page_link(addresses.file("claim"), label="Open the claim",
                         query_params=addresses.claim(row["target_id"]))  # fmt: skip
            return
        if st.button("Open the pair", key=f"open_{row['target_id']}"):
            pair_dialog.open_on(store, row["target_id"], SCREEN, ())
        if row["event_id"]:
            st.page_link(addresses.file("compare"), label="Compare its event",
                         query_params=addresses.event(row["event_id"]))  # fmt: skip


def draw_agreement(store: Store) -> None:
    """Draw how far two reviewers agree; a share never without its count."""
    heading("How far two reviewers agree")
    months, people = agreement.by_period(store), agreement.by_people(store)
    if not len(months):
        st.text("Nothing has two verdicts yet.")
        return
    line(
        f"{agreement.EXPLAINED} Below {agreement.FEW} judged by two, a share is left to chance "
        "too much to be told.",
        quiet=True,
    )
    for title, found in (("Month", months), ("Reviewers", people)):
        plain_table.draw(f"Agreement by {title.lower()}", _heads(title), _body(found))


def _heads(first: str) -> list[str]:
    return [first, "Of", "Judged by two", "Alike", "Agreement", "Kappa"]


def _body(found: pd.DataFrame) -> list[list[str]]:
    body = []
    for row in rows(found):
        few = row["judged"] < agreement.FEW
        told = f"too few to tell (n = {row['judged']})"
        kappa = (
            "not defined: one verdict throughout"
            if row["kappa"] is None
            else (f"{row['kappa']:.2f} (n = {row['judged']:,})")
        )
        body.append(
            [
                row["group"], f"{row['kind']}s", f"{row['judged']:,}", f"{row['agreed']:,}",
                told if few else f"{wording.share(row['agreed'], row['judged'])} "
                f"(n = {row['judged']:,})",
                told if few else kappa,
            ]
        )  # fmt: skip
    return body


store = boot.store()
heading("Team", level=1)
roster_form.draw(store)
if who.leads():
    dividing_form.draw(store)
draw_rules(store)
draw_apart(store)
draw_agreement(store)
