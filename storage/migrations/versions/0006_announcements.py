"""Announcements, and finding what one time of a schedule caused."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_announcements_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_workspace_id_state", "announcements", ["workspace_id", "state"])
    op.create_index(
        "ix_deliveries_occurrence",
        "deliveries",
        ["occurrence", "workspace_id"],
        sqlite_where=sa.text("occurrence IS NOT NULL"),
        postgresql_where=sa.text("occurrence IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_occurrence", "deliveries")
    op.drop_table("announcements")
