"""The schema: one set of tables for SQLite and PostgreSQL (made by the revisions in `migrations`).

Some columns are derived, so that a screen reads one row instead of joining five tables:

- ``claims.source``, ``published_at``, ``day``, ``credited``: from the document and the claim;
- ``claims.status``, ``claims.side``, ``side_reason``, ``pairs.status``, and ``assigned_to`` and
  ``second`` of both: from ``standing``;
- ``claims.event_id``: the membership of the last run (``grouped_event_id``), and what people moved;
- ``claims.supports``, ``conflicts``, ``voices``, ``unsure``, and counts of ``events``: from pairs
  that nobody rejected.

`verify.store.standing` and `verify.store.counts` write them, in the transaction that changes what
they come from.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, needed: bool = False) -> Column[str]:
    return Column(name, Text, nullable=not needed)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _bytes(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _json(name: str) -> Column[object]:
    return Column(name, JSON(none_as_null=True), nullable=False)


originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    _text("name", needed=True),
    Column("size", BigInteger, nullable=False),
    _text("kept_at", needed=True),
)

documents = Table(
    "documents",
    metadata,
    Column("doc_id", Text, primary_key=True),
    _text("given_id"),
    _text("kind"),
    Column("source", Text, index=True),
    _text("title"),
    _text("url"),
    _text("published_at"),
    _text("language"),
    _text("location"),
    _text("text", needed=True),
    Column("original_sha256", Text, index=True),
    _text("file"),
    Column("row", Integer),
    _json("given"),
    _text("run_id"),
    Column("read_by", Text, index=True),  # the run that read it for claims; None: none yet
)

claims = Table(
    "claims",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),  # order of arrival; key of search
    Column("claim_id", Text, nullable=False, unique=True),
    Column("doc_id", Text, ForeignKey("documents.doc_id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("text", needed=True),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    _text("speaker"),
    Column("speaker_start", Integer),
    Column("speaker_end", Integer),
    _text("speaker_name"),
    _text("via"),
    Column("via_start", Integer),
    Column("via_end", Integer),
    _text("cue"),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    _text("side", needed=True),
    _text("side_reason"),
    _text("read_side", needed=True),  # what the pipeline read, whatever was decided since
    _text("read_side_reason"),
    _json("quantities"),
    _text("place"),
    Column("place_start", Integer),
    Column("place_end", Integer),
    _text("time"),
    Column("time_start", Integer),
    Column("time_end", Integer),
    _text("event_time"),
    _text("time_precision"),
    Column("negated", Boolean, nullable=False),
    Column("denied", Boolean, nullable=False, server_default=false()),
    Column("hedged", Boolean, nullable=False),
    _text("actor"),
    _text("actor_side"),
    _text("outcome"),
    _text("checkable"),
    _text("checkable_reason"),
    Column("read_as", JSON(none_as_null=True)),  # fields as read, where a person corrected them
    Column("origin_id", Text, index=True),  # the claim that this one repeats nearly word for word
    _text("run_id"),
    _text("source"),
    _text("published_at"),
    _text("day"),  # ISO date: of the event where the claim names a day, else of publication
    _text("credited"),  # speaker_name, else speaker
    Column("status", Text, nullable=False, server_default="unreviewed"),
    _text("assigned_to"),
    Column("second", Text, index=True),  # agrees, disagrees or settled, where two looked at it
    _text("event_id"),
    Column("grouped_event_id", Text, index=True),  # as the last run grouped it, whoever moved it
    Column("came_at", Text, index=True),  # when it first stood in an event; until then, when read
    Column("moved_at", Text, index=True),  # when it last came from one event into another
    _count("supports"),
    _count("conflicts"),
    Column("voices", Integer, nullable=False, server_default="1"),  # sources that say the same
    _count("unsure"),  # suggested pairs about which the program is undecided
)
Index(None, claims.c.event_id, claims.c.status)
_QUEUE = (claims.c.conflicts.desc(), claims.c.voices.desc(), claims.c.unsure.desc(), claims.c.n)
# the queue; with event_id it also answers which events hold a claim of some status
Index(None, claims.c.status, *_QUEUE, claims.c.event_id)
Index(None, claims.c.assigned_to, claims.c.status, *_QUEUE)
Index(None, claims.c.checkable, claims.c.claim_id)
Index(None, claims.c.conflicts.desc(), claims.c.voices.desc(), claims.c.n)
Index(None, claims.c.published_at, claims.c.n)
Index(None, claims.c.day, claims.c.side, claims.c.event_id, claims.c.conflicts)  # the timeline
Index(None, claims.c.side, claims.c.day, claims.c.event_id)
# hold all that the record of a source or speaker counts of its claims
Index(None, claims.c.source, claims.c.status, claims.c.origin_id)
Index(None, claims.c.credited, claims.c.side, claims.c.source, claims.c.status, claims.c.origin_id)
Index(None, claims.c.place)

claim_kinds = Table(  # which kinds of quantity a claim holds, so that a filter needs no JSON
    "claim_kinds",
    metadata,
    Column("kind", Text, primary_key=True),
    # looked up when a claim goes: without an index of its own each would read the whole table
    Column("claim_id", Text, ForeignKey("claims.claim_id"), primary_key=True, index=True),
)

vectors = Table(
    "vectors",
    metadata,
    Column("text_hash", Text, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float16, little-endian
)

events = Table(
    "events",
    metadata,
    Column("event_id", Text, primary_key=True),
    _text("title"),
    Column("topic", Text, index=True),
    _text("starts"),
    _text("ends"),
    _json("places"),
    _text("run_id"),
    _text("digest", needed=True),  # of what the run proposed, so that the same is not written again
    _count("claims"),
    _count("sources"),
    _count("conflicts"),
    _count("supports"),
    _count("reviewed"),  # claims with a status other than unreviewed
    Column("sides", JSON, nullable=False, server_default="{}"),  # side -> number of claims
)
Index(None, events.c.conflicts.desc(), events.c.claims.desc(), events.c.event_id)
Index(None, events.c.claims.desc(), events.c.event_id)
Index(None, events.c.sources.desc(), events.c.event_id)
Index(None, events.c.starts, events.c.event_id)

grouped = Table(  # events as the last run told them, whatever people made of them
    "grouped",
    metadata,
    Column("event_id", Text, primary_key=True),
    _text("title"),
    _text("topic"),
    _text("starts"),
    _text("ends"),
    _json("places"),
    _text("run_id"),
    _text("digest", needed=True),
)

pairs = Table(
    "pairs",
    metadata,
    Column("pair_id", Text, primary_key=True),
    _text("event_id"),
    Column("a", Text, ForeignKey("claims.claim_id"), nullable=False),
    Column("b", Text, ForeignKey("claims.claim_id"), nullable=False),
    _text("relation", needed=True),
    Column("same_event", Float),
    Column("p_supports", Float, nullable=False),
    Column("p_conflicts", Float, nullable=False),
    _text("conflict_kind"),
    _json("reasons"),
    Column("status", Text, nullable=False, server_default="suggested"),  # or "apart": put away
    _text("assigned_to"),
    Column("second", Text, index=True),
    Column("kept", Boolean, nullable=False),  # as a person decided on it: no run proposes it now
    Column("sources", Integer, nullable=False),  # of the event's claims, at the time of the run
    _count("unsure"),  # about this pair, in the steps of `verify.store.doubt`
    _count("arrived"),  # n of the claim that came last, with which there was a pair
    Column("came_at", Text, index=True),  # since when runs relate the two claims so
    _text("digest", needed=True),
    _text("run_id"),
)
_PAIR_QUEUE = (pairs.c.sources.desc(), pairs.c.unsure.desc(), pairs.c.arrived, pairs.c.pair_id)
Index(None, pairs.c.status, pairs.c.relation, *_PAIR_QUEUE)
Index(None, pairs.c.assigned_to, pairs.c.status, pairs.c.relation, *_PAIR_QUEUE)
# with the status, so that those of one relation or kind are counted without reading a wide row
Index(None, pairs.c.relation, pairs.c.p_conflicts.desc(), pairs.c.pair_id, pairs.c.status)
Index(None, pairs.c.conflict_kind, pairs.c.p_conflicts.desc(), pairs.c.pair_id, pairs.c.status)
Index(None, pairs.c.p_conflicts.desc(), pairs.c.pair_id)
for _key in (pairs.c.a, pairs.c.b, pairs.c.event_id):
    # holds all that a filter of claims or events asks of pairs, so that no wide row is read
    Index(None, _key, pairs.c.status, pairs.c.relation, pairs.c.conflict_kind)

decisions = Table(  # append-only: triggers refuse UPDATE and DELETE
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("target_kind", needed=True),
    _text("target_id", needed=True),
    _text("field", needed=True),
    _text("value"),
    _text("note", needed=True),
    _text("reviewer", needed=True),
    Column("decided_at", Text, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("undoes", Integer, unique=True),
    _text("about"),  # relation of the pair that was confirmed or rejected, as it was shown
    Column("batch", Integer, index=True),  # seq of the first of many that were made at once
    _text("previous_hash", needed=True),
    _text("hash", needed=True),
)
Index(
    None,
    decisions.c.target_kind,
    decisions.c.target_id,
    decisions.c.field,
    decisions.c.version,
    unique=True,
)
Index(None, decisions.c.reviewer, decisions.c.seq)

standing = Table(  # the newest decision of each target and field
    "standing",
    metadata,
    Column("target_kind", Text, primary_key=True),
    Column("target_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    _text("value"),
    Column("version", Integer, nullable=False),
    _text("reviewer", needed=True),
    _text("decided_at", needed=True),
    _text("note", needed=True),
    _text("about"),
    Column("seq", Integer, ForeignKey("decisions.seq"), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    _text("kind"),
    _text("side"),
    _text("reliability"),
)

aliases = Table(  # who speaks for whom, as sides.toml files declared it
    "aliases",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),  # order in the file
    _text("side", needed=True),
    _text("kind", needed=True),  # "alias" credits a statement, "source" publishes
    _text("words", needed=True),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Text, primary_key=True),
    _text("state", needed=True),  # running, done, failed
    Column("started_at", Text, nullable=False, index=True),
    _text("finished_at"),
    _text("heartbeat", needed=True),
    _text("host", needed=True),
    Column("pid", Integer, nullable=False),
    _text("stage"),
    _bytes("done"),
    _bytes("total"),
    _json("settings"),
    _json("counts"),
)

left_out = Table(
    "left_out",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("run_id", Text, ForeignKey("runs.run_id"), nullable=False, index=True),
    _text("kind", needed=True),  # "left out", or "note" for what was taken in with a change
    _text("file", needed=True),
    Column("row", Integer),
    _text("column"),
    _text("what", needed=True),
    _text("remedy", needed=True),
)
