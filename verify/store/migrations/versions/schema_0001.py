"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, the search index, and the triggers that keep decisions as they are."""
    _make_tables()
    if op.get_bind().dialect.name == "postgresql":
        _search_and_triggers_postgresql()
    else:
        _search_and_triggers_sqlite()


def _search_and_triggers_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE claims_search USING fts5"
        "(text, title, tokenize = 'unicode61 remove_diacritics 2', prefix = '3')"
    )
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER decisions_no_{action.lower()} BEFORE {action} ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are never changed or removed'); END"
        )
    op.execute(  # INSERT OR REPLACE removes rows without asking the trigger for DELETE
        "CREATE TRIGGER decisions_append BEFORE INSERT ON decisions WHEN EXISTS "
        "(SELECT 1 FROM decisions WHERE seq >= NEW.seq OR undoes = NEW.undoes OR "
        "(target_kind, target_id, field, version) = "
        "(NEW.target_kind, NEW.target_id, NEW.field, NEW.version)) "
        "BEGIN SELECT RAISE(ABORT, 'decisions are never changed or removed'); END"
    )


def _search_and_triggers_postgresql() -> None:
    op.execute("CREATE TABLE claims_search (rowid INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)")
    op.execute("CREATE INDEX ix_claims_search_words ON claims_search USING gin (words)")
    op.execute(
        "CREATE FUNCTION decisions_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'decisions are never changed or removed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_stay()"
    )


