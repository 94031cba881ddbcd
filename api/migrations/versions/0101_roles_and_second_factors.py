"""Roles, second factors, sessions that wait for one. Accounts from before could do everything: they still can."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0101"
down_revision = "0002"
branch_labels = None
depends_on = None

EVERYTHING = '["administrator", "lead_operator", "curator"]'


def upgrade() -> None:
    with op.batch_alter_table("staff_accounts") as table:
        table.add_column(sa.Column("full_name", sa.String(length=80), nullable=False, server_default=""))
        table.add_column(sa.Column("roles", sa.JSON(), nullable=False, server_default=EVERYTHING))
        table.add_column(sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("totp_on", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("totp_counter", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("recovery_codes", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("subject", sa.String(length=255), nullable=True))
        table.add_column(sa.Column("signed_in_at", Instant(), nullable=True))
        table.create_unique_constraint(op.f("uq_staff_accounts_subject"), ["subject"])
    with op.batch_alter_table("staff_accounts") as table:
        table.alter_column("roles", server_default="[]", existing_type=sa.JSON(), existing_nullable=False)
    with op.batch_alter_table("staff_sessions") as table:
        table.add_column(sa.Column("pending", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("confirmed_at", Instant(), nullable=True))
        table.add_column(sa.Column("device", sa.String(length=80), nullable=False, server_default=""))
