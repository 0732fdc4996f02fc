"""The stations of camps."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "camp_stations",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("camp_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("stations", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("together", sa.JSON(), nullable=False),
        sa.Column("apart", sa.JSON(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_camp_stations_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "camp_id"],
            ["camps.workspace_id", "camps.id"],
            name="fk_camp_stations_workspace_id_camp_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "camp_id", name="pk_camp_stations"),
    )
    op.create_index("ix_camp_stations_workspace_id_told_at", "camp_stations", ["workspace_id", "told_at"])


def downgrade() -> None:
    op.drop_table("camp_stations")
