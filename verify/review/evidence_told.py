"""Evidence in words: how sizes, files and what they say of themselves are told, and by `verify`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from verify.errors import InputError
from verify.review import evidence, evidence_kept, evidence_same
from verify.review.decidable import exists
from verify.review.evidence_kept import Bearer, Evidence
from verify.settings import Settings
from verify.store.regrouped import title
from verify.store.store import Store
from verify.store.tables import claims, decisions, pairs

LONGEST_LABEL: Final = 90
"""Characters of a claim's words by which it is named elsewhere."""


def size(count: int | None) -> str:
    """Say a number of bytes: 812 bytes, 48 kB, 3.1 MB."""
    count = count or 0
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def says(piece: Evidence) -> str:
    """Say what a file says of itself, which is no fact; "" where it says nothing."""
    told: dict[str, Any] = piece.says
    parts = []
    for name, words in (("taken_at", "taken"), ("made_at", "made"), ("changed_at", "changed")):
        if told.get(name):
            zone = f" (UTC{told['zone']})" if name == "taken_at" and told.get("zone") else ""
            parts.append(f"{words} {str(told[name]).replace('T', ' ')}{zone}")
    if "latitude" in told and "longitude" in told:
        parts.append(f"at {told['latitude']}, {told['longitude']}")
    named = (("camera", "camera"), ("program", "program"), ("author", "author"), ("title", "title"))
    parts += [f"{words} “{told[name]}”" for name, words in named if told.get(name)]
    return ", ".join(parts)


def kind(piece: Evidence) -> str:
    """Say what kind of evidence it is, with its measures."""
    words = {"link": "link", "picture": "picture", "pdf": "PDF", "text": "plain text"}[piece.kind]
    pixels = f", {piece.width:,} × {piece.height:,} pixels" if piece.width else ""
    pages = piece.says.get("pages", 0)
    extent = f", {pages:,} page" + ("" if pages == 1 else "s") if pages else ""
    extent += ", locked by a password" if piece.says.get("locked") else ""
    amount = f", {size(piece.size)}" if piece.size is not None else ""
    return f"{words}{pixels}{extent}{amount}"


def bearer_words(connection: Connection, bearer: Bearer) -> str:
    """Name what evidence is attached to, in words a person knows it by."""
    kind_, id_ = bearer
    if kind_ == "claim":
        return f"the claim {_claim(connection, id_)}"
    if kind_ == "event":
        return f"the event {title(connection, id_)}"
    if kind_ == "pair":
        ends = connection.execute(select(pairs.c.a, pairs.c.b).filter_by(pair_id=id_)).first()
        both = " and ".join(_claim(connection, end) for end in ends) if ends else id_
        return f"the pair {both}"
    chosen = select(decisions.c.target_kind, decisions.c.target_id).filter_by(seq=int(id_))
    on = connection.execute(chosen).first()
    about = f" on {bearer_words(connection, (on[0], on[1]))}" if on and on[0] == "claim" else ""
    return f"decision {id_}{about}"


def _claim(connection: Connection, claim_id: str) -> str:
    chosen = select(claims.c.text, claims.c.source).filter_by(claim_id=claim_id)
    found = connection.execute(chosen).first()
    if found is None:
        return f"{claim_id}, which is gone"
    text, source = found
    short = text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL].rstrip()} …"
    return f"“{short}”" + (f" ({source})" if source else "")


def alike(same: evidence_same.Same, piece: Evidence) -> str:
    """Say in what way other evidence is the same."""
    if same.is_file_of(piece):
        return "The same file"
    return f"A picture that looks the same ({64 - same.bits} of 64 features agree)"


def bearer_of(store: Store, target: str) -> Bearer:
    """Find what a word on the command line names: KIND:ID, or the id of a claim, pair or event."""
    kind_, colon, id_ = target.partition(":")
    if colon and kind_ in ("claim", "pair", "event", "decision"):
        return kind_, id_
    with store.reading() as connection:
        for known in ("claim", "pair", "event"):
            if exists(connection, known, target):
                return known, target
    raise InputError(
        f"There is no claim, pair or event {target!r}",
        "evidence",
        "Copy the id from an export, or write decision:NUMBER.",
    )


def add(store: Store, settings: Settings, target: str, what: str, note: str) -> Iterator[str]:
    """Attach a file or an address; say what was attached."""
    bearer, by = bearer_of(store, target), settings.reviewer
    if what.lower().startswith(("http://", "https://")):
        made = evidence.attach_link(store, bearer, what, reviewer=by, note=note)
    else:
        most = settings.evidence_mb
        made = evidence.attach_file(store, bearer, Path(what), reviewer=by, note=note, most_mb=most)
    yield f"Attached to {bearer[0]} {bearer[1]} as decision {made.seq}:"
    yield from _told(store, made)


def listing(store: Store, target: str) -> Iterator[str]:
    """List what is attached to a target (a claim: and to the decisions on it), then what was."""
    bearer = bearer_of(store, target)
    pieces = evidence_kept.of(store, bearer)
    if not pieces:
        yield f"Nothing is attached to {bearer[0]} {bearer[1]}."
    for piece in pieces:
        yield from _told(store, piece)


def detach(store: Store, settings: Settings, evidence_id: str, note: str) -> Iterator[str]:
    """Hide a piece of evidence; say so."""
    made = evidence.detach(store, evidence_id, reviewer=settings.reviewer, note=note)
    yield f"Detached {evidence_id} as decision {made.seq}; it stays on record."


def _told(store: Store, piece: Evidence) -> Iterator[str]:
    yield f"{piece.evidence_id}  {piece.called}  ({kind(piece)})"
    noted = f": {piece.note}" if piece.note else ""
    on = f" to {piece.target_kind} {piece.target_id}"
    yield f"  attached{on} by {piece.added_by}, {piece.added_at}{noted}"
    if piece.value is None:
        yield f"  detached by {piece.reviewer}, {piece.decided_at}: {piece.reason}"
    if piece.sha256:
        yield f"  sha256 {piece.sha256}"
    if says(piece):
        yield f"  the file says (which may be wrong): {says(piece)}"
    for same in evidence_same.same_picture(store, piece) if piece.value else ():
        other = same.other
        where = f"{other.target_kind} {other.target_id}"
        yield f"  {alike(same, piece)} is attached to {where} by {other.added_by}, {other.added_at}"
