"""A campaign may hold messages in several wordings, and whoever asked about one does not hear of the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1001"
down_revision = "0901"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fingerprints", sa.Column("wording", sa.String(length=32), nullable=True))
    op.execute("UPDATE fingerprints SET wording = coalesce(campaign_id, check_id)")
    op.create_index("ix_fingerprints_wording", "fingerprints", ["wording", "at"])


def downgrade() -> None:
    op.drop_index("ix_fingerprints_wording", "fingerprints")
    op.drop_column("fingerprints", "wording")
