"""Who may do what: readers look, reviewers decide, leads also say who may and settle disputes.

A role is a decision on the ``role`` of a ``person``, whose id is the name that decisions are signed
with, so that the record says who gave it. As long as nobody has a role, the desk is open: whoever
works at it may do everything. From the first role on, a name without one is a reader's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, select

from verify.errors import InputError, NotAllowed
from verify.store.shared_work import ASSIGNED, DISAGREES, KEYS, SECOND
from verify.store.standing import Target
from verify.store.store import Store
from verify.store.tables import standing

ROLES: Final = ("reader", "reviewer", "lead")
"""In order: each may do all that the one before it may."""
READER, REVIEWER, LEAD = ROLES
ROLE: Final = "role"
IDENTITY: Final = "identity"
"""Field of a person: the address that they sign in with."""
_OF_PEOPLE: Final = select(standing.c.target_id, standing.c.value).where(
    standing.c.target_kind == "person",
    standing.c.field == bindparam("field"),
    standing.c.value.is_not(None),
)
LEADS: Final = frozenset({"person", "desk", "export"})
"""Kinds of target that only leads decide on."""


def roles(connection: Connection) -> dict[str, str]:
    """Return name -> role of everybody who has one; an empty answer is an open desk."""
    return {name: role for name, role in _fields(connection, ROLE).items() if role in ROLES}


def role_of(store: Store, name: str) -> str:
    """Return the role of a name, as `permit` holds it to."""
    with store.reading() as connection:
        return _role(roles(connection), name)


def is_open(store: Store) -> bool:
    """Whether nobody has a role, so that everybody may do everything."""
    with store.reading() as connection:
        return not roles(connection)


def signed_in(store: Store, address: str) -> str | None:
    """Return the name that an address signs in as, upper and lower case alike; None: nobody's."""
    with store.reading() as connection:
        known = _fields(connection, IDENTITY)
    wanted = address.strip().casefold()
    return next((name for name, own in known.items() if own.casefold() == wanted), None)


def people(store: Store) -> dict[str, tuple[str, str | None]]:
    """Return name -> (role, address or None) of everybody who has a role, in order of name."""
    with store.reading() as connection:
        found, addresses = roles(connection), _fields(connection, IDENTITY)
    return {name: (found[name], addresses.get(name)) for name in sorted(found)}


def permit(connection: Connection, name: str, target: Target, value: str | None) -> None:
    """Raise ``NotAllowed`` where ``name`` may not decide this; every way to decide leads here.

    Also ``InputError`` where work would become, or become again, somebody's who may not do it.
    """
    known = roles(connection)
    if not known:
        return
    role = _role(known, name)
    if role == READER:
        what = f"“{name}” may read, and decide nothing"
        remedy = "Decide as somebody who has the role (VERIFY_REVIEWER), or ask a lead for it."
        raise NotAllowed(what, target[1], remedy)
    reason = None if role == LEAD else _only_for_leads(connection, name, target, value)
    if reason:
        raise NotAllowed(f"{name} is a reviewer: {reason}", target[1], "Ask a lead.")
    if target[2] == ASSIGNED and value is not None and not decides(known, value):
        remedy = "Name a reviewer or a lead, as verify people list gives them."
        raise InputError(f"{value.strip()} may not decide", target[1], remedy)


def decides(known: Mapping[str, str], name: str) -> bool:
    """Whether a name may decide, by the roles of a desk; where nobody has one, everybody may."""
    return _role(known, name) != READER


def check_role(connection: Connection, target: Target, value: str | None) -> None:
    """Raise ``InputError`` for a role that leaves a desk with people but without a lead.

    Also for an address that another person signs in with.
    """
    _, name, field = target
    if field == IDENTITY and value is not None:
        for other, own in _fields(connection, IDENTITY).items():
            if other != name and own.casefold() == value.strip().casefold():
                raise InputError(f"{value} is the address of {other}", name, "Give another one.")
    if field == ROLE:
        known = roles(connection)
        left = {**known, name: value}
        if value is None:
            del left[name]
        if left and LEAD not in left.values():
            remedy = "Make somebody else a lead first." if known else "Begin with a lead."
            raise InputError("No lead would be left", name, remedy)


def _only_for_leads(
    connection: Connection, name: str, target: Target, value: str | None
) -> str | None:
    kind, target_id, field = target
    if kind in LEADS:
        return "only a lead decides this"
    if kind not in KEYS:
        return None
    key = KEYS[kind]
    table = key.table
    if field == ASSIGNED:
        stands = connection.scalar(select(table.c.assigned_to).where(key == target_id))
        own = value in (None, name) and stands in (None, name)
        return None if own else "only a lead gives work to others"
    if field == "status" and kind in ("claim", "pair"):
        second = connection.scalar(select(table.c.second).where(key == target_id))
        if second == DISAGREES:
            return "two people disagree here, and a lead settles it"
        if second is not None and _gave_second(connection, name, kind, target_id):
            return "the second verdict is theirs, and the first one somebody else's"
    return None


def _gave_second(connection: Connection, name: str, kind: str, target_id: str) -> bool:
    by = select(standing.c.reviewer).filter_by(target_kind=kind, target_id=target_id, field=SECOND)
    return str(connection.scalar(by)).strip().casefold() == name.strip().casefold()


def _role(known: Mapping[str, str], name: str) -> str:
    return known.get(name.strip(), READER) if known else LEAD


def _fields(connection: Connection, field: str) -> dict[str, str]:
    return {name: value for name, value in connection.execute(_OF_PEOPLE, {"field": field})}
