"""Finding occurrences by when they were recorded: the old ones, and those of a clock that was ahead."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_occurrences_workspace_id_at", "occurrences", ["workspace_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_occurrences_workspace_id_at", "occurrences")
