"""What tags mean: the academy's own synonyms, and what an embedding model says."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "synonyms",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_synonyms_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_synonyms"),
    )
    op.create_table(
        "vectors",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_vectors_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "model", "mark", name="pk_vectors"),
    )


def downgrade() -> None:
    op.drop_table("vectors")
    op.drop_table("synonyms")
