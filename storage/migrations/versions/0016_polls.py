"""Polls and their ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing", sa.JSON(), nullable=True),
        sa.Column("secret_sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_polls_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_polls"),
    )
    op.create_index("ix_polls_workspace_id_state", "polls", ["workspace_id", "state"])
    op.create_table(
        "ballots",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_ballots_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "poll_id"], ["polls.workspace_id", "polls.id"], name="fk_ballots_workspace_id_poll_id"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "poll_id", "voter", name="pk_ballots"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("ballots")
    op.drop_table("polls")
