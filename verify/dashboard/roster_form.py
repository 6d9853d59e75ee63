"""Who works here, on the Team page: people and their work, and the fields that change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from verify.dashboard import plain_table, verdicts, who
from verify.dashboard.parts import heading, line
from verify.errors import VerifyError
from verify.records import Row, rows
from verify.review import holds, people, roster, workload
from verify.store import views
from verify.store.store import Store
from verify.store.view_rows import pair_rows

SCREEN: Final = "roster"
ADD: Final = ("person_name", "person_role", "person_address")
"""Keys of the fields that add somebody."""
LONGEST: Final = 80
"""Characters of what somebody has on screen."""


def draw(store: Store) -> None:
    """Draw people with their work, and for a lead the fields that change them."""
    known = people.people(store)
    heading("People")
    verdicts.notice(SCREEN)
    if not known:
        line(
            "Nobody has a role yet, so that whoever works here may do everything. "
            "Begin with a lead; from then on a name without a role only reads."
        )
    work = rows(workload.work(store))
    if work:
        _table(store, known, work)
    if who.leads():
        _add(store, bool(known))
        _change(store, known)


def _table(store: Store, known: dict[str, tuple[str, str | None]], work: list[Row]) -> None:
    on_screen = now_on_screen(store)
    shows_addresses = who.leads() and any(address for _, address in known.values())
    heads = ["Name", "Role", *(["Signs in as"] if shows_addresses else [])]
    heads += ["On screen now", "Open", "Decided", "Second verdicts"]
    body = []
    for row in work:
        role, address = known.get(row["name"], ("no role", None))
        addresses = [address or "no address"] if shows_addresses else []
        body.append(
            [
                row["name"], role, *addresses, on_screen.get(row["name"], "nothing"),
                _both(row["open_claims"], row["open_pairs"]), _both(row["claims"], row["pairs"]),
                f"{row['seconds']:,}",
            ]
        )  # fmt: skip
    plain_table.draw("People and their work", heads, body)


def _both(claims: int, pairs: int) -> str:
    parts = [f"{number:,} {noun}{'s' * (number != 1)}"
             for number, noun in ((claims, "claim"), (pairs, "pair")) if number]  # fmt: skip
    return ", ".join(parts) or "none"


def now_on_screen(store: Store) -> dict[str, str]:
    """Say in words what each person has on screen; who has nothing is left out."""
    said: dict[str, str] = {}
    for (kind, target_id), hold in holds.now_held(store).items():
        if kind == "claim":
            claim = views.claim(store, target_id)
            said[hold.holder] = _shortened(claim["text"]) if claim else "a claim that is gone"
        else:
            with store.reading() as connection:
                pair = pair_rows(connection, [target_id])
            said[hold.holder] = (
                f"pair: {_shortened(pair[0]['a_text'])}" if pair else "a pair that is gone"
            )
    return said


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _add(store: Store, has_people: bool) -> None:
    heading("Bring somebody in", level=3)
    with (
        st.form("person_add", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input("Name", key="person_name", placeholder="signs their decisions", width=240)
        roles = people.ROLES if has_people else (people.LEAD,)
        st.selectbox("Role", roles, key="person_role", index=min(1, len(roles) - 1), width=150)
        st.text_input("Address", key="person_address", placeholder="signs in as", width=260)
        st.form_submit_button("Bring in", key="person_save", on_click=add, args=(store,))


def _change(store: Store, known: dict[str, tuple[str, str | None]]) -> None:
    if not known:
        return
    heading("Change somebody", level=3)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox("Who", list(known), index=None, key="person_chosen", width=240,
                            placeholder="choose a name")  # fmt: skip
        if name is None:
            return
        role, address = known[name]
        versions = [roster.version(store, "person", name, field)
                    for field in (people.ROLE, people.IDENTITY)]  # fmt: skip
        key = f"{name}_{versions[0]}_{versions[1]}"
        st.selectbox("Role", people.ROLES, index=people.ROLES.index(role), width=150,
                     key=f"role_{key}")  # fmt: skip
        st.text_input("Address", address or "", key=f"address_{key}", width=260)
        st.button("Save", key="person_change", type="primary", on_click=change,
                  args=(store, name, key, known[name]))  # fmt: skip
        st.button("Take the role away", key="person_remove", on_click=remove, args=(store, name))


def add(store: Store) -> None:
    """Bring in whom the form names."""
    name, role, address = (str(st.session_state.get(key) or "").strip() for key in ADD)
    if not name:
        verdicts.say(SCREEN, "refused", "Not recorded: give a name.")
        return
    by = verdicts.reviewer() or name  # the first person of a desk may bring themselves in
    done = _try(lambda: roster.add(store, name, role, address or None, by),
                f"{name} is a {role} now.")  # fmt: skip
    if done:
        for key in ("person_name", "person_address"):
            st.session_state[key] = ""


def change(store: Store, name: str, key: str, drawn: tuple[str, str | None]) -> None:
    """Record the role and address that the fields say, where they are other than was ``drawn``."""
    role, address = drawn
    wanted = str(st.session_state.get(f"role_{key}"))
    written = str(st.session_state.get(f"address_{key}") or "").strip() or None
    by = verdicts.reviewer()
    if (wanted, written) == drawn:
        verdicts.say(SCREEN, "refused", f"Nothing was changed of {name}.")
    if written != address and not _try(lambda: roster.set_address(store, name, written, by),
                                       f"The address of {name} is recorded."):  # fmt: skip
        return
    if wanted != role:
        _try(lambda: roster.set_role(store, name, wanted, by), f"{name} is a {wanted} now.")


def remove(store: Store, name: str) -> None:
    """Take somebody's role away."""
    by = verdicts.reviewer()
    _try(lambda: roster.remove(store, name, by),
         f"{name} has no role any more; what they decided stays.")  # fmt: skip


def _try(act: Callable[[], Any], told: str) -> bool:
    try:
        act()
    except VerifyError as error:
        verdicts.say(SCREEN, "refused", verdicts.why(error, "the role"))
        return False
    verdicts.say(SCREEN, "done", told)
    return True
