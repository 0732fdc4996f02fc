"""Counting what is on its way, and finding the log lines of a delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OPEN = "state IN ('waiting', 'sending', 'failed', 'doubtful')"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("trace", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["not_before", "state", "first_tried_at", "workspace_id"],
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_open", "deliveries")
    op.drop_column("deliveries", "trace")
