"""Decisions that citizens are still to be told are looked for each minute: their steps are found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0903"
down_revision = "0902"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_a_telling = sa.text("kind = 'telling'")
    op.create_index(
        "ix_case_events_telling",
        "case_events",
        ["case_id"],
        sqlite_where=of_a_telling,
        postgresql_where=of_a_telling,
    )


def downgrade() -> None:
    op.drop_index("ix_case_events_telling", "case_events")
