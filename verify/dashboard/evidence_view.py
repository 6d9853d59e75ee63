"""Evidence on the Claim page: what is attached, where the same picture is, attach and detach.

Names, notes and what files say are other people's words: they are escaped, and addresses are text,
so that nobody opens one unawares. Pictures are shown as thumbnails that were made here.
"""

from __future__ import annotations

import base64
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from verify.dashboard import addresses, boot, claim_view, focus, verdicts, who, wording
from verify.dashboard.parts import heading, line, lines, styled
from verify.errors import VerifyError
from verify.records import Row
from verify.review import decisions, evidence, evidence_files, evidence_kept, evidence_same
from verify.review import evidence_told as told
from verify.review.evidence_kept import Bearer, Evidence
from verify.store.store import Store

SCREEN: Final = "evidence"
PLACES: Final = [f"{SCREEN}_notice_{kind}" for kind in ("done", "refused")]
_ROUND: Final = "evidence_round"
"""Counts what was attached in this session; part of the fields' keys, so that they empty."""


def section(store: Store, claim: Row, *, blind: bool = False) -> None:
    """Draw the whole section of one claim; ``blind``: nothing of the decisions on it is told."""
    pieces = evidence_kept.of(store, ("claim", claim["claim_id"]))
    if blind:
        pieces = [piece for piece in pieces if piece.target_kind == "claim"]
    attached = [piece for piece in pieces if piece.value is not None]
    heading("Evidence")
    verdicts.notice(SCREEN)
    if not attached:
        st.text("Nothing is attached to this claim.")
    same = evidence_same.same_pictures(store, attached)
    for piece in attached:
        _show(store, piece, same[piece.evidence_id])
    _show_detached([piece for piece in pieces if piece.value is None])
    _form(store, claim, blind=blind)


def count_line(store: Store, claim_id: str) -> None:
    """Say how much evidence a claim has, where it has any."""
    pieces = evidence_kept.of(store, ("claim", claim_id))
    count = sum(piece.value is not None for piece in pieces)
    if count:
        line("1 piece of evidence" if count == 1 else f"{count:,} pieces of evidence", quiet=True)


def _show(store: Store, piece: Evidence, same: list[evidence_same.Same]) -> None:
    with st.container(border=True, key=f"evidence_{piece.evidence_id}"):
        picture = evidence_kept.thumbnail(store, piece)
        with st.container(horizontal=True, gap="medium"):
            if picture is not None:
                st.html(_drawn(picture, piece), width=200)
            with st.container(gap="small"):
                lines(*_words(piece))
        _show_same(store, piece, same)
        _buttons(store, piece)


def _drawn(picture: bytes, piece: Evidence) -> str:
    data = base64.b64encode(picture).decode()
    alt = f"Thumbnail of {piece.called}" + (f": {piece.note}" if piece.note else "")
    return (
        f'<img src="data:image/jpeg;base64,{data}" alt="{escape(alt)}" '
        'style="max-width:100%;max-height:240px;display:block">'
    )


def _words(piece: Evidence) -> list[str]:
    on = f" to decision {piece.target_id}" if piece.target_kind == "decision" else ""
    words = [
        styled(piece.called, strong=True),
        styled(told.kind(piece), quiet=True),
        styled(f"“{piece.note}”") if piece.note else "",
        styled(
            f"attached{on} by {piece.added_by}, {wording.moment(piece.added_at)}  ·  "
            f"decision {piece.seq}",
            quiet=True,
        ),
    ]
    if told.says(piece):
        words.append(styled(f"The file says (it may be wrong): {told.says(piece)}", quiet=True))
    return words


def _show_same(store: Store, piece: Evidence, same: list[evidence_same.Same]) -> None:
    for one in same:
        other = one.other
        with store.reading() as connection:
            where = told.bearer_words(connection, other.bearer)
        says = f"; its file says {told.says(other)}" if told.says(other) else ""
        line(
            f"{told.alike(one, piece)} stands under {where}, attached "
            f"{wording.day(other.added_at[:10])} by {other.added_by}{says}"
        )
        _link(other.bearer, f"{piece.evidence_id}_{other.evidence_id}")


def _link(bearer: Bearer, key: str) -> None:
    if bearer[0] == "claim":
        claim_view.open_button(bearer[1], "Open that claim", f"evidence_to_{key}")
    elif bearer[0] == "event":
        query = addresses.event(bearer[1])
        st.page_link(addresses.file("compare"), label="Open that event", query_params=query)