def _make_tables() -> None:
    op.create_table(
        "aliases",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_aliases")),
    )
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_decisions")),
        sa.UniqueConstraint("undoes", name=op.f("uq_decisions_undoes")),
    )
    op.create_index(
        op.f("ix_decisions_reviewer_seq"), "decisions", ["reviewer", "seq"], unique=False
    )
    op.create_index(
        op.f("ix_decisions_target_kind_target_id_field_version"),
        "decisions",
        ["target_kind", "target_id", "field", "version"],
        unique=True,
    )
    op.create_table(
        "documents",
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.Column("given_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("original_sha256", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("read_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_documents")),
    )
    op.create_index(
        op.f("ix_documents_original_sha256"), "documents", ["original_sha256"], unique=False
    )
    op.create_index(op.f("ix_documents_read_by"), "documents", ["read_by"], unique=False)
    op.create_index(op.f("ix_documents_source"), "documents", ["source"], unique=False)
    op.create_table(
        "events",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("starts", sa.Text(), nullable=True),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.Column("places", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sources", sa.Integer(), server_default="0", nullable=False),
        sa.Column("conflicts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reviewed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sides", sa.JSON(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events")),
    )
    op.create_index(
        op.f("ix_events_claims_event_id"),
        "events",
        [sa.literal_column("claims DESC"), "event_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_events_conflicts_claims_event_id"),
        "events",
        [sa.literal_column("conflicts DESC"), sa.literal_column("claims DESC"), "event_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_events_sources_event_id"),
        "events",
        [sa.literal_column("sources DESC"), "event_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_events_starts_event_id"), "events", ["starts", "event_id"], unique=False
    )
    op.create_index(op.f("ix_events_topic"), "events", ["topic"], unique=False)
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_originals")),
    )
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("heartbeat", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("settings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_started_at"), "runs", ["started_at"], unique=False)
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("reliability", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_sources")),
    )
    op.create_table(
        "vectors",
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("text_hash", "model", name=op.f("pk_vectors")),
    )
    op.create_table(
        "claims",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=True),
        sa.Column("sentence_end", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("speaker_start", sa.Integer(), nullable=True),
        sa.Column("speaker_end", sa.Integer(), nullable=True),
        sa.Column("speaker_name", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("side_reason", sa.Text(), nullable=True),
        sa.Column("read_side", sa.Text(), nullable=False),
        sa.Column("read_side_reason", sa.Text(), nullable=True),
        sa.Column("quantities", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_start", sa.Integer(), nullable=True),
        sa.Column("place_end", sa.Integer(), nullable=True),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("time_start", sa.Integer(), nullable=True),
        sa.Column("time_end", sa.Integer(), nullable=True),
        sa.Column("event_time", sa.Text(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("actor_side", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("credited", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="unreviewed", nullable=False),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("conflicts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("voices", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["doc_id"], ["documents.doc_id"], name=op.f("fk_claims_doc_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_claims")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_claims_claim_id")),
    )
    op.create_index(
        op.f("ix_claims_conflicts_voices_n"),
        "claims",
        [sa.literal_column("conflicts DESC"), sa.literal_column("voices DESC"), "n"],
        unique=False,
    )
    op.create_index(
        op.f("ix_claims_credited_side_source"),
        "claims",
        ["credited", "side", "source"],
        unique=False,
    )
    op.create_index(
        op.f("ix_claims_day_side_event_id"), "claims", ["day", "side", "event_id"], unique=False
    )
    op.create_index(op.f("ix_claims_doc_id"), "claims", ["doc_id"], unique=False)
    op.create_index(
        op.f("ix_claims_event_id_status"), "claims", ["event_id", "status"], unique=False
    )
    op.create_index(op.f("ix_claims_place"), "claims", ["place"], unique=False)
    op.create_index(op.f("ix_claims_published_at_n"), "claims", ["published_at", "n"], unique=False)
    op.create_index(
        op.f("ix_claims_side_day_event_id"), "claims", ["side", "day", "event_id"], unique=False
    )
    op.create_index(op.f("ix_claims_source_status"), "claims", ["source", "status"], unique=False)
    op.create_index(
        op.f("ix_claims_status_conflicts_voices_n_event_id"),
        "claims",
        [
            "status",
            sa.literal_column("conflicts DESC"),
            sa.literal_column("voices DESC"),
            "n",
            "event_id",
        ],
        unique=False,
    )
    op.create_table(
        "left_out",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_left_out_run_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_left_out")),
    )
    op.create_index(op.f("ix_left_out_run_id"), "left_out", ["run_id"], unique=False)
    op.create_table(
        "standing",
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["decisions.seq"], name=op.f("fk_standing_seq")),
        sa.PrimaryKeyConstraint("target_kind", "target_id", "field", name=op.f("pk_standing")),
    )
    op.create_table(
        "claim_kinds",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("fk_claim_kinds_claim_id")
        ),
        sa.PrimaryKeyConstraint("kind", "claim_id", name=op.f("pk_claim_kinds")),
    )
    op.create_table(
        "pairs",
        sa.Column("pair_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("same_event", sa.Float(), nullable=True),
        sa.Column("p_supports", sa.Float(), nullable=False),
        sa.Column("p_conflicts", sa.Float(), nullable=False),
        sa.Column("conflict_kind", sa.Text(), nullable=True),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.Text(), server_default="suggested", nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["a"], ["claims.claim_id"], name=op.f("fk_pairs_a")),
        sa.ForeignKeyConstraint(["b"], ["claims.claim_id"], name=op.f("fk_pairs_b")),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_pairs")),
    )
    op.create_index(
        op.f("ix_pairs_a_status_relation_conflict_kind"),
        "pairs",
        ["a", "status", "relation", "conflict_kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pairs_b_status_relation_conflict_kind"),
        "pairs",
        ["b", "status", "relation", "conflict_kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pairs_conflict_kind_p_conflicts_pair_id"),
        "pairs",
        ["conflict_kind", sa.literal_column("p_conflicts DESC"), "pair_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pairs_event_id_status_relation_conflict_kind"),
        "pairs",
        ["event_id", "status", "relation", "conflict_kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pairs_p_conflicts_pair_id"),
        "pairs",
        [sa.literal_column("p_conflicts DESC"), "pair_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pairs_relation_p_conflicts_pair_id"),
        "pairs",
        ["relation", sa.literal_column("p_conflicts DESC"), "pair_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pairs_status_relation_sources_p_conflicts_pair_id"),
        "pairs",
        [
            "status",
            "relation",
            sa.literal_column("sources DESC"),
            sa.literal_column("p_conflicts DESC"),
            "pair_id",
        ],
        unique=False,
    )
