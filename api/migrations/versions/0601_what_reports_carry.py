"""Reports carry pictures and files, and what a citizen chose to say for the figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0601"
down_revision = "0203"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reports") as table:
        table.add_column(sa.Column("age_group", sa.String(length=8), nullable=True))
        table.add_column(sa.Column("commune", sa.String(length=80), nullable=True))
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sender", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("report_id", sa.String(length=32), nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_attachments_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_sender", "attachments", ["sender", "reference"])
    op.create_index("ix_attachments_report", "attachments", ["report_id"])
    op.create_index("ix_attachments_created", "attachments", ["created_at"])


def downgrade() -> None:
    op.drop_table("attachments")
    with op.batch_alter_table("reports") as table:
        table.drop_column("commune")
        table.drop_column("age_group")
