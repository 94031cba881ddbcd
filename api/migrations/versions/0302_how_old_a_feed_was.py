"""A feed older than one that was read before is refused: when it was published, and whose key signed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0302"
down_revision = "0301"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feed_fetches") as table:
        table.add_column(sa.Column("published_at", Instant(), nullable=True))
        table.add_column(sa.Column("key", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("feed_fetches") as table:
        table.drop_column("key")
        table.drop_column("published_at")
