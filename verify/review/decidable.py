"""What may be decided: the fields of claims, pairs, events and speakers, and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, or_, select

from verify.errors import InputError
from verify.records import (
    CLAIM_STATUSES,
    INFORMATION_GRADES,
    PAIR_STATUSES,
    PAIR_VERDICTS,
    SOURCE_GRADES,
    content_id,
)
from verify.review import corrections, people, policy, signed
from verify.store.connect import fetch
from verify.store.evidence_table import (
    ATTACHED,
    EVIDENCE,
    SAME_FILE,
    commitment,
    evidence,
    standing_evidence,
)
from verify.store.folded import NOT_SAME, SAME, canonical, folded_into, own_name
from verify.store.regrouped import EVENT, merged_into, merged_with, title
from verify.store.shared_work import ASSIGNED, SECOND
from verify.store.standing import Target
from verify.store.tables import claims, decisions, documents, pairs, sources

VALUES: Final[Mapping[tuple[str, str], Sequence[str] | None]] = {
    ("claim", "status"): CLAIM_STATUSES,
    ("claim", "information_grade"): INFORMATION_GRADES,
    ("claim", "source_grade"): SOURCE_GRADES,
    ("claim", "side"): None,
    ("claim", EVENT): None,
    **{("claim", name): allowed for name, allowed in corrections.ALLOWED.items()},
    ("claim", ASSIGNED): None,
    ("claim", SECOND): CLAIM_STATUSES[1:],
    ("pair", "status"): PAIR_STATUSES,
    ("pair", ASSIGNED): None,
    ("pair", SECOND): PAIR_VERDICTS,
    ("event", SAME): None,
    ("source", "reliability"): SOURCE_GRADES,
    ("source", "kind"): None,
    ("source", "side"): None,
    ("speaker", "side"): None,
    ("speaker", SAME): None,
    ("speaker", NOT_SAME): None,
    ("person", people.ROLE): people.ROLES,
    ("person", people.IDENTITY): None,
    ("desk", policy.SECOND_REVIEW): None,
    ("desk", policy.HIDE_SCORES): ("yes", "no"),
    (signed.EXPORT, signed.SIGNED): None,
    (EVIDENCE, ATTACHED): None,
}
"""What may be decided, and the values; None is free text. No value at all takes a field but status
back to what the pipeline read."""
UNDECIDED: Final = {"claim": "unreviewed", "pair": "suggested"}
"""Status where nobody has decided."""
LONGEST_VALUE: Final = 200
"""Characters of a side's or kind's name; it must fit on a label."""
SPLIT_OFF: Final = "s"
"""First letter of the id of an event that claims were split off into; see `split_id`."""
_SPLIT_ID: Final = re.compile(rf"{SPLIT_OFF}[0-9a-f]{{16}}")


def check(connection: Connection, target: Target, value: str | None) -> None:
    """Raise ``InputError`` where ``target`` is not there or cannot have that value."""
    kind, target_id, field = target
    if (kind, field) not in VALUES:
        known = ", ".join(f"{kind} {field}" for kind, field in VALUES)
        raise InputError(f"Nobody decides on {kind} {field}", target_id, f"Known are: {known}.")
    if kind == signed.EXPORT:  # it comes into being by this decision
        signed.parse(value, target_id)
        return
    _check_value(target, value)
    if not exists(connection, kind, target_id):
        raise InputError(f"There is no {kind} {target_id!r}", kind, "Load the page again.")
    if kind in ("person", "desk"):
        _check_desk(connection, target, value)
    elif value is not None:
        _check_linked(connection, target, value.strip())


def _check_value(target: Target, value: str | None) -> None:
    """Refuse a value that is not among the allowed ones, empty or too long."""
    kind, target_id, field = target
    allowed = VALUES[kind, field]
    as_json = field in (*corrections.AS_JSON, ATTACHED)
    longest = corrections.LONGEST_JSON if as_json else LONGEST_VALUE
    if value is None and field != "status":
        pass
    elif allowed is not None and value not in allowed:
        raise InputError(
            f"{value!r} is no {field} of a {kind}",
            target_id,
            f"Say one of {', '.join(allowed)}.",
        )
    elif allowed is None and not 0 < len((value or "").strip()) <= longest:
        raise InputError(
            f"The {field} of a {kind} is empty or too long",
            target_id,
            f"Say 1 to {longest} characters.",
        )


def _check_desk(connection: Connection, target: Target, value: str | None) -> None:
    """Refuse roles that leave no lead, and rules that the desk does not know."""
    if target[0] == "person":
        people.check_role(connection, target, value)
    elif target[2] == policy.SECOND_REVIEW and value is not None:
        policy.read(value)


def _check_linked(connection: Connection, target: Target, value: str) -> None:
    """Refuse a value that names what cannot be named: a passage, a speaker, an event."""
    kind, target_id, field = target
    if kind == "claim" and field in corrections.ALLOWED:
        corrections.check(connection, target_id, field, value)
    if (kind, field) == ("speaker", SAME):
        _check_fold(connection, target_id, value)
    if (kind, field) == ("claim", EVENT):
        _check_into(connection, target_id, value)
    if (kind, field) == ("event", SAME):
        _check_merge(connection, target_id, value)
    if kind == EVIDENCE:
        _check_attached(connection, target_id, value)


def about_of(
    connection: Connection, target: Target, value: str | None, seen_as: str | None = None
) -> str | None:
    """Return the relation that a verdict on a pair is about; None for any other decision.

    Raises ``InputError`` where the pair was seen as another one than it is by now.
    """
    kind, target_id, field = target
    if kind != "pair" or field not in ("status", SECOND) or value not in PAIR_VERDICTS:
        return None
    relation = connection.scalar(select(pairs.c.relation).where(pairs.c.pair_id == target_id))
    if seen_as not in (None, relation):
        raise InputError(
            f"The program says “{relation}” of this pair by now, no longer “{seen_as}”",
            remedy="Look again and decide anew.",
        )
    return relation


def split_id(claim_ids: Sequence[str], event_id: str) -> str:
    """Name the event that these claims of ``event_id`` are split off into, by what it holds."""
    return content_id(SPLIT_OFF, event_id, sorted(claim_ids))


def is_split(event_id: str) -> bool:
    """Whether this is the id of an event that claims were split off into."""
    return _SPLIT_ID.fullmatch(event_id) is not None


def _check_fold(connection: Connection, name: str, same_as: str) -> None:
    """Refuse to fold a name into itself, into nobody, or so that one fold follows another."""
    if name == same_as:
        raise InputError("A name is the same as itself", name, "Choose another name.")
    if not exists(connection, "speaker", same_as):
        raise InputError(f"No claim credits “{same_as}”", name, "Choose a name from the list.")
    further = canonical(connection, [same_as]).get(same_as)
    if further is not None:
        what = f"“{same_as}” is folded into “{further}” itself"
        loop = further == name
        remedy = "Take that back first." if loop else f"Choose “{further}”, or take that back."
        raise InputError(what, name, remedy)
    others = folded_into(connection, name)
    if others:
        what = f"“{others[0]}” is folded into “{name}”"
        raise InputError(what, name, f"Take that back first, or fold “{same_as}” into “{name}”.")


def _check_into(connection: Connection, target_id: str, event_id: str) -> None:
    """Refuse an event that never was, and one that is merged into another."""
    if not is_split(event_id) and not exists(connection, "event", event_id):
        raise InputError(f"There is no event {event_id!r}", target_id, "Load the page again.")
    into = merged_into(connection, [event_id]).get(event_id)
    if into is not None:
        name, other = title(connection, event_id), title(connection, into)
        remedy = f"Choose {other}, or take that back."
        raise InputError(f"{name} is merged into {other} itself", target_id, remedy)


def _check_merge(connection: Connection, event_id: str, same_as: str) -> None:
    """Refuse to merge an event with itself, or so that one merge follows another."""
    if event_id == same_as:
        raise InputError("An event is the same as itself", event_id, "Choose another event.")
    _check_into(connection, event_id, same_as)
    others = merged_with(connection, event_id)
    if others:
        name, other = title(connection, event_id), title(connection, others[0])
        remedy = f"Take that back first, or merge {title(connection, same_as)} into {name}."
        raise InputError(f"{other} is merged into {name}", event_id, remedy)


def _check_attached(connection: Connection, evidence_id: str, value: str) -> None:
    """Refuse a value that is not what its row says, and a second copy on the same bearer."""
    rows = fetch(connection, select(evidence).filter_by(evidence_id=evidence_id))
    if [value] != [commitment(row) for row in rows]:
        raise InputError("That is other evidence", evidence_id, "Attach it anew.")
    same = [evidence.c[name].is_not_distinct_from(rows[0][name]) for name in SAME_FILE]
    for other in fetch(connection, standing_evidence().where(*same)):
        if other["value"] is not None and other["evidence_id"] != evidence_id:
            what = f"It is attached there already, by {other['added_by']} ({other['evidence_id']})"
            remedy = "Detach that one first, or leave it."
            raise InputError(what, rows[0]["name"] or rows[0]["url"], remedy)


def exists(connection: Connection, kind: str, target_id: str) -> bool:
    """Whether there is such a claim, pair, source, speaker, event or piece of evidence."""
    if kind in ("person", "desk"):
        return kind == "person" or target_id == policy.DESK
    columns: dict[str, list[ColumnElement[str]]] = {
        "claim": [claims.c.claim_id],
        "pair": [pairs.c.pair_id],
        "source": [documents.c.source, sources.c.source],
        "speaker": [claims.c.credited, own_name()],
        "event": [claims.c.event_id, claims.c.grouped_event_id],
        EVIDENCE: [evidence.c.evidence_id],
    }
    found = (
        connection.scalar(select(column).where(column == target_id).limit(1))
        for column in columns[kind]
    )
    if any(value is not None for value in found):
        return True
    return kind == "event" and _was_decided_on(connection, target_id)


def _was_decided_on(connection: Connection, event_id: str) -> bool:
    """Whether anybody ever merged this event or put something into it: it may be empty by now."""
    merged = (decisions.c.target_kind == "event") & (decisions.c.target_id == event_id)
    into = decisions.c.field.in_((EVENT, SAME)) & (decisions.c.value == event_id)
    events = decisions.c.target_kind.in_(("claim", "event"))
    found = select(decisions.c.seq).where(or_(merged, into), events).limit(1)
    return connection.scalar(found) is not None
