"""Dead letters can be taken again; staff find them, what stopped, and each channel's newest quickly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0402"
down_revision = "0401"
branch_labels = None
depends_on = None
_INDEXES = (
    ("ix_inbox_channel", "inbox", ["channel", "id"], None),
    ("ix_inbox_dead", "inbox", ["channel", "id"], "dead_at IS NOT NULL"),
    ("ix_inbox_replay", "inbox", ["replay_id"], "replay_id IS NOT NULL"),
    ("ix_outbox_channel", "outbox", ["channel", "id"], None),
    ("ix_outbox_stopped", "outbox", ["channel", "id"], "stopped_at IS NOT NULL"),
)


def upgrade() -> None:
    with op.batch_alter_table("inbox") as table:
        table.add_column(sa.Column("replays", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("replay_id", sa.String(length=32), nullable=True))
    for name, table_name, columns, where in _INDEXES:
        some = sa.text(where) if where else None
        op.create_index(name, table_name, columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    for name, table_name, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name)
    with op.batch_alter_table("inbox") as table:
        table.drop_column("replay_id")
        table.drop_column("replays")
