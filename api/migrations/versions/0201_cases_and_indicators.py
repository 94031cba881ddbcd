"""Cases, indicators, campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0201"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sample", sa.String(length=600), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_last", "campaigns", ["last_at", "id"], unique=False)
    op.create_index("ix_campaigns_size", "campaigns", ["size", "id"], unique=False)
    op.create_table(
        "casework_counters",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_casework_counters")),
    )
    op.create_table(
        "case_views",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_case_views_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_views")),
    )
    op.create_index("ix_case_views_account", "case_views", ["account_id", "name"], unique=False)
    op.create_table(
        "fingerprints",
        sa.Column("check_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=True),
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("c", sa.Integer(), nullable=False),
        sa.Column("d", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_fingerprints_campaign_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_fingerprints_check_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_fingerprints")),
    )
    op.create_index("ix_fingerprints_a", "fingerprints", ["a", "at"], unique=False)
    op.create_index("ix_fingerprints_b", "fingerprints", ["b", "at"], unique=False)
    op.create_index("ix_fingerprints_c", "fingerprints", ["c", "at"], unique=False)
    op.create_index("ix_fingerprints_campaign", "fingerprints", ["campaign_id", "at"], unique=False)
    op.create_index("ix_fingerprints_d", "fingerprints", ["d", "at"], unique=False)
    op.create_table(
        "indicators",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed", sa.String(length=12), nullable=True),
        sa.Column("proposed_by", sa.String(length=32), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("reporters", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["staff_accounts.id"], name=op.f("fk_indicators_proposed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("kind", "hash", name=op.f("uq_indicators_kind_hash")),
    )
    op.create_index("ix_indicators_kind", "indicators", ["kind", "last_seen_at", "id"], unique=False)
    op.create_index(
        "ix_indicators_listed",
        "indicators",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status IN ('suspected', 'confirmed')"),
        postgresql_where=sa.text("status IN ('suspected', 'confirmed')"),
    )
    op.create_index("ix_indicators_seen", "indicators", ["last_seen_at", "id"], unique=False)
    op.create_index("ix_indicators_status", "indicators", ["status", "last_seen_at", "id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("triage", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=True),
        sa.Column("method_confirmed", sa.String(length=60), nullable=True),
        sa.Column("label", sa.String(length=8), nullable=True),
        sa.Column("situation", sa.String(length=24), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("indicator_id", sa.String(length=32), nullable=True),
        sa.Column("assignee_id", sa.String(length=32), nullable=True),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["staff_accounts.id"], name=op.f("fk_cases_assignee_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_cases_indicator_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["merged_into"], ["cases.id"], name=op.f("fk_cases_merged_into"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
    )
    op.create_index("ix_cases_assignee", "cases", ["assignee_id", "is_open"], unique=False)
    op.create_index("ix_cases_open_method", "cases", ["method", "is_open", "triage", "due_at", "id"], unique=False)
    op.create_index("ix_cases_opened", "cases", ["opened_at", "id"], unique=False)
    op.create_index("ix_cases_queue", "cases", ["is_open", "triage", "due_at", "id"], unique=False)
    op.create_index("ix_cases_sender", "cases", ["sender", "opened_at"], unique=False)
    op.create_index("ix_cases_updated", "cases", ["updated_at"], unique=False)
    op.create_table(
        "indicator_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("indicator_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_indicator_events_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_events_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_events")),
        sa.UniqueConstraint("key", name=op.f("uq_indicator_events_key")),
    )
    op.create_index("ix_indicator_events_indicator", "indicator_events", ["indicator_id", "id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("indicator_id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("sender", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=True),
        sa.Column("check_id", sa.String(length=32), nullable=True),
        sa.Column("report_id", sa.String(length=32), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_sightings_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_sightings_indicator_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_sightings_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_check", "sightings", ["check_id"], unique=False)
    op.create_index("ix_sightings_indicator", "sightings", ["indicator_id", "at"], unique=False)
    op.create_index("ix_sightings_report", "sightings", ["report_id"], unique=False)
    op.create_index("ix_sightings_sender", "sightings", ["sender"], unique=False)
    op.create_table(
        "case_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("before", sa.String(length=60), nullable=False),
        sa.Column("after", sa.String(length=60), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_case_events_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("key", name=op.f("uq_case_events_key")),
    )
    op.create_index("ix_case_events_case", "case_events", ["case_id", "id"], unique=False)
    op.create_table(
        "case_items",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("report_id", sa.String(length=32), nullable=True),
        sa.Column("feedback_id", sa.String(length=32), nullable=True),
        sa.Column("check_id", sa.String(length=32), nullable=True),
        sa.Column("sender", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_items_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_case_items_check_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_case_items_feedback_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_case_items_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_items")),
        sa.UniqueConstraint("feedback_id", name=op.f("uq_case_items_feedback_id")),
        sa.UniqueConstraint("report_id", name=op.f("uq_case_items_report_id")),
    )
    op.create_index("ix_case_items_case", "case_items", ["case_id", "at"], unique=False)
    op.create_index("ix_case_items_check", "case_items", ["check_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_items")
    op.drop_table("case_events")
    op.drop_table("sightings")
    op.drop_table("indicator_events")
    op.drop_table("cases")
    op.drop_table("indicators")
    op.drop_table("fingerprints")
    op.drop_table("case_views")
    op.drop_table("casework_counters")
    op.drop_table("campaigns")
