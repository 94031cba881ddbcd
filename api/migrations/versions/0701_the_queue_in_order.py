"""What waits in the inbox is read in order, without looking at what was handled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0701"
down_revision = "0402"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waiting = sa.text("handled_at IS NULL AND dead_at IS NULL")
    op.create_index("ix_inbox_queue", "inbox", ["slow", "id"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_index("ix_inbox_queue", "inbox")
