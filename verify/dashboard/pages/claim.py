"""One claim: its words in their document, where it comes from, what stands against it."""

import streamlit as st

from verify.dashboard import (
    addresses,
    boot,
    claim_view,
    clash,
    correcting,
    evidence_view,
    facts,
    focus,
    keys,
    likes,
    live,
    pair,
    passage,
    record_view,
    second_look,
    verdicts,
    wording,
)
from verify.dashboard.parts import heading, line, pairs_of_words
from verify.records import Row
from verify.review import news, workload
from verify.store import views
from verify.store.store import Store

SCREEN = "claim"
MOST_PAIRS = 20
BLIND = (
    "This claim waits for your second verdict. The first one, grades and history come up with it."
)


def draw(store: Store, claim: Row) -> None:
    """Draw the whole page of one claim."""
    since = news.newest(store)
    document = views.document(store, claim["doc_id"])
    made = correcting.made(store, claim["claim_id"])
    blind = second_look.asked(store, "claim", claim["claim_id"])
    heading(wording.stated(claim["text"], claim["cue"]), level=1)
    if blind:
        line(BLIND, strong=True)
    else:
        line(claim_view.status_line(claim), strong=True)
        second_verdict(store, claim)
        clash.draw(store, SCREEN, claim["claim_id"])
    verdicts.notice(SCREEN)
    verdicts.shown(SCREEN, claim["claim_id"])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="verdict_row"):
        if blind:
            second_look.claim_verdicts(store, claim["claim_id"], SCREEN)
        else:
            claim_view.note_field(claim, SCREEN)
            claim_view.verdict_buttons(store, claim, SCREEN, go_on=False)
        claim_view.undo_button(store, SCREEN)
        keys.button()
    left, right = st.container(key="beside_document").columns([3, 2], gap="large")
    with left:
        heading("In its document")
        if document is not None:
            passage.show_document(document["text"], claim, key=f"document_{claim['claim_id']}")
            correcting.form(store, claim, document["text"], made)
        evidence_view.section(store, claim, blind=blind)
        seen = not boot.policy().hide_scores or (claim["status"] != "unreviewed" and not blind)
        heading("Supported and contradicted by" if seen else "What else is said of this")
        pair.show_opposites(store, claim["claim_id"], most=MOST_PAIRS, told=seen, decided=not blind)
        heading("Claims like this")
        likes.show(store, claim, here=True)
    with right:
        heading("What was read in it")
        origin = views.claim(store, claim["origin_id"] or "")
        pairs_of_words([*facts.corrected_reading(claim, made), *facts.repeated(origin)])
        correcting.way_back(store, claim, made)
        event_link(claim)
        origin_link(origin)
        if not blind:
            heading("Grades")
            with st.container(horizontal=True):
                claim_view.grade_fields(store, claim, SCREEN, "source_grade", "information_grade")
        heading("Where it comes from")
        record = [] if blind else record_view.lines(store, claim)  # it counts the first verdict
        pairs_of_words([*facts.provenance(claim, document), *record])
        copied("Address", claim["url"])
        copied("SHA-256 of the file", claim["document_sha256"])
        if not blind:
            heading("Decisions")
            claim_view.show_history(store, claim["claim_id"])
    on = {} if blind else {"claim": [claim["claim_id"]]}
    shown = live.Watched(SCREEN, on, since, holding=("claim", claim["claim_id"]), blind=blind)
    live.show(store, shown)
    live.watch(store)


def second_verdict(store: Store, claim: Row) -> None:
    """Say what a second person decided, where one did."""
    both = workload.both(store, "claim", claim["claim_id"])
    if both is not None and both.second_by != claim["reviewer"]:
        agree = "agrees" if both.first == both.second else "differs"
        line(f"Second verdict: {both.second} by {both.second_by}, which {agree}.", quiet=True)


def copied(label: str, text: str | None) -> None:
    """Show text that people copy; an address is not a link, so that nobody opens it unawares."""
    if text:
        line(label, quiet=True)
        st.code(text, language=None, wrap_lines=True)


def event_link(claim: Row) -> None:
    """Link to the claim's event, where it has one."""
    if claim["event_id"]:
        st.page_link(
            addresses.file("compare"),
            label="Compare the sides in its event",
            icon=":material/compare_arrows:",
            query_params=addresses.event(claim["event_id"]),
        )


def origin_link(origin: Row | None) -> None:
    """Link to the claim whose words this one repeats, where it repeats one."""
    if origin is not None:
        claim_view.open_button(origin["claim_id"], "Open the claim that it repeats", "claim_origin")


store = boot.store()
found = views.claim(store, st.query_params.get("claim", ""))
if found is None:
    heading("Claim", level=1)
    st.text("There is no such claim. Open one from Compare or Review.")
else:
    draw(store, found)
    keys.listen(f"{SCREEN}_note_")
focus.settle()
