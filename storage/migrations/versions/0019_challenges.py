"""Challenges, what is answered, and who is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("challenges_muted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "challenges",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing", sa.JSON(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_challenges_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_challenges"),
    )
    op.create_index("ix_challenges_workspace_id_state", "challenges", ["workspace_id", "state"])
    _of_challenge(
        "challenge_answers",
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
    )
    _of_challenge(
        "challenge_invitations",
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("term_sealed", sa.Text(), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_challenge_invitations_workspace_id_at", "challenge_invitations", ["workspace_id", "at"])


def downgrade() -> None:
    for table in ("challenge_invitations", "challenge_answers", "challenges"):
        op.drop_table(table)
    op.drop_column("members", "challenges_muted")


def _of_challenge(table: str, *columns: "sa.Column[object]") -> None:
    op.create_table(
        table,
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "challenge_id"],
            ["challenges.workspace_id", "challenges.id"],
            name=f"fk_{table}_workspace_id_challenge_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "challenge_id", "member_id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_workspace_id_member_id", table, ["workspace_id", "member_id"])
