"""Merges can be undone; what is to be looked at first is found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0801"
down_revision = "0601"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_items") as table:
        table.add_column(sa.Column("moved_from", sa.String(length=32), nullable=True))
        table.create_foreign_key(op.f("fk_case_items_moved_from"), "cases", ["moved_from"], ["id"], ondelete="SET NULL")
    op.create_index("ix_case_items_moved", "case_items", ["moved_from"])
    op.create_index(
        "ix_cases_first",
        "cases",
        ["is_open"],
        sqlite_where=sa.text("priority IS 1"),
        postgresql_where=sa.text("priority IS true"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_first", "cases")
    op.drop_index("ix_case_items_moved", "case_items")
    with op.batch_alter_table("case_items") as table:
        table.drop_constraint(op.f("fk_case_items_moved_from"), type_="foreignkey")
        table.drop_column("moved_from")