def _buttons(store: Store, piece: Evidence) -> None:
    if piece.sha256 and not (store.originals / piece.sha256).exists():
        line(f"{wording.REFUSED} The file is gone from the store. Run verify audit.", strong=True)
    with st.container(horizontal=True, gap="small"):
        if piece.sha256 and piece.media_type and piece.name:
            with st.popover(f"SHA-256 {piece.sha256[:12]}…", icon=":material/tag:"):
                st.code(piece.sha256, language=None, wrap_lines=True)
            if (store.originals / piece.sha256).exists():
                st.download_button(
                    "Download",
                    data=partial(evidence_kept.original, store, piece),
                    file_name=evidence_files.download_name(piece.name, piece.media_type),
                    mime="application/octet-stream",
                    key=f"evidence_get_{piece.evidence_id}",
                    icon=":material/download:",
                    on_click="ignore",
                )
        elif piece.url:
            with st.popover("Copy the address", icon=":material/content_copy:"):
                st.code(piece.url, language=None, wrap_lines=True)
        if not who.may_decide():
            return
        with (
            st.popover("Detach", icon=":material/link_off:"),
            st.form(f"evidence_off_{piece.evidence_id}", border=False),
        ):
            key = f"evidence_why_{piece.evidence_id}"
            st.text_input("Why", key=key, placeholder="Kept with the decision")
            st.form_submit_button(
                "Detach",
                key=f"evidence_detach_{piece.evidence_id}",
                on_click=focus.onto,
                args=(PLACES, _detach, store, piece, key),
            )


def _show_detached(pieces: list[Evidence]) -> None:
    if not pieces:
        return
    with st.expander(f"Detached: {len(pieces)}", key="evidence_detached"):
        for piece in pieces:
            why = f": {piece.reason}" if piece.reason else ""
            lines(
                styled(f"{piece.called}  ·  {told.kind(piece)}"),
                styled(
                    f"attached by {piece.added_by}, {wording.moment(piece.added_at)}; detached by "
                    f"{piece.reviewer}, {wording.moment(piece.decided_at)}{why}",
                    quiet=True,
                ),
            )


def _form(store: Store, claim: Row, *, blind: bool) -> None:
    if not who.may_decide():
        return
    round_ = st.session_state.get(_ROUND, 0)
    own = f"{claim['claim_id']}_{round_}"
    most = boot.settings().evidence_mb
    with (
        st.expander("Attach a file or a link", key="evidence_attach"),
        st.form(f"evidence_form_{own}", border=False),
    ):
        st.file_uploader(
            f"File: picture, PDF or plain text, at most {most} MB",
            key=f"evidence_file_{own}",
            max_upload_size=most,
        )
        st.text_input("Or a link, which is kept as text and not opened", key=f"evidence_url_{own}")
        st.text_input(
            "Note", key=f"evidence_note_{own}", placeholder="What it shows, where it comes from"
        )
        bearers = {} if blind else _bearers(store, claim["claim_id"])
        if len(bearers) > 1:
            st.selectbox(
                "Attach to",
                list(bearers),
                key=f"evidence_to_{own}",
                format_func=bearers.__getitem__,
            )
        st.form_submit_button(
            "Attach",
            key=f"evidence_add_{own}",
            on_click=focus.onto,
            args=(PLACES, _attach, store, claim["claim_id"], own),
        )


def _bearers(store: Store, claim_id: str) -> dict[Bearer, str]:
    past = decisions.history(store, "claim", claim_id)
    found: dict[Bearer, str] = {("claim", claim_id): "The claim"}
    for row in reversed(past):
        field = "" if row["field"] == "status" else f"{verdicts.field_words(row['field'])}: "
        value = wording.plain_label(verdicts.value_words(row["field"], row["value"]))
        words = f"Decision {row['seq']}: {field}{value}, by {wording.plain_label(row['reviewer'])}"
        found["decision", str(row["seq"])] = words
    return found


def _attach(store: Store, claim_id: str, own: str) -> None:
    upload = st.session_state.get(f"evidence_file_{own}")
    url = str(st.session_state.get(f"evidence_url_{own}") or "").strip()
    note = str(st.session_state.get(f"evidence_note_{own}") or "")
    bearer: Bearer = st.session_state.get(f"evidence_to_{own}") or ("claim", claim_id)
    by = verdicts.reviewer()
    if bool(upload) == bool(url):
        what = "either the file or the link" if url else "a file, or write a link"
        verdicts.say(SCREEN, "refused", f"Nothing attached: choose {what}.")
        return
    try:
        if upload:
            made = evidence.attach_file(
                store, bearer, upload, name=upload.name, reviewer=by, note=note,
                most_mb=boot.settings().evidence_mb,
            )  # fmt: skip
        else:
            made = evidence.attach_link(store, bearer, url, reviewer=by, note=note)
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", f"Nothing attached. {error}")
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    verdicts.say(SCREEN, "done", f"Attached: {made.called}, as decision {made.seq}.")


def _detach(store: Store, piece: Evidence, key: str) -> None:
    reason = str(st.session_state.get(key) or "")
    try:
        made = evidence.detach(
            store, piece.evidence_id, reviewer=verdicts.reviewer(), note=reason,
            seen_version=piece.version,
        )  # fmt: skip
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", verdicts.why(error))
        return
    verdicts.say(SCREEN, "done", f"Detached: {piece.called}, as decision {made.seq}.")
