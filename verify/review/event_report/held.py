"""What the store holds of one event, all of one moment: the rows that its report is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Table, and_, select

from verify.errors import InputError
from verify.records import PAIR_VERDICTS, Row, frame
from verify.review import corrections
from verify.review.evidence_kept import decisions_on
from verify.review.policy import standing_policy
from verify.store import regrouped, view_rows, views
from verify.store.connect import fetch
from verify.store.counts import chunks
from verify.store.evidence_table import EVIDENCE, evidence, standing_evidence
from verify.store.regrouped import APART
from verify.store.shared_work import ASSIGNED
from verify.store.store import Store
from verify.store.tables import aliases, claims, decisions, documents, events, pairs, runs

_DOCUMENT: Final = (
    "doc_id", "source", "title", "url", "published_at", "language", "location", "original_sha256",
)  # fmt: skip
_RUN: Final = ("run_id", "started_at", "settings")


@dataclass(frozen=True)
class Held:
    """The rows of one event, as `verify.store` gives them."""

    event: Row
    """EVENT_VIEW."""
    merged: list[str]
    """Events that people merged into this one."""
    claims: pd.DataFrame
    """CLAIM_VIEW."""
    pairs: pd.DataFrame
    """PAIR_VIEW; both claims are in this event."""
    apart: int
    """Decided pairs that are left out, since one of their claims came to another event."""
    corrections: dict[str, list[corrections.Correction]]
    documents: list[Row]
    evidence: list[Row]
    """Of `standing_evidence`, on the event, its claims and pairs, and the decisions on claims."""
    decisions: list[Row]
    """On any of these and on who speaks in them, but for whose work they are; by number."""
    runs: list[Row]
    """Those that read its claims or paired them, but for any that an old copy does not tell."""
    declared: pd.DataFrame
    """Who speaks for whom: side, kind, words, in the order of the declaration."""
    newest: Row | None
    """The newest entry of the whole decision log."""
    hide_scores: bool


def held(store: Store, event_id: str) -> Held:
    """Read an event, or the one that it was merged into, with all that hangs on it.

    Raises ``InputError`` where there is none.
    """
    with store.reading() as connection:
        found = _event(connection, event_id)
        merged = regrouped.merged_with(connection, found["event_id"])
        told = view_rows.claims_by_id(connection, _ids(connection, claims, "claim_id", found))
        paired = view_rows.pairs_by_id(connection, _ids(connection, pairs, "pair_id", found))
        ids = list(told["claim_id"])
        here = paired["a"].isin(ids) & paired["b"].isin(ids)
        apart, paired = int((~here).sum()), paired[here].reset_index(drop=True)
        on = {"event": [found["event_id"], *merged], "claim": ids, "pair": list(paired["pair_id"])}
        attached = _evidence(connection, on | {"decision": list(decisions_on(connection, ids))})
        on |= {EVIDENCE: [row["evidence_id"] for row in attached], **_speaking(told)}
        return Held(
            event=found,
            merged=merged,
            claims=told,
            pairs=paired,
            apart=apart,
            corrections=corrections.standing_of(connection, ids),
            documents=_these(connection, documents, "doc_id", told["doc_id"], _DOCUMENT),
            evidence=attached,
            decisions=_decisions(connection, on),
            runs=_runs(connection, found["event_id"], told),
            declared=_declared(connection),
            newest=_newest(connection),
            hide_scores=standing_policy(connection).hide_scores,
        )


def _event(connection: Connection, event_id: str) -> Row:
    statement = select(*[events.c[name] for name in views.EVENT_VIEW])
    into = regrouped.merged_into(connection, [event_id]).get(event_id)
    for known in (event_id, into):
        found = fetch(connection, statement.where(events.c.event_id == known))
        if found:
            return dict(found[0])
    remedy = "Copy its id from the address of its page, or from the column event_id of an export."
    raise InputError(f"There is no event {event_id!r}", "compare", remedy)


def _ids(connection: Connection, table: Table, key: str, event: Row) -> list[str]:
    here = [table.c.event_id == event["event_id"]]
    if table is pairs:
        here.append(pairs.c.status != APART)
    return list(connection.scalars(select(table.c[key]).where(*here).order_by(table.c[key])))


def _these(
    connection: Connection, table: Table, key: str, ids: Iterable[str], names: Sequence[str]
) -> list[Row]:
    statement = select(*[table.c[name] for name in names])
    found: list[Row] = []
    for some in chunks(sorted(set(ids))):
        found += map(dict, fetch(connection, statement.where(table.c[key].in_(some))))
    return sorted(found, key=lambda row: str(row[key]))


def _evidence(connection: Connection, on: dict[str, list[str]]) -> list[Row]:
    found: list[Row] = []
    for bearer in _targets(on, evidence.c.target_kind, evidence.c.target_id):
        found += map(dict, fetch(connection, standing_evidence().where(bearer)))
    return sorted(found, key=lambda row: int(row["seq"]))


def _decisions(connection: Connection, on: dict[str, list[str]]) -> list[Row]:
    found: list[Row] = []
    for target in _targets(on, decisions.c.target_kind, decisions.c.target_id):
        found += map(
            dict,
            fetch(connection, select(decisions).where(target, decisions.c.field != ASSIGNED)),
        )
    return sorted(found, key=lambda row: int(row["seq"]))


def _targets(
    on: dict[str, list[str]], kind: ColumnElement[str], target: ColumnElement[str]
) -> Iterable[ColumnElement[bool]]:
    for name, ids in on.items():
        for some in chunks(sorted(set(ids))):
            yield and_(kind == name, target.in_(some))


def _speaking(told: pd.DataFrame) -> dict[str, list[str]]:
    """Name the sources and speakers of these claims, as decisions on them do."""
    names = [told[name].dropna() for name in ("credited", "speaker_name", "speaker")]
    speakers = {str(name) for each in names for name in each if name}
    return {"source": list(told["source"].dropna()), "speaker": sorted(speakers)}


def _runs(connection: Connection, event_id: str, told: pd.DataFrame) -> list[Row]:
    grouped_by = select(events.c.run_id).where(events.c.event_id == event_id)
    paired_by = select(pairs.c.run_id).where(pairs.c.event_id == event_id).distinct()
    ids = {*told["run_id"], *connection.scalars(grouped_by), *connection.scalars(paired_by)}
    found = _these(connection, runs, "run_id", [one for one in ids if one], _RUN)
    return sorted(found, key=lambda row: (row["started_at"], row["run_id"]))


def _declared(connection: Connection) -> pd.DataFrame:
    names = ("side", "kind", "words")
    statement = select(*[aliases.c[name] for name in names]).order_by(aliases.c.n)
    return frame(fetch(connection, statement), dict.fromkeys(names, "text"))


def _newest(connection: Connection) -> Row | None:
    names = ("seq", "decided_at", "hash")
    statement = select(*[decisions.c[name] for name in names])
    found = fetch(connection, statement.order_by(decisions.c.seq.desc()).limit(1))
    return dict(found[0]) if found else None


def told_pairs(held: Held) -> pd.DataFrame:
    """Leave out, where the desk hides suggestions, the pairs that nobody has decided on."""
    if not held.hide_scores:
        return held.pairs
    return held.pairs[held.pairs["status"].isin(PAIR_VERDICTS)]
