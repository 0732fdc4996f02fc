"""What follows camps."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "camp_handovers",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("camp_id", sa.Uuid(), nullable=False),
        sa.Column("notes_sealed", sa.Text(), nullable=False),
        sa.Column("notes_by", sa.Uuid(), nullable=True),
        sa.Column("shared_sealed", sa.Text(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("opinions_sealed", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_camp_handovers_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "camp_id"],
            ["camps.workspace_id", "camps.id"],
            name="fk_camp_handovers_workspace_id_camp_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "camp_id", name="pk_camp_handovers"),
    )


def downgrade() -> None:
    op.drop_table("camp_handovers")
