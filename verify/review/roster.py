"""Giving people their roles and addresses: what the Team page and `verify people` record."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from verify.errors import InputError
from verify.review.decisions import Wish, decide, decide_each
from verify.review.log import Decision
from verify.review.people import IDENTITY, ROLE, people
from verify.store.store import Store
from verify.store.tables import standing


def set_role(store: Store, name: str, role: str | None, by: str, note: str = "") -> Decision:
    """Give somebody a role, or take it away (None); see `verify.review.people.permit`."""
    return _set(store, name, ROLE, role, by, note)


def set_address(store: Store, name: str, address: str | None, by: str) -> Decision:
    """Say which address somebody signs in with, None: with none."""
    _check_address(name, address)
    return _set(store, name, IDENTITY, address, by, "")


def add(store: Store, name: str, role: str, address: str | None, by: str) -> list[Decision]:
    """Bring somebody new in; the address first, so that nobody has a role without theirs.

    Raises ``InputError`` where the name is somebody's already.
    """
    name = name.strip()
    taken = next((one for one in people(store) if one.casefold() == name.casefold()), None)
    if taken is not None:
        raise InputError(f"{taken} has a role already", "people", "Change it instead.")
    return _all(store, name, {IDENTITY: address, ROLE: role} if address else {ROLE: role}, by)


def remove(store: Store, name: str, by: str) -> list[Decision]:
    """Take somebody's role and address away; what they decided stays theirs."""
    known = people(store)
    if name not in known:
        raise InputError(f"{name} has no role here", "people", "Look at verify people list.")
    return _all(store, name, {IDENTITY: None, ROLE: None} if known[name][1] else {ROLE: None}, by)


def version(store: Store, kind: str, target_id: str, field: str) -> int:
    """Return the version that stands of a field of a person or of the desk; 0: nobody decided."""
    found = select(standing.c.version).filter_by(target_kind=kind, target_id=target_id, field=field)
    with store.reading() as connection:
        return connection.scalar(found) or 0


def _set(store: Store, name: str, field: str, value: str | None, by: str, note: str) -> Decision:
    seen = version(store, "person", name, field)
    return decide(
        store, "person", name, value, field=field, reviewer=by, note=note, seen_version=seen
    )


def _all(store: Store, name: str, told: Mapping[str, str | None], by: str) -> list[Decision]:
    """Record several fields of a person, all or none."""
    _check_address(name, told.get(IDENTITY))
    wishes = [
        Wish("person", name, field, value, version(store, "person", name, field))
        for field, value in told.items()
    ]
    answers = decide_each(store, wishes, by, together=True)
    return [one for one in answers if isinstance(one, Decision)]


def _check_address(name: str, address: str | None) -> None:
    if address is not None and "@" not in address.strip().strip("@"):
        raise InputError(f"{address} is no e-mail address", name, "Write it as NAME@DOMAIN.")
