"""Letters go along when a case is merged, and come back with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0902"
down_revision = "0901"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handovers") as table:
        table.add_column(sa.Column("moved_from", sa.String(length=32), nullable=True))
        table.create_foreign_key(op.f("fk_handovers_moved_from"), "cases", ["moved_from"], ["id"], ondelete="SET NULL")
    op.create_index("ix_handovers_moved", "handovers", ["moved_from"])


def downgrade() -> None:
    op.drop_index("ix_handovers_moved", "handovers")
    with op.batch_alter_table("handovers") as table:
        table.drop_constraint(op.f("fk_handovers_moved_from"), type_="foreignkey")
        table.drop_column("moved_from")
