"""The keys to people's calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_keys",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("finder", sa.Text(), nullable=False),
        sa.Column("key_sealed", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_calendar_keys_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name="fk_calendar_keys_workspace_id_member_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", name="pk_calendar_keys"),
    )
    op.create_index("uq_calendar_keys_finder", "calendar_keys", ["finder"], unique=True)


def downgrade() -> None:
    op.drop_table("calendar_keys")
