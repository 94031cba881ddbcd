"""Whoever is forgotten is found at once, and so is what names a row that goes: else each costs a table read through."""

from __future__ import annotations

from alembic import op

revision = "0802"
down_revision = "0801"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_cases_merged": ("cases", "merged_into"),
    "ix_case_items_sender": ("case_items", "sender"),
    "ix_reports_check": ("reports", "check_id"),
    "ix_feedback_check": ("feedback", "check_id"),
    "ix_feedback_sender": ("feedback", "sender"),
}


def upgrade() -> None:
    for name, (table, column) in _INDEXES.items():
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
