"""The urgent cases that nobody has taken are found at once, for they stand at the top of the queue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0901"
down_revision = "0801"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_cases_untaken",
        "cases",
        ["opened_at", "id"],
        sqlite_where=sa.text("is_open IS 1 AND triage = 1 AND status = 'new'"),
        postgresql_where=sa.text("is_open IS true AND triage = 1 AND status = 'new'"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_untaken", "cases")
