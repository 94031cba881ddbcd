"""The catalogue that people keep: entries, revisions, publications, trial runs, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0301"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "catalogue_entries",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entries")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_catalogue_entries_kind_key")),
    )
    op.create_table(
        "catalogue_replicas",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("serving", BIG, nullable=False),
        sa.Column("ready", sa.JSON(), nullable=False),
        sa.Column("building", BIG, nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_replicas")),
    )
    op.create_table(
        "feed_fetches",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("revision", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=400), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_fetches")),
    )
    op.create_table(
        "publications",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("revision", sa.String(length=12), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("previous", BIG, nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("live_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_table(
        "catalogue_revisions",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("approver_id", sa.String(length=32), nullable=True),
        sa.Column("based_on", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["catalogue_entries.id"], name=op.f("fk_catalogue_revisions_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_revisions")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_catalogue_revisions_entry_id_number")),
    )
    op.create_index("ix_catalogue_revisions_status", "catalogue_revisions", ["status", "changed_at"])
    op.create_table(
        "live_publication",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("publication_id", BIG, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_live_publication_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_publication")),
    )
    op.create_table(
        "regression_runs",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("base_id", BIG, nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("revision", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["publications.id"], name=op.f("fk_regression_runs_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regression_runs")),
    )
    op.create_index("ix_regression_runs_revision", "regression_runs", ["revision", "base_id"])
    op.create_table(
        "catalogue_remarks",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("revision_id", BIG, nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["catalogue_revisions.id"], name=op.f("fk_catalogue_remarks_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_remarks")),
    )
    op.create_index("ix_catalogue_remarks_revision_id", "catalogue_remarks", ["revision_id"])


def downgrade() -> None:
    for table in (
        "catalogue_remarks",
        "regression_runs",
        "live_publication",
        "catalogue_revisions",
        "publications",
        "feed_fetches",
        "catalogue_replicas",
        "catalogue_entries",
    ):
        op.drop_table(table)
