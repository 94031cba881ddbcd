"""The results of trial runs outlive the reports that they were tried on: they hold none of their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0303"
down_revision = "0302"
branch_labels = None
depends_on = None

_runs = sa.table("regression_runs", sa.column("id", sa.BigInteger()), sa.column("result", sa.JSON()))


def upgrade() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(_runs)).all():
        flips = (row.result or {}).get("flips", [])
        reports = [flip for flip in flips if flip["tried"]["source"] == "report"]
        for flip in reports:
            flip["tried"]["text"], flip["why"] = "(phản ánh đã được xóa)", []
            flip["before"]["signs"] = flip["after"]["signs"] = []
        if reports:
            connection.execute(sa.update(_runs).where(_runs.c.id == row.id).values(result=row.result))


def downgrade() -> None:
    pass
