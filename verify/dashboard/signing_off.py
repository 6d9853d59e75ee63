"""Sign-offs on the Export page: stand for a file, see who stood for which, get one again."""

from __future__ import annotations

import io
from typing import Final

import streamlit as st

from verify.dashboard import downloads, verdicts, who, wording
from verify.dashboard.parts import heading, lines, styled
from verify.dashboard.parts import line as sentence
from verify.errors import StaleDecision, VerifyError
from verify.review import asof, signed, signing
from verify.review.signed import SignOff
from verify.store.filters import Filters
from verify.store.store import Store

SCREEN: Final = "sign_off"
LISTED: Final = 10
"""Sign-offs drawn at a time, each with a button."""
_BUILT: Final = "sign_off_built"
_MORE: Final = "sign_offs_listed"


def form(store: Store, filters: Filters, fmt: str, total: int) -> None:
    """Draw the note and the button that signs the file off which the page would write."""
    heading("Sign off")
    verdicts.notice(SCREEN)
    if fmt not in signed.SIGNABLE:
        named = " and ".join(downloads.FORMATS[name].words for name in signed.SIGNABLE)
        sentence(f"Only {named} can be signed off: their bytes depend on the rows alone.")
        return
    sentence(
        "A sign-off records who stands for exactly this file, and keeps what it was made of, so "
        "that it can be built again byte for byte.",
        quiet=True,
    )
    if not who.leads():
        sentence("Only a lead signs off.", quiet=True)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Note", key="sign_off_note", placeholder="optional", width=320)
        st.button(
            f"Sign off {wording.counted(total, 'claim')} as {downloads.FORMATS[fmt].words}",
            key="sign_off",
            icon=":material/signature:",
            on_click=_sign_off,
            args=(store, filters, fmt),
        )


def _sign_off(store: Store, filters: Filters, fmt: str) -> None:
    note, name = str(st.session_state.get("sign_off_note") or ""), verdicts.reviewer()
    try:
        made = signing.sign_off(store, filters, io.BytesIO(), fmt, reviewer=name, note=note)
    except StaleDecision:
        already = "You have signed this very file off already; nothing was decided since."
        verdicts.say(SCREEN, "refused", already)
        return
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", str(error))
        return
    st.session_state["sign_off_note"] = ""
    claims = wording.counted(made.content.rows, "claim")
    verdicts.say(SCREEN, "done", f"Signed off: {claims}, decision {made.seq}. It is listed below.")


def listing(store: Store) -> None:
    """Draw the sign-offs, newest first."""
    found = signed.sign_offs(store)
    if not found:
        return
    heading(wording.counted(len(found), "sign-off"))
    shown = int(st.session_state.get(_MORE, LISTED))
    for one in found[:shown]:
        with st.container(border=True, key=f"signed-{one.id}"):
            _drawn(store, one)
    if len(found) > shown:
        st.button(f"Show {min(LISTED, len(found) - shown)} more", key="more_sign_offs",
                  on_click=_more, args=(shown,))  # fmt: skip


def _more(shown: int) -> None:
    st.session_state[_MORE] = shown + LISTED


def _drawn(store: Store, one: SignOff) -> None:
    content = one.content
    claims = wording.counted(content.rows, "claim")
    words = downloads.FORMATS[content.format].words
    noted = [styled(f"“{one.note}”")] if one.note else []
    if one.withdrawn_by:
        noted.append(styled(f"{wording.REFUSED} Withdrawn by {one.withdrawn_by}", strong=True))
    lines(
        styled(f"{one.reviewer}, {wording.moment(one.decided_at)}", strong=True),
        styled(f"{claims} as {words}, {narrowed(content.filters)}, up to decision {content.as_of}"),
        *noted,
        styled(f"{one.id}, SHA-256 {content.sha256}", quiet=True),
    )
    built: tuple[str, bytes | str] | None = st.session_state.get(_BUILT)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Build it again", key=f"again-{one.id}", icon=":material/history:", on_click=_build,
            args=(store, one),
        )  # fmt: skip
        if built is None or built[0] != one.id:
            return
        if isinstance(built[1], str):
            st.text(f"{wording.REFUSED} {built[1]}")
            return
        st.download_button(
            "Download", data=built[1], file_name=file_name(one), on_click="ignore",
            mime=downloads.FORMATS[content.format].mime, key=f"download-{one.id}",
            icon=":material/download:", type="primary",
        )  # fmt: skip
        st.text(f"{wording.DONE} the same bytes as signed off")


def _build(store: Store, one: SignOff) -> None:
    out = io.BytesIO()
    try:
        asof.rebuild(store, one, out)
    except VerifyError as error:
        st.session_state[_BUILT] = (one.id, str(error))
        return
    st.session_state[_BUILT] = (one.id, out.getvalue())


def narrowed(filters: dict[str, str]) -> str:
    """Say which claims the filters of a sign-off let through."""
    if not filters:
        return "all claims"
    told = (f"{name.replace('_', ' ')} {value}" for name, value in filters.items())
    return f"narrowed to {', '.join(told)}"


def file_name(one: SignOff) -> str:
    """Name the file by the day of its sign-off and its id."""
    return f"claims-{one.decided_at[:10]}-{one.id}.{one.content.format}"
