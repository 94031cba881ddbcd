"""Appeals are found by the number that they are about."""

from __future__ import annotations

from alembic import op

revision = "0203"
down_revision = "0202"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cases_indicator", "cases", ["indicator_id"])


def downgrade() -> None:
    op.drop_index("ix_cases_indicator", "cases")
