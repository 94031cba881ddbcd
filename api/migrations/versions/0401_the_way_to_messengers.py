"""What messengers need: bubbles, pictures read once, reasons of waiting, tokens, reach, pace, running processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0401"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as table:
        table.add_column(sa.Column("ready_at", Instant(), nullable=True))
        table.add_column(sa.Column("slow", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_inbox_sender_received", "inbox", ["sender", "received_at"])
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("tried_at", Instant(), nullable=True))
        table.add_column(sa.Column("in_group", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("awaits", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("alarm", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("maybe_sent", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("last_error", sa.String(length=80), nullable=True))
    op.create_index("ix_outbox_recipient_sent", "outbox", ["recipient", "sent_at"])
    unsent = sa.text("sent_at IS NULL AND stopped_at IS NULL")
    op.create_index(
        "ix_outbox_due", "outbox", ["channel", "next_at", "id"], sqlite_where=unsent, postgresql_where=unsent
    )
    op.create_table(
        "picture_readings",
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reading", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inbox_id"], ["inbox.id"], name=op.f("fk_picture_readings_inbox_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_picture_readings")),
    )
    op.create_table(
        "reach",
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("sent_free", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("recipient", name=op.f("pk_reach")),
    )
    op.create_table(
        "channel_pace",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_pace")),
    )
    op.create_table(
        "channel_tokens",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("pair", sa.LargeBinary(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_tokens")),
    )
    op.create_table(
        "executors",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executors")),
    )


def downgrade() -> None:
    for name in ("executors", "channel_tokens", "channel_pace", "reach", "picture_readings"):
        op.drop_table(name)
    op.drop_index("ix_outbox_due", "outbox")
    op.drop_index("ix_outbox_recipient_sent", "outbox")
    with op.batch_alter_table("outbox") as table:
        for name in ("last_error", "maybe_sent", "alarm", "awaits", "in_group", "tried_at"):
            table.drop_column(name)
    op.drop_index("ix_inbox_sender_received", "inbox")
    with op.batch_alter_table("inbox") as table:
        table.drop_column("slow")
        table.drop_column("ready_at")
