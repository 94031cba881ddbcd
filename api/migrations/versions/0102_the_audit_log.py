"""The audit log, which the database itself keeps from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.models.columns import Instant

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER audit_rows_no_update BEFORE UPDATE ON audit_rows
    BEGIN SELECT RAISE(ABORT, 'audit_rows is append-only'); END""",
    """CREATE TRIGGER audit_rows_no_delete BEFORE DELETE ON audit_rows
    BEGIN SELECT RAISE(ABORT, 'audit_rows is append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION audit_rows_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_rows is append-only'; END $$""",
    """CREATE TRIGGER audit_rows_no_change BEFORE UPDATE OR DELETE ON audit_rows
    FOR EACH ROW EXECUTE FUNCTION audit_rows_append_only()""",
    """CREATE TRIGGER audit_rows_no_truncate BEFORE TRUNCATE ON audit_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_rows_append_only()""",
)


def upgrade() -> None:
    op.create_table(
        "audit_rows",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("who_id", sa.String(length=32), nullable=True),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_rows")),
    )
    op.create_index("ix_audit_rows_who", "audit_rows", ["who", "seq"])
    op.create_index("ix_audit_rows_act", "audit_rows", ["act", "seq"])
    op.create_index("ix_audit_rows_object", "audit_rows", ["object", "seq"])
    op.create_index("ix_audit_rows_at", "audit_rows", ["at"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
